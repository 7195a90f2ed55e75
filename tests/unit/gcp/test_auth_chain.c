/* test_auth_chain.c - tokens that are had with other tokens: federation, users, impersonation with delegates, identity tokens; judged
 * by plumbline-sim, which trusts exactly what its --trust file says.
 */
#include "sim_run.h"

#include "gcp_priv.h"
#include "loopback.h"

#define POOL                                                                                       \
    "//iam.googleapis.com/projects/12/locations/global/workloadIdentityPools/p/providers/ci"
#define SUBJECT "SUBJECT-SECRET"
#define TARGET  "t@p.iam.gserviceaccount.com"
#define OTHER   "d@p.iam.gserviceaccount.com"
#define MACHINE "plumbline@acme-staging.iam.gserviceaccount.com"
#define TRUST                                                                                      \
    "{\"subject\":{\"token\":\"" SUBJECT                                                           \
    "\",\"type\":\"urn:ietf:params:oauth:token-type:jwt\",\"audience\":\"" POOL "\"},"             \
    "\"user\":{\"client_id\":\"id\",\"client_secret\":\"CS-SECRET\",\"refresh_token\":"            \
    "\"RT-SECRET\"},\"creators\":{\"" TARGET "\":[\"federated\",\"user\",\"" OTHER "\"],\"" OTHER  \
    "\":[\"token\",\"" MACHINE "\"]}}"
#define URL "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/"
#define USER(refresh)                                                                              \
    "{\"type\":\"authorized_user\",\"client_id\":\"id\",\"client_secret\":\"CS-SECRET\","          \
    "\"refresh_token\":\"" refresh "\",\"quota_project_id\":\"quota\"}"
#define EXTERNAL(audience, more, source)                                                           \
    "{\"type\":\"external_account\",\"audience\":\"" audience                                      \
    "\",\"subject_token_type\":\"urn:ietf:params:oauth:token-type:jwt\"" more                      \
    ",\"credential_source\":" source "}"
#define ACT_FOR(email)                                                                             \
    ",\"service_account_impersonation_url\":\"" URL email ":generateAccessToken\""
#define FILE_SOURCE "{\"file\":\"%s\"}"
#define JSON_SOURCE                                                                                \
    "{\"file\":\"%s\",\"format\":{\"type\":\"json\",\"subject_token_field_name\":\"id\"}}"
#define DENIED                                                                                     \
    ": HTTP 403: Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may "   \
    "not exist)."

/* A folder with the credential file, the subject token and the trust file; a simulator that has the latter. */
struct place {
    struct pl_arena *arena;
    char *dir;
    const char *file, *subject, *trust;
    struct child sim;
    struct pl_gcp_options options;
};

static void open_place(struct place *place, struct pl_arena *arena, const char *faults)
{
    static const struct pl_kind *const kinds[] = {&pl_kind_sql_instance};
    const char *more[] = {"--trust", NULL, NULL};

    *place = (struct place){.arena = arena, .dir = harness_temp_dir()};
    place->file = harness_path(arena, place->dir, "credentials.json");
    place->subject = harness_path(arena, place->dir, "subject");
    place->trust = harness_path(arena, place->dir, "trust.json");
    harness_write(place->trust, TRUST);
    more[1] = place->trust;
    child_start(&place->sim, NULL, faults, more);
    place->options = sim_options(arena, &place->sim);
    place->options.kinds = kinds;
    place->options.n_kinds = 1;
}

static void close_place(struct place *place)
{
    child_end(&place->sim, 0);
    harness_remove(place->dir);
}

static const struct pl_world *look(struct place *place, const char *credentials,
                                   struct pl_gcp_stats *stats, struct pl_err *err)
{
    if (credentials != NULL) {
        harness_write(place->file, credentials);
        setenv("GOOGLE_APPLICATION_CREDENTIALS", place->file, 1);
    }
    return sim_observe(place->arena, &place->options, stats, err);
}

/* How many requests of the simulator's log hold `what`. */
static size_t asked(const struct place *place, const char *what)
{
    char *log = child_read(&place->sim, "log");
    size_t n = 0;

    for (const char *at = log; (at = strstr(at, what)) != NULL; at++)
        n++;
    free(log);
    return n;
}

/* ---- what works ---- */

static const struct {
    const char *name, *credentials, *subject, *impersonate;
    size_t exchanges, hops;
} good[] = {
    {"a token in a file", EXTERNAL(POOL, "", FILE_SOURCE), SUBJECT "\n", NULL, 1, 0},
    {"in JSON", EXTERNAL(POOL, "", JSON_SOURCE), "{\"id\":\"" SUBJECT "\"}", NULL, 1, 0},
    {"federated, as an account", EXTERNAL(POOL, ACT_FOR(TARGET), FILE_SOURCE), SUBJECT, NULL, 1, 1},
    {"federated, by the option", EXTERNAL(POOL, "", FILE_SOURCE), SUBJECT, TARGET, 1, 1},
    {"a user", USER("RT-SECRET"), "", NULL, 0, 0},
    {"a user, by the option", USER("RT-SECRET"), "", TARGET, 0, 1},
    {"a user, by a file",
     "{\"type\":\"impersonated_service_account\"" ACT_FOR(TARGET) ",\"source_credentials\":" USER(
         "RT-SECRET") "}",
     "", NULL, 0, 1},
};

static void tokens_are_had_with_tokens(void **state)
{
    struct place place;
    struct pl_gcp_stats stats;
    struct pl_err err;

    for (size_t i = 0; i < PL_LEN(good); i++) {
        const char *text = good[i].credentials, *at = strstr(text, "%s");

        ROW("%s", good[i].name);
        open_place(&place, *state, NULL);
        harness_write(place.subject, good[i].subject);
        if (at != NULL)
            text =
                pl_arena_printf(*state, "%.*s%s%s", (int)(at - text), text, place.subject, at + 2);
        place.options.impersonate = good[i].impersonate;
        const struct pl_world *world = look(&place, text, &stats, &err);

        assert_non_null(world);
        assert_int_equal(world->n_resources, 3);
        assert_int_equal(stats.retries, 0);
        assert_int_equal(child_stop(&place.sim), 0);
        assert_int_equal(asked(&place, "\"sts.googleapis.com/v1/token"), good[i].exchanges);
        assert_int_equal(asked(&place, ":generateAccessToken"), good[i].hops);
        child_remove(&place.sim);
        harness_remove(place.dir);
    }
}

/* The token of the environment, over the delegate OTHER; the machine's, too. */
static void any_credentials_over_delegates(void **state)
{
    struct place place;
    struct pl_gcp_stats stats;
    struct pl_err err;

    open_place(&place, *state, NULL);
    place.options.impersonate = TARGET "," OTHER;
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    assert_non_null(look(&place, NULL, &stats, &err));
    assert_string_equal(pl_gcp_identity(*state, NULL, &place.options, &err),
                        "service account " TARGET ", impersonated with an access token "
                        "(CLOUDSDK_AUTH_ACCESS_TOKEN)");
    unsetenv("CLOUDSDK_AUTH_ACCESS_TOKEN");
    setenv("GCE_METADATA_HOST", pl_arena_printf(*state, "127.0.0.1:%u", place.sim.port), 1);
    assert_non_null(look(&place, NULL, &stats, &err));
    close_place(&place);
}

/* From a URL: the headers of the file go with it, and no token of ours. */
static void a_subject_token_from_a_url(void **state)
{
    static const char body[] = "{\"access_token\":\"" SUBJECT "\"}";
    struct loopback_script script = {0};
    struct loopback *source;
    struct place place;
    struct pl_gcp_stats stats;
    struct pl_err err;
    char *seen;

    script.answer = pl_arena_printf(
        *state, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
        strlen(body), body);
    open_place(&place, *state, NULL); /* first: its process must not inherit what ends the source */
    source = loopback_start(&script);
    setenv("http_proxy", "http://127.0.0.1:1", 1); /* nobody is there: it is not asked */
    assert_non_null(look(&place,
                         pl_arena_printf(*state,
                                         EXTERNAL(POOL, "",
                                                  "{\"url\":\"http://localhost:%d/t?a=b\","
                                                  "\"headers\":{\"Metadata\":\"True\"},"
                                                  "\"format\":{\"type\":\"json\","
                                                  "\"subject_token_field_name\":"
                                                  "\"access_token\"}}"),
                                         loopback_port(source)),
                         &stats, &err));
    unsetenv("http_proxy");
    seen = pl_arena_strdup(*state, loopback_seen(source));
    assert_memory_equal(seen, "GET /t?a=b HTTP/1.1\r\n", 21);
    assert_non_null(strstr(seen, "\r\nMetadata: True\r\n"));
    assert_null(strstr(seen, "Authorization"));
    assert_null(strstr(seen + 1, "GET ")); /* asked once */
    loopback_stop(source);
    close_place(&place);
}

/* ---- what does not ---- */

static const struct {
    const char *name, *credentials, *subject, *impersonate, *faults, *error;
} refused[] = {
    {"a stale subject token", EXTERNAL(POOL, "", FILE_SOURCE), "OLD-SECRET", NULL, NULL,
     ": sts.googleapis.com refused it: HTTP 400 invalid_grant: The subject token is not accepted.; "
     "check that the provider that audience names is there, and that the subject token is fresh "
     "and fits its conditions"},
    {"a provider that is gone", EXTERNAL(POOL "2", "", FILE_SOURCE), SUBJECT, NULL, NULL,
     ": sts.googleapis.com refused it: HTTP 400 invalid_target: The target service indicated by "
     "the \"audience\" parameters is invalid. This might either be because the pool or provider "
     "is disabled or deleted or because it doesn't exist.; check that the provider that audience "
     "names is there, and that the subject token is fresh and fits its conditions"},
    {"no subject token", EXTERNAL(POOL, "", FILE_SOURCE), "\n", NULL, NULL,
     ": %s holds no subject token"},
    {"a user who was signed out", USER("OLD-SECRET"), "", NULL, NULL,
     ": oauth2.googleapis.com refused it: HTTP 400 invalid_grant: Token has been expired or "
     "revoked.; run 'gcloud auth application-default login'"},
    {"an account that a workload may not use", EXTERNAL(POOL, ACT_FOR(OTHER), FILE_SOURCE), SUBJECT,
     NULL, NULL,
     ": iamcredentials.googleapis.com gives no token of " OTHER DENIED
     "; gcloud iam service-accounts add-iam-policy-binding " OTHER
     " --member=MEMBER --role=roles/iam.workloadIdentityUser"},
    {"an account that an account may not use", EXTERNAL(POOL, ACT_FOR(TARGET), FILE_SOURCE),
     SUBJECT, OTHER, NULL,
     ": iamcredentials.googleapis.com gives no token of " OTHER DENIED
     "; gcloud iam service-accounts add-iam-policy-binding " OTHER
     " --member=serviceAccount:" TARGET " --role=roles/iam.serviceAccountTokenCreator"},
    {"a chain that breaks", USER("RT-SECRET"), "", TARGET "," OTHER, NULL,
     ": iamcredentials.googleapis.com gives no token of " TARGET DENIED
     "; each account of the chain needs roles/iam.serviceAccountTokenCreator on the next one"},
    {"half an answer", USER("RT-SECRET"), "", TARGET,
     "{\"match\":{\"host\":\"iamcredentials.googleapis.com\"},\"action\":\"garbage\",\"count\":9}",
     ": iamcredentials.googleapis.com answered without an access token"},
    {"IAM Credentials is down", USER("RT-SECRET"), "", TARGET,
     "{\"match\":{\"host\":\"iamcredentials.googleapis.com\"},\"action\":\"unavailable\","
     "\"count\":9}",
     NULL},
};

static void refusals_name_file_and_way_out(void **state)
{
    for (size_t i = 0; i < PL_LEN(refused); i++) {
        const char *text = refused[i].credentials, *error = refused[i].error, *at;
        struct place place;
        struct pl_gcp_stats stats;
        struct pl_err err;

        ROW("%s", refused[i].name);
        open_place(&place, *state, refused[i].faults);
        harness_write(place.subject, refused[i].subject);
        if ((at = strstr(text, "%s")) != NULL)
            text =
                pl_arena_printf(*state, "%.*s%s%s", (int)(at - text), text, place.subject, at + 2);
        if (error != NULL && (at = strstr(error, "%s")) != NULL)
            error = pl_arena_printf(*state, "%.*s%s%s", (int)(at - error), error, place.subject,
                                    at + 2);
        place.options.impersonate = refused[i].impersonate;
        assert_null(look(&place, text, &stats, &err));
        assert_int_equal(err.code, PL_E_AUTH);
        assert_null(strstr(err.text, "SECRET"));
        if (error != NULL)
            assert_string_equal(
                err.text,
                pl_arena_printf(*state, "GOOGLE_APPLICATION_CREDENTIALS=%s%s", place.file, error));
        else
            assert_int_equal(stats.retries, 4); /* all five tries of it */
        close_place(&place);
    }
}

static void a_subject_token_that_is_not_given(void **state)
{
    const struct loopback_script script = {
        .answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\nConnection: close\r\n\r\n"
                  "SECRET"};
    struct loopback *source;
    struct place place;
    struct pl_gcp_stats stats;
    struct pl_err err;

    open_place(&place, *state, NULL);
    source = loopback_start(&script);
    assert_null(
        look(&place,
             pl_arena_printf(*state, EXTERNAL(POOL, "", "{\"url\":\"http://127.0.0.1:%d/\"}"),
                             loopback_port(source)),
             &stats, &err));
    CHECK_ERR(err, PL_E_AUTH,
              pl_arena_printf(*state,
                              "GOOGLE_APPLICATION_CREDENTIALS=%s: no subject token: 127.0.0.1:%d "
                              "answered HTTP 403; check url and headers of credential_source",
                              place.file, loopback_port(source)));
    loopback_stop(source);
    close_place(&place);
}

/* What no token endpoint of Google's says. */
static const struct {
    const char *status, *body, *error;
} odd[] = {
    {"200 OK", "{\"access_token\":\"a\\r\\nX: 1\"}",
     "oauth2.googleapis.com answered without an access token"},
    {"200 OK", "{\"access_token\":\"a b\"}",
     "oauth2.googleapis.com answered without an access token"},
    {"400 Bad Request", "{\"error\":\"invalid_grant\",\"error_description\":\"got RT-SECRET/+\"}",
     "oauth2.googleapis.com refused it: HTTP 400 invalid_grant: (its words hold a secret); run "
     "'gcloud auth application-default login'"},
    {"400 Bad Request",
     "{\"error\":\"refresh_token=RT-SECRET%2F%2B&x\",\"error_description\":\"no\"}",
     "oauth2.googleapis.com refused it: HTTP 400 (its words hold a secret): no; run 'gcloud auth "
     "application-default login'"},
};

static void a_token_endpoint_that_is_none(void **state)
{
    for (size_t i = 0; i < PL_LEN(odd); i++) {
        const struct loopback_script script = {
            .answer = pl_arena_printf(*state,
                                      "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: "
                                      "close\r\n\r\n%s",
                                      odd[i].status, strlen(odd[i].body), odd[i].body)};
        struct loopback *endpoint;
        struct place place;
        struct pl_gcp_stats stats;
        struct pl_err err;

        ROW("%s", odd[i].body);
        open_place(&place, *state, NULL);
        endpoint = loopback_start(&script);
        place.options.api_root =
            pl_arena_printf(*state, "http://127.0.0.1:%d", loopback_port(endpoint));
        assert_null(look(&place, USER("RT-SECRET/+"), &stats, &err));
        CHECK_ERR(err, PL_E_AUTH,
                  pl_arena_printf(*state, "GOOGLE_APPLICATION_CREDENTIALS=%s: %s", place.file,
                                  odd[i].error));
        loopback_stop(endpoint);
        close_place(&place);
    }
}

/* ---- the quota project ---- */

/* A user's calls name the project that pays for them; an account's do not inherit it. The log has names of headers. */
static void whose_quota(void **state)
{
    static const struct {
        const char *impersonate, *environment;
        size_t named; /* more calls than one, or the one of the hop only */
    } rows[] = {{NULL, NULL, 2}, {TARGET, NULL, 1}, {TARGET, "mine", 2}};

    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct place place;
        struct pl_gcp_stats stats;
        struct pl_err err;
        size_t n;

        ROW("%zu", i);
        if (rows[i].environment != NULL)
            setenv("GOOGLE_CLOUD_QUOTA_PROJECT", rows[i].environment, 1);
        open_place(&place, *state, NULL);
        place.options.impersonate = rows[i].impersonate;
        assert_non_null(look(&place, USER("RT-SECRET"), &stats, &err));
        assert_int_equal(child_stop(&place.sim), 0);
        n = asked(&place, "x-goog-user-project") + asked(&place, "X-Goog-User-Project");
        if (rows[i].named == 1)
            assert_int_equal(n, 1);
        else
            assert_int_equal(n, stats.requests + (rows[i].impersonate != NULL ? 1 : 0));
        child_remove(&place.sim);
        harness_remove(place.dir);
    }
}

/* ---- a token that dies ---- */

static void the_whole_chain_is_renewed_once(void **state)
{
    struct place place;
    struct pl_gcp_stats stats;
    struct pl_err err;

    open_place(&place, *state,
               "{\"match\":{\"host\":\"sqladmin.googleapis.com\",\"nth\":1},"
               "\"action\":\"token_expired\"}");
    harness_write(place.subject, SUBJECT);
    assert_non_null(
        look(&place,
             pl_arena_printf(*state, EXTERNAL(POOL, ACT_FOR(TARGET), FILE_SOURCE), place.subject),
             &stats, &err));
    assert_int_equal(child_stop(&place.sim), 0);
    assert_int_equal(asked(&place, "\"sts.googleapis.com/v1/token"), 2);
    assert_int_equal(asked(&place, ":generateAccessToken"), 2);
    child_remove(&place.sim);
    harness_remove(place.dir);
}

/* ---- identity tokens ---- */

static struct pl_secret *identity(struct place *place, const char *audience, struct pl_err *err)
{
    struct pl_loop *loop = pl_loop_new(err);
    struct pl_secret *token =
        pl_gcp_identity_token(place->arena, loop, &place->options, audience, err);

    pl_loop_free(loop);
    return token;
}

/* The claims say for whom it is: {"aud":"https://x","iss":"https://accounts.google.com","email":"... */
static void check_identity(const struct pl_secret *token)
{
    assert_non_null(token);
    assert_non_null(strstr(pl_secret_reveal(token),
                           ".eyJhdWQiOiJodHRwczovL3giLCJpc3MiOiJodHRwczovL2FjY291bnRzLmdvb2dsZS5j"
                           "b20iLCJlbWFpbCI6"));
}

static void identity_tokens(void **state)
{
    const struct pl_secret *own;
    struct place place;
    struct pl_err err;

    open_place(&place, *state, NULL);
    harness_write(place.file, USER("RT-SECRET"));
    setenv("GOOGLE_APPLICATION_CREDENTIALS", place.file, 1);
    assert_null(identity(&place, "https://x", &err));
    CHECK_ERR(err, PL_E_AUTH,
              pl_arena_printf(*state,
                              "GOOGLE_APPLICATION_CREDENTIALS=%s: a user's credentials give an "
                              "identity token for their own client alone (id); use "
                              "--impersonate-service-account EMAIL, or the key of a service "
                              "account",
                              place.file));
    /* {"aud":"id","iss":"https://accounts.google.com","email":"user" */
    own = identity(&place, "id", &err);
    assert_non_null(own);
    assert_non_null(strstr(pl_secret_reveal(own), ".eyJhdWQiOiJpZCIsImlzcyI6Imh0dHBzOi8vYWNjb3VudHM"
                                                  "uZ29vZ2xlLmNvbSIsImVtYWlsIjoidXNlci"));
    assert_null(identity(&place, "", &err));
    CHECK_ERR(err, PL_E_USAGE, "an identity token needs an audience");
    place.options.impersonate = TARGET;
    check_identity(identity(&place, "https://x", &err));
    place.options.impersonate = OTHER;
    assert_null(identity(&place, "https://x", &err));
    assert_non_null(strstr(err.text, "iam.serviceAccounts.getOpenIdToken"));
    unsetenv("GOOGLE_APPLICATION_CREDENTIALS");
    setenv("GCE_METADATA_HOST", pl_arena_printf(*state, "127.0.0.1:%u", place.sim.port), 1);
    place.options.impersonate = NULL;
    check_identity(identity(&place, "https://x", &err));
    setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", TOKEN, 1);
    assert_null(identity(&place, "https://x", &err));
    CHECK_ERR(err, PL_E_AUTH,
              "CLOUDSDK_AUTH_ACCESS_TOKEN: an access token gives no identity token; use "
              "--impersonate-service-account EMAIL, or the key of a service account");
    place.options.impersonate = TARGET "," OTHER;
    check_identity(identity(&place, "https://x", &err));
    close_place(&place);
}

static int setup(void **state)
{
    no_credentials();
    return harness_arena(state);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, harness_arena_free)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tokens_are_had_with_tokens),
        TEST(any_credentials_over_delegates),
        TEST(a_subject_token_from_a_url),
        TEST(refusals_name_file_and_way_out),
        TEST(a_subject_token_that_is_not_given),
        TEST(a_token_endpoint_that_is_none),
        TEST(whose_quota),
        TEST(the_whole_chain_is_renewed_once),
        TEST(identity_tokens),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
