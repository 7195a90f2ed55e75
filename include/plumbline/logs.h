/* plumbline/logs.h [floor 3: src/logs] - logs in, errors of connections out: any text that a client, a test run or a proxy wrote.
 *
 * A reader is fed bytes as they come and keeps nothing but what it found: distinct errors with their counts, bounded in number and
 * size, whatever the log's length. Nothing here knows a world; pl_logs_match is given the names of connections as plain data.
 */
#ifndef PLUMBLINE_LOGS_H
#define PLUMBLINE_LOGS_H

#include "plumbline/finding.h"

struct pl_logs_reader;

struct pl_logs_reader *pl_logs_reader_new(struct pl_arena *arena);
/* Begins a source ("pytest.log"), written at `place` (a full address, "here") or nobody knows where (NULL). What it is shows in its first
 * bytes: JUnit XML, a JSON array of log entries, or lines of text and JSON. */
void pl_logs_begin(struct pl_logs_reader *r, const char *name, const char *place);
/* The next bytes. -1 where an XML or JSON array is broken; what came before it counts. */
int pl_logs_feed(struct pl_logs_reader *r, const char *bytes, size_t n,
                 struct pl_err *err) PL_MUST_USE;
/* The source's end. -1 where it stops in the middle of an XML document or of a JSON array. */
int pl_logs_finish(struct pl_logs_reader *r, struct pl_err *err) PL_MUST_USE;
/* One entry of Cloud Logging (google.logging.v2.LogEntry), between begin and finish. */
void pl_logs_entry(struct pl_logs_reader *r, const struct pl_value *entry);
/* A text that is a connection's error holds one of these words, in any letter case: for who must ask for texts by words. */
extern const char *const pl_logs_words[];
extern const size_t pl_logs_words_len;
/* Everything found, in order of first sight; in the reader's arena. Once. */
struct pl_logs *pl_logs_end(struct pl_logs_reader *r);

/* What a client may call one connection's target. */
struct pl_logs_names {
    const char *connection;
    const char *from;         /* full address of its own end, "here", or NULL: not known */
    const char *service;      /* the target's own name: "main", "auth"; or NULL */
    const char *family;       /* "postgres", "mysql", "redis", "http", or NULL */
    const char *const *hosts; /* names and addresses, and folders of unix sockets (from "/") */
    size_t n_hosts;
    const int *ports;
    size_t n_ports;
    bool
        loopback; /* its wiring leads to this machine, or is missing, for which clients take this machine */
    /* May the path as the model has it fail like this? Decides between connections that share an address. */
    bool (*predicts)(const void *arg, const struct pl_symptom *symptom);
    const void *arg;
};

/* Says of each connection error which connections it is one of, by what, or which one is nearest. */
void pl_logs_match(struct pl_arena *arena, struct pl_logs *logs, const struct pl_logs_names *names,
                   size_t n);

#endif
