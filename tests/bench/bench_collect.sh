#!/bin/bash
# make bench-collect: what a collection costs - an estate of all kinds in three projects on the simulator, behind nginx with TLS, HTTP/2
# and gzip, 50 ms a request; in the same run as Google's own Node client and as curl --parallel with jq over the same URLs.
#
# The estate is tests/bench/bench_collect_estate.pl's, of BENCH_RESOURCES (2000) and, for audits with the same baseline, of BENCH_LARGE
# (200000). CPU is user and system time of the client alone; medians of BENCH_RUNS (5).
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build/release}"
. tests/bench/bench_common.sh
. tests/bench/collect_common.sh
PATH=$PATH:/usr/sbin
resources=${BENCH_RESOURCES:-2000}
large=${BENCH_LARGE:-200000}
for tool in nginx perl jq; do
    command -v $tool >/dev/null || { echo "skipped: bench_collect, $tool is not installed" && exit 77; }
done

estate() { perl tests/bench/bench_collect_estate.pl tests/sim/estate_example.ndjson "$1" >"$2"; }
projects="bench-0 bench-1 bench-2"
wide=$(printf -- "--quota %s=9999999/min " $apis)
# measure FILE COMMAND...: bench_runs times; then column N of FILE is wall ms, CPU ms, peak kB.
measure() {
    file=$1
    rm -f "$file"
    shift
    for _ in $(seq "$bench_runs"); do "$BUILD/tests/bench/bench_run" "$file" "$@" || { echo "bench_collect: $1 fails" >&2 && exit 1; }; done
}
column() { cut -d' ' -f"$2" "$1" | median; }

# ---- a small estate: wall time, and the others ----

estate "$resources" "$dir/small.ndjson"
sim_start "$dir/small.ndjson" 50 --log "$dir/sim.log"
front_start
# shellcheck disable=SC2086
set -- "$BUILD/plumbline" collect "$dir/snapshot" $(printf -- '--project %s ' $projects) $wide
"$@"
requests=$(grep -c '"method"' "$dir/sim.log")
perl tests/bench/bench_collect_chain.pl 50 <"$dir/sim.log" >"$dir/chain"
seen=$(grep -c '"resource"' "$dir/snapshot")
grep -o '"url":"[^"]*"' "$dir/sim.log" | cut -d'"' -f4 >"$dir/urls"
# What is measured is the client: from here on the simulator has its answers ready.
sim_start "$dir/small.ndjson" 50 --memo
front_start
"$@"
measure "$dir/ours" "$@"
ours_wall=$(column "$dir/ours" 1) ours_cpu=$(column "$dir/ours" 2) ours_kb=$(column "$dir/ours" 3)
echo "collect: $seen resources of $(cut -d'"' -f4 "$dir/snapshot" | sort -u | wc -l) kinds, $requests requests of 50 ms, $(nproc) processors, load $(cut -d' ' -f1 /proc/loadavg), medians of $bench_runs"
echo "collect: wall $ours_wall ms, CPU $ours_cpu ms, peak $ours_kb kB"
read -r chain through <"$dir/chain"
echo "collect: longest chain of dependent calls, $chain: $through"
limit "longest chain, $chain calls, wall" "$ours_wall" ms $((chain * 50 * 13 / 10))

if node_install; then
    NODE_ENV=production node tests/bench/collect_node.js "$node_modules" "$front_roots" 20 $projects >"$dir/node"
    node_cpu=$(cut -d' ' -f1 "$dir/node" | median) node_kb=$(cut -d' ' -f3 "$dir/node" | tail -1)
    echo "node: $(tail -1 "$dir/node" | cut -d' ' -f4) resources, 20 passes, medians a pass: wall $(cut -d' ' -f2 "$dir/node" | median) ms, CPU $node_cpu ms; peak $node_kb kB"
    ratio "collect, CPU" "$ours_cpu" ms "googleapis, a pass" "$node_cpu" 0.25
    ratio "collect, peak memory" "$ours_kb" kB googleapis "$node_kb" 0.25
else
    echo "skipped: googleapis for Node, $node_why"
fi

# The URLs that the collection asked for; the lists as one document a line.
grep -v ':getIamPolicy$' "$dir/urls" | grep -v '^oauth2' | awk -v root="$front_root" -v dir="$dir/got" \
    '{ printf "url = \"%s/%s\"\noutput = \"%s/%d\"\n", root, $0, dir, NR }' >"$dir/list"
mkdir -p "$dir/got"
cat >"$dir/curl.sh" <<CURL
curl -s --parallel --parallel-max 300 --http2 --compressed -A "curl (gzip)" --globoff --cacert "$SSL_CERT_FILE" -H "Authorization: Bearer bench-token" -K "$dir/list" 2>/dev/null &&
cat "$dir"/got/* | jq -c '(.items // .) | .. | objects | select(has("name"))' >"$dir/jq.out"
CURL
measure "$dir/curl" sh "$dir/curl.sh"
ratio "collect, CPU" "$ours_cpu" ms "curl and jq" "$(column "$dir/curl" 2)" 1
ratio "collect, wall" "$ours_wall" ms "curl and jq" "$(column "$dir/curl" 1)" 1

# ---- a large one with the same baseline ----

# What an audit costs that did not read everything is no number, however much drift it found: its exit status alone would not tell.
audit_once() { # FILE
    status=0
    rm -f "$dir/audit.json"
    # shellcheck disable=SC2086
    "$BUILD/tests/bench/bench_run" "$1" "$BUILD/plumbline" audit -b tests/bench/bench_collect.yaml --no-probe -q $wide \
        -o "json=$dir/audit.json" >/dev/null || status=$?
    unread=$(jq -r '(.unobserved[] | "\(.what) in \(.scope): \(.detail // .reason)"), (.unobserved_elsewhere | select(. > 0) | "\(.) more")' "$dir/audit.json")
    [ $status = 2 ] && [ -z "$unread" ] || { printf 'bench_collect: the audit ends with %s; unread is: %s\n' "$status" "${unread:-nothing}" >&2 && exit 1; }
}
audit() { # FILE ESTATE
    sim_start "$2" 0
    front_start
    rm -f "$1"
    for _ in $(seq "$bench_runs"); do audit_once "$1"; done
}
# How much Google sends, before gzip: masks leave what nobody reads on its side.
sim_start "$dir/small.ndjson" 0 --log "$dir/audit.log"
front_start
audit_once "$dir/logged"
echo "audit: $(jq -s 'map(.bytes // 0) | add' "$dir/audit.log") bytes in $(grep -c '"bytes"' "$dir/audit.log") answers"
audit "$dir/few" "$dir/small.ndjson"
estate "$large" "$dir/large.ndjson"
bench_runs=3 audit "$dir/many" "$dir/large.ndjson"
per() { awk -v ms="$(column "$1" 2)" -v n="$2" 'BEGIN { printf "%.4f", ms / n }'; }
echo "audit: $resources resources, CPU $(column "$dir/few" 2) ms, peak $(column "$dir/few" 3) kB; $large, CPU $(column "$dir/many" 2) ms, peak $(column "$dir/many" 3) kB, wall $(column "$dir/many" 1) ms"
ratio "audit of $large, CPU a resource" "$(per "$dir/many" "$large")" ms "of $resources" "$(per "$dir/few" "$resources")" 1.1
ratio "audit of $large, peak memory" "$(column "$dir/many" 3)" kB "of $resources" "$(column "$dir/few" 3)" 1.2
bench_end bench-collect
