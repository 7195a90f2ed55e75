#!/bin/sh
# make bench-explain: what an explanation costs - 1,000 connections, 5,000 firewall rules, 2,000 routes, 50 drifts in one network; then each of the
# four tenfold by itself; then with one rule that cuts off everybody. No other tool does this, so numbers stand against their targets.
#
# Medians of BENCH_RUNS (5) runs. "explain" is the path model and the proof alone; "audit" is the whole command on the same files,
# --no-probe, as a user runs it.
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build/release}" "${PLUMBLINE:=$BUILD/plumbline}"
runs=${BENCH_RUNS:-5}

dir=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM

bench=$BUILD/tests/bench/bench_explain
if [ ! -x "$bench" ]; then
    bench=$dir/bench
    pkgs="libcurl libuv libcares jansson yaml-0.1 openssl libpq"
    # shellcheck disable=SC2046
    ${CC:-cc} -O2 -std=c11 -D_GNU_SOURCE -Iinclude $(pkg-config --cflags $pkgs) -o "$bench" tests/bench/bench_explain.c \
        "$BUILD/libplumbline.a" $(pkg-config --libs $pkgs)
fi

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# measure CONNECTIONS RULES ROUTES DRIFTS [all]: explain and audit (ms), peak (MB), failing, explained
measure() {
    rm -rf "$dir/estate" "$dir/explain" "$dir/audit"
    mkdir "$dir/estate"
    "$bench" write "$dir/estate" "$@"
    for _ in $(seq "$runs"); do
        # shellcheck disable=SC2046
        set -- $("$bench" run "$dir/estate")
        echo "$1" >>"$dir/explain"
        peak=$2 failing=$3 explained=$4
        before=$(date +%s%N)
        "$PLUMBLINE" audit -b "$dir/estate/baseline.yaml" --snapshot "$dir/estate/estate.ndjson" --symptoms "$dir/estate/symptoms.ndjson" \
            --no-probe -o json="$dir/report.json" >/dev/null 2>&1 || [ $? -eq 2 ] || { echo "bench_explain: the audit failed" >&2 && exit 1; }
        echo $((($(date +%s%N) - before) / 1000000)) >>"$dir/audit"
    done
    explain=$(median <"$dir/explain")
    audit=$(median <"$dir/audit")
}

line() { # WHAT
    printf '%-34s explain %8s ms, peak %5s MB, %5s failing or unknown, %4s explained; audit %6s ms' "$1" "$explain" \
        $((peak / 1024)) "$failing" "$explained" "$audit"
}
at_most() { awk -v v="$1" -v t="$2" 'BEGIN { print (v <= t ? "met" : "missed") }'; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.1f", a / b }'; }

echo "medians of $runs runs, $(nproc) processors"
measure 1000 5000 2000 50
line "1000 connections, 5000 rules, ..."
echo " (explain under 1000 ms: $(at_most "$explain" 1000))"
base=$explain base_audit=$audit
for more in "10000 5000 2000 50" "1000 50000 2000 50" "1000 5000 20000 50" "1000 5000 2000 500"; do
    # shellcheck disable=SC2086
    measure $more
    line "$(echo "$more" | tr ' ' '/')"
    factor=$(ratio "$explain" "$base")
    echo " (explain $factor times, at most 12: $(at_most "$factor" 12); audit $(ratio "$audit" "$base_audit") times)"
done
measure 1000 5000 2000 50 all
line "1000/5000/2000/50, all cut off"
echo " (explain under 1000 ms: $(at_most "$explain" 1000))"
