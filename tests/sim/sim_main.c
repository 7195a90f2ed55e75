/*
 * sim_main.c - plumbline-sim: options, start, stop.
 *
 * Exit status: 0 stopped and nobody tried to change anything, 1 could not start, 3 stopped after a call that would have changed
 * something. Everything else is in the files beside it; tests/sim/README.md is the user's text.
 */
#include "sim.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { EXIT_WRITE_ATTEMPT = 3 };

struct options {
    const char *estate, *port_file, *token, *key, *trust, *faults, *log, *documents;
    long page_size, latency, port;
    bool memo, list_methods, help;
};

static const struct option long_options[] = {
    {"estate", required_argument, NULL, 'e'},
    {"page-size", required_argument, NULL, 's'},
    {"port", required_argument, NULL, 'p'},
    {"port-file", required_argument, NULL, 'P'},
    {"token", required_argument, NULL, 't'},
    {"key-public", required_argument, NULL, 'k'},
    {"trust", required_argument, NULL, 'r'},
    {"latency-ms", required_argument, NULL, 'w'},
    {"faults", required_argument, NULL, 'f'},
    {"log", required_argument, NULL, 'l'},
    {"memo", no_argument, NULL, 'o'},
    {"list-methods", no_argument, NULL, 'm'},
    {"documents", required_argument, NULL, 'd'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static const char usage[] =
    "usage: plumbline-sim --estate FILE [--page-size N] [--port N] [--port-file FILE] [--token "
    "TOKEN]\n"
    "                     [--key-public PEM] [--trust FILE] [--faults FILE] [--log FILE]\n"
    "                     [--latency-ms N] [--memo] [--documents FOLDER]\n"
    "       plumbline-sim --list-methods\n"
    "\n"
    "Serves a snapshot file as Google's APIs would, strictly, on 127.0.0.1: "
    "http://127.0.0.1:PORT/<host>/<path>,\n"
    "and a metadata server on the same port (GCE_METADATA_HOST=127.0.0.1:PORT). Stops on SIGTERM "
    "or SIGINT.\n"
    "Exit status: 0; 1 could not start; 3 something tried to change the estate.\n";

static int number(const char *text, long least, long most, long *out, const char *name,
                  struct sim_error *err)
{
    char *end = NULL;
    errno = 0;
    *out = strtol(text, &end, 10);
    return end == text || *end != '\0' || errno != 0 || *out < least || *out > most
               ? sim_fail(err, "--%s: \"%s\" is not a number from %ld to %ld", name, text, least,
                          most)
               : 0;
}

static int options_read(int argc, char **argv, struct options *options, struct sim_error *err)
{
    int option = 0;
    int result = 0;
    *options = (struct options){0};
    while (result == 0 && (option = getopt_long(argc, argv, "", long_options, NULL)) != -1) {
        switch (option) {
        case 'e':
            options->estate = optarg;
            break;
        case 's':
            result = number(optarg, 1, 1000, &options->page_size, "page-size", err);
            break;
        case 'p':
            result = number(optarg, 0, 65535, &options->port, "port", err);
            break;
        case 'P':
            options->port_file = optarg;
            break;
        case 'w':
            result = number(optarg, 0, 60000, &options->latency, "latency-ms", err);
            break;
        case 't':
            options->token = optarg;
            break;
        case 'k':
            options->key = optarg;
            break;
        case 'r':
            options->trust = optarg;
            break;
        case 'f':
            options->faults = optarg;
            break;
        case 'l':
            options->log = optarg;
            break;
        case 'd':
            options->documents = optarg;
            break;
        case 'o':
            options->memo = true;
            break;
        case 'm':
            options->list_methods = true;
            break;
        case 'h':
            options->help = true;
            break;
        default:
            result = sim_fail(err, "see --help");
            break;
        }
    }
    if (result == 0 && optind < argc) {
        result = sim_fail(err, "unexpected argument: %s", argv[optind]);
    }
    if (result == 0 && options->memo && options->faults != NULL) {
        result = sim_fail(err, "--memo answers a request always the same, --faults do not");
    }
    if (result == 0 && options->estate == NULL && !options->list_methods && !options->help) {
        result = sim_fail(err, "--estate is needed; see --help");
    }
    return result;
}

/* Whole or not at all: whoever waits for the file must not read half a number. */
static int port_write(const char *path, unsigned port, struct sim_error *err)
{
    json_t *temporary = json_sprintf("%s.%ld", path, (long)getpid());
    const char *name = json_string_value(temporary);
    FILE *file = name == NULL ? NULL : fopen(name, "we");
    int result = file == NULL ? -1 : 0;
    if (file != NULL) {
        result = fprintf(file, "%u\n", port) < 0 ? -1 : 0;
        result = fclose(file) != 0 || result != 0 || rename(name, path) != 0 ? -1 : 0;
    }
    if (result != 0) {
        sim_fail(err, "%s: %s", path, strerror(errno));
    }
    json_decref(temporary);
    return result;
}

static int sim_open(struct sim *sim, const struct options *options, struct sim_error *err)
{
    sim->page_size = options->page_size;
    sim->latency_ms = options->latency;
    sim->writes = json_array();
    sim->memo = options->memo ? json_object() : NULL;
    sim->document_folder = options->documents;
    sim->documents = options->documents != NULL ? json_object() : NULL;
    if (sim_ready(sim, err) != 0 || sim_estate_load(&sim->estate, options->estate, err) != 0 ||
        sim_faults_load(&sim->faults, options->faults, err) != 0 ||
        sim_auth_open(&sim->auth, options->token, options->key, err) != 0 ||
        sim_auth_trust(&sim->auth, options->trust, err) != 0) {
        return -1;
    }
    if (options->log != NULL) {
        sim->log = fopen(options->log, "we");
        return sim->log == NULL ? sim_fail(err, "%s: %s", options->log, strerror(errno)) : 0;
    }
    return 0;
}

static void sim_close(struct sim *sim)
{
    if (sim->log != NULL) {
        fclose(sim->log);
    }
    sim_auth_close(&sim->auth);
    sim_faults_free(&sim->faults);
    sim_estate_free(&sim->estate);
    json_decref(sim->writes);
    json_decref(sim->memo);
    json_decref(sim->documents);
    close(sim->stop[0]);
    pthread_mutex_destroy(&sim->lock);
}

/* The last line of the log, and the same on standard error where something tried to write. */
static void tell_end(struct sim *sim)
{
    json_t *line = json_pack("{s:b, s:I, s:O}", "end", 1, "requests", (json_int_t)sim->requests,
                             "writes", sim->writes);
    char *text = json_dumps(line, JSON_COMPACT | JSON_PRESERVE_ORDER);
    if (sim->log != NULL && text != NULL) {
        fprintf(sim->log, "%s\n", text);
    }
    if (json_array_size(sim->writes) > 0 && text != NULL) {
        fprintf(stderr, "plumbline-sim: refused calls that would change something: %s\n", text);
    }
    free(text);
    json_decref(line);
}

static int serve(struct sim *sim, const struct options *options, const sigset_t *stop,
                 struct sim_error *err)
{
    struct sim_server *server = sim_server_start(sim, (unsigned)options->port, err);
    int signal_number = 0;
    int result = server == NULL ? -1 : 0;
    if (result == 0 && options->port_file != NULL) {
        result = port_write(options->port_file, sim_server_port(server), err);
    }
    if (result == 0) {
        printf("%u\n", sim_server_port(server));
        fflush(stdout);
        sigwait(stop, &signal_number);
    }
    sim_stop(sim);
    sim_server_stop(server);
    return result;
}

/* Each connection has a descriptor, and shells give 1,024. */
static void raise_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

int main(int argc, char **argv)
{
    struct options options;
    struct sim_error err = {{0}};
    struct sim sim = {0};
    sigset_t stop;
    int status = EXIT_FAILURE;
    if (options_read(argc, argv, &options, &err) != 0) {
        fprintf(stderr, "plumbline-sim: %s\n", err.text);
        return EXIT_FAILURE;
    }
    if (options.help || options.list_methods) {
        if (options.help) {
            fputs(usage, stdout);
        } else {
            sim_method_print(stdout);
        }
        return EXIT_SUCCESS;
    }
    /* Blocked before there are threads, so that all inherit it and sigwait() alone gets them. */
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    signal(SIGPIPE, SIG_IGN);
    raise_descriptors();
    if (sim_open(&sim, &options, &err) == 0 && serve(&sim, &options, &stop, &err) == 0) {
        tell_end(&sim);
        status = json_array_size(sim.writes) > 0 ? EXIT_WRITE_ATTEMPT : EXIT_SUCCESS;
    } else {
        fprintf(stderr, "plumbline-sim: %s\n", err.text);
    }
    sim_close(&sim);
    return status;
}
