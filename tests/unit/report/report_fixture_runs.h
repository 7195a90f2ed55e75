/* report_fixture_runs.h - the runs themselves, and their table. Included by report_fixture.h only. */
#ifndef TEST_REPORT_FIXTURE_RUNS_H
#define TEST_REPORT_FIXTURE_RUNS_H

static inline struct pl_run *run_clean(struct pl_arena *a)
{
    struct pl_conn_result r[3] = {
        result(connection(a, "web-to-auth", "run.service/web", "run.service/auth", PL_SEV_HIGH),
               PL_CONN_OK),
        result(
            connection(a, "auth-to-db", "run.service/auth", "sql.instance/main", PL_SEV_CRITICAL),
            PL_CONN_OK),
        result(
            connection(a, "auth-to-cache", "run.service/auth", "redis.instance/cache", PL_SEV_HIGH),
            PL_CONN_OPEN),
    };
    r[0].probe = probe(a, &r[0], 20, 0, 41.25);
    r[1].probe = probe(a, &r[1], 1, 0, 3.5);
    r[2].basis = PL_BASIS_MODEL;
    r[2].seen_from = NULL;
    struct pl_run *run = run_of(a, r, 3);
    run->coverage = (struct pl_coverage){.declared = 42, .match = 42};
    judged(run, PL_VERDICT_CLEAN, 0,
           "42 declared fields match, 2 connections work, 1 is open in the model");
    return run;
}

static inline struct pl_run *run_drift(struct pl_arena *a)
{
    struct pl_conn_result r[1] = {result(
        connection(a, "auth-to-db", "run.service/auth", "sql.instance/main", PL_SEV_CRITICAL),
        PL_CONN_OPEN)};
    r[0].basis = PL_BASIS_MODEL;
    r[0].note = "a probe from here succeeded; whether run.service/auth can is the model's word";
    struct pl_run *run = run_of(a, r, 1);
    struct pl_drift *d[4] = {
        drift(a, "compute.firewall/temporary-debug", NULL, "{}", 48),
        drift(a, "compute.route/to-office", "{}", NULL, 51),
        drift(a, "run.service/auth:template.containers[name=app].resources.limits.memory", "512Mi",
              "1Gi", 31),
        drift(a, "sql.instance/main:settings.databaseFlags[name=max_connections].value",
              "!at_least 200", "100", 17),
    };
    d[1]->leaves = 4;
    remedy(a, d[2],
           "gcloud run services update auth --region=us-central1 --project=acme --memory=512Mi",
           "gcloud run services describe auth --region=us-central1 --project=acme --format=json",
           "gcloud run services update auth --region=us-central1 --project=acme --memory=1Gi",
           "rolls out a new revision; requests in flight finish on the old one");
    drifted(run, (const struct pl_drift *const *)d, 4);
    struct pl_ignore *rules = pl_arena_array(a, 3, sizeof(*rules));
    for (int i = 0; i < 3; i++)
        rules[i] = (struct pl_ignore){.owner = "platform-team", .mark = at(80 + 5 * i)};
    rules[0].field = "run.service/*:annotations[*]";
    rules[0].reason = "written by the deploy tool";
    rules[0].expires = "2027-01-31";
    rules[1].field = "redis.instance/*:labels[*]";
    rules[1].reason = "billing labels";
    rules[1].expires = "2026-10-31";
    rules[2].field = "sql.instance/old:*";
    rules[2].reason = "moved in March";
    rules[2].expires = "2027-03-31";
    struct pl_ignored *ignored = pl_arena_array(a, 1, sizeof(*ignored));
    ignored[0] = (struct pl_ignored){
        drift(a, "run.service/auth:annotations.commit", "4f1c", "9e02", 28), &rules[0]};
    struct pl_rule_finding *found = pl_arena_array(a, 2, sizeof(*found));
    found[0] = (struct pl_rule_finding){&rules[1], PL_RULE_EXPIRED};
    found[1] = (struct pl_rule_finding){&rules[2], PL_RULE_UNUSED};
    struct pl_warning *warning = PL_NEW(a, struct pl_warning);
    *warning = (struct pl_warning){
        .mark = at(70), .text = "!env APP_DB_PASSWORD is not set: auth-to-db is unknown"};
    run->ignored = ignored;
    run->rules = found;
    run->warnings = warning;
    run->n_ignored = run->n_warnings = 1;
    run->n_rules = 2;
    run->coverage = (struct pl_coverage){.declared = 42, .match = 35, .drift = 6, .ignored = 1};
    judged(run, PL_VERDICT_DRIFT, 2, "4 drifts at or above low");
    return run;
}

#define ENV_PORT "run.service/auth:template.containers[name=app].env[name=POSTGRES_PORT].value"

static inline void night_drifts(struct pl_arena *a, struct pl_drift **d)
{
    d[0] = drift(a, ENV_PORT, "5432", "5434", 24);
    d[1] = drift(a, "run.service/worker:template.vpcAccess.egress", "ALL_TRAFFIC",
                 "PRIVATE_RANGES_ONLY", 35);
    d[2] = drift(a, "compute.router/nat:nats[name=main]", "{}", NULL, 44);
    d[3] = drift(a, "sql.instance/main:settings.ipConfiguration.sslMode",
                 "ALLOW_UNENCRYPTED_AND_ENCRYPTED", "TRUSTED_CLIENT_CERTIFICATE_REQUIRED", 12);
    d[4] = drift(a, "vpcaccess.connector/main:machineType", "e2-micro", "f1-micro", 40);
    d[5] = drift(a, "run.service/auth:template.containers[name=app].resources.limits.memory",
                 "512Mi", "1Gi", 31);
    d[0]->severity = PL_SEV_CRITICAL;
    d[0]->explains = texts(a, "auth-to-db", "report-to-db");
    d[0]->n_explains = 2;
    d[1]->severity = d[2]->severity = PL_SEV_MEDIUM;
    d[1]->explains = d[2]->explains = texts(a, "worker-to-api", NULL);
    d[1]->n_explains = d[2]->n_explains = 1;
    remedy(a, d[0],
           "gcloud run services update auth --region=us-central1 --project=acme "
           "--update-env-vars=POSTGRES_PORT=5432",
           "gcloud run services describe auth --region=us-central1 --project=acme --format=json",
           "gcloud run services update auth --region=us-central1 --project=acme "
           "--update-env-vars=POSTGRES_PORT=5434",
           "rolls out a new revision; requests in flight finish on the old one");
    remedy(a, d[1],
           "gcloud run services update worker --region=us-central1 --project=acme "
           "--vpc-egress=all-traffic",
           "gcloud run services describe worker --region=us-central1 --project=acme --format=json",
           NULL, "rolls out a new revision; requests in flight finish on the old one");
    struct pl_remedy *r =
        remedy(a, d[3],
               "gcloud sql instances patch main --project=acme "
               "--ssl-mode=ALLOW_UNENCRYPTED_AND_ENCRYPTED",
               "gcloud sql instances describe main --project=acme --format=json",
               "gcloud sql instances patch main --project=acme "
               "--ssl-mode=TRUSTED_CLIENT_CERTIFICATE_REQUIRED",
               "takes effect without a restart; clients in another TLS mode are refused");
    r->precheck = "gcloud sql instances describe main --project=acme "
                  "--format='value(settings.ipConfiguration.sslMode)'";
    r->before = "TRUSTED_CLIENT_CERTIFICATE_REQUIRED";
    affect(a, d[0], "web-to-auth", PL_CONN_FAILING, PL_AFFECTED_UPSTREAM);
    affect(a, d[0], "auth-to-db", PL_CONN_FAILING, PL_AFFECTED_FIELD);
    affect(a, d[0], "report-to-db", PL_CONN_FAILING, PL_AFFECTED_FIELD);
    d[0]->services = texts(a, "run.service/auth", "run.service/web");
    d[0]->n_services = 2;
    affect(a, d[5], "here-to-web", PL_CONN_OK, PL_AFFECTED_RESOURCE);
}

static inline void night_db(struct pl_arena *a, struct pl_drift **d, struct pl_conn_result *r)
{
    static const struct pl_evidence wiring[] = {
        {ENV_PORT, "5434", NULL},
        {"sql.instance/main", "5432", "Cloud SQL for PostgreSQL listens on 5432 and no other port"},
    };
    struct pl_hop *hops = pl_arena_array(a, 4, sizeof(*hops));
    hops[0] = (struct pl_hop){
        .hop = "instance", .verdict = PL_HOP_PASS, .text = "sql.instance/main is RUNNABLE"};
    hops[1] = (struct pl_hop){.hop = "wiring",
                              .verdict = PL_HOP_BLOCK,
                              .cause = pl_cause_find("CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT"),
                              .text = "the client dials port 5434, the instance listens on 5432",
                              .field = d[0]->field_full,
                              .field_short = d[0]->field,
                              .evidence = wiring,
                              .n_evidence = 2};
    hops[2] = (struct pl_hop){.hop = "peering",
                              .verdict = PL_HOP_UNKNOWN,
                              .text = "servicenetworking.connection was not observed"};
    hops[3] = (struct pl_hop){
        .hop = "nat", .verdict = PL_HOP_NOT_APPLICABLE, .text = "the destination is private"};
    r->symptom = symptom("refused", 0, "connect 127.0.0.1:5434: Connection refused");
    struct pl_probe_result *p = probe(a, r, 3, 3, -1);
    p->target = "127.0.0.1:5434 for sql.instance/main port 5434";
    r->probe = p;
    r->note = "PostgreSQL answers on 5432";
    r->hops = hops;
    r->n_hops = 4;
    struct pl_cause_set *causes = pl_arena_array(a, 1, sizeof(*causes));
    causes[0] = set_of(a, d[0], NULL);
    struct pl_blocker *blocker = PL_NEW(a, struct pl_blocker);
    *blocker = (struct pl_blocker){hops[1].cause, d[0]->field, d[0]->field_full, NULL};
    struct pl_ruled_out *out = pl_arena_array(a, 2, sizeof(*out));
    out[0] = (struct pl_ruled_out){
        d[4], "on the path, but with it reverted alone the path still fails in the same way"};
    out[1] = (struct pl_ruled_out){d[5], "nothing on this path depends on it"};
    static const struct pl_proof_step proof[] = {
        {"observed: blocked at wiring (CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT): the client dials port "
         "5434, the instance listens on 5432"},
        {"seen: refused; the observed path can produce it"},
        {"declared: with all 6 drifts reverted the path cannot fail so"},
        {"with " ENV_PORT " reverted, nothing that remains can produce refused"},
    };
    r->explanation = (struct pl_explanation){
        .verdict = PL_EXPLAIN_EXPLAINED,
        .reason = "proven: with this one drift reverted in the model the path opens",
        .causes = causes,
        .n_causes = 1,
        .blockers = blocker,
        .n_blockers = 1,
        .masked = set_of(a, d[3], NULL).drifts,
        .n_masked = 1,
        .ruled_out = out,
        .n_ruled_out = 2,
        .not_modelled = texts(a, "Google's own network between the peering and the instance", NULL),
        .n_not_modelled = 1,
        .proof = proof,
        .n_proof = PL_LEN(proof),
    };
}

static inline void night_worker(struct pl_arena *a, struct pl_drift **d, struct pl_conn_result *r)
{
    struct pl_cause_set *causes = pl_arena_array(a, 1, sizeof(*causes));
    causes[0] = set_of(a, d[2], d[1]);
    struct pl_blocker *blocker = PL_NEW(a, struct pl_blocker);
    *blocker = (struct pl_blocker){pl_cause_find("NO_EXTERNAL_ADDRESS"), d[1]->field,
                                   d[1]->field_full, NULL};
    r->basis = PL_BASIS_SYMPTOMS;
    r->seen_from = "run.service/worker";
    r->symptom = symptom("connect_timeout", 0, "dial tcp 192.0.2.10:443: i/o timeout");
    r->symptom.after_ms = 10000;
    r->symptom.at = "2026-11-20T09:58:12Z";
    r->explanation = (struct pl_explanation){
        .verdict = PL_EXPLAIN_EXPLAINED,
        .reason = "proven: the path opens only with these drifts reverted together",
        .causes = causes,
        .n_causes = 1,
        .blockers = blocker,
        .n_blockers = 1,
    };
}

static inline struct pl_run *run_night(struct pl_arena *a)
{
    struct pl_drift *d[6];
    night_drifts(a, d);
    struct pl_connection *c[5] = {
        connection(a, "web-to-auth", "run.service/web", "run.service/auth", PL_SEV_CRITICAL),
        connection(a, "worker-to-api", "run.service/worker", "api.example.com:443", PL_SEV_MEDIUM),
        connection(a, "auth-to-db", "run.service/auth", "sql.instance/main", PL_SEV_HIGH),
        connection(a, "report-to-db", "run.service/auth", "sql.instance/main", PL_SEV_LOW),
        connection(a, "here-to-web", "here", "run.service/web", PL_SEV_HIGH),
    };
    c[0]->impact = "Nobody can sign in";
    c[0]->tracks = texts(a, "#367", NULL);
    c[2]->tracks = texts(a, "#367", "#401");
    c[0]->n_tracks = 1;
    c[2]->n_tracks = 2;
    c[2]->impact = "Sign-in fails for every user";
    c[2]->port = 5432;
    c[2]->budget = (struct pl_budget){.timeout_ns = MS(2000), .p95_ns = MS(500)};
    struct pl_conn_result r[5];
    for (int i = 0; i < 5; i++)
        r[i] = result(c[i], i == 4 ? PL_CONN_OK : PL_CONN_FAILING);
    r[0].symptom = symptom("http_status", 503, "GET /login");
    r[0].explanation = (struct pl_explanation){
        .verdict = PL_EXPLAIN_CASCADE,
        .reason =
            "its own path is open; http_status 503 is what a caller sees while auth-to-db fails",
        .upstream = texts(a, "auth-to-db", NULL),
        .n_upstream = 1};
    night_worker(a, d, &r[1]);
    night_db(a, d, &r[2]);
    night_db(a, d, &r[3]);
    r[4].probe = probe(a, &r[4], 1, 0, 88);
    struct pl_run *run = run_of(a, r, 5);
    drifted(run, (const struct pl_drift *const *)d, 6);
    run->coverage = (struct pl_coverage){.declared = 42, .match = 36, .drift = 6};
    judged(run, PL_VERDICT_FAILING, 2,
           "4 failing connections and 6 drifted fields at or above low");
    return run;
}

static inline struct pl_run *run_slow(struct pl_arena *a)
{
    static const struct pl_phase phases[] = {{"resolve", 0.4, 0.6, 1.1},
                                             {"connect", 0.9, 1.3, 2.0},
                                             {"tls", 6.2, 9.75, 11.0},
                                             {"first_byte", 881.0, 902.5, 940.0},
                                             {"total", 889.2, 912.0, 951.5}};
    static const double samples[] = {870.5, 889.2, 912.0, 951.5};
    struct pl_drift *d =
        drift(a, "run.service/auth:template.scaling.minInstanceCount", "2", "0", 21);
    d->severity = PL_SEV_HIGH;
    d->explains = texts(a, "web-to-auth", NULL);
    d->n_explains = 1;
    remedy(a, d,
           "gcloud run services update auth --region=us-central1 --project=acme --min-instances=2",
           "gcloud run services describe auth --region=us-central1 --project=acme --format=json",
           "gcloud run services update auth --region=us-central1 --project=acme --min-instances=0",
           "rolls out a new revision and warm instances cost money");
    struct pl_connection *c =
        connection(a, "web-to-auth", "run.service/web", "run.service/auth", PL_SEV_HIGH);
    c->budget = (struct pl_budget){.timeout_ns = MS(5000), .p95_ns = MS(500)};
    c->tracks = texts(a, "#395", NULL);
    c->n_tracks = 1;
    c->impact = "Clients with a short time-out call the service unreachable";
    struct pl_conn_result r = result(c, PL_CONN_DEGRADED);
    r.symptom = symptom("slow", 0, "p95 912 ms over 500 ms");
    struct pl_probe_result *p = probe(a, &r, 4, 0, 889.2);
    p->timings = (struct pl_timings){.attempts = 4,
                                     .p50_ms = 889.2,
                                     .p95_ms = 912.0,
                                     .max_ms = 951.5,
                                     .phases = phases,
                                     .n_phases = PL_LEN(phases),
                                     .lag_ms = 0.25,
                                     .release_spread_ms = -1,
                                     .samples_ms = samples,
                                     .n_samples = PL_LEN(samples)};
    r.probe = p;
    struct pl_cause_set *causes = pl_arena_array(a, 1, sizeof(*causes));
    causes[0] = set_of(a, d, NULL);
    struct pl_blocker *blocker = PL_NEW(a, struct pl_blocker);
    *blocker = (struct pl_blocker){pl_cause_find("COLD_START"), d->field, d->field_full, NULL};
    r.explanation = (struct pl_explanation){
        .verdict = PL_EXPLAIN_CONSISTENT,
        .reason = "it fits, and is not proven: a path model cannot prove latency or chance",
        .causes = causes,
        .n_causes = 1,
        .blockers = blocker,
        .n_blockers = 1,
        .not_modelled = texts(a, "how long the service's own code takes", NULL),
        .n_not_modelled = 1};
    struct pl_run *run = run_of(a, &r, 1);
    drifted(run, (const struct pl_drift *const *)&d, 1);
    run->coverage = (struct pl_coverage){.declared = 12, .match = 11, .drift = 1};
    judged(run, PL_VERDICT_FAILING, 2, "1 degraded connection and 1 drifted field at or above low");
    return run;
}

static inline struct pl_run *run_incomplete(struct pl_arena *a)
{
    struct pl_conn_result r[3] = {
        result(
            connection(a, "auth-to-cache", "run.service/auth", "redis.instance/cache", PL_SEV_HIGH),
            PL_CONN_UNKNOWN),
        result(
            connection(a, "auth-to-db", "run.service/auth", "sql.instance/main", PL_SEV_CRITICAL),
            PL_CONN_UNKNOWN),
        result(connection(a, "here-to-web", "here", "https://web.example.com/health", PL_SEV_HIGH),
               PL_CONN_OK)};
    r[0].basis = PL_BASIS_MODEL;
    r[0].seen_from = NULL;
    r[0].note = "target: redis.instance/cache could not be read: permission_denied";
    r[1].seen_from = "here";
    r[1].symptom = symptom("connect_timeout", 0, "connect 10.8.0.3:5432: timed out");
    r[1].note =
        "probed from here, which is not run.service/auth: its failure is not the workload's";
    r[1].explanation = (struct pl_explanation){.verdict = PL_EXPLAIN_UNKNOWN, .reason = r[1].note};
    struct pl_run *run = run_of(a, r, 3);
    struct pl_unobserved *gaps = pl_arena_array(a, 2, sizeof(*gaps));
    gaps[0] = (struct pl_unobserved){.kind = pl_kind_find("redis.instance"),
                                     .kind_name = "redis.instance",
                                     .scope = "projects/acme/locations/-",
                                     .reason = "permission_denied",
                                     .permission = "redis.instances.list",
                                     .detail = "Permission 'redis.instances.list' denied",
                                     .remedy = "gcloud projects add-iam-policy-binding acme "
                                               "--member=MEMBER --role=roles/redis.viewer"};
    gaps[1] = (struct pl_unobserved){.kind_name = "dns.zone", .scope = "", .reason = "unavailable"};
    struct pl_unknown *unknown = pl_arena_array(a, 2, sizeof(*unknown));
    for (int i = 0; i < 2; i++) {
        const struct pl_drift *d = drift(
            a, i ? "redis.instance/cache:tier" : "redis.instance/cache:authEnabled", "x", "y", 0);
        unknown[i] =
            (struct pl_unknown){.address = d->address,
                                .path = d->path,
                                .field = d->field,
                                .field_full = d->field_full,
                                .why = "redis.instance could not be read: permission_denied",
                                .leaves = i ? 1 : 2,
                                .mark = at(30 + i),
                                .gap = &gaps[0]};
    }
    run->unobserved = gaps;
    run->n_unobserved = 2;
    run->unobserved_elsewhere = 3;
    run->unknown = unknown;
    run->n_unknown = 2;
    run->coverage = (struct pl_coverage){.declared = 10, .match = 7, .unknown = 3};
    judged(run, PL_VERDICT_INCOMPLETE, 3, "3 declared fields and 2 connections are not known");
    return run;
}

#define LOOK "gcloud compute networks get-effective-firewalls prod --project=p --format=json"

/* Verdicts without a cause among the drift, and one with several ways out. */
static inline struct pl_run *run_puzzles(struct pl_arena *a)
{
    static const struct {
        const char *name, *reason, *cause, *field;
        enum pl_explain_verdict verdict;
        enum pl_conn_status status;
    } rows[] = {
        {"undeclared",
         "the model finds what blocks it, and the baseline says nothing about that field",
         "FIREWALL_RULE", "compute.firewall/deny-all", PL_EXPLAIN_UNDECLARED, PL_CONN_BLOCKED},
        {"undeclared-too",
         "the model finds what blocks it, and the baseline says nothing about that field",
         "FIREWALL_RULE", "compute.firewall/deny-all", PL_EXPLAIN_UNDECLARED, PL_CONN_BLOCKED},
        {"never-worked", "the path is blocked as declared, too: the baseline itself does not work",
         "NO_ROUTE", NULL, PL_EXPLAIN_DECLARED_ALSO_FAILS, PL_CONN_FAILING},
        {"contradiction",
         "the model finds the path blocked, but by nothing that can show as tls_expired",
         "NO_ROUTE", "compute.route/default", PL_EXPLAIN_CONTRADICTED, PL_CONN_FAILING},
        {"riddle", "the model finds the path open: what it looked at does not explain the failure",
         NULL, NULL, PL_EXPLAIN_UNEXPLAINED, PL_CONN_FAILING},
        {"either-way", "proven: each of these, reverted by itself, opens the path in the model",
         NULL, NULL, PL_EXPLAIN_EXPLAINED, PL_CONN_FAILING},
    };
    static const struct pl_hop open[] = {
        {.hop = "egress", .verdict = PL_HOP_PASS, .text = "all traffic goes through the VPC"},
        {.hop = "route", .verdict = PL_HOP_PASS, .text = "10.8.0.0/28 is peered"}};
    struct pl_drift *d[3] = {
        drift(a, "compute.firewall/deny-db", NULL, "{}", 50),
        drift(a, "compute.firewall/allow-db:priority", "900", "1100", 47),
        drift(a, "compute.firewall/allow-db:disabled", "false", "true", 46),
    };
    struct pl_conn_result r[PL_LEN(rows)];
    for (size_t i = 0; i < PL_LEN(rows); i++) {
        struct pl_blocker *blocker = PL_NEW(a, struct pl_blocker);
        r[i] = result(
            connection(a, rows[i].name, "run.service/auth", "sql.instance/main", PL_SEV_HIGH),
            rows[i].status);
        r[i].explanation =
            (struct pl_explanation){.verdict = rows[i].verdict, .reason = rows[i].reason};
        if (rows[i].status == PL_CONN_BLOCKED) {
            r[i].basis = PL_BASIS_MODEL;
            r[i].seen_from = NULL;
        } else {
            r[i].symptom = i == 3 ? symptom("tls_expired", 0, "expired on 2026-11-19")
                                  : symptom("connect_timeout", 0, NULL);
        }
        if (!rows[i].cause)
            continue;
        *blocker = (struct pl_blocker){pl_cause_find(rows[i].cause), rows[i].field, rows[i].field,
                                       rows[i].field ? LOOK : NULL};
        r[i].explanation.blockers = blocker;
        r[i].explanation.n_blockers = 1;
    }
    r[4].hops = open;
    r[4].n_hops = 2;
    r[4].explanation.not_modelled = texts(a, "what the peer's own code does", NULL);
    r[4].explanation.n_not_modelled = 1;
    struct pl_ruled_out *out = PL_NEW(a, struct pl_ruled_out);
    *out = (struct pl_ruled_out){d[0],
                                 "on the path, and with it as it is the model finds the path open"};
    r[4].explanation.ruled_out = out;
    r[4].explanation.n_ruled_out = 1;
    struct pl_cause_set *causes = pl_arena_array(a, 2, sizeof(*causes));
    causes[0] = set_of(a, d[0], NULL);
    causes[1] = set_of(a, d[1], d[2]);
    r[5].explanation.causes = causes;
    r[5].explanation.n_causes = 2;
    r[5].explanation.truncated = true;
    for (int i = 0; i < 3; i++) {
        d[i]->explains = texts(a, "either-way", NULL);
        d[i]->n_explains = 1;
        d[i]->severity = PL_SEV_HIGH;
    }
    struct pl_symptom *also = PL_NEW(a, struct pl_symptom);
    *also = symptom("refused", 0, NULL);
    also->seen_from = "run.service/auth";
    also->at = "2026-11-20T09:00:00Z";
    r[5].also = also;
    r[5].n_also = 1;
    struct pl_run *run = run_of(a, r, PL_LEN(rows));
    drifted(run, (const struct pl_drift *const *)d, 3);
    run->coverage = (struct pl_coverage){.declared = 9, .match = 6, .drift = 3};
    judged(run, PL_VERDICT_FAILING, 2,
           "4 failing connections, 2 blocked connections and 3 drifted fields");
    return run;
}

static inline struct pl_run *run_many(struct pl_arena *a)
{
    const struct pl_drift *d[500];
    for (int i = 0; i < 500; i++)
        d[i] = drift(a, pl_arena_printf(a, "run.service/s%03d:template.timeout", i), "300s", "60s",
                     100 + i);
    struct pl_run *run = run_of(a, NULL, 0);
    drifted(run, d, 500);
    run->coverage = (struct pl_coverage){.declared = 500, .drift = 500};
    judged(run, PL_VERDICT_DRIFT, 2, "500 drifted fields at or above low");
    return run;
}

/* Escape sequences, a table's bar, backticks, a new line, a script, a mention, a reversed direction, broken UTF-8. */
static const char *hostile_text =
    "\x1b[31mred|`tick` ```\n<script>alert(1)</script> @acme/all [x](http://e) \xe2\x80\xae"
    "gpj \xff*_#1\r";
#define HOSTILE hostile_text /* a test may put another in its place */

static inline struct pl_drift *hostile_drift(struct pl_arena *a)
{
    struct pl_drift *d = drift(a, "run.service/auth:labels", HOSTILE, HOSTILE, 7);
    d->field = d->resource = d->id = HOSTILE;
    d->explains = texts(a, HOSTILE, NULL);
    return d;
}

static inline struct pl_explanation hostile_explanation(struct pl_arena *a, struct pl_drift *cause,
                                                        struct pl_drift *other)
{
    struct pl_cause_set *causes = PL_NEW(a, struct pl_cause_set);
    struct pl_blocker *blocker = PL_NEW(a, struct pl_blocker);
    struct pl_ruled_out *out = PL_NEW(a, struct pl_ruled_out);
    struct pl_proof_step *proof = PL_NEW(a, struct pl_proof_step);
    *causes = set_of(a, cause, NULL);
    *blocker = (struct pl_blocker){pl_cause_find("NO_ROUTE"), HOSTILE, HOSTILE, HOSTILE};
    *out = (struct pl_ruled_out){other, HOSTILE};
    proof->text = HOSTILE;
    return (struct pl_explanation){.verdict = PL_EXPLAIN_EXPLAINED,
                                   .reason = HOSTILE,
                                   .causes = causes,
                                   .n_causes = 1,
                                   .blockers = blocker,
                                   .n_blockers = 1,
                                   .masked = set_of(a, other, NULL).drifts,
                                   .n_masked = 1,
                                   .ruled_out = out,
                                   .n_ruled_out = 1,
                                   .not_modelled = texts(a, HOSTILE, NULL),
                                   .n_not_modelled = 1,
                                   .proof = proof,
                                   .n_proof = 1,
                                   .upstream = texts(a, HOSTILE, NULL),
                                   .n_upstream = 1};
}

static inline struct pl_conn_result hostile_result(struct pl_arena *a)
{
    struct pl_connection *c =
        connection(a, HOSTILE, "run.service/auth", "sql.instance/main", PL_SEV_LOW);
    c->from.text = c->to.text = c->impact = HOSTILE;
    c->tracks = texts(a, HOSTILE, NULL);
    c->n_tracks = 1;
    struct pl_conn_result r = result(c, PL_CONN_FAILING);
    struct pl_hop *hop = PL_NEW(a, struct pl_hop);
    struct pl_evidence *evidence = PL_NEW(a, struct pl_evidence);
    *evidence = (struct pl_evidence){HOSTILE, HOSTILE, HOSTILE};
    *hop = (struct pl_hop){.hop = HOSTILE,
                           .verdict = PL_HOP_BLOCK,
                           .cause = pl_cause_find("NO_ROUTE"),
                           .text = HOSTILE,
                           .field = HOSTILE,
                           .field_short = HOSTILE,
                           .evidence = evidence,
                           .n_evidence = 1};
    r.hops = hop;
    r.n_hops = 1;
    r.seen_from = r.note = HOSTILE;
    r.symptom = symptom("refused", 0, HOSTILE);
    r.symptom.at = r.symptom.class_name = HOSTILE;
    struct pl_probe_result *p = probe(a, &r, 1, 1, -1);
    p->target = p->note = HOSTILE;
    r.probe = p;
    return r;
}

static inline void hostile_rest(struct pl_arena *a, struct pl_run *run, struct pl_drift *d)
{
    struct pl_unobserved *gap = PL_NEW(a, struct pl_unobserved);
    struct pl_ignore *rule = PL_NEW(a, struct pl_ignore);
    struct pl_rule_finding *found = PL_NEW(a, struct pl_rule_finding);
    struct pl_ignored *ignored = PL_NEW(a, struct pl_ignored);
    struct pl_unknown *unknown = PL_NEW(a, struct pl_unknown);
    struct pl_warning *warning = PL_NEW(a, struct pl_warning);
    *gap = (struct pl_unobserved){.kind_name = HOSTILE,
                                  .scope = HOSTILE,
                                  .field = HOSTILE,
                                  .reason = HOSTILE,
                                  .permission = HOSTILE,
                                  .detail = HOSTILE,
                                  .remedy = HOSTILE};
    *rule = (struct pl_ignore){
        .field = HOSTILE, .reason = HOSTILE, .owner = HOSTILE, .expires = HOSTILE, .mark = at(3)};
    *found = (struct pl_rule_finding){rule, PL_RULE_EXPIRED};
    *ignored = (struct pl_ignored){d, rule};
    *unknown = (struct pl_unknown){
        .field = HOSTILE, .field_full = HOSTILE, .why = HOSTILE, .leaves = 1, .mark = at(4)};
    *warning = (struct pl_warning){.mark = at(5), .text = HOSTILE};
    run->unobserved = gap;
    run->rules = found;
    run->ignored = ignored;
    run->unknown = unknown;
    run->warnings = warning;
    run->n_unobserved = run->n_rules = run->n_ignored = run->n_unknown = run->n_warnings = 1;
    run->id = run->source = run->observed_at = run->command = run->version = HOSTILE;
    run->projects = run->baseline_files = texts(a, HOSTILE, NULL);
}

static inline struct pl_run *run_hostile(struct pl_arena *a)
{
    struct pl_drift *d[2] = {hostile_drift(a), hostile_drift(a)};
    d[0]->n_explains = 1;
    d[0]->field_full = HOSTILE;
    remedy(a, d[0], pl_arena_printf(a, "gcloud run %s", HOSTILE), HOSTILE, HOSTILE, HOSTILE);
    struct pl_conn_result r = hostile_result(a);
    r.explanation = hostile_explanation(a, d[0], d[1]);
    struct pl_run *run = run_of(a, &r, 1);
    drifted(run, (const struct pl_drift *const *)d, 2);
    hostile_rest(a, run, d[1]);
    run->coverage = (struct pl_coverage){.declared = 4, .drift = 2, .ignored = 1, .unknown = 1};
    judged(run, PL_VERDICT_FAILING, 2, HOSTILE);
    return run;
}

/* `probe` without a word about drift; and nothing at all. */
static inline struct pl_run *run_empty(struct pl_arena *a)
{
    struct pl_run *run = run_of(a, NULL, 0);
    run->command = "probe";
    run->source = NULL;
    run->observed_at = NULL;
    run->n_projects = run->n_baseline_files = 0;
    judged(run, PL_VERDICT_CLEAN, 0, "nothing is declared");
    return run;
}

static const struct fixture {
    const char *name;
    struct pl_run *(*make)(struct pl_arena *arena);
} fixtures[] = {
    {"clean", run_clean}, {"drift", run_drift},           {"night", run_night},
    {"slow", run_slow},   {"incomplete", run_incomplete}, {"puzzles", run_puzzles},
    {"many", run_many},   {"hostile", run_hostile},       {"empty", run_empty},
};

#endif
