/* html_assets.c - the style sheet and the script of the HTML report, as they stand in html_style.css and html_script.js.
 *
 * The assembler reads them in: they stay files that editors and people can read, and the program stays one file. The Makefile
 * knows that this object hangs on them.
 */
#include "html_priv.h"

#define EMBED(name, file)                                                                          \
    __asm__(".section .rodata\n"                                                                   \
            ".globl " #name "\n" #name ":\n"                                                       \
            ".incbin \"" file "\"\n"                                                               \
            ".byte 0\n"                                                                            \
            ".previous\n")

EMBED(pl_html_style, "src/report/html_style.css");
EMBED(pl_html_script, "src/report/html_script.js");
