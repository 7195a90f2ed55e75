/* report.c - the table of report writers. A new format is a row and a file; the writers know nothing of each other. */
#include <string.h>

#include "report_priv.h"

const struct pl_report_writer pl_report_writers[] = {
    {"text", "txt", "for a terminal: verdict, failures with their causes, what to do, the rest",
     pl_report_text, true},
    {"json", "json", "for programs: everything, format_version 1.0", pl_report_json, false},
    {"markdown", "md", "for an infrastructure team: a remediation report with commands",
     pl_report_markdown, true},
    {"html", "html", "for reading and passing on: one page that needs nothing else, also on paper",
     pl_report_html, true},
    {"ndjson", "ndjson", "for programs: a line an event, the result last", pl_report_ndjson, false},
    {"sarif", "sarif", "for code scanning: SARIF 2.1.0, each finding at its line of the baseline",
     pl_report_sarif, false},
    {"junit", "xml", "for CI servers: JUnit XML", pl_report_junit, false},
    {"github", "txt", "for GitHub Actions: annotations, on standard output", pl_report_github,
     false},
    {"prometheus", "prom", "for node_exporter's textfile collector: metrics of the last run",
     pl_report_prometheus, false},
};
const size_t pl_report_writers_len = PL_LEN(pl_report_writers);

const struct pl_report_writer pl_graph_writers[] = {
    {"dot", "dot", "for Graphviz: `dot -Tsvg`; what is alike is folded, -v folds nothing",
     pl_graph_dot, false},
    {"json", "json", "for programs: the report, with nodes and edges in `graph`", pl_report_json,
     false},
};
const size_t pl_graph_writers_len = PL_LEN(pl_graph_writers);

const struct pl_report_writer *pl_report_find(const char *name)
{
    for (size_t i = 0; i < pl_report_writers_len; i++)
        if (strcmp(pl_report_writers[i].name, name) == 0)
            return &pl_report_writers[i];
    return NULL;
}
