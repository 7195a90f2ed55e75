/* servers.h - real servers (PostgreSQL, Redis, nginx) and our own small ones, for tests: started on free loopback
 * ports, stopped when the test stops them, and in any case when the test process ends.
 *
 * servers.sh does the work for the real ones, as it does for the demo; ours stand in tests/servers. Both are
 * found by the environment of `make` (BUILD) and by the project folder as the working folder.
 */
#ifndef SERVERS_H
#define SERVERS_H

#include <stdbool.h>

struct server;

/* A folder with a CA and certificates for localhost (servers.sh certs), made once a process. NULL: no openssl. */
const char *servers_certs(void);

/* Starts "postgres", "redis" or "nginx". files: {name, text} pairs written into its folder before, ended by a
 * NULL name ("init.sql", "nginx.conf.in", ...). NULL where the program is not installed; the test ends where it
 * does not start. */
struct server_file {
    const char *name, *text;
};
struct server *server_start(const char *kind, const struct server_file *files);

/* Starts one of ours, $BUILD/servers/<argv[0]>; argv is NULL-terminated. Ends with the test by itself. */
struct server *server_start_own(const char *const *argv);

/* By its name in DIR/env ("PORT", "PORT_tls"); of one of ours whatever the name. */
int server_port(const struct server *server, const char *name);
/* The folder of a real server: its unix sockets are in there (redis.sock, .s.PGSQL.PORT). */
const char *server_dir(const struct server *server);
const char *server_password(const struct server *server);
void server_stop(struct server *server); /* NULL is fine */

#endif
