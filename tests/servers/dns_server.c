/* dns_server.c - a resolver on UDP and TCP whose behaviour is the first label of the name asked for.
 *
 *   dns_server [--port-file FILE]
 *
 * nxdomain. servfail. refused. notimp. formerr. answer with that rcode; nodata. with no record; silent. not at all;
 * wrongid. with another id; truncated. is cut short over UDP and whole over TCP; cut. is cut short and hangs up over
 * TCP; mute. is cut short and not answered over TCP; once. has 127.0.0.1, is cut short over UDP, and of all questions
 * on a TCP connection the first alone is answered; loop. has a name that points at itself; short. a record longer than
 * the message; alias. a CNAME before the records; three. has the addresses 127.0.0.1 to 127.0.0.3, half. has 127.0.0.9
 * and 127.0.0.1, many. forty times 127.0.0.1. Every other name has the records of the table. Ended by a signal.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server_common.h"

enum { PACKET = 4096, QUESTIONS = 4096, CLIENTS = 128 };

/* A TCP connection and what of its questions has come. */
struct client {
    int fd; /* -1: none */
    int deaf;
    size_t have;
    unsigned char bytes[QUESTIONS];
};

static const struct {
    int type;
    const char *data;
    size_t len;
} records[] = {
    {1, "\x0a\0\0\x04", 4},
    {1, "\x0a\0\0\x03", 4},
    {2, "\2ns\4Test\0", 9},
    {5, "\5other\4test\0", 12},
    {6, "\2ns\4test\0\4root\4test\0\0\0\0\1\0\0\0\2\0\0\0\3\0\0\0\4\0\0\0\5", 40},
    {12, "\4host\4test\0", 11},
    {15, "\0\x0a\4mail\4test\0", 13},
    {16, "\4v=on\1e", 7},
    {16, "\3two", 4},
    {28, "\xfd\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3", 16},
    {33, "\0\x0a\0\5\x15\x38\2db\4test\0", 15},
};

static const struct {
    const char *label;
    int rcode;
} rcodes[] = {{"nodata", 0},   {"formerr", 1}, {"servfail", 2},
              {"nxdomain", 3}, {"notimp", 4},  {"refused", 5}};

static void put(unsigned char *packet, size_t *n, unsigned value)
{
    packet[(*n)++] = (unsigned char)(value >> 8);
    packet[(*n)++] = (unsigned char)value;
}

/* A record of the name asked for (a pointer to byte 12). */
static void put_record(unsigned char *packet, size_t *n, int type, const void *data, size_t len)
{
    put(packet, n, 0xc00c);
    put(packet, n, (unsigned)type);
    put(packet, n, 1);
    put(packet, n, 0);
    put(packet, n, 60);
    put(packet, n, (unsigned)len);
    memcpy(packet + *n, data, len);
    *n += len;
    packet[7]++;
}

static int is(const unsigned char *packet, const char *label)
{
    return packet[12] == strlen(label) && memcmp(packet + 13, label, strlen(label)) == 0;
}

static void put_answers(unsigned char *packet, size_t *n, int type)
{
    static const unsigned char self[2] = {0xc0, 0};
    unsigned char loop[2];

    if (is(packet, "loop")) {
        memcpy(loop, self, 2);
        loop[1] = (unsigned char)(*n + 12);
        put_record(packet, n, type, loop, 2);
        return;
    }
    if (is(packet, "three")) {
        for (char last = 1; last <= 3 && type == 1; last++)
            put_record(packet, n, 1, (const char[]){127, 0, 0, last}, 4);
        return;
    }
    for (int i = 0; i < 40 && type == 1 && is(packet, "many"); i++)
        put_record(packet, n, 1, "\x7f\0\0\1", 4);
    if (is(packet, "half") && type == 1) {
        put_record(packet, n, 1, "\x7f\0\0\x09", 4);
        put_record(packet, n, 1, "\x7f\0\0\1", 4);
    }
    if (is(packet, "once") && type == 1)
        put_record(packet, n, 1, "\x7f\0\0\1", 4);
    if (is(packet, "half") || is(packet, "many") || is(packet, "once"))
        return;
    if (is(packet, "alias") && type != 5)
        put_record(packet, n, 5, "\5other\4test\0", 12);
    for (size_t i = 0; i < sizeof(records) / sizeof(*records); i++)
        if (records[i].type == type)
            put_record(packet, n, type, records[i].data, records[i].len);
    if (is(packet, "short"))
        packet[*n - 5 - (type == 1 ? 0 : 4)] = 0xff;
}

/* Turns a question into its answer; 0: says nothing. */
static size_t answer(unsigned char *packet, size_t n, int tcp)
{
    size_t at = 12;
    int type;

    if (n < 17 || n > 512 || is(packet, "silent") ||
        (tcp && (is(packet, "cut") || is(packet, "mute"))))
        return 0;
    while (at < n && packet[at] != 0)
        at += packet[at] + 1u;
    if (at + 5 > n)
        return 0;
    type = packet[at + 1] << 8 | packet[at + 2];
    n = at + 5;
    packet[2] = (unsigned char)(0x80 | (packet[2] & 1));
    packet[3] = 0x80;
    memset(packet + 6, 0, 6);
    if (is(packet, "wrongid"))
        packet[0] ^= 0xff;
    for (size_t i = 0; i < sizeof(rcodes) / sizeof(*rcodes); i++)
        if (is(packet, rcodes[i].label)) {
            packet[3] |= (unsigned char)rcodes[i].rcode;
            return n;
        }
    if (!tcp && (is(packet, "truncated") || is(packet, "cut") || is(packet, "mute") ||
                 is(packet, "once"))) {
        packet[2] |= 2;
        return n;
    }
    put_answers(packet, &n, type);
    return n;
}

static void serve_udp(int fd)
{
    unsigned char packet[PACKET];
    struct sockaddr_storage from;
    socklen_t len = sizeof(from);
    ssize_t got = recvfrom(fd, packet, sizeof(packet), 0, (struct sockaddr *)&from, &len);
    size_t n = got > 0 ? answer(packet, (size_t)got, 0) : 0;

    if (n > 0)
        (void)!sendto(fd, packet, n, 0, (struct sockaddr *)&from, len);
}

/* ---- TCP: many connections at once, many questions on each (RFC 7766 sections 6.2.1 and 6.2.3) ---- */

static void hang_up(struct client *c)
{
    close(c->fd);
    c->fd = -1;
}

/* Answers the questions that have come whole; each has its length before it (RFC 1035 section 4.2.2). */
static void answer_all(struct client *c)
{
    size_t len, n;

    while (!c->deaf && c->have >= 2 &&
           c->have - 2 >= (len = (size_t)(c->bytes[0] << 8 | c->bytes[1]))) {
        unsigned char packet[2 + PACKET];
        int only = is(c->bytes + 2, "once");

        memcpy(packet + 2, c->bytes + 2, len);
        n = answer(packet + 2, len, 1);
        if (n == 0 && is(packet + 2, "mute")) {
            c->deaf = 1;
            return;
        }
        if (n == 0) {
            hang_up(c);
            return;
        }
        packet[0] = (unsigned char)(n >> 8);
        packet[1] = (unsigned char)n;
        (void)!send(c->fd, packet, n + 2, MSG_NOSIGNAL);
        memmove(c->bytes, c->bytes + 2 + len, c->have - 2 - len);
        c->have -= 2 + len;
        if (only) { /* what else was asked is read until the peer leaves: an RST would take the answer along */
            c->deaf = 1;
            shutdown(c->fd, SHUT_WR);
        }
    }
}

static void serve_tcp(struct client *c)
{
    ssize_t got;

    if (c->deaf)
        c->have = 0;
    got = recv(c->fd, c->bytes + c->have, sizeof(c->bytes) - c->have, 0);
    if (got <= 0) { /* or a question longer than any that we answer */
        hang_up(c);
        return;
    }
    c->have += (size_t)got;
    answer_all(c);
}

static void greet(struct client *clients, int listener)
{
    int fd = accept(listener, NULL, NULL);

    for (size_t i = 0; i < CLIENTS && fd >= 0; i++)
        if (clients[i].fd < 0) {
            clients[i] = (struct client){.fd = fd};
            return;
        }
    if (fd >= 0)
        close(fd);
}

/* The same port for both: one that TCP gets may be taken for UDP. */
static int listen_both(int *udp)
{
    for (;;) {
        int tcp = server_listen(SOCK_STREAM, 0);
        struct sockaddr_in address;
        socklen_t len = sizeof(address);

        *udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (getsockname(tcp, (struct sockaddr *)&address, &len) == 0 &&
            bind(*udp, (struct sockaddr *)&address, len) == 0)
            return tcp;
        close(tcp);
        close(*udp);
    }
}

int main(int argc, char **argv)
{
    const char *port_file = NULL;
    const struct server_option options[] = {{"--port-file", &port_file, NULL}};
    static struct client clients[CLIENTS];
    struct pollfd fds[2 + CLIENTS] = {{.events = POLLIN}, {.events = POLLIN}};

    server_options(argc, argv, options, 1, "dns_server [--port-file FILE]");
    server_end_with_parent();
    fds[1].fd = listen_both(&fds[0].fd);
    server_tell_port(fds[1].fd, port_file);
    for (size_t i = 0; i < CLIENTS; i++)
        clients[i].fd = -1;
    for (;;) {
        for (size_t i = 0; i < CLIENTS; i++)
            fds[2 + i] = (struct pollfd){.fd = clients[i].fd, .events = POLLIN};
        if (poll(fds, 2 + CLIENTS, -1) <= 0)
            continue;
        for (size_t i = 0; i < CLIENTS; i++)
            if (fds[2 + i].revents != 0)
                serve_tcp(&clients[i]);
        if (fds[0].revents & POLLIN)
            serve_udp(fds[0].fd);
        if (fds[1].revents & POLLIN)
            greet(clients, fds[1].fd);
    }
}
