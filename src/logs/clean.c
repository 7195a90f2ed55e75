/* clean.c - foreign bytes made fit: for the matchers (no terminal sequences), for people (no secrets, one line, cut), and the time
 * that a line begins with.
 */
#include <ctype.h>
#include <string.h>

#include "plumbline/clock.h"
#include "plumbline/snapshot.h"
#include "plumbline/utf8.h"

#include "logs_priv.h"

/* ECMA-48: ESC [ parameters final byte; any other ESC takes one byte along. */
static size_t escape_len(const char *s, size_t len)
{
    size_t n = 2;
    if (len < 2)
        return 1;
    if (s[1] != '[')
        return 2;
    while (n < len && (unsigned char)s[n] >= 0x20 && (unsigned char)s[n] < 0x40)
        n++;
    return n < len ? n + 1 : n;
}

size_t pl_clean_line(char *line, size_t len)
{
    size_t to = 0;
    for (size_t i = 0; i < len;) {
        unsigned char c = (unsigned char)line[i];
        if (c == 0x1b) {
            i += escape_len(line + i, len - i);
            continue;
        }
        line[to++] = c < 0x20 || c == 0x7f ? ' ' : (char)c;
        i++;
    }
    while (to > 0 && line[to - 1] == ' ')
        to--;
    line[to] = '\0';
    return to;
}

const char *pl_clean_shown(struct pl_arena *arena, const char *line)
{
    if (strncmp(line, "E ", 2) == 0) /* pytest's mark of an error line */
        line++;
    while (*line == ' ')
        line++;
    const char *safe = pl_redact_named(arena, "detail", line, NULL);
    size_t len = strlen(safe),
           keep = len < PL_SHOWN_MAX - 1 ? len : pl_utf8_cut(safe, len, PL_SHOWN_MAX - 4);
    return keep < len ? pl_arena_printf(arena, "%.*s...", (int)keep, safe)
                      : pl_arena_strndup(arena, safe, keep);
}

/* ---- times ---- */

static bool digits(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isdigit((unsigned char)s[i]))
            return false;
    return true;
}

/* "2026-11-20T10:00:00", with '/' for '-', ' ' for 'T'. */
static bool looks_like_time(const char *s, size_t len)
{
    return len >= 19 && digits(s, 4) && (s[4] == '-' || s[4] == '/') && digits(s + 5, 2) &&
           s[7] == s[4] && digits(s + 8, 2) && (s[10] == 'T' || s[10] == ' ') &&
           digits(s + 11, 2) && s[13] == ':' && digits(s + 14, 2) && s[16] == ':' &&
           digits(s + 17, 2);
}

/* "Z", "+01:00", "+0100", " UTC" as RFC 3339 has it; "" where there is none. */
static size_t zone_of(const char *s, size_t len, char *out)
{
    out[0] = '\0';
    if (len >= 1 && s[0] == 'Z') {
        memcpy(out, "Z", 2);
        return 1;
    }
    if (len >= 4 && (strncmp(s, " UTC", 4) == 0 || strncmp(s, " GMT", 4) == 0)) {
        memcpy(out, "Z", 2);
        return 4;
    }
    size_t blank = len > 0 && s[0] == ' ' ? 1 : 0;
    if (len < blank + 5 || (s[blank] != '+' && s[blank] != '-') || !digits(s + blank + 1, 2))
        return 0;
    size_t colon = s[blank + 3] == ':' ? 1 : 0;
    if (len < blank + 5 + colon || !digits(s + blank + 3 + colon, 2))
        return 0;
    out[0] = s[blank];
    memcpy(out + 1, s + blank + 1, 2);
    out[3] = ':';
    memcpy(out + 4, s + blank + 3 + colon, 2);
    out[6] = '\0';
    return blank + 5 + colon;
}

size_t pl_clean_time(const char *line, size_t len, struct pl_log_time *out)
{
    char text[64], zone[8];
    size_t lead = 0, n = 19, fraction = 0;
    while (lead < len && lead < 2 && strchr("[(\"'", line[lead]))
        lead++;
    const char *s = line + lead;
    if (!looks_like_time(s, len - lead))
        return 0;
    *out = (struct pl_log_time){.ns = 0};
    memcpy(text, s, 19);
    text[4] = text[7] = '-';
    text[10] = 'T';
    if (lead + n + 1 < len && (s[n] == '.' || s[n] == ',') && isdigit((unsigned char)s[n + 1])) {
        text[19] = '.';
        for (fraction = 1;
             lead + n + fraction < len && fraction < 10 && isdigit((unsigned char)s[n + fraction]);
             fraction++)
            text[19 + fraction] = s[n + fraction];
        n += fraction;
    }
    size_t zoned = zone_of(s + n, len - lead - n, zone);
    memcpy(text + 19 + fraction, zone, strlen(zone) + 1);
    out->certain = zoned > 0 && pl_clock_parse(text, &out->ns) == 0;
    size_t keep = strlen(text) < sizeof(out->text) ? strlen(text) : sizeof(out->text) - 1;
    memcpy(out->text, text, keep);
    out->text[keep] = '\0';
    return lead + n + zoned;
}
