/* bench_explain.c - what bench_explain.sh measures: an estate of a given size, and the explanation of its failures.
 *
 *   bench_explain write DIR CONNECTIONS RULES ROUTES DRIFTS [all]   estate.ndjson, baseline.yaml, symptoms.ndjson
 *   bench_explain run DIR                                              "EXPLAIN_MS PEAK_KB FAILING EXPLAINED CONNECTIONS DRIFTS DIFF_MS READ_MS"
 *
 * One network, so that every rule and route is in the way of every connection. A fifth of the drift are deny rules that nobody declared, each of
 * which cuts one service off; the rest are rules that let through, changed fields and missing routes. Every tenth service has a symptom in the file as well.
 * With "all": the first deny rule cuts off everybody, so that every connection fails.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "plumbline/diff.h"
#include "plumbline/explain.h"
#include "plumbline/file.h"
#include "plumbline/snapshot.h"

#define NET "projects/p/global/networks/main"
#define GCE "//compute.googleapis.com/projects/p/"

struct size {
    int connections, rules, routes, drifts;
    bool all;
};

static FILE *open_in(const char *dir, const char *name)
{
    char path[4096];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", dir, name);
    f = fopen(path, "w");
    if (f == NULL) {
        perror(path);
        exit(1);
    }
    return f;
}

static int services_of(const struct size *z)
{
    return (z->connections + 3) / 4;
}

static int databases_of(const struct size *z)
{
    return z->connections / 20 + 1;
}

/* ---- the estate ---- */

static void write_network(FILE *f)
{
    fprintf(f, "{\"kind\":\"compute.network\",\"name\":\"" GCE "global/networks/"
               "main\",\"resource\":{\"name\":\"main\",\"networkFirewallPolicyEnforcementOrder\":"
               "\"AFTER_CLASSIC_FIREWALL\",\"peerings\":[{\"name\":\"servicenetworking-googleapis-"
               "com\",\"state\":\"ACTIVE\"}]}}\n");
    fprintf(
        f,
        "{\"kind\":\"servicenetworking.connection\",\"name\":\"//servicenetworking.googleapis.com/"
        "services/"
        "servicenetworking.googleapis.com/connections/"
        "servicenetworking-googleapis-com\",\"resource\":{\"network\":"
        "\"projects/p/global/networks/main\",\"peering\":\"servicenetworking-googleapis-com\"}}\n");
    for (int i = 0; i < 10; i++) {
        fprintf(f,
                "{\"kind\":\"compute.subnetwork\",\"name\":\"" GCE
                "regions/r1/subnetworks/s%d\",\"resource\":{\"name\":\"s%d\",\"network\":\"" NET
                "\",\"ipCidrRange\":\"10.0.%d.0/24\",\"privateIpGoogleAccess\":true}}\n",
                i, i, i);
        fprintf(f,
                "{\"kind\":\"vpcaccess.connector\",\"name\":\"//vpcaccess.googleapis.com/projects/"
                "p/locations/r1/connectors/c%d\","
                "\"resource\":{\"name\":\"projects/p/locations/r1/connectors/"
                "c%d\",\"network\":\"main\",\"ipCidrRange\":\"10.8.%d.0/28\","
                "\"state\":\"READY\"}}\n",
                i, i, i);
    }
}

static void write_rules(FILE *f, const struct size *z)
{
    for (int i = 0; i < z->rules; i++) {
        const char *egress = i % 3 == 0 ? "EGRESS" : "INGRESS";
        fprintf(
            f,
            "{\"kind\":\"compute.firewall\",\"name\":\"" GCE
            "global/firewalls/rule-%d\",\"resource\":{\"name\":\"rule-%d\",\"network\":\"https://"
            "www.googleapis.com/compute/v1/" NET
            "\",\"direction\":\"%s\",\"priority\":%d,\"%s\":[\"10.%d.%d.0/24\",\"192.168.%d.0/"
            "24\"],\"%s\":[{\"IPProtocol\":\"tcp\","
            "\"ports\":[\"%d\",\"%d-%d\"]},{\"IPProtocol\":\"udp\"}]%s%d%s}}\n",
            i, i, egress, 1000 + i % 7000, i % 3 == 0 ? "destinationRanges" : "sourceRanges",
            100 + i % 100, i % 250, i % 256, i % 5 == 0 ? "denied" : "allowed", 1000 + i % 4000,
            20000 + i % 1000, 21000 + i % 1000,
            i % 2 == 0 ? ",\"targetTags\":[\"group-" : ",\"description\":\"", i % 40,
            i % 2 == 0 ? "\"]" : "\"");
    }
    /* What nobody declared: a fifth of the drift denies, two fifths allow. */
    for (int i = 0; i < z->drifts / 5; i++)
        fprintf(f,
                "{\"kind\":\"compute.firewall\",\"name\":\"" GCE "global/firewalls/"
                "new-deny-%d\",\"resource\":{\"name\":\"new-deny-%d\",\"network\":\"" NET
                "\",\"direction\":\"EGRESS\",\"priority\":%d,\"denied\":[{\"IPProtocol\":\"tcp\"}]%"
                "s%d%s}}\n",
                i, i, 500 + i,
                z->all && i == 0 ? ",\"description\":\"" : ",\"targetTags\":[\"service-",
                i * 2 % services_of(z), z->all && i == 0 ? "\"" : "\"]");
    for (int i = 0; i < z->drifts * 2 / 5; i++)
        fprintf(f,
                "{\"kind\":\"compute.firewall\",\"name\":\"" GCE "global/firewalls/"
                "new-allow-%d\",\"resource\":{\"name\":\"new-allow-%d\",\"network\":\"" NET
                "\",\"direction\":\"%s\",\"priority\":%d,\"allowed\":[{\"IPProtocol\":\"tcp\","
                "\"ports\":[\"22\"]}]}}\n",
                i, i, i % 2 == 0 ? "EGRESS" : "INGRESS", 600 + i);
}

static void write_routes(FILE *f, const struct size *z)
{
    fprintf(f, "{\"kind\":\"compute.route\",\"name\":\"" GCE
               "global/routes/default\",\"resource\":{\"name\":\"default\",\"network\":\"" NET
               "\",\"destRange\":\"0.0.0.0/0\",\"priority\":1000,\"nextHopGateway\":\"projects/p/"
               "global/gateways/"
               "default-internet-gateway\"}}\n");
    fprintf(f, "{\"kind\":\"compute.route\",\"name\":\"" GCE
               "global/routes/psa\",\"resource\":{\"name\":\"psa\",\"network\":\"" NET
               "\",\"destRange\":\"10.64.0.0/"
               "12\",\"priority\":0,\"nextHopPeering\":\"servicenetworking-googleapis-com\"}}\n");
    for (int i = 0; i < z->routes; i++)
        fprintf(
            f,
            "{\"kind\":\"compute.route\",\"name\":\"" GCE
            "global/routes/route-%d\",\"resource\":{\"name\":\"route-%d\",\"network\":\"" NET
            "\",\"destRange\":\"10.%d.%d.%d/28\",\"priority\":%d,\"nextHopIp\":\"10.0.0.9\"}}\n",
            i, i, 100 + i % 100, i / 100 % 250, i / 25000 * 16, 900 + i % 3);
}

static void write_services(FILE *f, const struct size *z)
{
    for (int i = 0; i < databases_of(z); i++)
        fprintf(f,
                "{\"kind\":\"sql.instance\",\"name\":\"//sqladmin.googleapis.com/projects/p/"
                "instances/db%d\",\"resource\":{\"name\":"
                "\"db%d\",\"region\":\"r1\",\"state\":\"RUNNABLE\",\"databaseVersion\":\"POSTGRES_"
                "15\",\"connectionName\":\"p:r1:db%d\","
                "\"ipAddresses\":[{\"type\":\"PRIVATE\",\"ipAddress\":\"10.68.%d.%d\"}],"
                "\"settings\":{\"activationPolicy\":\"ALWAYS\","
                "\"ipConfiguration\":{\"ipv4Enabled\":false,\"privateNetwork\":\"" NET
                "\",\"sslMode\":\"ENCRYPTED_ONLY\"}}}}\n",
                i, i, i, i / 250, i % 250 + 1);
    for (int i = 0; i < services_of(z); i++) {
        char attach[300];
        if (i % 2 == 0)
            snprintf(attach, sizeof attach,
                     "\"networkInterfaces\":[{\"network\":\"main\",\"subnetwork\":\"s%d\",\"tags\":"
                     "[\"service-%d\",\"group-%d\"]}]",
                     i % 10, i, i % 40);
        else
            snprintf(attach, sizeof attach,
                     "\"connector\":\"projects/p/locations/r1/connectors/c%d\"", i % 10);
        fprintf(
            f,
            "{\"kind\":\"run.service\",\"name\":\"//run.googleapis.com/projects/p/locations/r1/"
            "services/svc%d\",\"resource\":{"
            "\"name\":\"projects/p/locations/r1/services/"
            "svc%d\",\"ingress\":\"INGRESS_TRAFFIC_ALL\",\"uri\":"
            "\"https://"
            "svc%d-x-uc.a.run.app\",\"invokerIamDisabled\":true,\"template\":{\"serviceAccount\":"
            "\"svc%d@p\",\"timeout\":"
            "\"%ds\",\"scaling\":{\"minInstanceCount\":1,\"maxInstanceCount\":10},\"vpcAccess\":{%"
            "s,\"egress\":\"ALL_TRAFFIC\"},"
            "\"containers\":[{\"name\":\"app\",\"env\":[{\"name\":\"DB_HOST\",\"value\":\"10.68.%d."
            "%d\"},{\"name\":\"LOG_LEVEL\","
            "\"value\":\"info\"}]}]},\"terminalCondition\":{\"state\":\"CONDITION_SUCCEEDED\"}}}\n",
            i, i, i, i, i < z->drifts / 5 ? 60 : 300, attach, i % databases_of(z) / 250,
            i % databases_of(z) % 250 + 1);
    }
}

static void write_baseline(FILE *f, const struct size *z)
{
    int missing = z->drifts / 10;
    fprintf(f, "version: 1\nproject: p\nlocation: r1\nresources:\n  compute.firewall: !only\n");
    for (int i = 0; i < z->rules; i++) /* a tenth of the drift is a changed priority */
        if (i < z->drifts / 10)
            fprintf(f, "    rule-%d: {priority: %d}\n", i, 1001 + i % 7000);
        else
            fprintf(f, "    rule-%d: {}\n", i);
    fprintf(f, "  compute.route:\n    default: {destRange: 0.0.0.0/0}\n");
    for (int i = 0; i < z->routes; i++)
        fprintf(f, "    route-%d: {priority: %d}\n", i, 900 + i % 3);
    for (int i = 0; i < missing; i++)
        fprintf(f,
                "    gone-%d: {network: main, destRange: 10.99.%d.0/24, priority: 900, nextHopIp: "
                "10.0.0.9}\n",
                i, i % 250);
    fprintf(f, "  run.service:\n");
    for (int i = 0; i < services_of(z); i++)
        fprintf(f,
                "    svc%d: {template: {timeout: 300s, containers: [{name: app, env: [{name: "
                "DB_HOST, value: 10.68.%d.%d}]}]}}\n",
                i, i % databases_of(z) / 250, i % databases_of(z) % 250 + 1);
    fprintf(f, "connections:\n");
    for (int i = 0; i < z->connections; i++) {
        int from = i / 4;
        if (i % 4 < 2)
            fprintf(f, "  c%d: {from: run.service/svc%d, to: sql.instance/db%d, via: private}\n", i,
                    from, (from + i % 4 * 7) % databases_of(z));
        else if (i % 4 == 2)
            fprintf(f, "  c%d: {from: run.service/svc%d, to: run.service/svc%d}\n", i, from,
                    (from + 1) % services_of(z));
        else
            fprintf(f, "  c%d: {from: run.service/svc%d, to: \"10.%d.0.5:8080\"}\n", i, from,
                    100 + i % 100);
    }
}

static void write_all(const char *dir, const struct size *z)
{
    FILE *estate = open_in(dir, "estate.ndjson"), *baseline = open_in(dir, "baseline.yaml"),
         *symptoms = open_in(dir, "symptoms.ndjson");

    fprintf(estate, "{\"plumbline_snapshot\":\"1.0\",\"projects\":[\"p\"]}\n");
    write_network(estate);
    write_rules(estate, z);
    write_routes(estate, z);
    write_services(estate, z);
    write_baseline(baseline, z);
    for (int i = 0; i < z->connections; i += 40)
        fprintf(symptoms, "{\"connection\":\"c%d\",\"symptom\":\"connect_timeout\"}\n", i);
    fclose(estate);
    fclose(baseline);
    fclose(symptoms);
}

/* ---- the run ---- */

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static char *read_in(struct pl_arena *arena, const char *dir, const char *name, size_t *len)
{
    struct pl_err err = {0};
    char *text = pl_file_read(arena, pl_arena_printf(arena, "%s/%s", dir, name),
                              PL_SNAPSHOT_MAX_BYTES, len, &err);

    if (text == NULL) {
        fprintf(stderr, "%s\n", err.text);
        exit(1);
    }
    return text;
}

static int run(const char *dir)
{
    struct pl_arena *arena = pl_arena_new();
    struct pl_err err = {0};
    struct pl_explain_input input = {0};
    size_t len = 0, n = 0, failing = 0, explained = 0;
    const char *path = pl_arena_printf(arena, "%s/baseline.yaml", dir);
    const struct pl_baseline_options options = {.paths = &path, .n_paths = 1};
    double start = now_ms(), read, diffed, done;
    char *text = read_in(arena, dir, "estate.ndjson", &len);
    struct rusage usage;

    input.observed = pl_snapshot_read(arena, "estate.ndjson", text, len, &err);
    input.baseline = input.observed != NULL ? pl_baseline_read(arena, &options, &err) : NULL;
    text = read_in(arena, dir, "symptoms.ndjson", &len);
    if (input.baseline == NULL || pl_symptoms_read(arena, "symptoms.ndjson", text, len,
                                                   &input.symptoms, &input.n_symptoms, &err) != 0) {
        fprintf(stderr, "%s\n", err.text);
        return 1;
    }
    read = now_ms();
    struct pl_diff *diff =
        pl_diff_baseline(arena, pl_view_new(arena, input.observed), input.baseline, 0);
    input.drift = diff->drift;
    input.n_drift = diff->n_drift;
    diffed = now_ms();
    struct pl_conn_result *results = pl_explain(arena, &input, &n);
    done = now_ms();
    for (size_t i = 0; i < n; i++) {
        failing += results[i].status == PL_CONN_FAILING || results[i].status == PL_CONN_BLOCKED;
        explained += results[i].explanation.verdict == PL_EXPLAIN_EXPLAINED;
    }
    getrusage(RUSAGE_SELF, &usage);
    printf("%.1f %ld %zu %zu %zu %zu %.1f %.1f\n", done - diffed, usage.ru_maxrss, failing,
           explained, n, input.n_drift, diffed - read, read - start);
    pl_arena_free(arena);
    return 0;
}

static int number(const char *text)
{
    return (int)strtol(text, NULL, 10);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "run") == 0)
        return run(argv[2]);
    if (argc >= 7 && strcmp(argv[1], "write") == 0) {
        struct size z = {number(argv[3]), number(argv[4]), number(argv[5]), number(argv[6]),
                         argc > 7};
        write_all(argv[2], &z);
        return 0;
    }
    fprintf(stderr, "usage: bench_explain write DIR CONNECTIONS RULES ROUTES DRIFTS [all]\n       "
                    "bench_explain run DIR\n");
    return 1;
}
