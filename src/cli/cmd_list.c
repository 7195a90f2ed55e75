/* cmd_list.c - the tables, as they are: what this program knows of kinds and their fields, probes, causes, hops, symptoms, formats
 * and quotas.
 */
#include <stdio.h>
#include <string.h>

#include "cli_priv.h"
#include "plumbline/probe.h"
#include "plumbline/reach.h"
#include "plumbline/symptom.h"
#include "plumbline/yaml.h"

static void list_kinds(void)
{
    for (size_t i = 0; i < pl_kinds_len; i++) {
        printf("%-28s %s/", pl_kinds[i]->name, pl_kinds[i]->name);
        for (size_t j = 0; j < pl_kinds[i]->n_segments; j++)
            printf("%s{%s}", j ? "/" : "", pl_kinds[i]->segments[j]);
        printf("  %s\n", pl_kinds[i]->title);
    }
}

/* ---- fields of a kind ---- */

static const char *const type_words[] = {
    [PL_T_UNKNOWN] = "unknown", [PL_T_STRING] = "string",     [PL_T_BOOL] = "boolean",
    [PL_T_INT] = "integer",     [PL_T_INT64] = "int64",       [PL_T_REAL] = "number",
    [PL_T_ENUM] = "enum",       [PL_T_DURATION] = "duration", [PL_T_TIMESTAMP] = "timestamp",
    [PL_T_BYTES] = "bytes",     [PL_T_CIDR] = "cidr",         [PL_T_LINK] = "link",
    [PL_T_PORTS] = "ports",     [PL_T_SIZE] = "size",         [PL_T_QUANTITY] = "quantity",
    [PL_T_RDATA] = "rdata",     [PL_T_MESSAGE] = "message",   [PL_T_ANY] = "any",
};

static const struct {
    unsigned flag;
    const char *word;
} flag_words[] = {{PL_F_OUTPUT, "output"},       {PL_F_VOLATILE, "volatile"},
                  {PL_F_SECRET, "secret"},       {PL_F_SET, "set"},
                  {PL_F_IMMUTABLE, "immutable"}, {PL_F_INPUT, "input only"}};

void pl_field_print(const struct pl_field_info *info)
{
    const char *many = info->shape == PL_MANY    ? "list of "
                       : info->shape == PL_KEYED ? "map of "
                                                 : "";
    printf("%s%s", many, type_words[info->type]);
    if (info->identity)
        printf(", by %s", info->identity);
    if (info->absent_is)
        printf(", absent is %s", info->absent_is);
    for (size_t i = 0; i < PL_LEN(flag_words); i++)
        if (info->flags & flag_words[i].flag)
            printf(", %s", flag_words[i].word);
}

static void print_row(struct pl_arena *arena, const struct pl_kind *kind,
                      const struct pl_field_row *row)
{
    struct pl_field_info info = {0};
    (void)pl_field_row_info(arena, kind, row->path, &info);
    printf("%s\n  ", row->path);
    pl_field_print(&info);
    printf("\n  source: %s\n", row->source);
}

static int list_fields(struct pl_arena *arena, const char *name, struct pl_err *err)
{
    const struct pl_kind *kind = pl_kind_find(name);
    const char *near = kind ? NULL : pl_kind_nearest(name);
    if (!kind)
        return pl_err_set(err, PL_E_USAGE, "list fields wants a kind, not '%s'%s%s", name,
                          near ? "; nearest: " : "", near ? near : "");
    for (size_t i = 0; i < kind->n_fields; i++)
        print_row(arena, kind, &kind->fields[i]);
    return PL_EXIT_OK;
}

static void list_texts(const char *const *texts)
{
    for (size_t i = 0; texts && texts[i]; i++)
        printf("%s%s", i ? ", " : "", texts[i]);
    printf("\n");
}

static void list_probes(void)
{
    for (size_t t = PL_PROBE_NONE + 1; t <= PL_PROBE_BREAKER; t++) {
        printf("%s:", pl_probe_type_names[t]);
        for (size_t i = 0; i < pl_probe_params_len; i++)
            if (pl_probe_params[i].types & (1u << t))
                printf(" %s", pl_probe_params[i].name);
        printf("\n");
    }
    printf("not there yet: ");
    list_texts(pl_probe_types_later);
}

static void list_causes(void)
{
    for (size_t i = 0; i < pl_causes_len; i++) {
        const struct pl_cause *c = &pl_causes[i];
        printf("%s\n  %s%s\n  decided by: %s\n  shows as: ", c->name, c->summary,
               c->modelled ? "" : " (not modelled)", c->fields);
        list_texts(c->certain);
        printf("  possibly as: ");
        list_texts(c->possible);
        printf("  source: %s\n", c->source);
    }
}

static void list_hops(void)
{
    for (size_t i = 0; i < pl_hop_infos_len; i++)
        printf("%-18s %s (%s)\n", pl_hop_infos[i].name, pl_hop_infos[i].summary,
               pl_hop_infos[i].source);
}

static void list_symptoms(void)
{
    for (size_t i = 0; i < pl_symptom_kinds_len; i++)
        printf("%-28s %s\n", pl_symptom_kinds[i].name, pl_symptom_kinds[i].phrase);
}

static void list_formats(void)
{
    for (size_t i = 0; i < pl_report_writers_len; i++)
        printf("%-10s %s\n", pl_report_writers[i].name, pl_report_writers[i].summary);
}

static void list_quotas(void)
{
    static const char *const per[] = {[PL_GCP_PER_PROJECT] = "project",
                                      [PL_GCP_PER_REGION] = "project and region",
                                      [PL_GCP_PER_USER] = "user"};
    for (size_t i = 0; i < pl_gcp_quotas_len; i++) {
        const struct pl_gcp_quota *q = &pl_gcp_quotas[i];
        printf("%-36s %5d/min per %s\n  %s%s\n", q->api, q->per_minute, per[q->per],
               q->source ? "source: " : "Google publishes none; this one is plumbline's",
               q->source ? q->source : "");
    }
}

static const struct {
    const char *name;
    void (*print)(void);
} tables[] = {{"kinds", list_kinds},
              {"probes", list_probes},
              {"causes", list_causes},
              {"hops", list_hops},
              {"symptoms", list_symptoms},
              {"formats", list_formats},
              {"quotas", list_quotas},
              {"manual", pl_print_manual},
              {"baseline-manual", pl_print_baseline_manual},
              {"completion", pl_print_completion}};

void pl_list_names(void)
{
    fputs("fields", stdout);
    for (size_t i = 0; i < PL_LEN(tables); i++)
        printf(" %s", tables[i].name);
}

int pl_cmd_list(struct pl_options *options, struct pl_err *err)
{
    const char *names[PL_LEN(tables) + 1];
    const char *what = options->words.n == 1 ? options->words.list[0] : "";
    if (options->words.n == 2 && strcmp(options->words.list[0], "fields") == 0)
        return list_fields(options->arena, options->words.list[1], err);
    names[PL_LEN(tables)] = "fields";
    for (size_t i = 0; i < PL_LEN(tables); i++) {
        names[i] = tables[i].name;
        if (strcmp(tables[i].name, what) != 0)
            continue;
        tables[i].print();
        return PL_EXIT_OK;
    }
    const char *near = *what ? pl_nearest(what, names, PL_LEN(names)) : NULL;
    return pl_err_set(err, PL_E_USAGE,
                      "list wants one of kinds, fields KIND, probes, causes, hops, symptoms, "
                      "formats, quotas, manual, baseline-manual, completion%s%s",
                      near ? "; nearest: " : "", near ? near : "");
}
