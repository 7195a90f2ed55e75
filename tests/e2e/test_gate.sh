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
gate 1 "a file that is not there" --candidate "$own/nowhere.yaml"
err has "nowhere.yaml"
finish
