#!/bin/sh
# make demo-20: the demo DEMO_RUNS times over, each on servers of its own; every account must be the expected one.
#
# What is slow, what loses a race and what a breaker does must be told as what they are every time, not most times. Called
# like demo.sh; the runs' reports and logs are left in DEMO_OUT/1, DEMO_OUT/2, ... One line a run, as a test prints it.
set -u
cd "$(dirname "$0")/../.."
: "${DEMO_RUNS:=20}" "${DEMO_OUT:?}"
right=0
for run in $(seq "$DEMO_RUNS"); do
    out=$DEMO_OUT/$run
    mkdir -p "$out"
    if DEMO_OUT=$out tests/demo/demo.sh </dev/null >"$out/log" 2>&1; then
        right=$((right + 1))
        echo "ok - demo, run $run"
    else
        status=$?
        echo "not ok - demo, run $run: $(grep '^demo: ' "$out/log" | tail -n 1), log $out/log"
        [ "$status" -lt 128 ] || exit "$status"
    fi
done
echo "$right of $DEMO_RUNS runs give the expected account"
[ "$right" = "$DEMO_RUNS" ]
