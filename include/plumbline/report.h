/* plumbline/report.h [floor 5: src/report] - one writer a file over the same run; same input, same bytes.
 *
 * No writer reads the clock, the environment or the network. Strings from outside are escaped for the place they are put in.
 */
#ifndef PLUMBLINE_REPORT_H
#define PLUMBLINE_REPORT_H

#include "plumbline/buf.h"
#include "plumbline/finding.h"

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
};

extern const struct pl_report_writer pl_report_writers[];
extern const size_t pl_report_writers_len;
const struct pl_report_writer *pl_report_find(const char *name);

/* One connection in depth, hop by hop, for `explain` (text). */
void pl_report_connection(struct pl_buf *out, const struct pl_run *run,
                          const struct pl_conn_result *connection,
                          const struct pl_report_style *style);

#endif
