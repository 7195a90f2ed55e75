/* misbehave.c - a server that does one thing wrong, the same way every time: what probes have to tell apart.
 *
 *   misbehave --mode MODE[:ARGUMENT] [--port N] [--port-file FILE]
 *
 * The modes are the table at the end. One thread a connection; a mode reads what came first (one read), does its
 * thing and leaves; "hold" means that the connection stays open, silent. dns modes answer on UDP. Ended by a
 * signal.
 */
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "server_common.h"

struct mode {
    const char *name;
    void (*serve)(int fd);
    int unread; /* does not wait for the peer's first bytes */
    int reset;  /* leaves with RST */
    const char *what;
};

static const char *argument = "";
static _Thread_local char first[8192]; /* of this connection */
static const struct mode *mode;

static void pause_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000L};

    nanosleep(&t, NULL);
}

static int say_bytes(int fd, const void *bytes, size_t n)
{
    const char *at = bytes;

    while (n > 0) {
        ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);

        if (sent <= 0)
            return -1;
        at += sent;
        n -= (size_t)sent;
    }
    return 0;
}

static int say(int fd, const char *text)
{
    return say_bytes(fd, text, strlen(text));
}

/* Until the peer leaves. */
static void hold(int fd)
{
    char sink[4096];

    while (recv(fd, sink, sizeof(sink), 0) > 0)
        continue;
}

/* ---- modes ---- */

static void do_nothing(int fd)
{
    (void)fd;
}

static void do_garbage(int fd)
{
    unsigned char noise[512];

    for (size_t i = 0; i < sizeof(noise); i++)
        noise[i] = (unsigned char)(i * 37 + 11);
    say_bytes(fd, noise, sizeof(noise));
}

static void do_drip(int fd)
{
    static const char line[] = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";

    for (size_t i = 0; say_bytes(fd, i < sizeof(line) - 1 ? &line[i] : "x", 1) == 0; i++)
        pause_ms(i < sizeof(line) - 1 ? 1 : 50);
}

static void do_endless_headers(int fd)
{
    char line[64];

    if (say(fd, "HTTP/1.1 200 OK\r\n") != 0)
        return;
    for (unsigned i = 0;; i++) {
        snprintf(line, sizeof(line), "X-Header-%u: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", i);
        if (say(fd, line) != 0)
            return;
    }
}

static void do_long_header(int fd)
{
    char line[1024];

    memset(line, 'a', sizeof(line));
    say(fd, "HTTP/1.1 200 OK\r\nX-Long: ");
    for (int i = 0; i < 400 && say_bytes(fd, line, sizeof(line)) == 0; i++)
        continue;
    say(fd, "\r\n\r\n");
}

static void do_endless_body(int fd)
{
    char block[4096];

    memset(block, 'b', sizeof(block));
    say(fd, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
    while (say_bytes(fd, block, sizeof(block)) == 0)
        continue;
}

/* Whole, and short of any limit in bytes. */
static void do_many_headers(int fd)
{
    say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
    for (int i = 0; i < 1000; i++)
        say(fd, "a: b\r\n");
    say(fd, "X-Last: there\r\n\r\n");
}

static void do_many_informs(int fd)
{
    while (say(fd, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n") == 0)
        continue;
}

static void do_truncated(int fd)
{
    say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nten bytes.");
}

static void do_stalled_body(int fd)
{
    do_truncated(fd);
    hold(fd);
}

static void do_bad_chunk(int fd)
{
    say(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n");
}

static void do_status(int fd)
{
    char head[256];

    snprintf(head, sizeof(head),
             "HTTP/1.1 %s Told\r\nContent-Length: 0\r\nRetry-After: 7\r\nConnection: close\r\n\r\n",
             argument);
    say(fd, head);
}

static void do_redirect(int fd)
{
    char head[512];

    snprintf(head, sizeof(head), "HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
             argument);
    say(fd, head);
}

static void do_body(int fd)
{
    char head[1024];

    snprintf(head, sizeof(head),
             "HTTP/1.1 200 OK\r\nX-Service: auth\r\nContent-Length: %zu\r\n\r\n%s",
             strlen(argument), argument);
    say(fd, head);
}

/* \r and \n are written as such; the connection is held. */
static void do_say(int fd)
{
    for (const char *p = argument; *p != '\0'; p++) {
        if (p[0] == '\\' && (p[1] == 'r' || p[1] == 'n'))
            say(fd, *++p == 'r' ? "\r" : "\n");
        else
            say_bytes(fd, p, 1);
    }
    hold(fd);
}

static void do_say_and_close(int fd)
{
    say(fd, argument);
    say(fd, "\r\n");
}

/* A handshake record that promises 512 bytes and brings two. */
static void do_half_tls(int fd)
{
    static const unsigned char start[] = {0x16, 3, 3, 2, 0, 2, 0};

    say_bytes(fd, start, sizeof(start));
    hold(fd);
}

static void do_tls_alert(int fd)
{
    unsigned char alert[] = {0x15, 3, 3, 0, 2, 2, (unsigned char)strtol(argument, NULL, 10)};

    say_bytes(fd, alert, sizeof(alert));
}

/* PostgreSQL: to an SSLRequest N, to a StartupMessage an ErrorResponse with this SQLSTATE. */
static void do_pg_error(int fd)
{
    unsigned char packet[64] = {'E'};
    size_t n = 5;

    if (memcmp(first + 4, "\x04\xd2\x16\x2f", 4) == 0) {
        say(fd, "N");
        if (recv(fd, first, sizeof(first), 0) <= 0)
            return;
    }
    n += (size_t)snprintf((char *)packet + n, sizeof(packet) - n, "SFATAL") + 1;
    n += (size_t)snprintf((char *)packet + n, sizeof(packet) - n, "VFATAL") + 1;
    n += (size_t)snprintf((char *)packet + n, sizeof(packet) - n, "C%s", argument) + 1;
    n += (size_t)snprintf((char *)packet + n, sizeof(packet) - n, "Mtold") + 1;
    packet[n++] = 0;
    packet[4] = (unsigned char)(n - 1);
    say_bytes(fd, packet, n);
}

static int pg_login(int fd)
{
    static const unsigned char ok[] = {'R', 0, 0, 0, 8, 0, 0, 0, 0};

    if (memcmp(first + 4, "\x04\xd2\x16\x2f", 4) == 0 &&
        (say(fd, "N") != 0 || recv(fd, first, sizeof(first), 0) <= 0))
        return -1;
    return say_bytes(fd, ok, sizeof(ok));
}

/* A login that never ends, for notices. */
/* A server of SCRAM that wants so many rounds: in one piece, or (behind a comma) with a pause in the middle. */
static void do_pg_scram(int fd)
{
    static const char mechanisms[] = "R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0";
    char first_message[1024], text[1024], head[9] = {'R', 0, 0, 0, 0, 0, 0, 0, 11};
    const char *nonce;
    ssize_t n;
    int len;

    if (say_bytes(fd, mechanisms, sizeof(mechanisms)) != 0 ||
        (n = recv(fd, first_message, sizeof(first_message) - 1, 0)) <= 0)
        return;
    first_message[n] = '\0';
    nonce = memmem(first_message, (size_t)n, "r=", 2);
    if (nonce == NULL)
        return;
    len = snprintf(text, sizeof(text), "%sserver,s=QUJDREVGR0g=,i=%.*s", nonce,
                   (int)strcspn(argument, ","), argument);
    head[3] = (char)((len + 8) >> 8);
    head[4] = (char)(len + 8);
    say_bytes(fd, head, sizeof(head));
    say_bytes(fd, text, 30);
    if (strchr(argument, ',') != NULL)
        pause_ms(200);
    say(fd, text + 30);
    hold(fd);
}

static void do_pg_notices(int fd)
{
    static const unsigned char notice[] = "N\0\0\0\x0cMhello\0";

    if (pg_login(fd) != 0)
        return;
    while (say_bytes(fd, notice, sizeof(notice)) == 0)
        continue;
}

/* A row of a gigabyte. */
static void do_pg_row(int fd)
{
    static const unsigned char ready[] = {'Z', 0, 0, 0, 5, 'I'},
                               row[] = {'D', 0x40, 0, 0, 10, 0, 1, 0x40, 0, 0, 0};
    /* ParseComplete, BindComplete, RowDescription of one text "a" */
    static const unsigned char described[] = {
        '1', 0, 0, 0, 4, '2', 0, 0, 0, 4,  'T',  0,    0,    0,    26,   0,    1, 'a', 0,
        0,   0, 0, 0, 0, 0,   0, 0, 0, 25, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0};
    static char block[1 << 16];

    if (pg_login(fd) != 0 || say_bytes(fd, ready, sizeof(ready)) != 0 ||
        recv(fd, first, sizeof(first), 0) <= 0)
        return;
    say_bytes(fd, described, sizeof(described));
    say_bytes(fd, row, sizeof(row));
    while (say_bytes(fd, block, sizeof(block)) == 0)
        continue;
}

static void upgrade(int fd, const char *accept)
{
    const char *key = strcasestr(first, "Sec-WebSocket-Key:");
    unsigned char digest[SHA_DIGEST_LENGTH], right[64] = "";
    char text[512];
    unsigned int n = 0;

    if (key != NULL) {
        key += strcspn(key, ":") + 2;
        snprintf(text, sizeof(text), "%.*s258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
                 (int)strcspn(key, "\r\n"), key);
        EVP_Digest(text, strlen(text), digest, &n, EVP_sha1(), NULL);
        EVP_EncodeBlock(right, digest, (int)n);
    }
    snprintf(text, sizeof(text),
             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
             "Sec-WebSocket-Accept: %s\r\n\r\n",
             accept != NULL ? accept : (const char *)right);
    say(fd, text);
}

static void do_ws_bad_accept(int fd)
{
    upgrade(fd, "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    hold(fd);
}

static void do_ws_close(int fd)
{
    long code = strtol(argument, NULL, 10);
    unsigned char frame[] = {0x88, 2, (unsigned char)(code >> 8), (unsigned char)code};

    upgrade(fd, NULL);
    say_bytes(fd, frame, sizeof(frame));
    hold(fd);
}

static void do_ws_bad_frame(int fd)
{
    static const unsigned char frame[] = {0xf1, 1, 'x'}; /* reserved bits */

    upgrade(fd, NULL);
    say_bytes(fd, frame, sizeof(frame));
    hold(fd);
}

/* A text message in two fragments with a ping between them (RFC 6455 section 5.4). */
static void do_ws_message(int fd)
{
    size_t n = strlen(argument) < 100 ? strlen(argument) : 100, half = n / 2;
    unsigned char head[2] = {0x01, (unsigned char)half}, ping[2] = {0x89, 0};

    upgrade(fd, NULL);
    say_bytes(fd, head, 2);
    say_bytes(fd, argument, half);
    say_bytes(fd, ping, 2);
    head[0] = 0x80;
    head[1] = (unsigned char)(n - half);
    say_bytes(fd, head, 2);
    say_bytes(fd, argument + half, n - half);
    hold(fd);
}

static unsigned hex_digit(char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'a' + 10);
}

/* "8105" as two bytes; "x1000*61" as 1000 times a byte. */
static void say_hex(int fd, const char *hex, long each_ms)
{
    while (hex[0] != '\0' && hex[1] != '\0') {
        long times = 1;
        char *end = NULL;
        unsigned char byte;

        if (hex[0] == 'x') {
            times = strtol(hex + 1, &end, 10);
            hex = end + 1;
        }
        byte = (unsigned char)(hex_digit(hex[0]) << 4 | hex_digit(hex[1]));
        hex += 2;
        for (; times > 0; times--)
            if (say_bytes(fd, &byte, 1) != 0)
                return;
        if (each_ms > 0)
            pause_ms(each_ms);
    }
}

static void do_ws_bytes(int fd)
{
    upgrade(fd, NULL);
    say_hex(fd, argument, 0);
    hold(fd);
}

static void do_ws_chopped(int fd)
{
    upgrade(fd, NULL);
    say_hex(fd, argument, 2);
    hold(fd);
}

static void do_ws_bytes_leave(int fd)
{
    upgrade(fd, NULL);
    say_hex(fd, argument, 0);
}

/* Answers pings, says texts back, closes when closed; payloads below 126 bytes. ws-echo:N closes with 1001 after N
 * messages and pings. */
static void do_ws_echo(int fd)
{
    unsigned char head[6], payload[125];
    long left = argument[0] != '\0' ? strtol(argument, NULL, 10) : -1;

    upgrade(fd, NULL);
    while (left != 0 && recv(fd, head, sizeof(head), MSG_WAITALL) == sizeof(head)) {
        size_t n = head[1] & 0x7f;

        if (n > sizeof(payload) || recv(fd, payload, n, MSG_WAITALL) != (ssize_t)n)
            return;
        for (size_t i = 0; i < n; i++)
            payload[i] ^= head[2 + i % 4];
        if ((head[0] & 0x0f) == 9)
            head[0] = 0x8a;
        head[1] = (unsigned char)n;
        say_bytes(fd, head, 2);
        say_bytes(fd, payload, n);
        if ((head[0] & 0x0f) == 8)
            return;
        left -= left > 0;
    }
    say_bytes(fd,
              "\x88\x06\x03\xe9"
              "done",
              8);
    hold(fd);
}

static void do_ws_leave(int fd)
{
    upgrade(fd, NULL);
    pause_ms(20);
}

/* The first connection is reset, as by an instance that goes away. */
static void do_reset_once(int fd)
{
    static int n;
    struct linger hard = {1, 0};

    if (__atomic_fetch_add(&n, 1, __ATOMIC_RELAXED) == 0) {
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
        close(dup2(open("/dev/null", O_RDONLY), fd));
    } else {
        say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
}

/* Every other connection is turned away. */
static void do_flaky(int fd)
{
    static int n;

    if (__atomic_fetch_add(&n, 1, __ATOMIC_RELAXED) % 2 == 0)
        say(fd, "HTTP/1.1 503 Told\r\nContent-Length: 0\r\n\r\n");
    else
        say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

static void do_slow(int fd)
{
    pause_ms(strtol(argument, NULL, 10));
    say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
}

/* Nobody is answered before so many have spoken: who lets one wait for another waits for ever. */
static void do_together(int fd)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static pthread_cond_t all = PTHREAD_COND_INITIALIZER;
    static long here;

    (void)fd;
    pthread_mutex_lock(&lock);
    here++;
    while (here < strtol(argument, NULL, 10))
        pthread_cond_wait(&all, &lock);
    pthread_cond_broadcast(&all);
    pthread_mutex_unlock(&lock);
}

/* A chunk whose extension never ends (RFC 9112 section 7.1.1): bytes that are nobody's. */
static void do_endless_chunk(int fd)
{
    char more[16384];

    memset(more, 'x', sizeof(more));
    if (say(fd, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;") == 0)
        while (say_bytes(fd, more, sizeof(more)) == 0)
            continue;
}

/* Not Valkey: what Valkey 8 answers to the commands that probes send, for want of a package of it. */
static void do_valkey(int fd)
{
    static const char info[] = "# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\n"
                               "valkey_version:8.0.1\r\nserver_mode:standalone\r\n";
    char command[512], reply[512];
    ssize_t n;

    say(fd, "+PONG\r\n"); /* to what came first */
    while ((n = recv(fd, command, sizeof(command) - 1, 0)) > 0) {
        command[n] = '\0';
        if (strstr(command, "INFO") != NULL)
            snprintf(reply, sizeof(reply), "$%zu\r\n%s\r\n", sizeof(info) - 1, info);
        else if (strstr(command, "ROLE") != NULL)
            snprintf(reply, sizeof(reply), "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
        else
            snprintf(reply, sizeof(reply), "+OK\r\n");
        if (say(fd, reply) != 0)
            return;
    }
}

static const struct mode modes[] = {
    {"silent", hold, 1, 0, "accepts and never says anything"},
    {"close", do_nothing, 1, 0, "hangs up at once"},
    {"close-after", do_nothing, 0, 0, "hangs up after the first bytes"},
    {"reset", do_nothing, 0, 1, "resets after the first bytes"},
    {"reset-once", do_reset_once, 0, 0, "resets the first connection, answers 200 from then on"},
    {"garbage", do_garbage, 0, 0, "answers noise"},
    {"drip", do_drip, 0, 0, "answers a byte at a time, for ever"},
    {"endless-headers", do_endless_headers, 0, 0, "headers without end"},
    {"many-headers", do_many_headers, 0, 0, "a thousand headers"},
    {"many-informs", do_many_informs, 0, 0, "interim answers without end"},
    {"long-header", do_long_header, 0, 0, "one header of 400 kB"},
    {"endless-body", do_endless_body, 0, 0, "a body without end"},
    {"truncated", do_truncated, 0, 0, "ten bytes of a hundred, then hangs up"},
    {"stalled-body", do_stalled_body, 0, 0, "ten bytes of a hundred, then holds"},
    {"endless-chunk", do_endless_chunk, 0, 0, "a chunk whose extension never ends"},
    {"bad-chunk", do_bad_chunk, 0, 0, "a chunk length that is no number"},
    {"status", do_status, 0, 0, "status:CODE"},
    {"redirect", do_redirect, 0, 0, "redirect:URL"},
    {"body", do_body, 0, 0, "body:TEXT with 200"},
    {"say", do_say, 0, 0, "say:TEXT after the first bytes (\\r \\n), then holds"},
    {"greet", do_say_and_close, 1, 0, "greet:LINE at once, then hangs up"},
    {"half-tls", do_half_tls, 0, 0, "the beginning of a TLS record"},
    {"tls-alert", do_tls_alert, 0, 0, "tls-alert:NUMBER"},
    {"pg-error", do_pg_error, 0, 0, "pg-error:SQLSTATE"},
    {"pg-scram", do_pg_scram, 0, 0, "pg-scram:ROUNDS of SCRAM; ROUNDS, with a pause inside"},
    {"pg-notices", do_pg_notices, 0, 0, "PostgreSQL: notices without end"},
    {"pg-row", do_pg_row, 0, 0, "PostgreSQL: a row of a gigabyte"},
    {"ws-bad-accept", do_ws_bad_accept, 0, 0, "101 with the wrong Sec-WebSocket-Accept"},
    {"ws-close", do_ws_close, 0, 0, "ws-close:CODE right after 101"},
    {"ws-bad-frame", do_ws_bad_frame, 0, 0, "reserved bits in a frame"},
    {"ws-message", do_ws_message, 0, 0, "ws-message:TEXT in two fragments with a ping between"},
    {"ws-bytes", do_ws_bytes, 0, 0, "ws-bytes:HEX after 101, then holds"},
    {"ws-chopped", do_ws_chopped, 0, 0, "ws-chopped:HEX, a byte at a time"},
    {"ws-bytes-leave", do_ws_bytes_leave, 0, 0, "ws-bytes-leave:HEX, then hangs up"},
    {"ws-echo", do_ws_echo, 0, 0, "says messages and pings back; ws-echo:N closes after N"},
    {"ws-leave", do_ws_leave, 0, 0, "101, then hangs up without a close frame"},
    {"flaky", do_flaky, 0, 0, "503 and 200 by turns"},
    {"slow", do_slow, 0, 0, "slow:MS before the answer"},
    {"valkey", do_valkey, 0, 0, "an imitation of Valkey: PING, INFO, ROLE"},
    {"together", do_together, 0, 0, "together:N silent until N have spoken, then hangs up"},
};

/* ---- DNS ---- */

static const struct {
    const char *name;
    int rcode; /* -1: silent */
} rcodes[] = {{"nodata", 0},   {"formerr", 1}, {"servfail", 2},
              {"nxdomain", 3}, {"refused", 5}, {"silent", -1}};

/* Every question gets the same answer: this rcode and no record. */
static void serve_dns(int fd)
{
    unsigned char packet[1500];
    struct sockaddr_storage from;
    int rcode = -1;

    for (size_t i = 0; i < sizeof(rcodes) / sizeof(*rcodes); i++)
        if (strcmp(rcodes[i].name, argument) == 0)
            rcode = rcodes[i].rcode;
    for (;;) {
        socklen_t len = sizeof(from);
        ssize_t n = recvfrom(fd, packet, sizeof(packet), 0, (struct sockaddr *)&from, &len);

        if (n < 12 || rcode < 0)
            continue;
        packet[2] |= 0x80;
        packet[3] = (unsigned char)(0x80 | rcode);
        packet[10] = packet[11] = 0; /* no additional record is sent back */
        for (size_t at = 12; at + 5 <= (size_t)n; at++)
            if (packet[at] == 0) {
                n = (ssize_t)at + 5;
                break;
            }
        (void)!sendto(fd, packet, (size_t)n, 0, (struct sockaddr *)&from, len);
    }
}

/* ---- serving ---- */

/* A head may come in pieces: through a proxy it sometimes does. */
static ssize_t read_first(int fd)
{
    ssize_t n = 0, more;

    do {
        more = recv(fd, first + n, sizeof(first) - 1 - (size_t)n, 0);
        n = more > 0 ? n + more : n > 0 ? n : more;
        first[n > 0 ? n : 0] = '\0';
    } while (more > 0 && strncmp(first, "GET ", 4) == 0 && strstr(first, "\r\n\r\n") == NULL);
    return n;
}

static void *serve(void *arg)
{
    int fd = (int)(intptr_t)arg;
    struct linger hard = {1, 0};
    ssize_t n = 0;

    if (!mode->unread)
        n = read_first(fd);
    if (n >= 0)
        mode->serve(fd);
    if (mode->reset)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
    else
        shutdown(fd, SHUT_WR);
    if (!mode->reset && !mode->unread)
        hold(fd); /* unread bytes would turn the close into a reset */
    close(fd);
    return NULL;
}

static void find_mode(char *text)
{
    char *colon = strchr(text, ':');

    if (colon != NULL) {
        *colon = '\0';
        argument = colon + 1;
    }
    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
        if (strcmp(modes[i].name, text) == 0)
            mode = &modes[i];
    if (mode != NULL || strcmp(text, "dns") == 0)
        return;
    fprintf(stderr, "misbehave: no mode '%s'; there are:\n", text);
    for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++)
        fprintf(stderr, "  %-16s %s\n", modes[i].name, modes[i].what);
    fprintf(stderr, "  %-16s dns:nodata|formerr|servfail|nxdomain|refused|silent, on UDP\n", "dns");
    exit(1);
}

int main(int argc, char **argv)
{
    const char *wanted = "", *port_file = NULL;
    long port = 0;
    const struct server_option options[] = {
        {"--mode", &wanted, NULL}, {"--port", NULL, &port}, {"--port-file", &port_file, NULL}};
    int listener;

    server_options(argc, argv, options, 3,
                   "misbehave --mode MODE[:ARGUMENT] [--port N] [--port-file FILE]");
    find_mode(strdup(wanted));
    server_end_with_parent();
    listener = server_listen(mode != NULL ? SOCK_STREAM : SOCK_DGRAM, (int)port);
    server_tell_port(listener, port_file);
    if (mode == NULL)
        serve_dns(listener);
    for (;;) {
        pthread_t thread;
        int fd = accept(listener, NULL, NULL);

        if (fd >= 0 && pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd) == 0)
            pthread_detach(thread);
    }
}
