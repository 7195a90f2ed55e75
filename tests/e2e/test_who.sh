#!/bin/sh
# What Cloud Logging tells a live run: who changed what has drifted, and what the workloads' own logs complain of.
. "$(dirname "$0")/e2e_common.sh"
entries=tests/fixtures/logs/log_entries.ndjson
export CLOUDSDK_AUTH_ACCESS_TOKEN=$token PLUMBLINE_NOW=2026-11-20T10:00:00Z
sed 's/"POSTGRES_PORT", "value": "5432"/"POSTGRES_PORT", "value": "5434"/' $data/estate.ndjson >"$own/broken.ndjson"
cat "$own/broken.ndjson" $entries >"$own/told.ndjson"
port_field='run.service/auth:template.containers[name=app].env[name=POSTGRES_PORT].value'

# ---- who changed it ----

sim_start "$own/told.ndjson" --token "$token" --page-size 3
live="-b $data/baseline.yaml --api-root $ROOT --no-probe"
run 2 "a live audit says who changed the cause, for whom, when and how" audit $live -o text -o json="$own/r.json" -o markdown="$own/r.md"
out has "$port_field"
out has 'changed 2026-11-20T07:00:00Z'
out has 'deployer@acme-staging.iam.gserviceaccount.com for alice@example.com'
out lacks 'WHO CHANGED IT'
json "$own/r.json" <<END
drift[0].field "$port_field"
drift[0].changed_by.principal "deployer@acme-staging.iam.gserviceaccount.com"
drift[0].changed_by.via ["alice@example.com"]
drift[0].changed_by.at "2026-11-20T07:00:00Z"
drift[0].changed_by.method "google.cloud.run.v1.Services.ReplaceService"
change_queries[*].reason [null]
log null
END
file "$own/r.md" has 'Who changed it, by the audit log:'
run 2 "it can be left out" audit $live --no-changed-by -o json="$own/r.json"
json "$own/r.json" <<END
drift[0].changed_by null
change_queries []
END

# ---- what the workloads saw ----

run 2 "an audit takes the errors of its services for symptoms" audit $live --symptoms-from-logs 1h -o text -o json="$own/r.json"
out has 'auth-to-db is FAILING'
out has 'told by Cloud Logging, 2 lines'
out has 'why      explained - proven'
out lacks 'hunter2secret'
json "$own/r.json" <<END
connections[0].status "failing"
connections[0].basis "symptoms"
connections[0].seen_from "run.service/acme-staging/us-central1/auth"
connections[0].symptom.symptom "refused"
connections[0].symptom.at "2026-11-20T09:55:00Z"
connections[1].status "open"
log.sources ["Cloud Logging"]
log.classes.connectivity 2
END
run 2 "explain tells those that they complain of" explain $live --symptoms-from-logs 1h -o json="$own/r.json"
json "$own/r.json" <<END
connections[*].name ["auth-to-db"]
END
run 2 "a longer time sees more" explain $live --symptoms-from-logs 12h -o json="$own/r.json"
json "$own/r.json" <<END
connections[*].name ["auth-to-db","auth-to-sessions"]
END
run 0 "nothing is complained of" explain $live --symptoms-from-logs 1m -o text
out has 'no connection error was found in the log'
sim_stop

# ---- what has no severity ----

# Plain text on standard error comes without one; what says nothing of a connection is not asked for.
entry() {
    printf '{"log_entry": {"insertId": "%s", "logName": "projects/acme-staging/logs/run.googleapis.com%%%%2F%s", "timestamp": "2026-11-20T09:58:00Z"%s, "resource": {"type": "cloud_run_revision", "labels": {"project_id": "acme-staging", "location": "us-central1", "service_name": "auth"}}, "textPayload": "%s"}}\n' "$1" "$2" "$3" "$4"
}
{
    cat "$own/broken.ndjson"
    entry p1 stderr '' 'dial tcp 10.20.0.3:5434: connect: connection refused'
    entry p2 stderr '' 'connect ECONNREFUSED 10.20.0.3:5434'
    entry p3 stdout ', "severity": "DEFAULT"' 'GET /healthz 200'
    entry p4 stdout ', "severity": "INFO"' 'connect ECONNREFUSED 10.20.0.99:1'
    entry p5 stdout ', "severity": "WARNING"' 'just a warning: dial tcp 10.20.1.4:6378: i/o timeout'
} >"$own/plain.ndjson"
sim_start "$own/plain.ndjson" --token "$token"
live="-b $data/baseline.yaml --api-root $ROOT --no-probe"
run 2 "plain text of standard error is read" audit $live --symptoms-from-logs 1h -o json="$own/r.json"
json "$own/r.json" <<END
connections[0].status "failing"
connections[0].symptom.symptom "refused"
connections[0].seen_from "run.service/acme-staging/us-central1/auth"
connections[1].status "open"
log.classes.connectivity 2
END
sim_stop

# More services than one query names are asked for in several.
{
    printf 'version: 1\nproject: acme-staging\nlocation: us-central1\nresources:\n  run.service:\n'
    i=0
    while [ $i -lt 201 ]; do
        printf '    svc-%03d: {ingress: INGRESS_TRAFFIC_ALL}\n' $i
        i=$((i + 1))
    done
} >"$own/many.yaml"
sed 's/"service_name": "auth"/"service_name": "svc-200"/' "$own/plain.ndjson" >"$own/many.ndjson"
sim_start "$own/many.ndjson" --token "$token"
run 2 "no service is left out, however many there are" audit -b "$own/many.yaml" --api-root $ROOT --no-probe --no-changed-by --symptoms-from-logs 1h -o json="$own/r.json"
json "$own/r.json" <<END
log.events[0].seen_from "run.service/acme-staging/us-central1/svc-200"
END
sim_stop

# ---- not permitted ----

{ cat "$own/told.ndjson"; echo '{"unobserved": "log.entry", "scope": "projects/acme-staging", "reason": "permission_denied"}'; } >"$own/refused.ndjson"
sim_start "$own/refused.ndjson" --token "$token"
live="-b $data/baseline.yaml --api-root $ROOT --no-probe"
run 2 "who changed it is not permitted: the query for somebody who may" audit $live -o text -o json="$own/r.json"
out has 'WHO CHANGED IT - could not be looked up'
out has 'permission: logging.logEntries.list'
out has 'gcloud logging read '"'"'logName="projects/acme-staging/logs/cloudaudit.googleapis.com%2Factivity" AND timestamp>="2025-10-16T10:00:00Z" AND protoPayload.resourceName=('
json "$own/r.json" <<END
drift[0].changed_by null
change_queries[0].reason "permission_denied"
change_queries[0].permission "logging.logEntries.list"
END
sim_stop
printf '%s\n' '{"match": {"path": "default/token", "nth": 2}, "action": "not_found", "count": 99}' >"$own/faults"
sim_start "$own/told.ndjson" --faults "$own/faults"
live="-b $data/baseline.yaml --api-root $ROOT --no-probe"
unset CLOUDSDK_AUTH_ACCESS_TOKEN
GCE_METADATA_HOST=127.0.0.1:$PORT run 2 "no token for the question: the run has its answers all the same" audit $live -o text -o json="$own/r.json"
out has 'WHO CHANGED IT - could not be looked up'
out has 'has this machine a service account?'
json "$own/r.json" <<END
change_queries[0].reason "auth"
drift[0].changed_by null
END
sim_stop
sim_start "$own/told.ndjson" --faults "$own/faults"
live="-b $data/baseline.yaml --api-root $ROOT --no-probe"
GCE_METADATA_HOST=127.0.0.1:$PORT run 2 "no token for the workloads' logs: a gap beside the drift" audit $live --symptoms-from-logs 1h --no-changed-by -o json="$own/r.json"
json "$own/r.json" <<END
unobserved[*].what ["log entries"]
unobserved[*].reason ["auth"]
END
export CLOUDSDK_AUTH_ACCESS_TOKEN=$token
cp $data/estate.ndjson "$own/clean.ndjson"
sim_stop
{ cat $data/estate.ndjson; echo '{"unobserved": "log.entry", "scope": "projects/acme-staging", "reason": "permission_denied"}'; } >"$own/refused.ndjson"
sim_start "$own/refused.ndjson" --token "$token"
live="-b $data/baseline.yaml --api-root $ROOT --no-probe"
run 0 "without drift nobody asks" audit $live
run 3 "logs that may not be read are never taken for silence" audit $live --symptoms-from-logs 1h
out has 'log entries in projects/acme-staging'
out has 'permission: logging.logEntries.list'
out has 'roles/logging.viewer'
sim_stop
run 1 "a snapshot has no logs" audit -b $data/baseline.yaml --snapshot $data/estate.ndjson --symptoms-from-logs 1h
err has '--symptoms-from-logs reads Google'
run 1 "a duration has a unit" audit -b $data/baseline.yaml --symptoms-from-logs 90
err has "--symptoms-from-logs wants a duration such as 30m or 2h, got '90'"
finish
