#!/bin/sh
# gate: what a deploy would break or mend, by the model; what was wrong before is listed and not counted.
. "$(dirname "$0")/e2e_common.sh"

good=tests/fixtures/gate/service.yaml
gate() {
    want=$1 name=$2
    shift 2
    run "$want" "$name" gate -b $data/baseline.yaml --snapshot "${estate:-$data/estate.ndjson}" \
        -o json="$own/r.json" -o markdown="$own/r.md" -o text "$@"
}
host='run.service/auth:template.containers[name=app].env[name=POSTGRES_HOST].value'

gate 0 "a candidate that breaks nothing" --candidate $good
json "$own/r.json" <<END
result.verdict "clean"
gate.changes[*].action ["update"]
gate.connections[*].effect ["keeps","keeps"]
gate.drift_added []
END
out lacks e2e-sEcret
file "$own/r.json" lacks e2e-sEcret

sed 's/10.20.0.3/10.9.0.2/' $good >"$own/wrong-host.yaml"
gate 2 "a wrong host: the connection that breaks, and by which field" --candidate "$own/wrong-host.yaml"
json "$own/r.json" <<END
result.verdict "failing"
gate.connections[name=auth-to-db].effect "breaks"
gate.connections[name=auth-to-db].before.status "open"
gate.connections[name=auth-to-db].after.status "blocked"
gate.connections[name=auth-to-db].verdict "explained"
gate.connections[name=auth-to-db].by[0][0].field "$host"
gate.connections[name=auth-to-db].by[0][0].before "10.20.0.3"
gate.connections[name=auth-to-db].by[0][0].after "10.9.0.2"
gate.connections[name=auth-to-sessions].effect "keeps"
gate.drift_added[*].field ["$host"]
END
out has "POSTGRES_HOST of run.service/auth is 10.9.0.2"
out has "WOULD BREAK"
file "$own/r.md" has "## Would break"

sed 's/"POSTGRES_HOST", "value": "10.20.0.3"/"POSTGRES_HOST", "value": "10.9.0.2"/; s/e2-micro/e2-standard-4/' $data/estate.ndjson >"$own/broken.ndjson"
estate=$own/broken.ndjson
gate 0 "what was broken is mended; other drift that was there does not count" --candidate $good
json "$own/r.json" <<END
gate.connections[name=auth-to-db].effect "mends"
gate.connections[name=auth-to-db].by[0][0].field "$host"
gate.connections[name=auth-to-db].by[0][0].after "10.20.0.3"
gate.drift_removed[*].field ["$host"]
gate.drift_kept 1
END
gate 0 "what was broken and stays so does not count" --candidate "$own/wrong-host.yaml"
json "$own/r.json" <<END
gate.connections[name=auth-to-db].effect "blocked_before_and_after"
gate.drift_added []
END
estate=

sed 's/- percent: 100/- percent: 100\n    revisionName: auth-00007-abc/; s/latestRevision: true/latestRevision: false/' $good >"$own/pinned.yaml"
gate 3 "traffic stays with a revision that nobody read" --candidate "$own/pinned.yaml"
json "$own/r.json" <<END
gate.connections[name=auth-to-db].effect "blurs"
END

gate 2 "the second candidate lies over the first" --candidate $good --candidate "$own/wrong-host.yaml"
gate 0 "and the other way round" --candidate "$own/wrong-host.yaml" --candidate $good
sed 's/6378/6380/' $good >"$own/wrong-port.yaml"
gate 2 "a connection of medium severity" --candidate "$own/wrong-port.yaml" --fail-on medium
gate 0 "the same below --fail-on" --candidate "$own/wrong-port.yaml" --fail-on critical
json "$own/r.json" <<END
gate.connections[name=auth-to-sessions].effect "breaks"
END

# ---- Terraform's plans ----

plans=tests/fixtures/gate
gate 2 "a plan: only what differs between before and after is laid over what is observed" --candidate $plans/plan-host.json
json "$own/r.json" <<END
gate.changes[*].resource ["run.service/auth"]
gate.fields[*].field ["$host"]
gate.connections[name=auth-to-db].by[0][0].field "$host"
gate.connections[name=auth-to-db].by[0][0].after "10.9.0.2"
END
out has "1 change of types that are not read here: google_storage_bucket"

gate 3 "a value that is known once it is applied" --candidate $plans/plan-unknown-host.json
json "$own/r.json" <<END
result.verdict "incomplete"
gate.connections[name=auth-to-db].effect "blurs"
gate.connections[name=auth-to-sessions].effect "keeps"
gate.unknown[*].field ["$host"]
END

gate 2 "a rule that is new" --candidate $plans/plan-firewall.json
json "$own/r.json" <<END
gate.changes[*].action ["create"]
gate.connections[name=auth-to-db].by[0][0].field "compute.firewall/no-databases"
gate.connections[name=auth-to-db].after.hops[*].cause ["FIREWALL_RULE"]
gate.connections[name=auth-to-sessions].effect "keeps"
END

gate 2 "a connector that is to go" --candidate $plans/plan-connector.json
json "$own/r.json" <<END
gate.changes[*].action ["delete"]
gate.connections[*].effect ["breaks","breaks"]
END

gate 3 "a database that is made again: its address is not known, and no secret of the plan is told" --candidate $plans/plan-sql-replaced.json
json "$own/r.json" <<END
gate.changes[*].action ["replace"]
gate.connections[name=auth-to-db].effect "blurs"
END
out lacks hunter2
file "$own/r.json" lacks hunter2

gate 2 "a database that is to be stopped" --candidate $plans/plan-sql-stopped.json
json "$own/r.json" <<END
gate.connections[name=auth-to-db].effect "breaks"
gate.connections[name=auth-to-db].by[0][0].field "sql.instance/main:settings.activationPolicy"
END

gate 3 "parts: a policy, a peering; one whose router was not observed is told" --candidate $plans/plan-parts.json
json "$own/r.json" <<END
gate.changes[*].resource ["project.iamPolicy/acme-staging","compute.network/main","run.service/api"]
END
out has "google_compute_router_nat.all is a part of"
out has "which was not observed: it is left out"
out has "with the candidate nobody can tell of 1 change that was left out"

# bad STATUS-1 cases: what is wrong, and where.
bad() {
    gate 1 "$1" --candidate "$own/bad"
    err has "$own/bad:$2"
}
sed 's/containerConcurrency/containerConcurency/' $good >"$own/bad"
bad "an unknown key" "18:7: spec.template.spec: unknown key 'containerConcurency', nearest: containerConcurrency"
sed 's/serving.knative.dev\/v1/apps\/v1/' $good >"$own/bad"
bad "another API" "1:13: apiVersion 'apps/v1' is not read: wanted is serving.knative.dev/v1"
sed 's/name: auth$/name: nobody/; /location: us/d; /labels:/d' $good >"$own/bad"
bad "a service that is not there, and no place for it" "4:9: no service is observed (0) that is called 'nobody'"
printf '{"name": "projects/acme-staging/locations/us-central1/services/auth", "ingres": "INGRESS_TRAFFIC_ALL"}' >"$own/bad"
bad "an unknown field of v2" "1:71: Cloud Run's v2 service has no field 'ingres', nearest: ingress"
printf '[]' >"$own/bad"
bad "no service at all" "1:1: wanted is a service of Cloud Run"
printf 'a: [' >"$own/bad"
bad "no YAML" "2:1: did not find expected node content"
printf '{"terraform_version": "1.9.5", "values": {}}' >"$own/bad"
bad "a state is no plan" " this is no plan of Terraform: wanted is \`terraform show -json PLAN\`"
printf 'PK\003\004...' >"$own/bad"
bad "a plan in Terraform's own format" " this is a plan in Terraform's own format"
printf '{"terraform_version": "1.9.5",\n "resource_changes": [}' >"$own/bad"
bad "broken JSON" " line 2, column"
printf '{"terraform_version": "1.9.5", "errored": true, "resource_changes": []}' >"$own/bad"
bad "a plan that is not whole" " planning ended with an error: the plan is not whole"
gate 1 "a file that is not there" --candidate "$own/nowhere.yaml"
err has "nowhere.yaml"
finish
