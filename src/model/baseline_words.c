/* baseline_words.c - the keys and tags of the baseline's grammar, for people: the manual and the schema for editors are made from these.
 *
 * What is accepted is decided where it is read; test_baseline_words.c holds the two together. Parameters of probes are in
 * baseline_probe.c, kinds and fields in the catalogue.
 */
#include "plumbline/baseline.h"
#include "plumbline/buf.h"

const struct pl_baseline_key pl_baseline_keys[] = {
    {PL_IN_FILE, "version", "1", "version of the grammar; required"},
    {PL_IN_FILE, "project", "ID", "project of all that names none"},
    {PL_IN_FILE, "location", "region", "default for kinds that live in a location"},
    {PL_IN_FILE, "vars", "map", "texts that ${var.NAME} stands for; --var NAME=VALUE overrides"},
    {PL_IN_FILE, "resources", "map",
     "by kind and name: what must hold; only what is declared is compared"},
    {PL_IN_FILE, "connections", "map", "by name: what must be reachable"},
    {PL_IN_FILE, "ignore", "list", "drift that is told, and not counted"},

    {PL_IN_CONNECTION, "from", "ADDRESS or here",
     "where it begins; here: the machine that this runs on"},
    {PL_IN_CONNECTION, "to", "ADDRESS, HOST:PORT or URL", "where it leads"},
    {PL_IN_CONNECTION, "port", "number", "where the target and the probe do not say it"},
    {PL_IN_CONNECTION, "via", "private, public, psc, socket or proxy", "where several ways exist"},
    {PL_IN_CONNECTION, "probe", "TYPE or map", "how to try it"},
    {PL_IN_CONNECTION, "budget", "map", "how long it may take"},
    {PL_IN_CONNECTION, "attempts", "number", "attempts of the probe"},
    {PL_IN_CONNECTION, "concurrency", "number", "attempts released together"},
    {PL_IN_CONNECTION, "depends_on", "list of names", "connections that this one needs"},
    {PL_IN_CONNECTION, "impact", "text", "what its failure means for whom"},
    {PL_IN_CONNECTION, "tracks", "list of texts", "issues that follow it"},
    {PL_IN_CONNECTION, "severity", "low, medium, high or critical",
     "of its failure; high where it says none"},

    {PL_IN_BUDGET, "timeout", "duration",
     "of an attempt, from the first byte sent to the resolver"},
    {PL_IN_BUDGET, "p50", "duration", "median of the attempts"},
    {PL_IN_BUDGET, "p95", "duration", "95th percentile; wants at least 20 attempts"},
    {PL_IN_BUDGET, "max", "duration", "the longest attempt"},

    {PL_IN_ANSWER, "status", "matcher", "status, or a list of them: 200, 2xx"},
    {PL_IN_ANSWER, "headers", "map of matchers", "headers of the answer"},
    {PL_IN_ANSWER, "body", "matcher", "the whole body"},
    {PL_IN_ANSWER, "json", "map of matchers", "by JSON pointer: \"/status\""},

    {PL_IN_IGNORE, "field", "PATTERN", "which drift; * is one segment, [*] any element"},
    {PL_IN_IGNORE, "reason", "text", "why it may stay"},
    {PL_IN_IGNORE, "owner", "name", "who answers for it"},
    {PL_IN_IGNORE, "expires", "YYYY-MM-DD", "it ends with that day, UTC"},
};
const size_t pl_baseline_keys_len = PL_LEN(pl_baseline_keys);

const struct pl_baseline_tag pl_baseline_tags[] = {
    {"!absent", "scalar", "it must not be there"},
    {"!all_of", "sequence", "all of these matchers"},
    {"!any_of", "sequence", "one of these"},
    {"!at_least", "scalar", "a number, duration or size from this upwards"},
    {"!at_most", "scalar", "a number, duration or size up to this"},
    {"!cidr_within", "scalar", "an address or range inside of this one"},
    {"!contains", "sequence", "these, and whatever else"},
    {"!env", "scalar", "a secret, from this environment variable"},
    {"!file", "scalar", "a secret, from this file, relative to the baseline"},
    {"!matches", "scalar", "a POSIX extended regular expression, anchored"},
    {"!not", "scalar, sequence or mapping", "anything but this"},
    {"!only", "sequence or mapping", "these, and no other"},
    {"!ordered", "sequence", "these, no other, and in this order"},
    {"!present", "scalar", "it must be there, whatever it holds"},
};
const size_t pl_baseline_tags_len = PL_LEN(pl_baseline_tags);
