/* servers.c - servers.h by servers.sh and posix_spawn. What is left running is stopped at exit; where the test is
 * killed, servers.sh's watcher and the servers' own death signal do it.
 */
#include "servers.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCRIPT "tests/support/servers.sh"

extern char **environ;

struct server {
    struct server *next;
    char dir[PATH_MAX];
    char password[128];
    pid_t pid; /* of one of ours; 0: a real one */
    int port;  /* of one of ours */
};

static struct server *running;
static char certs_dir[PATH_MAX];

static void die(const char *what)
{
    fprintf(stderr, "servers: %s: %s\n", what, strerror(errno));
    abort();
}

static pid_t spawn(const char *program, const char *const *argv, int out)
{
    posix_spawn_file_actions_t actions;
    char **arguments;
    size_t n = 0;
    pid_t pid;
    int failed;

    while (argv[n] != NULL)
        n++;
    arguments = calloc(n + 1, sizeof(*arguments));
    for (size_t i = 0; i < n; i++)
        arguments[i] = strdup(argv[i]);
    posix_spawn_file_actions_init(&actions);
    if (out >= 0)
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    failed = posix_spawn(&pid, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    for (size_t i = 0; i < n; i++)
        free(arguments[i]);
    free(arguments);
    if (failed != 0) {
        errno = failed;
        die(program);
    }
    return pid;
}

/* Runs servers.sh; its exit status. The first line that it prints goes to `out`. */
static int script(char *out, size_t size, const char *const *argv)
{
    int pipes[2], status = 0;
    size_t n = 0;
    ssize_t got;
    pid_t pid;

    if (pipe2(pipes, O_CLOEXEC) != 0)
        die("pipe");
    pid = spawn(SCRIPT, argv, out != NULL ? pipes[1] : -1);
    close(pipes[1]);
    while (out != NULL && n + 1 < size && (got = read(pipes[0], out + n, size - 1 - n)) > 0)
        n += (size_t)got;
    close(pipes[0]);
    if (out != NULL) {
        out[n] = '\0';
        out[strcspn(out, "\n")] = '\0';
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static void new_dir(char *out)
{
    if (script(out, PATH_MAX, (const char *const[]){SCRIPT, "dir", NULL}) != 0 || out[0] == '\0')
        die("servers.sh dir");
}

static void remove_dir(const char *dir)
{
    pid_t pid = spawn("/bin/rm", (const char *const[]){"rm", "-rf", "--", dir, NULL}, -1);

    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        continue;
}

static void stop_all(void)
{
    while (running != NULL)
        server_stop(running);
    if (certs_dir[0] != '\0')
        remove_dir(certs_dir);
}

static void register_exit(void)
{
    static bool done;

    if (!done)
        atexit(stop_all);
    done = true;
}

static char *path_in(const char *dir, const char *name)
{
    static char path[PATH_MAX + 64];

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    return path;
}

static void read_line(const char *path, char *out, size_t size)
{
    FILE *f = fopen(path, "r");

    out[0] = '\0';
    if (f == NULL)
        return;
    if (fgets(out, (int)size, f) == NULL)
        out[0] = '\0';
    out[strcspn(out, "\n")] = '\0';
    fclose(f);
}

const char *servers_certs(void)
{
    int status;

    register_exit();
    if (certs_dir[0] != '\0')
        return certs_dir;
    new_dir(certs_dir);
    status = script(NULL, 0, (const char *const[]){SCRIPT, "certs", certs_dir, NULL});
    if (status == 0)
        return certs_dir;
    if (status != 77)
        die("servers.sh certs");
    remove_dir(certs_dir);
    certs_dir[0] = '\0';
    return NULL;
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");

    if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
        die(path);
}

static void link_in(struct server *s)
{
    s->next = running;
    running = s;
}

struct server *server_start(const char *kind, const struct server_file *files)
{
    struct server *s;
    char owner[32];
    int status;

    if (servers_certs() == NULL)
        return NULL;
    s = calloc(1, sizeof(*s));
    new_dir(s->dir);
    if (symlink(certs_dir, path_in(s->dir, "certs")) != 0)
        die("symlink");
    for (; files != NULL && files->name != NULL; files++)
        write_file(path_in(s->dir, files->name), files->text);
    snprintf(owner, sizeof(owner), "%ld", (long)getpid());
    status = script(NULL, 0, (const char *const[]){SCRIPT, "start", kind, s->dir, owner, NULL});
    if (status != 0 && status != 77)
        die(kind);
    link_in(s);
    if (status == 77) {
        server_stop(s);
        return NULL;
    }
    read_line(path_in(s->dir, "password"), s->password, sizeof(s->password));
    return s;
}

/* One of ours prints its port once it listens. */
static int read_port(int fd)
{
    char line[32];
    size_t n = 0;
    ssize_t got;

    while (n + 1 < sizeof(line) && (got = read(fd, line + n, sizeof(line) - 1 - n)) > 0) {
        n += (size_t)got;
        if (line[n - 1] == '\n')
            break;
    }
    line[n] = '\0';
    return (int)strtol(line, NULL, 10);
}

struct server *server_start_own(const char *const *argv)
{
    const char *build = getenv("BUILD");
    char program[PATH_MAX];
    struct server *s = calloc(1, sizeof(*s));
    int pipes[2];

    register_exit();
    snprintf(program, sizeof(program), "%s/servers/%s", build != NULL ? build : "build/asan",
             argv[0]);
    if (pipe2(pipes, O_CLOEXEC) != 0)
        die("pipe");
    s->pid = spawn(program, argv, pipes[1]);
    close(pipes[1]);
    s->port = read_port(pipes[0]);
    close(pipes[0]);
    link_in(s);
    if (s->port == 0)
        die(program);
    return s;
}

int server_port(const struct server *s, const char *name)
{
    char line[256];
    size_t len = strlen(name);
    FILE *f;

    if (s->pid != 0)
        return s->port;
    f = fopen(path_in(s->dir, "env"), "r");
    while (f != NULL && fgets(line, sizeof(line), f) != NULL)
        if (strncmp(line, name, len) == 0 && line[len] == '=') {
            fclose(f);
            return (int)strtol(line + len + 1, NULL, 10);
        }
    die(name);
    return 0;
}

const char *server_dir(const struct server *s)
{
    return s->dir;
}

const char *server_password(const struct server *s)
{
    return s->password;
}

void server_stop(struct server *s)
{
    if (s == NULL)
        return;
    for (struct server **link = &running; *link != NULL; link = &(*link)->next)
        if (*link == s) {
            *link = s->next;
            break;
        }
    if (s->pid > 0) {
        kill(s->pid, SIGTERM);
        while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    } else {
        (void)script(NULL, 0, (const char *const[]){SCRIPT, "stop", s->dir, NULL});
        remove_dir(s->dir);
    }
    free(s);
}
