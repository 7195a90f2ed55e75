#!/bin/sh
# make bench-explain: what an explanation costs - 1,000 connections, 5,000 firewall rules, 2,000 routes, 50 drifts in one network; then each of the
# four tenfold by itself; then with one rule that cuts everybody off.
#
# Medians of BENCH_RUNS (5) runs. "explain" is the path model and the proof alone; "audit" is the whole command on the same files,
# --no-probe, as a user runs it. There is no other tool to stand beside it.
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build/release}"
: "${PLUMBLINE:=$BUILD/plumbline}"
. tests/bench/bench_common.sh
bench=$BUILD/tests/bench/bench_explain
fail() { echo "bench_explain: $*" >&2 && exit 1; }

dir=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM

# measure CONNECTIONS RULES ROUTES DRIFTS [all]: $explain and $audit in ms, $peak in MB
measure() {
    rm -rf "$dir/estate" "$dir/explain" "$dir/audit"
    mkdir "$dir/estate"
    "$bench" write "$dir/estate" "$@"
    for _ in $(seq "$bench_runs"); do
        # shellcheck disable=SC2046
        set -- $("$bench" run "$dir/estate")
        echo "$1" >>"$dir/explain"
        peak=$(($2 / 1024)) failing=$3 explained=$4 connections=$5 drifts=$6
        before=$(date +%s%N)
        "$PLUMBLINE" audit -b "$dir/estate/baseline.yaml" --snapshot "$dir/estate/estate.ndjson" --symptoms "$dir/estate/symptoms.ndjson" \
            --no-probe -o json="$dir/report.json" >/dev/null 2>&1 || [ $? -eq 2 ] || fail "the audit failed"
        echo $((($(date +%s%N) - before) / 1000000)) >>"$dir/audit"
    done
    explain=$(median <"$dir/explain")
    audit=$(median <"$dir/audit")
}

tell() { # WHAT
    printf '%s: %s of %s connections fail, %s of them explained by %s drifts; peak %s MB; the whole audit %s ms\n' "$1" "$failing" "$connections" \
        "$explained" "$drifts" "$peak" "$audit"
}

echo "medians of $bench_runs runs, $(nproc) processors"
measure 1000 5000 2000 50
tell "as it is"
limit "explain" "$explain" ms 1000
base=$explain base_audit=$audit
for more in "connections 10000 5000 2000 50" "rules 1000 50000 2000 50" "routes 1000 5000 20000 50" "drifts 1000 5000 2000 500"; do
    # shellcheck disable=SC2086
    set -- $more
    what="ten times the $1"
    shift
    measure "$@"
    tell "$what"
    ratio "explain, $what" "$explain" ms "as it is" "$base" 12
    ratio "audit, $what" "$audit" ms "as it is" "$base_audit" 12
done
measure 1000 5000 2000 50 all
tell "all cut off by one rule"
limit "explain, all cut off" "$explain" ms 1000
bench_end bench_explain
