/* test_http_tls.c - HTTPS: what is trusted, what is not and why. The server is libmicrohttpd with certificates
 * made here; SSL_CERT_FILE says whom to trust.
 */
#include "harness.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loopback.h"
#include "plumbline/http.h"

#define MS INT64_C(1000000)

struct place {
    struct pl_arena *arena;
    struct pl_loop *loop;
    char *dir;
    const struct pl_http_reply *reply;
};

static int make_place(void **state)
{
    static struct place place;
    struct pl_err err = {0};

    place = (struct place){
        .arena = pl_arena_new(), .loop = pl_loop_new(&err), .dir = harness_temp_dir()};
    *state = &place;
    return place.loop != NULL ? 0 : -1;
}

static int drop_place(void **state)
{
    struct place *place = *state;

    (void)unsetenv("SSL_CERT_FILE");
    pl_loop_free(place->loop);
    harness_remove(place->dir);
    pl_arena_free(place->arena);
    return 0;
}

static char *take_pem(struct pl_arena *arena, BIO *bio)
{
    char *data = NULL;
    long len = BIO_get_mem_data(bio, &data);
    char *text = pl_arena_strndup(arena, data, (size_t)len);

    BIO_free(bio);
    return text;
}

static void add_extension(X509 *cert, int nid, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

    assert_non_null(extension);
    assert_int_equal(X509_add_ext(cert, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

/* A self-signed certificate for `names`, valid from `from` to `to` seconds from now. */
static void make_certificate(struct pl_arena *arena, const char *names, long from, long to,
                             char **cert_pem, char **key_pem)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    X509_NAME *name = X509_get_subject_name(cert);
    BIO *cert_bio = BIO_new(BIO_s_mem()), *key_bio = BIO_new(BIO_s_mem());

    assert_non_null(key);
    (void)X509_set_version(cert, X509_VERSION_3);
    (void)ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    (void)X509_gmtime_adj(X509_getm_notBefore(cert), from);
    (void)X509_gmtime_adj(X509_getm_notAfter(cert), to);
    (void)X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)"test", -1,
                                     -1, 0);
    (void)X509_set_issuer_name(cert, name);
    (void)X509_set_pubkey(cert, key);
    add_extension(cert, NID_subject_alt_name, names);
    add_extension(cert, NID_basic_constraints, "critical,CA:TRUE");
    assert_true(X509_sign(cert, key, EVP_sha256()) > 0);
    (void)PEM_write_bio_X509(cert_bio, cert);
    (void)PEM_write_bio_PrivateKey(key_bio, key, NULL, NULL, 0, NULL, NULL);
    *cert_pem = take_pem(arena, cert_bio);
    *key_pem = take_pem(arena, key_bio);
    X509_free(cert);
    EVP_PKEY_free(key);
}

static enum MHD_Result answer(void *arg, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **request)
{
    static char body[] = "hello over TLS";
    struct MHD_Response *response;
    enum MHD_Result result;

    (void)arg, (void)url, (void)method, (void)version, (void)upload, (void)upload_size,
        (void)request;
    response = MHD_create_response_from_buffer(strlen(body), body, MHD_RESPMEM_PERSISTENT);
    result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static struct MHD_Daemon *start_server(const char *cert, const char *key, int *port)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct MHD_Daemon *daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, 0, NULL, NULL, answer, NULL,
                         MHD_OPTION_SOCK_ADDR, &address, MHD_OPTION_HTTPS_MEM_CERT, cert,
                         MHD_OPTION_HTTPS_MEM_KEY, key, MHD_OPTION_END);

    assert_non_null(daemon);
    *port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
    return daemon;
}

static void on_done(const struct pl_http_reply *reply, void *arg)
{
    struct place *place = arg;

    place->reply = reply;
}

static const struct pl_http_reply *get(struct place *place, int port, int64_t timeout_ns)
{
    const struct pl_http_request request = {
        .url = pl_arena_printf(place->arena, "https://127.0.0.1:%d/", port),
        .timeout_ns = timeout_ns};

    place->reply = NULL;
    (void)pl_http_send(place->loop, place->arena, &request, on_done, place);
    pl_loop_run(place->loop);
    assert_non_null(place->reply);
    return place->reply;
}

static void trust(struct place *place, const char *pem)
{
    const char *path = harness_path(place->arena, place->dir, "trusted.pem");

    harness_write(path, pem);
    (void)setenv("SSL_CERT_FILE", path, 1);
}

static const struct {
    const char *name, *names;
    long from, to;
    bool trusted;
    const char *detail; /* NULL: the answer comes */
} certificates[] = {
    {"good", "IP:127.0.0.1", -3600, 3600, true, NULL},
    {"stranger", "IP:127.0.0.1", -3600, 3600, false, "self-signed certificate"},
    {"other name", "DNS:other.example", -3600, 3600, true, "it is for another name"},
    {"expired", "IP:127.0.0.1", -7200, -3600, true, "certificate has expired"},
    {"not yet", "IP:127.0.0.1", 3600, 7200, true, "certificate is not yet valid"},
};

static void certificates_are_verified(void **state)
{
    struct place *place = *state;

    for (size_t i = 0; i < PL_LEN(certificates); i++) {
        char *cert, *key, *other, *other_key;
        const struct pl_http_reply *reply;
        struct MHD_Daemon *daemon;
        int port;

        ROW("%s", certificates[i].name);
        make_certificate(place->arena, certificates[i].names, certificates[i].from,
                         certificates[i].to, &cert, &key);
        make_certificate(place->arena, "DNS:nobody.example", -3600, 3600, &other, &other_key);
        trust(place, certificates[i].trusted ? cert : other);
        daemon = start_server(cert, key, &port);
        reply = get(place, port, 0);
        if (certificates[i].detail == NULL) {
            assert_int_equal(reply->failure, PL_HTTP_OK);
            assert_string_equal(reply->body, "hello over TLS");
        } else {
            assert_non_null(reply->detail);
            assert_string_equal(reply->detail,
                                pl_arena_printf(place->arena,
                                                "127.0.0.1:%d: the certificate is not trusted: %s",
                                                port, certificates[i].detail));
            assert_int_equal(reply->failure, PL_HTTP_TLS);
        }
        MHD_stop_daemon(daemon);
        /* The multi handle keeps the trusted certificates of the last file for a while. */
        pl_loop_free(place->loop);
        place->loop = pl_loop_new(NULL);
    }
}

static const struct {
    const char *name;
    struct loopback_script script;
    enum pl_http_failure failure;
    const char *detail;
} misbehaviours[] = {
    {"plain HTTP",
     {.answer = "HTTP/1.1 400 Bad Request\r\n\r\n", .wait_for_nothing = 1},
     PL_HTTP_TLS,
     "the TLS handshake failed"},
    {"closed", {.wait_for_nothing = 1}, PL_HTTP_TLS, "the TLS handshake failed"},
    {"reset",
     {.wait_for_nothing = 1, .end = LOOPBACK_RESET},
     PL_HTTP_RESET,
     "the connection was reset in the TLS handshake"},
    {"silent",
     {.wait_for_nothing = 1, .end = LOOPBACK_HOLD},
     PL_HTTP_UNCONNECTED,
     "timed out in the TLS handshake"},
};

static void broken_handshakes_are_told_apart(void **state)
{
    struct place *place = *state;

    for (size_t i = 0; i < PL_LEN(misbehaviours); i++) {
        struct loopback *server = loopback_start(&misbehaviours[i].script);
        const struct pl_http_reply *reply =
            get(place, loopback_port(server),
                misbehaviours[i].failure == PL_HTTP_UNCONNECTED ? 200 * MS : 0);

        ROW("%s", misbehaviours[i].name);
        assert_non_null(reply->detail);
        assert_string_equal(reply->detail,
                            pl_arena_printf(place->arena, "127.0.0.1:%d: %s", loopback_port(server),
                                            misbehaviours[i].detail));
        assert_int_equal(reply->failure, misbehaviours[i].failure);
        loopback_stop(server);
    }
}

static void a_missing_file_of_trust_is_told(void **state)
{
    struct place *place = *state;
    struct MHD_Daemon *daemon;
    char *cert, *key;
    int port;

    make_certificate(place->arena, "IP:127.0.0.1", -3600, 3600, &cert, &key);
    daemon = start_server(cert, key, &port);
    (void)setenv("SSL_CERT_FILE", harness_path(place->arena, place->dir, "absent.pem"), 1);
    assert_string_equal(
        get(place, port, 0)->detail,
        pl_arena_printf(place->arena,
                        "127.0.0.1:%d: the file of trusted certificates cannot be read", port));
    assert_int_equal(place->reply->failure, PL_HTTP_TLS);
    MHD_stop_daemon(daemon);
}

/* gcloud's name for the same file counts where SSL_CERT_FILE does not say. */
static void gclouds_file_of_trust(void **state)
{
    struct place *place = *state;
    const char *path = harness_path(place->arena, place->dir, "trusted.pem");
    struct MHD_Daemon *daemon;
    char *cert, *key;
    int port;

    make_certificate(place->arena, "IP:127.0.0.1", -3600, 3600, &cert, &key);
    harness_write(path, cert);
    daemon = start_server(cert, key, &port);
    (void)setenv("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE", path, 1);
    assert_int_equal(get(place, port, 0)->failure, PL_HTTP_OK);
    (void)setenv("SSL_CERT_FILE", harness_path(place->arena, place->dir, "absent.pem"), 1);
    assert_int_equal(get(place, port, 0)->failure, PL_HTTP_TLS);
    (void)unsetenv("CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE");
    MHD_stop_daemon(daemon);
}

static const char *with_port(struct pl_arena *arena, const char *text, int port)
{
    const char *at = strstr(text, "PORT");

    return at != NULL ? pl_arena_printf(arena, "%.*s%d%s", (int)(at - text), text, port,
                                        at + strlen("PORT"))
                      : text;
}

/* Who does not answer is told: a proxy is not the host that was asked for. */
static void a_proxy_that_is_not_there(void **state)
{
    struct place *place = *state;
    int proxy = loopback_free_port();
    const struct pl_http_request request = {.url = "https://redis.googleapis.com/"};

    (void)setenv("HTTPS_PROXY", pl_arena_printf(place->arena, "http://127.0.0.1:%d", proxy), 1);
    place->reply = NULL;
    (void)pl_http_send(place->loop, place->arena, &request, on_done, place);
    pl_loop_run(place->loop);
    (void)unsetenv("HTTPS_PROXY");
    assert_string_equal(place->reply->detail,
                        pl_arena_printf(place->arena,
                                        "redis.googleapis.com:443: cannot connect to "
                                        "127.0.0.1:%d: Connection refused",
                                        proxy));
}

/* HTTPS_PROXY is asked for a tunnel to the host; NO_PROXY and `direct` pass it by. */
static void a_proxy_of_the_environment(void **state)
{
    static const struct {
        const char *host, *no_proxy; /* PORT: the host's */
        bool direct, asked;
    } rows[] = {
        {"127.0.0.1", "", false, true},
        {"127.0.0.1", "127.0.0.1", false, false},
        {"127.0.0.1", "10.0.0.0/8", false, true},
        {"127.0.0.1", "", true, false},
        {"127.0.0.1", "127.0.0.1:PORT", false, false},
        {"127.0.0.1", "10.0.0.1, 127.0.0.1:PORT", false, false},
        {"127.0.0.1", "127.0.0.1:1", false, true},
        {"127.0.0.1", "*", false, false},
        {"127.0.0.1", "example.com,*,", false, false},
        {"127.0.0.1", ",, ,", false, true},
        {"localhost", "*.localhost", false, false},
        {"localhost", ".localhost:PORT", false, false},
        {"localhost", "*.local", false, true},
        {"localhost", "*host", false, true},
    };
    const struct loopback_script script = {
        .answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"};
    struct place *place = *state;

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct loopback *proxy = loopback_start(&script);
        int port = loopback_free_port();
        const struct pl_http_request request = {
            .url = pl_arena_printf(place->arena, "https://%s:%d/", rows[i].host, port),
            .direct = rows[i].direct};
        const char *tunnel =
            pl_arena_printf(place->arena, "CONNECT %s:%d HTTP/1.1\r\n", rows[i].host, port);
        const char *no_proxy = with_port(place->arena, rows[i].no_proxy, port);

        ROW("%s, NO_PROXY=%s", rows[i].host, no_proxy);
        (void)setenv("HTTPS_PROXY",
                     pl_arena_printf(place->arena, "http://127.0.0.1:%d", loopback_port(proxy)), 1);
        (void)setenv("NO_PROXY", no_proxy, 1);
        place->reply = NULL;
        (void)pl_http_send(place->loop, place->arena, &request, on_done, place);
        pl_loop_run(place->loop);
        (void)unsetenv("HTTPS_PROXY");
        (void)unsetenv("NO_PROXY");
        assert_int_equal(place->reply->failure, PL_HTTP_CONNECT);
        if (rows[i].asked)
            assert_string_equal(
                place->reply->detail,
                pl_arena_printf(place->arena,
                                "%s:%d: the proxy of the environment refused: HTTP 407",
                                rows[i].host, port));
        else
            assert_non_null(strstr(place->reply->detail, ": Connection refused"));
        if (rows[i].asked)
            assert_memory_equal(loopback_seen(proxy), tunnel, strlen(tunnel));
        else
            assert_string_equal(loopback_seen(proxy), "");
        loopback_stop(proxy);
    }
}

#define TEST(fn) cmocka_unit_test_setup_teardown(fn, make_place, drop_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(certificates_are_verified),       TEST(broken_handshakes_are_told_apart),
        TEST(a_missing_file_of_trust_is_told), TEST(gclouds_file_of_trust),
        TEST(a_proxy_of_the_environment),      TEST(a_proxy_that_is_not_there),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
