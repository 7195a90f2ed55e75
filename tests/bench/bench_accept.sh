#!/bin/sh
# make bench-accept: what `accept --all` costs - 1,000 and 5,000 drifts in one file, values, lists and resources that are gone.
#
# Medians of BENCH_RUNS (5) runs with --dry-run, beside the audit that found the drift: it reads the same files, and compares once where accept
# compares twice.
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build/release}"
. tests/bench/bench_common.sh
plumbline=$BUILD/plumbline

dir=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM
HOME=$dir XDG_STATE_HOME=$dir/state
export HOME XDG_STATE_HOME

# write DRIFTS: rules that all drifted: of ten one is gone, three have other ranges, six another priority.
write() {
    awk -v n="$1" -v dir="$dir" 'BEGIN {
        yaml = dir "/baseline.yaml"; estate = dir "/estate.ndjson"
        api = "compute.googleapis.com/projects/bench/global/"
        print "version: 1\nproject: bench\nresources:\n  compute.firewall:" > yaml
        print "{\"observed_at\":\"2026-11-20T10:00:00Z\",\"plumbline_snapshot\":\"1.0\",\"projects\":[\"bench\"]}" > estate
        for (i = 0; i < n; i++) {
            print "    rule-" i ": # of team " i % 7 "\n      priority: " (i % 10 > 3 ? 900 : 1000) "\n      sourceRanges:" > yaml
            print "        - 10.0.0.0/8 # all\n" (i % 10 && i % 10 <= 3 ? "        - 192.168.0.0/16\n" : "") "      direction: INGRESS" > yaml
            if (i % 10)
                print "{\"kind\":\"compute.firewall\",\"name\":\"//" api "firewalls/rule-" i "\",\"observed_at\":\"2026-11-20T10:00:00Z\",\"resource\":{\"name\":\"rule-" i "\",\"direction\":\"INGRESS\",\"priority\":1000,\"sourceRanges\":[\"10.0.0.0/8\"]}}" > estate
        }
    }'
    "$plumbline" audit -b "$dir/baseline.yaml" --snapshot "$dir/estate.ndjson" --no-probe -o json="$dir/r.json" >/dev/null 2>&1 || [ $? = 2 ]
}

# took FILE WORD...: milliseconds and peak kilobytes of a command, a line.
took() {
    into=$1
    shift
    begin=$(date +%s%N)
    /usr/bin/time -q -f %M -o "$dir/kb" "$@" >"$dir/out" 2>"$dir/err" || [ $? = 2 ] || { cat "$dir/err" && exit 1; }
    echo "$((($(date +%s%N) - begin) / 1000000)) $(tail -n 1 "$dir/kb")" >>"$dir/$into"
}

echo "medians of $bench_runs runs, $(nproc) processors"
for n in 1000 5000; do
    write $n
    for _ in $(seq "$bench_runs"); do
        took "accept-$n" "$plumbline" accept --all --dry-run
        took "ignore-$n" "$plumbline" accept --all --ignore --reason bench --owner bench --expires 2099-01-31 --dry-run
    done
    for _ in $(seq "$bench_runs"); do
        took "audit-$n" "$plumbline" audit -b "$dir/baseline.yaml" --snapshot "$dir/estate.ndjson" --no-probe --store none -o json="$dir/r.json"
    done
    ms() { cut -d' ' -f1 "$dir/$1-$n" | median; }
    ratio "accept --all: $n drifts" "$(ms accept)" ms "the audit" "$(ms audit)" 3
    # Rules times drifts: so is every audit under them.
    ratio "accept --all --ignore: $n drifts" "$(ms ignore)" ms "the audit" "$(ms audit)" "$([ "$n" = 1000 ] && echo 4 || echo 30)"
    limit "peak memory: $n drifts" "$(cut -d' ' -f2 "$dir/accept-$n" | median)" kB 200000
done
bench_end bench_accept
