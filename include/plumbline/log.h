/* plumbline/log.h [floor 0: src/base] - notes for a human on standard error; never a result. */
#ifndef PLUMBLINE_LOG_H
#define PLUMBLINE_LOG_H

#include "plumbline/err.h"

enum pl_log_level { PL_LOG_QUIET, PL_LOG_ERROR, PL_LOG_WARN, PL_LOG_INFO, PL_LOG_DEBUG };

void pl_log_set_level(enum pl_log_level level); /* default PL_LOG_WARN */
/* One line, prefixed "plumbline: "; control characters are shown escaped. */
void pl_log(enum pl_log_level level, const char *fmt, ...) PL_PRINTF(2, 3);

#endif
