/* requests_check.c - every request that plumbline sent in a whole run of the tests, against Google's discovery documents.
 *
 *   requests_check FOLDER DOCUMENTS
 *
 * FOLDER is where the simulators noted them ($PLUMBLINE_SIM_REQUESTS, one file each), DOCUMENTS is ../shared/discovery. Each must be a
 * method that Google documents: HTTP method, host, path, and every query parameter. It must be a read: a GET, or one of the calls below that
 * use POST and change nothing; of those that give out secrets only what --read-secrets asks for. That nothing asks for them without it is
 * shown by tests/e2e/test_read_secrets.sh. What was asked is printed as a table. Needs no network.
 */
#include <dirent.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* POST that reads, and why it may be sent. */
static const struct {
    const char *id, *why;
} posts[] = {
    {"cloudresourcemanager.projects.getIamPolicy", "v3 has no GET for it"},
    {"cloudresourcemanager.projects.testIamPermissions", "says what the caller may do"},
    {"logging.entries.list", "its filter does not fit into a URL"},
    {"iamcredentials.projects.serviceAccounts.generateAccessToken", "a token exchange"},
    {"iamcredentials.projects.serviceAccounts.generateIdToken", "a token exchange"},
    {"sts.token", "a token exchange"},
};

/* GET that gives out secrets, and is made by nobody. */
static const char *const secrets[] = {
    "secretmanager.projects.locations.secrets.versions.access",
};

/* What has no discovery document: the token endpoint (RFC 6749) and the metadata server
 * (https://cloud.google.com/compute/docs/metadata/overview). */
static const struct {
    const char *http, *host, *path, *query;
} others[] = {
    {"POST", "oauth2.googleapis.com", "token", ""},
    {"GET", "", "computeMetadata/v1/instance/service-accounts/default/token", " scopes "},
    {"GET", "", "computeMetadata/v1/instance/service-accounts/default/email", ""},
    {"GET", "", "computeMetadata/v1/instance/service-accounts/default/identity",
     " audience format "},
    {"GET", "", "computeMetadata/v1/universe/universe-domain", ""},
};

static json_t *documents, *seen, *counts;
static size_t total, wrong;

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    return text != NULL ? text : "";
}

/* ---- Google's methods ---- */

/* One segment: "{name}", "{name}:verb" or literal. */
static bool segment_fits(const char *theirs, size_t t, const char *ours, size_t o)
{
    const char *close = *theirs == '{' ? memchr(theirs, '}', t) : NULL;
    size_t verb = close != NULL ? t - (size_t)(close + 1 - theirs) : 0;

    if (close == NULL)
        return t == o && memcmp(theirs, ours, t) == 0;
    if (o <= verb || memcmp(ours + o - verb, close + 1, verb) != 0)
        return false;
    /* A bare colon would be a verb of its own (https://google.aip.dev/136): names have it percent-encoded. */
    return memchr(ours, ':', o - verb) == NULL;
}

static bool path_fits(const char *theirs, const char *ours)
{
    for (;;) {
        size_t t = strcspn(theirs, "/"), o = strcspn(ours, "/");

        if (!segment_fits(theirs, t, ours, o) || theirs[t] != ours[o])
            return false;
        if (theirs[t] == '\0')
            return true;
        theirs += t + 1;
        ours += o + 1;
    }
}

static const char *path_of(const json_t *method)
{
    return text_of(method, json_object_get(method, "flatPath") != NULL ? "flatPath" : "path");
}

static size_t variables(const json_t *method)
{
    size_t n = 0;

    for (const char *p = path_of(method); *p != '\0'; p++)
        n += *p == '{';
    return n;
}

/* Where a name is as good as a word (".../firewallPolicies/getEffectiveFirewalls"), the path that says the word is meant. */
static json_t *nearer(json_t *a, json_t *b)
{
    return a == NULL || (b != NULL && variables(b) < variables(a)) ? b : a;
}

static json_t *method_in(json_t *resource, const char *http, const char *path)
{
    const char *name;
    json_t *member, *found = NULL;

    json_object_foreach(json_object_get(resource, "methods"), name, member)
    {
        if (strcmp(text_of(member, "httpMethod"), http) == 0 && path_fits(path_of(member), path))
            found = nearer(found, member);
    }
    json_object_foreach(json_object_get(resource, "resources"), name, member)
    {
        found = nearer(found, method_in(member, http, path));
    }
    return found;
}

static json_t *method_find(const char *http, const char *host, const char *path, json_t **document)
{
    char root[300];
    size_t i;
    json_t *one, *found;

    snprintf(root, sizeof(root), "https://%s/", host);
    json_array_foreach(documents, i, one)
    {
        found = strcmp(text_of(one, "rootUrl"), root) == 0 ? method_in(one, http, path) : NULL;
        *document = one;
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* ---- one request ---- */

static void complain(const json_t *line, const char *what, const char *name)
{
    char *text = json_dumps(line, JSON_COMPACT);

    wrong++;
    printf("not ok - %s %s: %s\n", what, name, text);
    free(text);
}

static bool is_other(const json_t *line)
{
    json_t *names = json_object_get(line, "query"), *one;
    char word[100];
    size_t k;

    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        if (strcmp(others[i].http, text_of(line, "method")) != 0 ||
            strcmp(others[i].host, text_of(line, "host")) != 0 ||
            strcmp(others[i].path, text_of(line, "path")) != 0)
            continue;
        json_array_foreach(names, k, one)
        {
            snprintf(word, sizeof(word), " %.90s ", json_string_value(one));
            if (strstr(others[i].query, word) == NULL)
                complain(line, "no such parameter:", json_string_value(one));
        }
        return true;
    }
    return false;
}

static bool is_read(const char *http, const char *id)
{
    for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
        if (strcmp(secrets[i], id) == 0)
            return false;
    for (size_t i = 0; i < sizeof(posts) / sizeof(posts[0]); i++)
        if (strcmp(posts[i].id, id) == 0)
            return true;
    return strcmp(http, "GET") == 0;
}

static void check_parameters(const json_t *line, const json_t *document, const json_t *method)
{
    json_t *names = json_object_get(line, "query"), *one;
    size_t i;

    json_array_foreach(names, i, one)
    {
        const char *name = json_string_value(one);
        json_t *parameter = json_object_get(json_object_get(method, "parameters"), name);
        bool of_method = parameter != NULL && strcmp(text_of(parameter, "location"), "query") == 0;

        if (!of_method && json_object_get(json_object_get(document, "parameters"), name) == NULL)
            complain(line, "no such parameter:", name);
    }
}

static void check(const json_t *line)
{
    const char *http = text_of(line, "method"), *id;
    json_t *document = NULL;
    json_t *method = method_find(http, text_of(line, "host"), text_of(line, "path"), &document);
    json_int_t n;

    total++;
    if (method == NULL && !is_other(line)) {
        complain(line, "not documented by Google", "");
        return;
    }
    id = method != NULL ? text_of(method, "id") : text_of(line, "path");
    if (method != NULL) {
        check_parameters(line, document, method);
        if (!is_read(http, id))
            complain(line, "this is no read:", id);
    }
    n = json_integer_value(json_object_get(counts, id));
    json_object_set_new(counts, id, json_integer(n + 1));
}

/* The same again proves nothing new. */
static void take(const char *text)
{
    json_t *line = json_loads(text, 0, NULL);

    if (line == NULL) {
        complain(line, "unreadable:", text);
    } else if (json_object_get(seen, text) == NULL) {
        json_object_set_new(seen, text, json_true());
        check(line);
    }
    json_decref(line);
}

/* ---- files ---- */

static void each_file(const char *folder, const char *end, void (*use)(const char *path))
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    char path[4096];

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        size_t len = strlen(entry->d_name), n = strlen(end);

        snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
        if (len > n && strcmp(entry->d_name + len - n, end) == 0)
            use(path);
    }
    if (dir != NULL)
        closedir(dir);
}

static void take_document(const char *path)
{
    json_t *one = json_load_file(path, 0, NULL);

    if (one != NULL)
        json_array_append_new(documents, one);
}

static void take_requests(const char *path)
{
    FILE *f = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;

    while (f != NULL && getline(&line, &room, f) > 0) {
        line[strcspn(line, "\n")] = '\0';
        take(line);
    }
    free(line);
    if (f != NULL)
        fclose(f);
}

int main(int argc, char **argv)
{
    const char *id;
    json_t *n;

    if (argc != 3) {
        fprintf(stderr, "usage: requests_check FOLDER DOCUMENTS\n");
        return 1;
    }
    documents = json_array();
    seen = json_object();
    counts = json_object();
    each_file(argv[2], ".json", take_document);
    if (json_array_size(documents) == 0) {
        printf("skipped: requests against discovery, no %s\n", argv[2]);
        return 77;
    }
    each_file(argv[1], ".ndjson", take_requests);
    json_object_foreach(counts, id, n) printf("%8lld  %s\n", (long long)json_integer_value(n), id);
    if (wrong == 0 && total > 0)
        printf("ok - %zu different requests of %zu methods: all documented, all reads\n", total,
               json_object_size(counts));
    if (total == 0)
        printf("not ok - no request was noted in %s\n", argv[1]);
    json_decref(documents);
    json_decref(seen);
    json_decref(counts);
    return wrong > 0 || total == 0;
}
