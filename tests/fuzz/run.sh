#!/bin/sh
# make fuzz: run.sh OUT SECONDS TARGET... runs each libFuzzer program for that long, from the kept corpus.
#
# New inputs stay in OUT/corpus; a crash stays in OUT as crash-<target>-*: after the fix, keep it under a
# telling name in tests/fuzz/corpus/<target>/, where `make check` replays it for ever.
set -u
out=$1
seconds=$2
shift 2
[ $# -gt 0 ] || { echo "no fuzz targets in tests/fuzz"; exit 1; }
failed=0
for target; do
    name=${target##*/fuzz_}
    kept=tests/fuzz/corpus/$name
    mkdir -p "$out/corpus/$name"
    [ -d "$kept" ] || kept=
    if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 -print_final_stats=1 \
        -artifact_prefix="$out/crash-$name-" "$out/corpus/$name" $kept >"$out/fuzz-$name.log" 2>&1; then
        echo "ok - $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$out/fuzz-$name.log") runs"
    else
        tail -n 40 "$out/fuzz-$name.log"
        echo "not ok - $name"
        failed=1
    fi
done
exit "$failed"
