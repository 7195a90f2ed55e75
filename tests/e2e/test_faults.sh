#!/bin/sh
# An API that refuses, is off, throttles or fails: everything else is still told, and what could not be read is never clean.
. "$(dirname "$0")/e2e_common.sh"
with_token

# fault STATUS "case" FAULTS WORD...: an audit of the estate on such a day.
audit_on() {
    want=$1 name=$2 faults=$3
    shift 3
    printf '%s\n' "$faults" >"$own/faults"
    sim_start "${estate_of_day:-$data/estate.ndjson}" --token "$token" --faults "$own/faults"
    run "$want" "$name" audit -b $data/baseline.yaml --no-probe --api-root "$ROOT" -o json="$own/r.json" -o text -o markdown="$own/r.md" "$@"
    sim_stop
}

audit_on 0 "a day without a fault" '{"match": {"path": "/never"}, "action": "internal"}'
audit_on 3 "403 on one API: the permission and the remedy, everything else as ever" '{"match": {"kind": "redis.instance"}, "action": "permission_denied", "count": 99}'
out has 'INCOMPLETE'
out has 'redis.instances.list'
out has 'roles/redis.viewer'
file "$own/r.md" has 'redis.instances.list'
json "$own/r.json" <<END
result.verdict "incomplete"
result.exit_status 3
coverage.match 13
coverage.unknown 2
unobserved[*].what ["redis.instance"]
unobserved[*].reason ["permission_denied"]
unobserved[*].permission ["redis.instances.list"]
connections[name=auth-to-db].status "open"
connections[name=auth-to-sessions].status "unknown"
END
audit_on 3 "what has one reason is told once" '{"match": {"host": "compute.googleapis.com"}, "action": "perimeter", "count": 999}'
out has 'compute.firewall in projects/acme-staging: vpc_service_controls; HTTP 403: Request'
out has 'compute.network in projects/acme-staging: the same'
[ "$(grep -c "by organization's policy" "$own/out")" = 1 ] || wrong "told more than once"
audit_on 2 "403 beside drift: the drift is found, the gap is told" '{"match": {"kind": "redis.instance"}, "action": "permission_denied", "count": 99}' --var max_connections=400
json "$own/r.json" <<END
result.verdict "drift"
drift[*].observed ["200"]
unobserved[*].what ["redis.instance"]
END
audit_on 0 "403 where nothing declared lives" '{"match": {"kind": "compute.router"}, "action": "permission_denied", "count": 99}'
json "$own/r.json" <<END
unobserved []
unobserved_elsewhere 1
END
audit_on 2 "an API that is off: what is declared in it is missing, which is drift" '{"match": {"kind": "redis.instance"}, "action": "service_disabled", "count": 99}'
json "$own/r.json" <<END
drift[*].status ["missing"]
drift[*].field ["redis.instance/sessions"]
END
out has 'redis.googleapis.com'
audit_on 0 "throttled, then served" '{"match": {"kind": "sql.instance"}, "action": "rate_limited", "count": 1}' -v
grep -q '"status": *429' "$own/sim.log" || wrong "it was never throttled"
json "$own/r.json" <<END
run.requests.retried 1
run.requests.throttled 1
END
file "$own/err" has 'sqladmin.googleapis.com: 4 requests (1 tried again, 1 throttled)'
audit_on 0 "a server error, then served" '{"match": {"kind": "run.service"}, "action": "internal", "count": 1}'
audit_on 0 "a reset connection, then served" '{"match": {"kind": "run.service"}, "action": "reset", "count": 1}'
audit_on 3 "server errors without end are a gap" '{"match": {"kind": "sql.instance"}, "action": "unavailable", "count": 999}' --deadline 60s
# Four of its own, and the variable that is declared to be its address.
json "$own/r.json" <<END
unobserved[*].what ["sql.instance"]
coverage.unknown 5
END
for action in truncated wrong_content wrong_type; do
    audit_on 3 "an answer that is $action is a gap, not an empty list" '{"match": {"kind": "sql.instance"}, "action": "'$action'", "count": 999}' --deadline 60s
    json "$own/r.json" <<END
unobserved[*].what ["sql.instance"]
drift []
END
done
audit_on 0 "pages that lead in a circle: what was on them counts, the rest of the list is not known" '{"match": {"kind": "sql.instance"}, "action": "page_loop", "count": 999}' --deadline 60s
json "$own/r.json" <<END
unobserved_elsewhere 3
END
audit_on 3 "an answer without end is a gap" '{"match": {"kind": "sql.instance"}, "action": "endless", "bytes": 67108864, "count": 999}' --deadline 60s
json "$own/r.json" <<END
unobserved[*].what ["sql.instance"]
drift []
END
audit_on 3 "a location that does not answer: what may live there is unknown" '{"match": {"kind": "redis.instance"}, "action": "unreachable", "locations": ["us-central1"], "count": 99}' --deadline 60s
json "$own/r.json" <<END
coverage.unknown 2
drift []
END
{
    cat $data/estate.ndjson
    echo '{"unobserved": "run.service", "scope": "//run.googleapis.com/projects/acme-staging/locations/us-central1/services/auth", "field": "iamPolicy", "reason": "permission_denied", "permission": "run.services.getIamPolicy"}'
} | grep -v 'services/auth".*"iam_policy"' >"$own/hidden.ndjson"
estate_of_day=$own/hidden.ndjson
audit_on 0 "a policy that may not be read, and is not declared" '{"match": {"path": "/never"}, "action": "internal"}'
json "$own/r.json" <<END
unobserved []
unobserved_elsewhere 1
END
finish
