#!/bin/sh
# `graph`: the estate drawn, with and without a baseline, a part of it; and Graphviz takes what comes out, whatever things are called.
. "$(dirname "$0")/e2e_common.sh"

# How many nodes and edges Graphviz finds in a drawing.
count() {
    dot -Tplain "$1" >"$own/plain" 2>>"$own/why" || wrong "Graphviz does not take ${1##*/}"
    [ "$(grep -c '^node' "$own/plain") $(grep -c '^edge' "$own/plain")" = "$2" ] ||
        wrong "$(grep -c '^node' "$own/plain") nodes and $(grep -c '^edge' "$own/plain") edges, not $2"
}
shot="--snapshot $data/estate.ndjson"
api=run.service/acme-staging/us-central1/api
sql=sql.instance/acme-staging/global/main

run 0 "without a baseline: connections are read off the wiring" graph $shot
out has 'label="web-to-auth\nopen"'
out has 'label="project acme-staging"'
out has 'label="network main"'
out has '3 x VPC firewall rule'
count "$own/out" "16 21"
run 0 "nothing is folded with -v" graph $shot -v
out lacks ' x VPC firewall rule'
count "$own/out" "25 30"

sed 's/"activationPolicy": "ALWAYS"/"activationPolicy": "NEVER"/' $data/estate.ndjson >"$own/stopped.ndjson"
cat >"$own/stopped.yaml" <<END
version: 1
project: acme-staging
location: us-central1
resources:
  sql.instance: {main: {settings: {activationPolicy: ALWAYS}}}
connections:
  api-to-db: {from: run.service/api, to: sql.instance/main}
  web-to-api: {from: run.service/web, to: run.service/api}
END
echo '{"connection": "web-to-api", "symptom": "http_status", "code": 503}' >"$own/seen.ndjson"
run 0 "what is wrong is marked and is no exit status" graph -b "$own/stopped.yaml" --snapshot "$own/stopped.ndjson" \
    --symptoms "$own/seen.ndjson" -o dot="$own/g.dot" -o json="$own/g.json"
nothing "$own/out"
file "$own/g.dot" has 'CAUSE\nsettings.activationPolicy\nexpected ALWAYS, observed NEVER'
file "$own/g.dot" has 'label="web-to-api\nFAILING: http_status\npassed on from api-to-db"'
json "$own/g.json" <<END
result.verdict "failing"
result.exit_status 0
graph.nodes[id=$sql].mark "cause"
graph.nodes[id=$sql].presence "observed"
graph.nodes[id=$sql].drift ["$sql:settings.activationPolicy"]
graph.nodes[id=$api].mark null
graph.edges[label=api-to-db].type "connection"
graph.edges[label=api-to-db].from "$api"
graph.edges[label=api-to-db].to "$sql"
graph.edges[label=api-to-db].causes [["$sql:settings.activationPolicy"]]
graph.edges[label=api-to-db].verdict "explained"
graph.edges[label=web-to-api].verdict "cascade"
graph.edges[label=web-to-api].upstream ["api-to-db"]
graph.edges[label=peering].to "compute.network/acme-staging/global/main:peerings[name=servicenetworking-googleapis-com]"
graph.edges[label=connector].to "vpcaccess.connector/acme-staging/us-central1/main"
graph.edges[label=connector].field "$api:template.vpcAccess.connector"
END

[ ! -x /usr/bin/jsonschema ] || /usr/bin/jsonschema -i "$own/g.json" docs/report.schema.json >>"$own/why" 2>&1 ||
    wrong "g.json is not as the schema says"

run 0 "a part: what a service refers to and what its connections hang on" graph $shot --select run.service/api -o dot -o json="$own/g.json"
out has 'label="api-to-main\nopen"'
out lacks 'auth-to'
out lacks 'sessions'
run 1 "a name that the wiring does not give" graph $shot --select api-to-nowhere
is "$own/err" "plumbline: --select: no connection is called 'api-to-nowhere'"
run 1 "reports of other commands are no drawings" graph $shot -o text
is "$own/err" "plumbline: --output: unknown format 'text'; graph writes dot and json"
run 1 "nor are drawings reports" audit -b $data/baseline.yaml $shot -o dot
run 1 "no word" graph $shot api
is "$own/err" "plumbline: graph takes no word 'api'; a part of the estate is chosen by --select"
run 1 "a job that could not be done says so in its files" graph --snapshot "$own/none" -o dot="$own/g.dot" -o json="$own/g.json"
json "$own/g.json" <<END
result.verdict "error"
graph absent
END
file "$own/g.dot" has "cannot read"

{ cat $data/estate.ndjson; echo '{"unobserved": "secret.secret", "scope": "projects/acme-staging", "reason": "permission_denied"}'; } >"$own/gap.ndjson"
run 3 "what could not be looked at is drawn as that" graph --snapshot "$own/gap.ndjson" -b $data/baseline.yaml --var max_connections=200
out has 'not looked at: permission_denied'

begin "same bytes, whatever the order of the lines"
{ head -n1 $data/estate.ndjson; tail -n +2 $data/estate.ndjson | tac; } >"$own/tac.ndjson"
for format in dot json; do
    for file in $data/estate.ndjson "$own/tac.ndjson"; do
        (cd "$own" && cp "$OLDPWD/$file" in.ndjson 2>/dev/null || cp "$file" in.ndjson
            PLUMBLINE_NOW=2026-11-21T08:00:00Z "$PLUMBLINE" graph --snapshot in.ndjson -o $format) >"$own/${file##*/}.$format"
    done
    [ -s "$own/tac.ndjson.$format" ] || wrong "no $format"
    same "$own/estate.ndjson.$format" "$own/tac.ndjson.$format"
done

# Names that a snapshot of somebody else's may hold: quotes, a backslash, an entity, the end of a statement.
sed 's/app-db-password/x\\"]; evil -> evil2; [label=\\"\\\\N \&lt;/g' $data/estate.ndjson >"$own/hostile.ndjson"
run 0 "hostile names stay names" graph --snapshot "$own/hostile.ndjson"
out has 'x\"]; evil -> evil2; [label=\"\\N &amp;lt;'
count "$own/out" "16 21"
begin "and are shown as they are"
dot -Tsvg "$own/out" >"$own/svg" 2>>"$own/why" || wrong "no picture"
file "$own/svg" has 'x&quot;]; evil &#45;&gt; evil2; [label=&quot;\N &amp;lt;'
finish
