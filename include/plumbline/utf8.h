/* plumbline/utf8.h [floor 0: src/base] - UTF-8 (RFC 3629): characters taken apart, and those told that do not show.
 */
#ifndef PLUMBLINE_UTF8_H
#define PLUMBLINE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the character at `s`, of which `left` are there; 0 where it is none: cut, overlong, a surrogate, beyond U+10FFFF. Its code
 * point. */
size_t pl_utf8_at(const char *s, size_t left, uint32_t *out);
/* Is all of it whole characters? */
bool pl_utf8_ok(const char *s, size_t len);
/* How much of a text of `len` bytes to keep where there is room for `most`: no character is cut. */
size_t pl_utf8_cut(const char *s, size_t len, size_t most);
/* Does a terminal or an editor obey it and show nothing, or something else than stands there: C0, DEL, C1, line separators, zero width,
 * marks of the direction of writing (Unicode TR 36, 3.1)? */
bool pl_utf8_is_hidden(uint32_t c);

#endif
