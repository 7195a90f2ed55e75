/* plumbline/report.h [floor 5: src/report] - one writer a file over the same run; same input, same bytes.
 *
 * No writer reads the clock, the environment or the network. Strings from outside are escaped for the place they are put in.
 */
#ifndef PLUMBLINE_REPORT_H
#define PLUMBLINE_REPORT_H

#include "plumbline/buf.h"
#include "plumbline/finding.h"
#include "plumbline/gcp.h"

struct pl_report_style {
    bool color;
    int width;   /* columns; 0: 100 */
    int verbose; /* -1 quiet, 0, 1.. */
};

struct pl_report_writer {
    const char *name;      /* "text" */
    const char *extension; /* "txt" */
    const char *summary;
    void (*write)(struct pl_buf *out, const struct pl_run *run,
                  const struct pl_report_style *style);
    bool for_people; /* on standard output they see standard error, too */
};

extern const struct pl_report_writer pl_report_writers[];
extern const size_t pl_report_writers_len;
const struct pl_report_writer *pl_report_find(const char *name);

/* `graph` has formats of its own: they draw run->graph, and nothing where the run ended with an error. */
extern const struct pl_report_writer pl_graph_writers[];
extern const size_t pl_graph_writers_len;

/* The events of `ndjson` as they come: what runs, how far a step ("observing", "probing") is, and at the end all the rest. The writer of that name
 * writes the first and the last. */
void pl_report_ndjson_begin(struct pl_buf *out, const struct pl_run *run);
void pl_report_ndjson_progress(struct pl_buf *out, const char *step, size_t done, size_t total,
                               const char *waiting_for, const char *project);
void pl_report_ndjson_rest(struct pl_buf *out, const struct pl_run *run);

/* One connection in depth, hop by hop, for `explain` (text). */
void pl_report_connection(struct pl_buf *out, const struct pl_run *run,
                          const struct pl_conn_result *connection,
                          const struct pl_report_style *style);

/* What earlier runs say, alone: for `history show` and `history diff`. */
void pl_report_past(struct pl_buf *out, const struct pl_past *past,
                    const struct pl_report_style *style);
void pl_report_past_json(struct pl_buf *out, const struct pl_past *past);

/* What `doctor` found. */
struct pl_doctor {
    struct pl_arena *arena;
    const char *identity;              /* pl_gcp_identity */
    const char *command;               /* that asked: "plumbline doctor -b staging.yaml" */
    const char *what;                  /* that the permissions are for: "baseline staging.yaml" */
    const struct pl_gcp_check *checks; /* a project each */
    size_t n_checks;
    const struct pl_kind *const *declared; /* an API that is off matters to these only */
    size_t n_declared;
    bool secrets; /* what reading secrets takes was asked about, too */
};

/* 0: every API that matters answers and every permission is held; 3: not so, or not told. `reason` is a sentence. */
int pl_doctor_judge(const struct pl_doctor *d, const char **reason);
void pl_report_doctor_text(struct pl_buf *out, const struct pl_doctor *d,
                           const struct pl_report_style *style);
void pl_report_doctor_json(struct pl_buf *out, const struct pl_doctor *d);
/* The smallest custom role, as `gcloud iam roles create --file` takes it
 * (https://cloud.google.com/iam/docs/creating-custom-roles). */
void pl_report_doctor_role(struct pl_buf *out, const struct pl_doctor *d);

#endif
