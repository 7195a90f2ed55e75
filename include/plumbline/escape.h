/* plumbline/escape.h [floor 1: src/io] - text from outside, made harmless for the place it is put in.
 */
#ifndef PLUMBLINE_ESCAPE_H
#define PLUMBLINE_ESCAPE_H

#include "plumbline/buf.h"

/* For a terminal: control characters, escape sequences, bidirectional overrides and broken UTF-8 made visible. */
void pl_escape_terminal(struct pl_buf *out, const char *text);
/* For Markdown, outside code spans and inside table cells. */
void pl_escape_markdown(struct pl_buf *out, const char *text);
/* For a Markdown code span: the backticks around it included. */
void pl_escape_markdown_code(struct pl_buf *out, const char *text);
/* As a scalar of YAML, in double quotes; what does not show is an escape. A byte that is no UTF-8 is read back as the character of that number. */
void pl_escape_yaml(struct pl_buf *out, const char *text);
/* As one word of a POSIX shell command; plain words stay bare. */
void pl_escape_shell(struct pl_buf *out, const char *text);

#endif
