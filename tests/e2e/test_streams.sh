#!/bin/bash
# Requests over real HTTP/2 connections, nginx with TLS before the simulator: as many connections as the streams need and no more, no stream that
# the server refuses, and that first from which the longest chain of calls follows.
set -eu
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin
. tests/bench/collect_common.sh
for tool in nginx perl; do
    command -v $tool >/dev/null || { echo "skipped: requests over HTTP/2, $tool is not installed" && exit 0; }
done
check() { # NAME CONDITION...
    what=$1
    shift
    [ "$@" ] && echo "ok - $what" && return
    echo "not ok - $what: $*"
    failed=1
}
failed=0
# What decides about a connection is how much waits at once. The lists of services (behind three of locations), from which policies follow, wait until
# all of them are asked for, and so do the first calls for each database instance, however slowly a busy machine asks.
cat >"$dir/faults" <<END
{"match": {"host": "run.googleapis.com", "kind": "run.service", "nth": 4}, "action": "delay", "delay_ms": 3000, "count": 6}
{"match": {"host": "sqladmin.googleapis.com", "path": "/instances/"}, "action": "delay", "delay_ms": 3000, "count": 120}
END
# collect RESOURCES [root]: with `root` all APIs are one host's; used API is then how many connections nginx saw to it, and asked how many requests.
collect() {
    perl tests/bench/bench_collect_estate.pl tests/sim/estate_example.ndjson "$1" >"$dir/estate.ndjson"
    sim_start "$dir/estate.ndjson" 300 --faults "$dir/faults"
    front_log=$dir/front.log
    front_start
    : >"$front_log"
    [ "${2:-}" = root ] && set -- --api-root "$front_root" || set --
    # shellcheck disable=SC2046,SC2086
    "$PLUMBLINE" collect "$dir/snapshot" --project bench-0 --project bench-1 --project bench-2 $(printf -- '--quota %s=9999999/min ' $apis) \
        "$@" 2>"$dir/err"
    front_stop # what it serves it writes down when it has answered: now every line is there
}
port() { awk -v api="$1" '$1 == api { print $2 }' "$dir/ports"; }
asked() { awk -v port="$(port "$1")" '$1 == port' "$front_log" | wc -l; }
used() { awk -v port="$(port "$1")" '$1 == port { print $2 }' "$front_log" | sort -u | wc -l; }

collect 300
check "a host that less than a hundred requests go to has one connection" "$(for api in $apis; do [ "$api" = run ] || used "$api"; done | sort -u)" = 1
check "where a hundred are foreseen there are two" "$(used run)" = 2
collect 2000
check "there are more requests than streams" "$(asked sqladmin)" -gt 200
check "they have more than one connection" "$(used sqladmin)" -gt 1
check "and no more than three" "$(used sqladmin)" -le 3
check "a further one goes on with the session of the first" "$(awk -v port="$(port sqladmin)" '$1 == port && $5 == "r" { print $2 }' "$front_log" | sort -u | wc -l)" -ge 1
check "a handful has one" "$(used memcache)" = 1
check "that of the lists from which policies follow was opened before them" "$(awk -v port="$(port run)" '$1 == port && $3 == 1' "$front_log" | grep -c :getIamPolicy)" = 0
check "with a list from which nothing does" "$(awk -v port="$(port run)" '$1 == port && $3 == 1' "$front_log" | grep -c '/jobs?\|/revisions?')" = 1
check "no stream was refused, and nothing asked twice" "$(wc -l <"$front_log")" = "$(cut -d' ' -f1,4 "$front_log" | sort -u | wc -l)"
check "nothing failed" -z "$(grep -v '^collected\|^[0-9]' "$dir/err" | head -3)"
collect 300 root
check "the longest chain begins first, where all is one host" "$(awk '$3 <= 3' "$front_log" | grep -c ' /run.googleapis.com/v1/projects/bench-./locations?')" = 3
exit $failed
