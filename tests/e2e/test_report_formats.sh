#!/bin/sh
# Formats for programs, held against tools that we did not write: the published JSON Schema, xmllint, promtool.
. "$(dirname "$0")/e2e_common.sh"

snapshot=$data/estate.ndjson
schema=docs/report.schema.json

# The schema as its readers have it lets a report grow; here nothing may be in one that the schema does not name.
strict=$own/strict.json
jq 'def closed: if type == "object"
        then (if has("properties") then . + {additionalProperties: false} else . end) | map_values(closed)
        elif type == "array" then map(closed) else . end;
    closed' $schema >"$strict"

# validates SCHEMA FILE...: one process for all of them.
validates() {
    validated=$1
    shift
    for report; do
        set -- "$@" -i "$report"
        shift
    done
    /usr/bin/jsonschema "$@" "$validated" >>"$own/why" 2>&1
}
conforms() {
    validates "$schema" "$@" || wrong "$* is not as $schema says"
    validates "$strict" "$@" || wrong "$* holds what $schema does not name: add it there and to docs/report.md"
}
well_formed() { xmllint --noout "$1" >>"$own/why" 2>&1 || wrong "${1##*/} is no XML"; }
metrics() {
    command -v promtool >/dev/null || return 0
    promtool check metrics <"$1" >>"$own/why" 2>&1 || wrong "promtool refuses ${1##*/}"
}

if [ -x /usr/bin/jsonschema ]; then
    begin "every golden report is as the schema says, and holds nothing else"
    conforms tests/golden/json/*.json

    begin "the schema refuses what is no report"
    jq '.result.verdict = "fine"' tests/golden/json/night.json >"$own/bad.json"
    ! /usr/bin/jsonschema -i "$own/bad.json" "$schema" 2>/dev/null || wrong "an unknown verdict passes"
    jq 'del(.connections[0].status)' tests/golden/json/night.json >"$own/bad.json"
    ! /usr/bin/jsonschema -i "$own/bad.json" "$schema" 2>/dev/null || wrong "a missing status passes"
else
    echo "skipped: jsonschema (python3-jsonschema)"
    conforms() { :; }
fi
command -v promtool >/dev/null || echo "skipped: promtool (prometheus)"

sed 's/"POSTGRES_HOST", "value": "10.20.0.3"/"POSTGRES_HOST", "value": "10.9.0.2"/; s/e2-micro/e2-standard-4/' $snapshot >"$own/broken.ndjson"
formats='json sarif junit prometheus ndjson html markdown github text'
every_format() {
    outputs=
    for format in $formats; do outputs="$outputs -o $format=$own/$1.$format"; done
    run 2 "$2" audit -b $data/baseline.yaml --snapshot "$own/broken.ndjson" --no-probe $outputs -o github
}
PLUMBLINE_NOW=2026-11-20T10:00:00Z
export PLUMBLINE_NOW
every_format one "one run, every format"
conforms "$own/one.json"
well_formed "$own/one.junit"
metrics "$own/one.prometheus"
file "$own/one.prometheus" has "plumbline_exit_status 2"
json "$own/one.sarif" <<END
version "2.1.0"
runs[0].tool.driver.name "plumbline"
runs[0].invocations[0].exitCode 2
END
out has "::error file=$data/baseline.yaml,line="
[ "$(jq -r .event "$own/one.ndjson" | sed -n '1p;$p' | tr '\n' ' ')" = "run result " ] || wrong "ndjson does not begin with run and end with result"

every_format two "the same input, the same bytes, in every format"
for format in $formats; do same "$own/one.$format" "$own/two.$format"; done
unset PLUMBLINE_NOW

sed 's/10.20.0.3/10.9.0.2/' tests/fixtures/gate/service.yaml >"$own/candidate.yaml"
run 2 "a gate, in the formats of CI" gate -b $data/baseline.yaml --snapshot "$snapshot" --candidate "$own/candidate.yaml" \
    -o json="$own/g.json" -o sarif="$own/g.sarif" -o junit="$own/g.xml" -o github
conforms "$own/g.json"
well_formed "$own/g.xml"
out has "::error file=$data/baseline.yaml,line="

# Events as they happen: the reader of a pipe has the first line while nobody at Google has answered yet.
with_token
sim_start "$snapshot" --token "$token"
begin "ndjson is written while the run goes on"
mkfifo "$own/pipe"
kill -STOP "$sim"
"$PLUMBLINE" audit -b $data/baseline.yaml --api-root "$ROOT" --no-probe --no-changed-by --store "$own/runs.db" -o ndjson >"$own/pipe" 2>"$own/err" &
audit=$!
pids="$pids $audit"
cat "$own/pipe" >"$own/events" &
reader=$!
within 60 grep -q '"event": *"run"' "$own/events" || wrong "there is no first line before Google answers"
kill -CONT "$sim"
wait $reader
wait $audit || wrong "the run ended with $?: $(cat "$own/err")"
[ "$(jq -r .event "$own/events" | sed -n '1p;2p;$p' | tr '\n' ' ')" = "run observing result " ] || wrong "its events are: $(jq -r .event "$own/events" | uniq | tr '\n' ' ')"
[ "$(jq -r 'select(.event == "observing") | .done' "$own/events" | sort -n | uniq -d)" = '' ] || wrong "a kind is told twice"
sim_stop

run 0 "a stored run has the same events, without how far it was" report latest --store "$own/runs.db" -o ndjson
grep -v '^{"event": "observing"' "$own/events" >"$own/rest"
same "$own/out" "$own/rest"

run 1 "a run that cannot be done is an error in all of them" audit -b "$own/none.yaml" --no-probe \
    -o json="$own/e.json" -o sarif="$own/e.sarif" -o junit="$own/e.xml" -o prometheus="$own/e.prom" -o github
conforms "$own/e.json"
well_formed "$own/e.xml"
metrics "$own/e.prom"
file "$own/e.prom" has "plumbline_exit_status 1"
json "$own/e.sarif" <<END
runs[0].invocations[0].executionSuccessful false
runs[0].results[0].ruleId "run-error"
END
out has "::error title=The run could not be done::"

scenario=tests/scenarios/organisation-denies-the-database
sed '/^  compute.network:/,/^  compute.firewall:/{/^  compute.firewall:/!d}' $scenario/baseline.yaml >"$own/silent.yaml"
run 2 "a policy of the organisation that the baseline says nothing of: who looks is told where" \
    audit -b "$own/silent.yaml" --snapshot $scenario/estate.ndjson --symptoms $scenario/symptoms.ndjson --no-probe -o text -o json="$own/u.json"
out has 'where    firewall-egress: rule 900 of hierarchical firewall policy org-baseline denies TCP 5432'
out has 'look     gcloud compute networks get-effective-firewalls prod --project=mercury-prod --format=json'
json "$own/u.json" <<END
connections[0].explanation.verdict "undeclared"
connections[0].explanation.blockers[0].look "gcloud compute networks get-effective-firewalls prod --project=mercury-prod --format=json"
END
[ ! -x /usr/bin/jsonschema ] || conforms "$own/u.json"

finish
