/*
 * child.h - plumbline-sim as a child process of a test, and an HTTP client of a few lines to talk to it.
 *
 * Header only, so that each test is one file. The client is a raw socket on purpose: it shows what is on the wire and shares nothing
 * with the tool's own. Nothing sleeps: the port comes through a pipe, an answer ends with its connection. Tests run in the project's root.
 */
#ifndef PLUMBLINE_TEST_SIM_CHILD_H
#define PLUMBLINE_TEST_SIM_CHILD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXAMPLE "tests/sim/estate_example.ndjson"
#define TOKEN   "sim-test-token"
#define PROJECT "acme-staging"

struct child {
    pid_t pid;
    unsigned port;
    char folder[64];
};

struct answer {
    int status; /* 0: no HTTP answer */
    int error;  /* errno where the connection broke */
    char *head;
    char *body;
    size_t body_length;
    json_t *json; /* NULL if the body is none */
};

/* The program: $PLUMBLINE_SIM, or beside one of the folders above this test. */
static inline const char *child_program(void)
{
    static char path[PATH_MAX + 32];
    const char *given = getenv("PLUMBLINE_SIM");
    char self[PATH_MAX] = "";
    if (given != NULL) {
        return given;
    }
    const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(length > 0);
    for (char *slash = strrchr(self, '/'); slash != NULL; slash = strrchr(self, '/')) {
        *slash = '\0';
        snprintf(path, sizeof path, "%s/plumbline-sim", self);
        if (access(path, X_OK) == 0) {
            return path;
        }
        snprintf(path, sizeof path, "%s/bin/plumbline-sim", self);
        if (access(path, X_OK) == 0) {
            return path;
        }
    }
    fail_msg("plumbline-sim was not found; set PLUMBLINE_SIM");
    return NULL;
}

static inline void child_path(const struct child *child, const char *name, char out[PATH_MAX])
{
    snprintf(out, PATH_MAX, "%s/%s", child->folder, name);
}

static inline void child_write(const struct child *child, const char *name, const char *text,
                               char out[PATH_MAX])
{
    child_path(child, name, out);
    FILE *file = fopen(out, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static inline char *child_read(const struct child *child, const char *name)
{
    char path[PATH_MAX];
    char *text = NULL;
    size_t room = 0;
    child_path(child, name, path);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    if (getdelim(&text, &room, '\0', file) < 0 && text != NULL) {
        text[0] = '\0';
    }
    fclose(file);
    return text;
}

/* A folder of its own for the files of one child. */
static inline void child_folder(struct child *child)
{
    *child = (struct child){0};
    snprintf(child->folder, sizeof child->folder, "/tmp/plumbline-sim-XXXXXX");
    assert_non_null(mkdtemp(child->folder));
}

/* Starts the program with these arguments (NULL-terminated; argv[0] not included) and its output in `output`; returns the read end. */
static inline int child_spawn(struct child *child, const char *const *arguments, bool errors)
{
    const char *program = child_program();
    char *argv[32] = {NULL};
    int ends[2];
    size_t n = 0;
    argv[n++] = strdup(program);
    for (; *arguments != NULL && n < 31; arguments++) {
        argv[n++] = strdup(*arguments);
    }
    assert_int_equal(pipe(ends), 0);
    child->pid = fork();
    assert_true(child->pid >= 0);
    if (child->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that dies leaves nothing behind */
        dup2(ends[1], errors ? STDERR_FILENO : STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execv(program, argv);
        _exit(127);
    }
    close(ends[1]);
    for (size_t i = 0; i < n; i++) {
        free(argv[i]);
    }
    return ends[0];
}

/* Serves `estate` (NULL: the example) with `faults` (NULL: none; text of the file) and up to 8 more arguments. */
static inline void child_start(struct child *child, const char *estate, const char *faults,
                               const char *const *more)
{
    char faults_path[PATH_MAX];
    char log_path[PATH_MAX];
    const char *arguments[32] = {
        "--estate", estate == NULL ? EXAMPLE : estate, "--token", TOKEN, "--log", log_path};
    size_t n = 6;
    char line[16] = "";
    child_folder(child);
    child_path(child, "log", log_path);
    if (faults != NULL) {
        child_write(child, "faults", faults, faults_path);
        arguments[n++] = "--faults";
        arguments[n++] = faults_path;
    }
    for (; more != NULL && *more != NULL && n < 31; more++) {
        arguments[n++] = *more;
    }
    const int output = child_spawn(child, arguments, false);
    FILE *stream = fdopen(output, "r");
    assert_non_null(stream);
    assert_non_null(fgets(line, sizeof line, stream));
    fclose(stream);
    child->port = (unsigned)strtoul(line, NULL, 10);
    assert_in_range(child->port, 1, 65535);
}

static inline int child_wait(struct child *child)
{
    int status = 0;
    assert_int_equal(waitpid(child->pid, &status, 0), child->pid);
    child->pid = 0;
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static inline void child_remove(struct child *child)
{
    static const char *const names[] = {"log", "faults", "estate", "port", "key.pem"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char path[PATH_MAX];
        child_path(child, names[i], path);
        unlink(path);
    }
    assert_int_equal(rmdir(child->folder), 0);
}

/* Stops the child and returns its exit status; its files stay until child_remove(). */
static inline int child_stop(struct child *child)
{
    assert_int_equal(kill(child->pid, SIGTERM), 0);
    return child_wait(child);
}

static inline void child_end(struct child *child, int status)
{
    assert_int_equal(child_stop(child), status);
    child_remove(child);
}

/* ---- HTTP ---- */

static inline int http_connect(const struct child *child)
{
    const struct timeval patience = {.tv_sec = 30};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)child->port)};
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(fd >= 0);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
    assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
    return fd;
}

static inline int http_send(const struct child *child, const char *method, const char *path,
                            const char *headers, const char *body)
{
    const int fd = http_connect(child);
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    fprintf(out, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%s", method, path,
            headers == NULL ? "" : headers);
    if (body != NULL) {
        fprintf(out, "Content-Length: %zu\r\n", strlen(body));
    }
    fprintf(out, "\r\n%s", body == NULL ? "" : body);
    fclose(out);
    for (size_t sent = 0; sent < length;) {
        const ssize_t n = send(fd, text + sent, length - sent, MSG_NOSIGNAL);
        if (n <= 0) {
            break; /* the server may answer before it has read all */
        }
        sent += (size_t)n;
    }
    free(text);
    return fd;
}

static inline struct answer http_receive(int fd)
{
    struct answer answer = {0};
    size_t length = 0;
    size_t room = 0;
    char *text = NULL;
    for (;;) {
        if (length + 65536 > room) {
            room = room * 2 + 131072;
            text = realloc(text, room);
            assert_non_null(text);
        }
        const ssize_t n = recv(fd, text + length, room - length - 1, 0);
        if (n <= 0) {
            answer.error = n < 0 ? errno : 0;
            break;
        }
        length += (size_t)n;
    }
    close(fd);
    text[length] = '\0';
    char *split = strstr(text, "\r\n\r\n");
    if (split == NULL) {
        free(text);
        return answer;
    }
    *split = '\0';
    answer.head = text;
    answer.body = split + 4;
    answer.body_length = length - (size_t)(answer.body - text);
    answer.status = (int)strtol(text + strcspn(text, " "), NULL, 10);
    answer.json = json_loadb(answer.body, answer.body_length, 0, NULL);
    return answer;
}

static inline void answer_free(struct answer *answer)
{
    json_decref(answer->json);
    free(answer->head);
    *answer = (struct answer){0};
}

static inline struct answer http(const struct child *child, const char *method, const char *path,
                                 const char *headers, const char *body)
{
    return http_receive(http_send(child, method, path, headers, body));
}

#define AUTHORIZED "Authorization: Bearer " TOKEN "\r\n"

static inline struct answer get(const struct child *child, const char *path)
{
    return http(child, "GET", path, AUTHORIZED, NULL);
}

/* ---- JSON ---- */

/* The value at "error.details.0.reason"; NULL if absent. A key with a dot is not needed here. */
static inline json_t *at(json_t *json, const char *path)
{
    char key[128];
    while (*path != '\0' && json != NULL) {
        const size_t length = strcspn(path, ".");
        snprintf(key, sizeof key, "%.*s", (int)length, path);
        json = json_is_array(json) ? json_array_get(json, strtoul(key, NULL, 10))
                                   : json_object_get(json, key);
        path += length;
        path += *path == '.';
    }
    return json;
}

static inline const char *text_at(json_t *json, const char *path)
{
    const char *text = json_string_value(at(json, path));
    return text == NULL ? "(none)" : text;
}

#endif
