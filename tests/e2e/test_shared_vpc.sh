#!/bin/sh
# Shared VPC: the estate's networks, connector and private services access live in a host project that nobody names. Paths are judged
# all the same; what may not be read there is told with its project and permission.
. "$(dirname "$0")/e2e_common.sh"
with_token

# The same estate, with the network's side moved into another project.
moved() {
    sed -e '1s/"projects": \[/"projects": [{"id": "acme-host", "number": "600700800900"}, /' \
        -e '/"kind": "\(compute\|vpcaccess\)\./s,projects/acme-staging/,projects/acme-host/,g' \
        -e '/"kind": "servicenetworking\./s,projects/481516234200/,projects/600700800900/,g' \
        -e 's,"network": "main"\, "subnetwork": "services","network": "projects/acme-host/global/networks/main"\, "subnetwork": "projects/acme-host/regions/us-central1/subnetworks/services",' \
        -e 's,projects/acme-staging/global/networks,projects/acme-host/global/networks,g' \
        -e 's,projects/acme-staging/\(locations/us-central1/connectors\),projects/acme-host/\1,g' $data/estate.ndjson
}
moved >"$own/estate.ndjson"
# Neither the connector nor a reference to it: the host project is somebody else's to declare.
sed -e '/^  vpcaccess.connector:/,+1d' -e 's/connector: "[^"]*", //' $data/baseline.yaml >"$own/baseline.yaml"

audit() {
    want=$1 name=$2
    shift 2
    sim_start "$own/estate.ndjson" --token "$token" "$@"
    run "$want" "$name" audit -b "$own/baseline.yaml" --no-probe -v --api-root "$ROOT" -o json="$own/r.json"
    sim_stop
}

audit 0 "a host project that nobody names is read as far as its networks go"
json "$own/r.json" <<END
connections[name=auth-to-db].status "open"
connections[name=auth-to-sessions].status "open"
unobserved []
unobserved_elsewhere 0
END
err has 'Shared VPC leads to project acme-host'
grep -o '"url":"[^"]*acme-host[^"]*"' "$own/sim.log" | grep -q '/firewalls' || wrong "its firewalls were not read"
for path in sqladmin run.googleapis redis secretmanager; do
    ! grep -o '"url":"[^"]*acme-host[^"]*"' "$own/sim.log" | grep -q "$path" || wrong "$path of the host project was asked"
done

printf '%s\n' '{"match": {"host": "compute.googleapis.com", "path": "projects/acme-host/"}, "action": "permission_denied"}' >"$own/faults"
audit 3 "a host project that may not be read: the path is not known, and what is missing is named" --faults "$own/faults"
json "$own/r.json" <<END
connections[name=auth-to-db].status "unknown"
END
file "$own/r.json" has '"permission": "compute.firewalls.list"'
file "$own/r.json" has '"scope": "projects/acme-host"'
file "$own/r.json" has 'gcloud projects add-iam-policy-binding acme-host'

sim_start "$own/estate.ndjson" --token "$token"
run 0 "a snapshot holds the host project, and says what of it was not asked for" collect --project acme-staging --api-root "$ROOT" "$own/s.ndjson"
sim_stop
file "$own/s.ndjson" has '//compute.googleapis.com/projects/acme-host/global/networks/main'
file "$own/s.ndjson" has '"reason":"not_asked","remedy":"--project acme-host","scope":"projects/acme-host","unobserved":"sql.instance"}'
run 0 "and is enough to judge the paths later" audit -b "$own/baseline.yaml" --no-probe --snapshot "$own/s.ndjson" -o json="$own/r.json"
json "$own/r.json" <<END
connections[name=auth-to-db].status "open"
END

run 0 "yesterday and today, from files: what was not asked for is not compared" \
    audit --no-probe --against "$own/s.ndjson" --snapshot "$own/s.ndjson" -o json="$own/r.json"
json "$own/r.json" <<END
result.verdict "clean"
unobserved []
END
sed '/firewalls\/allow-egress-data"/d' "$own/estate.ndjson" >"$own/changed.ndjson"
sim_start "$own/changed.ndjson" --token "$token"
run 2 "yesterday and now: the host project is followed into again, and what changed there is found" \
    audit --no-probe --against "$own/s.ndjson" --api-root "$ROOT" -o json="$own/r.json"
sim_stop
json "$own/r.json" <<END
drift[*].field_full ["compute.firewall/acme-host/global/allow-egress-data"]
drift[*].status ["missing"]
unobserved []
END
! grep -o '"url":"[^"]*acme-host[^"]*"' "$own/sim.log" | grep -q sqladmin || wrong "the host project was read whole"

printf 'version: 1\nproject: acme-app\nlocation: us-central1\nconnections:\n  db: {from: run.service/direct, to: sql.instance/main, via: public}\n' >"$own/nat.yaml"
sim_start tests/unit/gcp/estate_shared_vpc.ndjson --token "$token"
run 0 "a gateway and its reserved address are the host project's: whom the database sees is known" \
    audit -b "$own/nat.yaml" --no-probe --api-root "$ROOT" -o json="$own/r.json"
sim_stop
json "$own/r.json" <<END
connections[0].status "open"
END
file "$own/r.json" has 'packets leave from 1 address of compute.router/acme-net/us-central1/nat, authorised'
finish
