/* auth_proxy.c - the Cloud SQL Auth Proxy in a container beside the client: which of the instance's addresses its flags have it dial. Adds no hops.
 *
 * Version 2 dials the public address unless --private-ip, --psc or --auto-ip say otherwise, for all instances, in the environment, or behind one
 * instance's name; version 1 dials what -ip_address_types lists, the public one first by default
 * (https://cloud.google.com/sql/docs/postgres/sql-proxy, https://github.com/GoogleCloudPlatform/cloud-sql-proxy).
 */
#include <string.h>
#include <strings.h>

#include "wiring_priv.h"

static const struct {
    const char *flag, *variable, *parameter;
    enum pl_proxy_dials dials;
} ways[] = {
    {"--private-ip", "CSQL_PROXY_PRIVATE_IP", "private-ip=true", PL_PROXY_PRIVATE},
    {"--psc", "CSQL_PROXY_PSC", "psc=true", PL_PROXY_PRIVATE},
    {"--auto-ip", "CSQL_PROXY_AUTO_IP", "auto-ip=true", PL_PROXY_PUBLIC_FIRST},
};

static bool is_true(const char *text)
{
    return text && (strcasecmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

/* The text of a container's command and arguments that has this in it; NULL: none. */
static const char *word_with(const struct pl_value *container, const char *part)
{
    static const char *const lists[] = {"args", "command"};
    for (size_t k = 0; k < PL_LEN(lists); k++) {
        const struct pl_value *list = pl_value_member(container, lists[k]);
        for (size_t i = 0; i < pl_value_count(list); i++) {
            const char *text = pl_value_text(pl_value_item(list, i));
            if (text && strstr(text, part))
                return text;
        }
    }
    return NULL;
}

/* "--flag" or "--flag=true", by itself or in a line for a shell. */
static bool has_flag(const struct pl_value *container, const char *flag)
{
    const char *text = word_with(container, flag), *at = text ? strstr(text, flag) : NULL;
    size_t len = strlen(flag);
    return at && (at == text || at[-1] == ' ') &&
           (at[len] == '\0' || at[len] == ' ' || strncmp(at + len, "=true", 5) == 0);
}

static const struct pl_value *variable(const struct pl_value *container, const char *name)
{
    return pl_value_named(pl_value_member(container, "env"), name);
}

/* What follows the instance's name, "?private-ip=true&port=5432"; NULL: the container is not the instance's. */
static const char *behind_name(const struct pl_value *container, const char *connection_name)
{
    const char *text = word_with(container, connection_name);
    const struct pl_value *env = pl_value_member(container, "env");
    for (size_t i = 0; !text && i < pl_value_count(env); i++) {
        const char *value = pl_value_member_text(pl_value_item(env, i), "value");
        text = value && strstr(value, connection_name) ? value : NULL;
    }
    return text ? strstr(text, connection_name) + strlen(connection_name) : NULL;
}

static enum pl_proxy_dials dials_of_first_version(const struct pl_value *container)
{
    static const char option[] = "ip_address_types=";
    const char *text = word_with(container, option);
    const char *types = text ? strstr(text, option) + strlen(option) : "PUBLIC,PRIVATE";
    const char *private_ip = strstr(types, "PRIVATE"), *public_ip = strstr(types, "PUBLIC");
    if (!private_ip)
        return PL_PROXY_PUBLIC;
    return !public_ip               ? PL_PROXY_PRIVATE
           : private_ip < public_ip ? PL_PROXY_PRIVATE_FIRST
                                    : PL_PROXY_PUBLIC_FIRST;
}

static enum pl_proxy_dials dials_of(const struct pl_value *container, const char *parameters)
{
    for (size_t i = 0; i < PL_LEN(ways); i++)
        if (has_flag(container, ways[i].flag) ||
            is_true(pl_value_member_text(variable(container, ways[i].variable), "value")) ||
            strstr(parameters, ways[i].parameter))
            return ways[i].dials;
    return PL_PROXY_PUBLIC;
}

bool pl_brings_credentials(struct pl_trace *t)
{
    static const char *const flags[] = {"--credentials-file", "--json-credentials",
                                        "--impersonate-service-account", "--token",
                                        "-credential_file"};
    static const char *const variables[] = {
        "GOOGLE_APPLICATION_CREDENTIALS", "CSQL_PROXY_CREDENTIALS_FILE",
        "CSQL_PROXY_JSON_CREDENTIALS", "CSQL_PROXY_IMPERSONATE_SERVICE_ACCOUNT",
        "CSQL_PROXY_TOKEN"};
    const struct pl_value *containers =
        pl_trace_list(t, t->source.resource, "template.containers", NULL);
    for (size_t i = 0; i < pl_value_count(containers); i++) {
        const struct pl_value *c = pl_value_item(containers, i);
        for (size_t k = 0; k < PL_LEN(flags); k++)
            if (word_with(c, flags[k]))
                return true;
        for (size_t k = 0; k < PL_LEN(variables); k++)
            if (variable(c, variables[k]))
                return true;
    }
    return false;
}

enum pl_proxy_dials pl_auth_proxy_of(struct pl_trace *t, const char *connection_name)
{
    const struct pl_value *containers =
        t->source.what == PL_FROM_RUN && t->source.resource
            ? pl_trace_list(t, t->source.resource, "template.containers", NULL)
            : NULL;
    for (size_t i = 0; connection_name && i < pl_value_count(containers); i++) {
        const struct pl_value *c = pl_value_item(containers, i);
        const char *image = pl_value_member_text(c, "image"),
                   *parameters = behind_name(c, connection_name);
        bool first = (image && strstr(image, "gce-proxy")) || word_with(c, "cloud_sql_proxy");
        bool second =
            (image && strstr(image, "cloud-sql-proxy")) || word_with(c, "cloud-sql-proxy");
        if (parameters && (first || second))
            return first ? dials_of_first_version(c) : dials_of(c, parameters);
    }
    return PL_PROXY_UNSEEN;
}
