#!/bin/sh
# explain and probe: declared and ad hoc, in the model and on live loopback endpoints, and what counts from where.
. "$(dirname "$0")/e2e_common.sh"
base="-b $data/baseline.yaml --snapshot $data/estate.ndjson"
sed 's/"POSTGRES_PORT", "value": "5432"/"POSTGRES_PORT", "value": "5434"/; s/"machineType": "e2-micro"/"machineType": "e2-standard-4"/' \
    $data/estate.ndjson >"$own/wrong-port.ndjson"

# ---- explain: declared ----

run 0 "explain a connection that is open" explain $base auth-to-db
out has 'auth-to-db'
for hop in source wiring-host egress connector firewall-egress route peering sql-state sql-port; do out has "pass     $hop"; done
out lacks 'auth-to-sessions'
run 2 "explain a blocked one: cause, proof, what was ruled out and why" explain -b $data/baseline.yaml --snapshot "$own/wrong-port.ndjson" auth-to-db
out has 'BLOCK    sql-port'
out has 'run.service/auth:template.containers[name=app].env[name=POSTGRES_PORT].value'
out has 'RULED OUT'
out has 'vpcaccess.connector/main:machineType'
out has 'gcloud run services update auth'
run 0 "drift elsewhere is not the business of a connection that is open" explain -b $data/baseline.yaml --snapshot "$own/wrong-port.ndjson" auth-to-sessions
run 2 "explain in every format" explain -b $data/baseline.yaml --snapshot "$own/wrong-port.ndjson" auth-to-db -o text -o json="$own/r.json" -o markdown="$own/r.md"
out has 'BLOCK    sql-port'
json "$own/r.json" <<END
run.command "explain"
connections[*].name ["auth-to-db"]
connections[0].explanation.verdict "explained"
drift[*].field ["run.service/auth:template.containers[name=app].env[name=POSTGRES_PORT].value"]
result.exit_status 2
END
file "$own/r.md" has 'POSTGRES_PORT'
run 0 "explain several, once each" explain $base auth-to-sessions auth-to-db auth-to-db -o json="$own/r.json"
json "$own/r.json" <<END
connections[*].name ["auth-to-db","auth-to-sessions"]
END

# ---- explain: ad hoc ----

scope='--project acme-staging --location us-central1'
run 0 "ad hoc, without a baseline" explain --from run.service/auth --to sql.instance/main $scope --snapshot $data/estate.ndjson
out has 'run.service/auth'
out has 'pass     sql-port'
run 2 "ad hoc: where the wiring leads" explain --from run.service/auth --to sql.instance/main $scope --snapshot "$own/wrong-port.ndjson" -o json="$own/r.json" -o text
out has 'BLOCK    sql-port'
json "$own/r.json" <<END
connections[*].from ["run.service/auth"]
connections[*].status ["blocked"]
connections[0].explanation.verdict "undeclared"
END
run 2 "ad hoc: a target that is not there" explain --from run.service/auth --to sql.instance/mian $scope --snapshot $data/estate.ndjson
out has 'mian'
run 1 "ad hoc: an unknown kind" explain --from run.servcie/auth --to sql.instance/main $scope --snapshot $data/estate.ndjson
err has '--from: '
err has 'run.service'
run 1 "ad hoc: two ports" explain --from here --to db.test:5432 --port 5433 $scope --snapshot $data/estate.ndjson
err has '--port says 5433, and --to says 5432'
run 1 "ad hoc: no project" explain --from run.service/auth --to sql.instance/main --location us-central1 --snapshot $data/estate.ndjson
err has 'project'

# ---- probes on loopback ----

server auth_server
web=$port
server closed_port
closed=$port
cat >"$own/probes.yaml" <<END
version: 1
project: acme-staging
location: us-central1
connections:
  from-here:
    from: here
    to: http://127.0.0.1:$web
    probe: {type: http, path: /health, expect: {status: 200}}
    budget: {timeout: 10s}
  workload-works:
    from: run.service/auth
    to: redis.instance/sessions
    probe: {type: tcp, connect_to: "127.0.0.1:$web"}
    budget: {timeout: 10s}
  workload-fails:
    from: run.service/auth
    to: sql.instance/main
    probe: {type: tcp, connect_to: "127.0.0.1:$closed"}
    budget: {timeout: 10s}
    severity: high
  nobody-asks:
    from: run.service/auth
    to: run.service/web
END
probe() {
    want=$1 name=$2
    shift 2
    run "$want" "$name" probe -b "$own/probes.yaml" -o json="$own/r.json" -o text "$@"
}
probe 0 "probe from here: it works" from-here
json "$own/r.json" <<END
run.command "probe"
run.source "live endpoints only"
connections[*].name ["from-here"]
connections[0].status "ok"
connections[0].basis "probe"
connections[0].seen_from "here"
connections[0].timings.attempts 1
connections[0].hops []
drift []
coverage.declared 0
END
probe 3 "from here, for a workload: its failure is unknown, and so is its success"
json "$own/r.json" <<END
result.verdict "incomplete"
connections[*].name ["from-here","workload-works","workload-fails"]
connections[*].status ["ok","unknown","unknown"]
END
probe 2 "--vantage any: this is where the workloads run" --vantage any
json "$own/r.json" <<END
result.verdict "failing"
connections[*].status ["ok","ok","failing"]
connections[2].symptom.symptom "refused"
END
probe 2 "--vantage of that workload" --vantage run.service/auth workload-works workload-fails
json "$own/r.json" <<END
connections[*].status ["ok","failing"]
connections[*].seen_from ["run.service/auth","run.service/auth"]
END
probe 3 "--vantage of another workload" --vantage run.service/web workload-fails
probe 0 "below --fail-on" --vantage any --fail-on critical
out has 'workload-fails'
probe 0 "--select" --vantage any --select 'workload-w*' --select from-here
json "$own/r.json" <<END
connections[*].name ["from-here","workload-works"]
END
probe 1 "a name that is none" workload-wroks
is "$own/err" "plumbline: no connection is called 'workload-wroks', nearest: workload-works"

# audit: a probe from the wrong place does not count; what the path model says does.
audit() {
    want=$1 name=$2
    shift 2
    run "$want" "$name" audit -b "$own/probes.yaml" --snapshot $data/estate.ndjson -o json="$own/r.json" -o text "$@"
}
audit 3 "audit without --vantage: the failure seen here is not the workload's" --select workload-fails
json "$own/r.json" <<END
connections[0].status "unknown"
connections[0].seen_from "here"
connections[0].symptom.symptom "refused"
END
audit 2 "audit --vantage any: it is" --select workload-fails --vantage any
json "$own/r.json" <<END
connections[0].status "failing"
connections[0].symptom.symptom "refused"
connections[0].explanation.verdict "unexplained"
END
audit 0 "audit --no-probe: the model decides" --select workload-fails --no-probe
json "$own/r.json" <<END
connections[0].status "open"
connections[0].basis "model"
END
echo '{"connection": "workload-fails", "symptom": "connect_timeout", "seen_from": "run.service/auth"}' >"$own/symptoms"
audit 2 "a symptom in a file outranks the probe, and both are kept" --select workload-fails --symptoms "$own/symptoms"
json "$own/r.json" <<END
connections[0].status "failing"
connections[0].basis "symptoms"
connections[0].symptom.symptom "connect_timeout"
connections[0].timings.attempts 1
END

# A probe made where the workload runs comes back as its report.
run 2 "probe, as the workload's own job" probe -b "$own/probes.yaml" --vantage run.service/auth -o json="$own/there.json" workload-works workload-fails
audit 2 "its report is a source of symptoms: what failed there fails" --no-probe --select 'workload-*' --symptoms "$own/there.json"
json "$own/r.json" <<END
connections[*].name ["workload-works","workload-fails"]
connections[*].status ["ok","failing"]
connections[*].basis ["symptoms","symptoms"]
connections[*].seen_from ["run.service/auth","run.service/auth"]
connections[1].symptom.symptom "refused"
connections[1].symptom.class "NET_REFUSED"
END
audit 2 "it outranks this machine's own probe, and both are kept" --select 'workload-*' --symptoms "$own/there.json"
json "$own/r.json" <<END
connections[*].basis ["symptoms","symptoms"]
connections[*].status ["ok","failing"]
connections[*].probe.state ["ok","failing"]
END
run 3 "the same probe, made elsewhere" probe -b "$own/probes.yaml" --vantage run.service/web -o json="$own/there.json" workload-works workload-fails
audit 3 "a report from elsewhere proves nothing of this path" --no-probe --select 'workload-*' --symptoms "$own/there.json"
json "$own/r.json" <<END
connections[*].status ["open","unknown"]
connections[1].symptom.symptom "refused"
END
sed 's/"format_version": *"1\./"format_version": "2./' "$own/there.json" >"$own/later.json"
audit 1 "a report of a later major version is refused" --no-probe --symptoms "$own/later.json"
err has "a report of format_version 2.0; this program reads 1.x"
printf '{\n  "connections": []\n}\n' >"$own/neither.json"
audit 1 "a document that is neither" --no-probe --symptoms "$own/neither.json"
err has "neither symptoms, a JSON object a line, nor a report of this program: no 'format_version'"

# ---- nothing of it lives in Google's APIs: no project and no credentials are wanted ----

cat >"$own/here.yaml" <<END
version: 1
connections:
  works: {from: here, to: "127.0.0.1:$web", probe: tcp}
END
run 0 "audit of a baseline without a project" audit -b "$own/here.yaml" -o json="$own/r.json"
json "$own/r.json" <<END
run.source "live endpoints only"
connections[0].status "ok"
unobserved []
unobserved_elsewhere 0
END
run 0 "explain ad hoc, from here to an address" explain --from here --to "127.0.0.1:$web" --probe tcp
run 2 "explain ad hoc, a port that refuses" explain --from here --to "127.0.0.1:$closed" --probe tcp -o json="$own/r.json"
json "$own/r.json" <<END
connections[0].symptom.symptom "refused"
connections[0].status "failing"
END

# ---- a secret that is not there ----

cat >"$own/unset.yaml" <<END
version: 1
project: acme-staging
location: us-central1
connections:
  auth-to-db:
    from: here
    to: 127.0.0.1:$web
    probe: {type: postgres, user: app, database: app, password: !env PLUMBLINE_E2E_UNSET}
    budget: {timeout: 10s}
END
run 0 "validate warns of it, and the baseline is good" validate -b "$own/unset.yaml"
err has "$own/unset.yaml:8:"
err has 'PLUMBLINE_E2E_UNSET'
out has 'valid'
run 3 "its connection is unknown, never clean" audit -b "$own/unset.yaml" --snapshot $data/estate.ndjson -o json="$own/r.json"
json "$own/r.json" <<END
connections[0].status "unknown"
result.exit_status 3
END
run 3 "the same for probe" probe -b "$own/unset.yaml"
out has 'PLUMBLINE_E2E_UNSET'

# ---- what a rule ignores may be the cause ----

cause=tests/scenarios/ignored-drift-is-the-cause
run 2 "ignored drift that is the cause is undone like any other" audit -b $cause/baseline.yaml --snapshot $cause/estate.ndjson --no-probe
out has 'do       gcloud run services update api --region=us-central1 --project=moved-region --vpc-connector=staging-connector'
out lacks 'no command is known'
finish
