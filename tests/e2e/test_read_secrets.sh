#!/bin/sh
# --read-secrets: what the wiring's secrets hold is compared, and no part of it reaches an output; without the option nobody asks for it.
. "$(dirname "$0")/e2e_common.sh"
. tests/e2e/canary_common.sh

# auth takes its database's URL from a pinned version, which has an old host; the newest is right. Its password for Redis ends in a newline.
sed 's|{"name": "POSTGRES_HOST", "value": "10.20.0.3"}|{"name": "DATABASE_URL", "valueSource": {"secretKeyRef": {"secret": "db-url", "version": "1"}}}|
    s|"redisVersion": "REDIS_7_0"|"authString": "sEcret-Canary-B2", &|
    s|{"name": "JWT_SIGNING_KEY", "value": "[^"]*"}|{"name": "JWT_SIGNING_KEY", "valueSource": {"secretKeyRef": {"secret": "app-jwt", "version": "1"}}}|' \
    $data/estate.ndjson >"$own/estate.ndjson"
cat $data/read_secrets.ndjson >>"$own/estate.ndjson"
cat >"$own/baseline.yaml" <<END
version: 1
project: acme-staging
location: us-central1
resources:
  run.service:
    auth:
      template:
        containers:
          - name: app
            env:
              - {name: DATABASE_URL, valueSource: {secretKeyRef: {secret: db-url, version: "2"}}}
connections:
  auth-to-db: {from: run.service/auth, to: sql.instance/main}
  auth-to-sessions: {from: run.service/auth, to: redis.instance/sessions}
END
cat >"$own/symptoms.ndjson" <<END
{"connection": "auth-to-db", "symptom": "connect_timeout"}
{"connection": "auth-to-sessions", "symptom": "authentication_failed"}
END
with_token
sim_start "$own/estate.ndjson" --token "$token"
mkdir "$own/outputs"
audit="audit -b $own/baseline.yaml --symptoms $own/symptoms.ndjson --no-probe --no-changed-by --api-root $ROOT"

run 2 "without the option no value is asked for, and what was not compared is said" $audit -o json="$own/outputs/without.json" \
    -o text="$own/outputs/without.txt" -v -v
file "$own/sim.log" lacks ':access'
file "$own/sim.log" lacks 'authString'
file "$own/outputs/without.json" has 'which is not compared: --read-secrets compares it'

run 2 "with it they are compared: the pinned version is the cause, and the newline" $audit --read-secrets -v -v \
    -o json="$own/outputs/with.json" -o text="$own/outputs/with.txt" -o markdown="$own/outputs/with.md"
cp "$own/err" "$own/outputs/with.err"
json "$own/outputs/with.json" <<END
connections[*].name ["auth-to-db","auth-to-sessions"]
connections[0].explanation.verdict "explained"
connections[0].explanation.causes [["run.service/auth:template.containers[name=app].env[name=DATABASE_URL].valueSource.secretKeyRef.version"]]
connections[0].explanation.blockers[*].cause ["UNKNOWN_INTERNAL_ADDRESS"]
connections[1].explanation.verdict "undeclared"
connections[1].explanation.blockers[*].cause ["PASSWORD_MISMATCH"]
END
file "$own/outputs/with.json" has 'ends in a newline: without that it would be the AUTH string of redis.instance/sessions'
file "$own/sim.log" has 'secrets/db-url/versions/1:access'
file "$own/sim.log" has 'secrets/db-url/versions/2:access'
file "$own/sim.log" has 'secrets/sessions-auth/versions/1:access'
file "$own/sim.log" has 'instances/sessions/authString'
begin "a secret that no connection is wired by is not read"
file "$own/sim.log" lacks 'app-jwt/versions/1:access'

run 2 "explain" explain -b "$own/baseline.yaml" --symptoms "$own/symptoms.ndjson" --no-probe --api-root "$ROOT" --read-secrets -v -v \
    auth-to-db auth-to-sessions
cp "$own/out" "$own/outputs/explain.txt"
cp "$own/err" "$own/outputs/explain.err"
grep 'services/auth".*"resource"' "$own/estate.ndjson" | sed 's|.*"resource": ||; s|}$||; s|"db-url", "version": "1"|"db-url", "version": "2"|' \
    >"$own/candidate.json"
run 0 "a candidate that takes the right version mends it" gate -b "$own/baseline.yaml" --candidate "$own/candidate.json" \
    --api-root "$ROOT" --read-secrets
cp "$own/out" "$own/outputs/gate.txt"
out has 'auth-to-db'
out has 'MEND'
run 0 "a snapshot of the same estate" collect --project acme-staging --api-root "$ROOT" -v -v "$own/outputs/snapshot.ndjson"
sim_stop

# Parts of the values that are read here.
canary sEcret-Canary 10.20.0.9
canaries_stay "$own/outputs" 4
[ "$(find "$own/outputs" -type f | wc -l)" = 10 ] || wrong "outputs are missing: $(ls "$own/outputs")"

run 2 "a snapshot has no values, and that is said" audit -b "$own/baseline.yaml" --symptoms "$own/symptoms.ndjson" --no-probe \
    --snapshot "$own/outputs/snapshot.ndjson" --read-secrets
err has '--read-secrets compares nothing here: a snapshot holds no secret values'
run 1 "collect does not take it: nothing of it could be kept" collect --project acme-staging --read-secrets "$own/x.ndjson"
err has "--read-secrets"

# Who may not read them, and what came damaged: gaps, with what it would take.
cp "$own/estate.ndjson" "$own/denied.ndjson"
cat >>"$own/denied.ndjson" <<END
{"unobserved": "secret.version", "scope": "projects/acme-staging/secrets/db-url", "reason": "permission_denied", "permission": "secretmanager.versions.access"}
END
sed -i '/sessions-auth.versions/s/"dataCrc32c": "[0-9]*"/"dataCrc32c": "1"/' "$own/denied.ndjson"
sim_start "$own/denied.ndjson" --token "$token"
audit="audit -b $own/baseline.yaml --symptoms $own/symptoms.ndjson --no-probe --no-changed-by --api-root $ROOT"
run 2 "what may not be read, and what does not match its checksum, are gaps" $audit --read-secrets -o json="$own/denied.json"
json "$own/denied.json" <<END
unobserved[*].permission ["secretmanager.versions.access","secretmanager.versions.access",null]
unobserved[*].reason ["permission_denied","permission_denied","bad_answer"]
END
file "$own/denied.json" has 'the value of the secret in REDIS_PASSWORD, which is not compared: bad_answer'
file "$own/denied.json" has 'roles/secretmanager.secretAccessor'
file "$own/denied.json" has 'the payload does not match its CRC32C: it was damaged on the way'
file "$own/denied.json" lacks 'sEcret-Canary'
sim_stop
finish
