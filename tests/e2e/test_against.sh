#!/bin/sh
# "It worked yesterday": --against takes a last good state for the declared world, with a baseline's connections or with those that
# are read off its wiring.
. "$(dirname "$0")/e2e_common.sh"
with_token

# collected ESTATE SNAPSHOT: what this tool makes of an estate, secrets redacted.
collected() {
    sim_start "$1" --token "$token"
    "$PLUMBLINE" collect --project acme-staging --api-root "$ROOT" "$2" || echo "not ok - collect $2"
    sim_stop
}
collected $data/estate.ndjson "$own/yesterday.ndjson"
sed 's/"POSTGRES_PORT", "value": "5432"/"POSTGRES_PORT", "value": "5434"/; s/"machineType": "e2-micro"/"machineType": "e2-standard-4"/' \
    $data/estate.ndjson >"$own/live.ndjson"
collected "$own/live.ndjson" "$own/today.ndjson"
# The address of a drift as JSON has it, complete.
us() { printf '%s/acme-staging/us-central1/%s' "$1" "$2"; }
port='template.containers[name=app].env[name=POSTGRES_PORT].value'

# against STATUS "case" WORD...
against() {
    want=$1 name=$2
    shift 2
    run "$want" "$name" audit --no-probe --against "$own/yesterday.ndjson" -o json="$own/r.json" -o text "$@"
}

against 0 "nothing changed" --snapshot "$own/yesterday.ndjson"
json "$own/r.json" <<END
result.verdict "clean"
drift []
END
against 2 "without a baseline: what changed, and which change broke what" --snapshot "$own/today.ndjson"
json "$own/r.json" <<END
result.verdict "failing"
drift[*].field_full ["$(us run.service api):$port","$(us run.service auth):$port","$(us vpcaccess.connector main):machineType"]
drift[*].expected ["5432","5432","e2-micro"]
connections[name=auth-to-main].status "blocked"
connections[name=auth-to-main].explanation.verdict "explained"
connections[name=api-to-main].explanation.verdict "explained"
connections[name=auth-to-sessions].status "open"
connections[name=web-to-auth].to "run.service/auth"
drift[*].explains [["api-to-main"],["auth-to-main"],[]]
END
out has 'was 5432, is 5434'
out has 'machineType: was e2-micro, is e2-standard-4'
against 2 "with a baseline: its connections, severities and issues" -b $data/baseline.yaml --snapshot "$own/today.ndjson"
json "$own/r.json" <<END
connections[*].name ["auth-to-db","auth-to-sessions"]
connections[name=auth-to-db].explanation.verdict "explained"
drift[*].explains [["auth-to-db"],[],[]]
drift[*].severity ["critical","low","low"]
END
out has '#367'
against 0 "the baseline's own resources are not compared" -b $data/baseline.yaml --snapshot "$own/yesterday.ndjson" --var max_connections=400
against 2 "one connection of those read off the wiring" --snapshot "$own/today.ndjson" --select auth-to-main
json "$own/r.json" <<END
connections[*].name ["auth-to-main"]
drift[*].field_full ["$(us run.service auth):$port"]
END
against 1 "a name that the wiring does not give" --snapshot "$own/today.ndjson" --select auth-to-db
is "$own/err" "plumbline: --select: no connection is called 'auth-to-db'"
echo '{"connection": "auth-to-main", "symptom": "refused"}' >"$own/symptoms.ndjson"
against 2 "symptoms of a connection read off the wiring" --snapshot "$own/today.ndjson" --symptoms "$own/symptoms.ndjson"
nothing "$own/err"
json "$own/r.json" <<END
connections[name=auth-to-main].status "failing"
connections[name=auth-to-main].basis "symptoms"
connections[name=auth-to-main].explanation.verdict "explained"
END

sed 's/{"name": "POSTGRES_HOST", "value": "10.20.0.3"}, //' $data/estate.ndjson >"$own/live.ndjson"
collected "$own/live.ndjson" "$own/today.ndjson"
against 2 "a variable that is gone: what it carried is known of yesterday" --snapshot "$own/today.ndjson"
json "$own/r.json" <<END
connections[name=auth-to-main].explanation.verdict "explained"
connections[name=auth-to-main].explanation.blockers[*].cause ["ENVIRONMENT_VARIABLE_MISSING"]
END
out has ', is gone'
sed '/vpcaccess.connector/d' $data/estate.ndjson >"$own/today.ndjson"
against 2 "a resource that is gone from a snapshot written by hand, too: it was there" --snapshot "$own/today.ndjson"
json "$own/r.json" <<END
drift[*].field ["vpcaccess.connector/main"]
connections[name=auth-to-main].explanation.causes [["vpcaccess.connector/main"]]
connections[name=auth-to-sessions].explanation.causes [["vpcaccess.connector/main"]]
connections[name=web-to-auth].status "open"
END
out has 'was there, and is gone'
sed 's/"activationPolicy": "ALWAYS"/"activationPolicy": "NEVER"/; s/e2-micro/e2-standard-4/' $data/estate.ndjson >"$own/live.ndjson"
sed 's/"activationPolicy": "ALWAYS"/"activationPolicy": "NEVER"/' $data/estate.ndjson >"$own/before.ndjson"
run 2 "what was broken then is no change's doing" audit --no-probe --against "$own/before.ndjson" --snapshot "$own/live.ndjson" -o json="$own/r.json" -o text
json "$own/r.json" <<END
connections[name=auth-to-main].explanation.verdict "declared_also_fails"
connections[name=auth-to-main].explanation.reason "the path was blocked in the last good state, too: nothing that has changed since explains it"
connections[name=auth-to-main].explanation.causes []
drift[*].explains [[]]
END
{ cat $data/estate.ndjson; echo '{"kind": "compute.firewall", "name": "//compute.googleapis.com/projects/acme-staging/global/firewalls/block", "observed_at": "2026-11-20T10:00:00Z", "resource": {"name": "block", "network": "https://www.googleapis.com/compute/v1/projects/acme-staging/global/networks/main", "direction": "EGRESS", "priority": 1, "destinationRanges": ["10.20.0.3/32"], "denied": [{"IPProtocol": "tcp"}]}}'; } >"$own/live.ndjson"
run 2 "a rule that is new" audit --no-probe --against $data/estate.ndjson --snapshot "$own/live.ndjson" -o json="$own/r.json" -o text
json "$own/r.json" <<END
connections[name=auth-to-main].explanation.causes [["compute.firewall/block"]]
connections[name=api-to-main].explanation.causes [["compute.firewall/block"]]
connections[name=auth-to-sessions].status "open"
END
out has 'is new: it was not there'
collected $data/estate.ndjson "$own/today.ndjson"

grep -v '"kind":"redis.instance"' "$own/yesterday.ndjson" >"$own/cut.ndjson"
run 1 "a file that lost a line is no smaller estate" audit --no-probe --against "$own/yesterday.ndjson" --snapshot "$own/cut.ndjson"
err has "cut short: its header says"
sed '1s/"lines":[0-9]*,//' "$own/cut.ndjson" >"$own/today.ndjson"
against 2 "a resource that is gone" --snapshot "$own/today.ndjson"
json "$own/r.json" <<END
drift[*].field_full ["$(us redis.instance sessions)"]
drift[*].status ["missing"]
connections[name=auth-to-sessions].status "blocked"
END
{ cat "$own/today.ndjson"; echo '{"unobserved": "redis.instance", "scope": "projects/acme-staging/locations/-", "reason": "permission_denied", "permission": "redis.instances.list"}'; } >"$own/hidden.ndjson"
against 3 "a resource that could not be read is not gone" --snapshot "$own/hidden.ndjson"
json "$own/r.json" <<END
drift []
unobserved[*].what ["redis.instance"]
connections[name=auth-to-sessions].status "unknown"
END

sed 's/"memorySizeGb": 5/"memorySizeGb": 1/' $data/estate.ndjson >"$own/live.ndjson"
sim_start "$own/live.ndjson" --token "$token"
against 2 "yesterday's snapshot against the live estate; its projects are looked at" --api-root "$ROOT"
json "$own/r.json" <<END
run.projects ["acme-staging"]
drift[*].field_full ["$(us redis.instance sessions):memorySizeGb"]
drift[*].expected [5]
drift[*].observed [1]
END
sim_stop

run 1 "no such last good state: found before anything is looked at" audit --no-probe --against "$own/none.ndjson" --api-root http://127.0.0.1:1
err has "plumbline: --against: cannot read $own/none.ndjson"
run 1 "a report is no state" audit --no-probe --against "$own/r.json" --snapshot "$own/today.ndjson"
err has "--against: $own/r.json"

# ---- a stored run in the place of a snapshot ----

kept="--no-probe --store $own/runs.db"
run 0 "a run of a snapshot keeps all of it" audit $kept -b $data/baseline.yaml --snapshot "$own/yesterday.ndjson"
sim_start "$own/live.ndjson" --token "$token"
run 2 "yesterday's run against the live estate, without a baseline" audit $kept --against latest --api-root "$ROOT" -o json="$own/r.json" --project acme-staging
json "$own/r.json" <<END
drift[*].field_full ["$(us redis.instance sessions):memorySizeGb"]
connections[name=auth-to-main].status "open"
END
sim_stop
sim_start $data/estate.ndjson --token "$token"
run 0 "a live run keeps what its baseline needs" audit $kept -b $data/baseline.yaml --no-changed-by --api-root "$ROOT"
sim_stop
sed 's/"POSTGRES_PORT", "value": "5432"/"POSTGRES_PORT", "value": "5434"/; s/"memorySizeGb": 5/"memorySizeGb": 1/' $data/estate.ndjson >"$own/now.ndjson"
sim_start "$own/now.ndjson" --token "$token"
run 2 "with the same baseline: what differs of what was kept, and nothing that was not" audit $kept -b $data/baseline.yaml --against latest --no-changed-by \
    --api-root "$ROOT" -o json="$own/r.json"
json "$own/r.json" <<END
drift[*].field ["run.service/auth:$port","redis.instance/sessions:memorySizeGb","run.service/api:$port"]
drift[*].status ["changed","changed","changed"]
connections[name=auth-to-db].explanation.verdict "explained"
END
run 1 "without it nobody knows what was kept" audit $kept --against latest~1 --api-root "$ROOT"
err has "kept only what its baseline needed, and that was another one than is given here; give the same with -b, or a snapshot of \`collect\`"
run 1 "no such run" audit $kept --against 1999 --api-root "$ROOT"
err has "--against: no run '1999' is stored in $own/runs.db"
sim_stop

begin "same input, same bytes"
for time in 1 2; do
    PLUMBLINE_NOW=2026-11-21T08:00:00Z "$PLUMBLINE" audit --no-probe --store none --against "$own/yesterday.ndjson" --snapshot "$own/live.ndjson" \
        -o json="$own/$time.json" -o text="$own/$time.txt" -o markdown="$own/$time.md"
done
for format in json txt md; do
    [ -s "$own/1.$format" ] || wrong "no $format"
    same "$own/1.$format" "$own/2.$format"
done
finish
