/* junit.c - JUnit XML, as pytest --junitxml, Maven, Gradle, jest-junit and go-junit-report write it: expat ends here.
 *
 * https://github.com/testmoapp/junitxml describes what these have in common. A document type is refused: no report has one, and
 * nothing good comes of entities.
 */
#include <expat.h>
#include <stdio.h>
#include <string.h>

#include "logs_priv.h"
#include "plumbline/utf8.h"

enum { MAX_TEXT = 256 << 10, MAX_ATTRIBUTE = 16 << 10 };

enum part { PART_NONE, PART_FAILURE, PART_SKIPPED, PART_OUTPUT };

struct pl_junit {
    struct pl_logs_reader *r;
    XML_Parser parser;
    enum part part;
    struct pl_buf text;    /* of the part */
    struct pl_buf message; /* its attribute */
    bool doctype;
};

static const struct {
    const char *element;
    enum part part;
} parts[] = {
    {"failure", PART_FAILURE},      {"error", PART_FAILURE},   {"rerunFailure", PART_FAILURE},
    {"flakyFailure", PART_FAILURE}, {"skipped", PART_SKIPPED}, {"system-out", PART_OUTPUT},
    {"system-err", PART_OUTPUT},
};

static const char *attribute(const char **atts, const char *name)
{
    for (; *atts; atts += 2)
        if (strcmp(atts[0], name) == 0)
            return atts[1];
    return NULL;
}

static void begin_case(struct pl_logs_reader *r, const char **atts)
{
    char full[512];
    const char *class_name = attribute(atts, "classname"), *name = attribute(atts, "name");
    int n = snprintf(full, sizeof(full), "%s%s%s", class_name ? class_name : "",
                     class_name && *class_name ? "." : "", name ? name : "");
    if (n >= (int)sizeof(full))
        full[pl_utf8_cut(full, sizeof(full) - 1, sizeof(full) - 2)] = '\0';
    pl_block_end(r);
    r->test = *full ? pl_events_name(&r->events, full) : NULL;
}

static void XMLCALL on_start(void *arg, const char *element, const char **atts)
{
    struct pl_junit *j = arg;
    if (strcmp(element, "testcase") == 0) {
        begin_case(j->r, atts);
        return;
    }
    for (size_t i = 0; i < PL_LEN(parts); i++) {
        if (strcmp(parts[i].element, element) != 0)
            continue;
        const char *message = attribute(atts, "message");
        j->part = parts[i].part;
        pl_buf_clear(&j->text);
        pl_buf_clear(&j->message);
        if (message)
            pl_buf_add(&j->message, message, strnlen(message, MAX_ATTRIBUTE));
        j->r->number = (size_t)XML_GetCurrentLineNumber(j->parser);
    }
}

/* The text's first line, fit to be shown; or that. */
static const char *first_line(struct pl_buf *text, const char *otherwise)
{
    if (text->len == 0)
        return otherwise;
    text->data[strcspn(text->data, "\n")] = '\0';
    (void)pl_clean_line(text->data, strlen(text->data));
    return text->data;
}

/* The text of a failure has the address more often than its message, and says it all again. */
static void end_failure(struct pl_junit *j)
{
    struct pl_logs_reader *r = j->r;
    const char *text = pl_buf_str(&j->text);
    r->in_pytest = strncmp(text, "E  ", 3) == 0 || strstr(text, "\nE  ") != NULL;
    r->in_captured = false;
    bool said = pl_classify_text(r, text);
    r->in_pytest = false;
    if (!said)
        said = pl_classify_text(r, pl_buf_str(&j->message));
    if (!said)
        pl_classify_as(
            r, PL_LOGS_UNRECOGNISED,
            first_line(j->message.len ? &j->message : &j->text, "a failure without a word"), NULL);
}

static void XMLCALL on_end(void *arg, const char *element)
{
    struct pl_junit *j = arg;
    struct pl_logs_reader *r = j->r;
    if (strcmp(element, "testcase") == 0) {
        pl_block_end(r);
        r->test = NULL;
        return;
    }
    bool ours = false;
    for (size_t i = 0; i < PL_LEN(parts); i++)
        ours = ours || strcmp(parts[i].element, element) == 0;
    if (!ours)
        return;
    if (j->part == PART_FAILURE)
        end_failure(j);
    else if (j->part == PART_OUTPUT)
        (void)pl_classify_text(r, pl_buf_str(&j->text));
    else if (j->part == PART_SKIPPED)
        pl_classify_as(r, PL_LOGS_NOT_TESTED, first_line(&j->message, "skipped"), "skipped");
    j->part = PART_NONE;
}

static void XMLCALL on_text(void *arg, const char *s, int len)
{
    struct pl_junit *j = arg;
    size_t room = MAX_TEXT - j->text.len;
    if (j->part != PART_NONE)
        pl_buf_add(&j->text, s, (size_t)len < room ? (size_t)len : room);
}

static void XMLCALL on_doctype(void *arg, const char *name, const char *sysid, const char *pubid,
                               int internal)
{
    struct pl_junit *j = arg;
    (void)name;
    (void)sysid;
    (void)pubid;
    (void)internal;
    j->doctype = true;
    (void)XML_StopParser(j->parser, XML_FALSE);
}

struct pl_junit *pl_junit_new(struct pl_logs_reader *r)
{
    struct pl_junit *j = PL_NEW(r->arena, struct pl_junit);
    j->r = r;
    j->parser = XML_ParserCreate(NULL);
    if (!j->parser)
        pl_oom(0);
    XML_SetUserData(j->parser, j);
    XML_SetElementHandler(j->parser, on_start, on_end);
    XML_SetCharacterDataHandler(j->parser, on_text);
    XML_SetStartDoctypeDeclHandler(j->parser, on_doctype);
    return j;
}

int pl_junit_feed(struct pl_junit *j, const char *bytes, size_t n, bool last, struct pl_err *err)
{
    while (n > 0 || last) {
        size_t some = n < (1 << 20) ? n : 1 << 20;
        if (XML_Parse(j->parser, bytes, (int)some, last && some == n) != XML_STATUS_OK)
            return pl_err_set(err, PL_E_PARSE, "%s:%lu:%lu: %s", j->r->source,
                              (unsigned long)XML_GetCurrentLineNumber(j->parser),
                              (unsigned long)XML_GetCurrentColumnNumber(j->parser) + 1,
                              j->doctype ? "a JUnit report has no document type"
                                         : XML_ErrorString(XML_GetErrorCode(j->parser)));
        bytes += some;
        n -= some;
        if (n == 0)
            break;
    }
    if (last)
        j->r->events.logs->lines += (size_t)XML_GetCurrentLineNumber(j->parser);
    return 0;
}

void pl_junit_free(struct pl_junit *j)
{
    if (!j)
        return;
    XML_ParserFree(j->parser);
    pl_buf_free(&j->text);
    pl_buf_free(&j->message);
}
