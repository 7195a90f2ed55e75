/* http_priv.h - what probe_http.c (the transfer), http_request.c and http_judge.c (the answer) share.
 */
#ifndef PROBE_HTTP_PRIV_H
#define PROBE_HTTP_PRIV_H

#include "probe_priv.h"

struct http_header {
    const char *name, *value;
};

struct http {
    CURL *easy;
    int fd, given; /* until libcurl takes it; then the second is its own */
    unsigned turns;
    struct curl_slist *request_headers, *connect_to;
    struct http_header *headers; /* of the answer */
    size_t n_headers, cap_headers, head_bytes, body_bytes;
    struct pl_buf body;
    bool keep_body, cut;
    bool followed; /* after a redirect: a GET without a body */
    const char *abort_class;
};

int pl_http_prepare(struct target *t);
/* Is the attempt still where the baseline sends it: scheme, host and port (RFC 6454)? */
bool pl_http_at_home(const struct attempt *a);
void pl_http_connected(struct attempt *a, int fd);
/* The request, as options of the transfer that is there. */
void pl_http_ask(struct attempt *a);
/* Gives back the transfer; the attempt may go on with another (a redirect). */
void pl_http_release(struct attempt *a);
/* Judges an answer that is complete, or follows its redirect; ends the attempt. */
void pl_http_judge(struct attempt *a, int status);

#endif
