#!/bin/sh
# Exit statuses: 0, 1, 2, 3 from what is printed, 130 and 143 without half a report; --fail-on, --select, --deadline; same input, same bytes.
. "$(dirname "$0")/e2e_common.sh"
base="-b $data/baseline.yaml --no-probe"
sed 's/"POSTGRES_PORT", "value": "5432"/"POSTGRES_PORT", "value": "5434"/' $data/estate.ndjson >"$own/wrong-port.ndjson"
sed 's/"machineType": "e2-micro"/"machineType": "e2-standard-4"/' $data/estate.ndjson >"$own/machine.ndjson"
sed '/"kind": "redis.instance"/d' $data/estate.ndjson >"$own/no-redis.ndjson"
{
    cat "$own/no-redis.ndjson"
    echo '{"unobserved": "redis.instance", "scope": "projects/acme-staging/locations/-", "reason": "permission_denied", "permission": "redis.instances.list", "detail": "the caller may not"}'
} >"$own/hidden-redis.ndjson"
{
    cat $data/estate.ndjson
    echo '{"unobserved": "compute.router", "scope": "projects/acme-staging/regions/us-central1", "reason": "permission_denied", "permission": "compute.routers.list", "detail": "the caller may not"}'
} >"$own/hidden-router.ndjson"

# audit STATUS "case" SNAPSHOT WORD...
audit() {
    want=$1 name=$2 snapshot=$3
    shift 3
    run "$want" "$name" audit $base --snapshot "$snapshot" -o json="$own/r.json" -o text "$@"
}

# ---- 0 ----

audit 0 "clean" $data/estate.ndjson
out has 'CLEAN'
json "$own/r.json" <<END
result.verdict "clean"
result.exit_status 0
coverage.declared 15
coverage.match 15
drift []
unobserved []
connections[name=auth-to-db].status "open"
connections[name=auth-to-db].basis "model"
END
audit 0 "a gap that nothing declared hangs on is counted, and is no matter of the exit status" "$own/hidden-router.ndjson"
json "$own/r.json" <<END
result.verdict "clean"
unobserved []
unobserved_elsewhere 1
END
run 0 "a good baseline" validate -b $data/baseline.yaml
is "$own/out" '1 file, 4 resources, 2 connections, 0 ignore rules: valid'
nothing "$own/err"
mkdir "$own/folder"
sed '/^connections:/,$d' $data/baseline.yaml >"$own/folder/resources.yaml"
{ sed '/^vars:/,$d' $data/baseline.yaml; sed -n '/^connections:/,$p' $data/baseline.yaml; } >"$own/folder/ways.yaml"
echo 'not: a baseline' >"$own/folder/notes.txt"
run 0 "a folder of baselines" validate -b "$own/folder"
is "$own/out" '2 files, 4 resources, 2 connections, 0 ignore rules: valid'
run 0 "files that repeat" validate -b "$own/folder/ways.yaml" -b "$own/folder/resources.yaml"
is "$own/out" '2 files, 4 resources, 2 connections, 0 ignore rules: valid'
run 0 "audit with a folder" audit -b "$own/folder" --no-probe --snapshot $data/estate.ndjson
run 0 "a good baseline, quietly" validate -b $data/baseline.yaml -q
nothing "$own/out"

# ---- 1 ----

audit 1 "no such snapshot; the JSON report says so, too" "$own/none.ndjson"
err has "plumbline: cannot read $own/none.ndjson: No such file or directory"
nothing "$own/out"
json "$own/r.json" <<END
result.verdict "error"
result.exit_status 1
result.reason "cannot read $own/none.ndjson: No such file or directory"
run.command "audit"
drift []
connections []
END
head -c 3000 $data/estate.ndjson >"$own/cut.ndjson"
audit 1 "half a snapshot" "$own/cut.ndjson"
err has "$own/cut.ndjson:"
: >"$own/empty.ndjson"
audit 1 "an empty snapshot" "$own/empty.ndjson"
audit 1 "a snapshot of a later major version" tests/fuzz/corpus/snapshot/version-2.ndjson
run 1 "JSON on standard output says what failed" audit $base --snapshot "$own/none.ndjson" -o json
cp "$own/out" "$own/stdout.json"
json "$own/stdout.json" <<END
result.verdict "error"
END
err has 'No such file'
audit 1 "symptoms with a mistake" $data/estate.ndjson --symptoms tests/sim/README.md
err has 'tests/sim/README.md:1'
audit 1 "no such baseline" $data/estate.ndjson -b "$own/none.yaml"
audit 1 "the same resource in two files" $data/estate.ndjson -b $data/baseline.yaml
for bad in tests/badinput/*.yaml; do
    run 1 "bad input: ${bad##*/}" validate -b "$bad"
    grep -qF -e "$(head -n 1 "${bad%.yaml}.err")" "$own/err" || wrong "not: $(head -n 1 "${bad%.yaml}.err")"
    nothing "$own/out"
done
run 1 "bad input: a folder without files" validate -b tests/badinput/folder-empty
err has 'folder-empty'
printf 'version: 1\nproject: p\nresources:\n  sql.instance:\n    main:\n      databseVersion: POSTGRES_15\n' >"$own/bad.yaml"
run 1 "file, line, column, the line and the nearest name" validate -b "$own/bad.yaml"
err has "$own/bad.yaml:6:7:"
err has 'databseVersion: POSTGRES_15'
err has 'databaseVersion'

# ---- 2 ----

audit 2 "a blocked connection, explained" "$own/wrong-port.ndjson"
out has 'FAILING'
json "$own/r.json" <<END
result.verdict "failing"
result.exit_status 2
connections[name=auth-to-db].status "blocked"
connections[name=auth-to-db].explanation.verdict "explained"
connections[name=auth-to-db].explanation.causes [["run.service/auth:template.containers[name=app].env[name=POSTGRES_PORT].value"]]
drift[*].severity ["critical"]
END
audit 2 "drift that breaks nothing" "$own/machine.ndjson"
json "$own/r.json" <<END
result.verdict "drift"
drift[*].field ["vpcaccess.connector/main:machineType"]
drift[*].severity ["low"]
drift[*].explains [[]]
END
audit 2 "a missing resource is one drift that covers its leaves" "$own/no-redis.ndjson"
json "$own/r.json" <<END
drift[*].status ["missing"]
coverage.drift 2
END
audit 2 "--var" $data/estate.ndjson --var max_connections=400
json "$own/r.json" <<END
drift[*].expected ["400"]
END
echo '{"connection": "auth-to-db", "symptom": "refused"}' >"$own/refused.ndjson"
audit 2 "a symptom from a file" "$own/wrong-port.ndjson" --symptoms "$own/refused.ndjson"
json "$own/r.json" <<END
connections[name=auth-to-db].status "failing"
connections[name=auth-to-db].basis "symptoms"
connections[name=auth-to-db].symptom.symptom "refused"
END
begin "symptoms on standard input"
"$PLUMBLINE" audit $base --snapshot $data/estate.ndjson --symptoms - <"$own/refused.ndjson" >"$own/out" 2>"$own/err"
[ $? = 2 ] || wrong "not exit status 2"
out has 'auth-to-db is FAILING'
echo '{"connection": "auth-to-bd", "symptom": "refused"}' >"$own/misspelt.ndjson"
audit 0 "a symptom of no connection is told" $data/estate.ndjson --symptoms "$own/misspelt.ndjson"
err has "no connection is called 'auth-to-bd'; its symptom is left out"

# ---- --fail-on, --select ----

audit 0 "below --fail-on: told, and no matter of the exit status" "$own/machine.ndjson" --fail-on medium
out has 'vpcaccess.connector/main:machineType'
json "$own/r.json" <<END
result.verdict "drift"
result.exit_status 0
result.reason "1 finding, which is below medium"
END
audit 2 "at --fail-on" "$own/wrong-port.ndjson" --fail-on critical
audit 0 "--select another connection: this drift is not its business" "$own/wrong-port.ndjson" --select auth-to-sessions
json "$own/r.json" <<END
connections[*].name ["auth-to-sessions"]
drift []
END
audit 2 "--select the connection: its drift, and no other" "$own/wrong-port.ndjson" --select 'auth-*' --select auth-to-db
json "$own/r.json" <<END
connections[*].name ["auth-to-db","auth-to-sessions"]
END
audit 2 "--select by address: fields and connections" "$own/machine.ndjson" --select 'vpcaccess.connector/*'
json "$own/r.json" <<END
connections []
drift[*].field ["vpcaccess.connector/main:machineType"]
coverage.declared 1
coverage.drift 1
END
audit 0 "--select another resource" "$own/machine.ndjson" --select sql.instance/main
json "$own/r.json" <<END
connections[*].name ["auth-to-db"]
coverage.declared 4
drift []
END

# ---- 3 ----

audit 3 "what could not be read is never clean" "$own/hidden-redis.ndjson"
out has 'INCOMPLETE'
out has 'redis.instances.list'
json "$own/r.json" <<END
result.verdict "incomplete"
result.exit_status 3
coverage.unknown 2
unobserved[*].what ["redis.instance"]
unobserved[*].reason ["permission_denied"]
unobserved[*].permission ["redis.instances.list"]
connections[name=auth-to-sessions].status "unknown"
connections[name=auth-to-db].status "open"
drift []
END
audit 3 "a masked field is unknown, not absent" "$own/hidden-redis.ndjson" --select 'redis.instance/*'
audit 2 "what was found outranks what was not seen" "$own/hidden-redis.ndjson" --var max_connections=400
json "$own/r.json" <<END
result.verdict "drift"
unobserved[*].what ["redis.instance"]
END
audit 3 "no finding at --fail-on, and a gap: 3, not 0" "$own/hidden-redis.ndjson" --var max_connections=400 --fail-on medium

# ---- same input, same bytes ----

for snapshot in $data/estate.ndjson "$own/wrong-port.ndjson" "$own/hidden-redis.ndjson"; do
    begin "same input, same bytes: ${snapshot##*/}"
    for time in 1 2; do
        PLUMBLINE_NOW=2026-11-21T08:00:00Z "$PLUMBLINE" audit $base --store none --snapshot "$snapshot" -o json="$own/$time.json" -o text="$own/$time.txt" \
            -o markdown="$own/$time.md" 2>"$own/err"
    done
    for format in json txt md; do
        [ -s "$own/1.$format" ] || wrong "no $format"
        same "$own/1.$format" "$own/2.$format"
    done
    file "$own/1.json" has '"started_at": "2026-11-21T08:00:00Z"'
done
begin "other runs have other ids"
for time in 1 2; do
    "$PLUMBLINE" audit $base --snapshot $data/estate.ndjson -o json="$own/$time.json"
    grep '"id": "20' "$own/$time.json" >"$own/$time.id"
done
[ -s "$own/1.id" ] || wrong "no id"
! cmp -s "$own/1.id" "$own/2.id" || wrong "the same id twice: $(cat "$own/1.id")"

# ---- 130 and 143: nothing is half written ----

echo '{"match": {"kind": "sql.instance"}, "action": "hang"}' >"$own/faults"
sim_start $data/estate.ndjson --token "$token" --faults "$own/faults"
with_token
asked() { [ "$(grep -c sqladmin "$own/sim.log")" -gt "$before" ]; }

# cut_audit SIGNAL STATUS: one that hangs in the observation is ended.
cut_audit() {
    mkdir "$own/cut.$1"
    before=$(grep -c sqladmin "$own/sim.log")
    { "$PLUMBLINE" audit $base --api-root "$ROOT" -o json="$own/cut.$1/r.json" -o text="$own/cut.$1/r.txt" >"$own/out" 2>"$own/err" & echo $! >"$own/pid"
      wait $!; echo $? >"$own/status"; } &
    shell=$!
    pids="$pids $shell"
    within 30 asked || wrong "it does not come to the hanging request"
    kill "-$1" "$(cat "$own/pid")"
    wait "$shell"
    is "$own/status" "$2"
    is "$own/err" 'plumbline: interrupted'
    nothing "$own/out"
    holds "$own/cut.$1" ''
}
begin "SIGINT: 130, no report, no temporary file"
cut_audit INT 130
begin "SIGTERM: 143, no report, no temporary file"
cut_audit TERM 143
begin "--deadline: gaps, and the job is done"
status 3 audit $base --api-root "$ROOT" --deadline 20s -o json="$own/r.json" -o text
json "$own/r.json" <<END
unobserved[*].reason ["deadline"]
unobserved[*].what ["sql.instance"]
connections[name=auth-to-db].status "unknown"
connections[name=auth-to-sessions].status "open"
END
sim_stop
finish
