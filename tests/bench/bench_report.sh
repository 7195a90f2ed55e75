#!/bin/sh
# make bench-report: what a report of 5,000 findings costs - each format's time and size, beside jq formatting the same JSON report;
# and how long the HTML page takes to answer a search, in Chromium.
#
# Medians of BENCH_RUNS (5) runs. A fifth of the findings are connections that fail, each with a path of 14 hops; the rest is drift with remedies.
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build/release}"
. tests/bench/bench_common.sh
bench=$BUILD/tests/bench/bench_report
findings=5000

dir=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM

echo "medians of $bench_runs runs, $(nproc) processors, $findings findings"
for _ in $(seq "$bench_runs"); do
    "$bench" write "$dir" "$findings" >>"$dir/times"
    if command -v jq >/dev/null; then
        before=$(date +%s%N)
        jq . "$dir/report.json" >/dev/null
        echo $((($(date +%s%N) - before) / 1000000)) >>"$dir/jq"
    fi
done
for format in $(awk '!seen[$1]++ { print $1 }' "$dir/times"); do
    ms=$(awk -v f="$format" '$1 == f { print $2 }' "$dir/times" | median)
    limit "$format: writing it" "$ms" ms 1000
    if [ -s "$dir/jq" ]; then
        ratio "$format" "$ms" ms "jq, the JSON report" "$(median <"$dir/jq")" 1
    else
        echo "skipped: jq"
    fi
done
limit "html: size" "$(awk '$1 == "html" { printf "%.2f\n", $3 / 1e6 }' "$dir/times" | median)" MB 5
for _ in $(seq "$bench_runs"); do "$bench" search "$dir/report.html" >>"$dir/search"; done
if [ -s "$dir/search" ]; then
    # Up to a tenth of a second feels immediate (https://www.nngroup.com/articles/response-times-3-important-limits/).
    limit "html: a search, typed to seen" "$(median <"$dir/search")" ms 100
else
    echo "skipped: searching, chromium or chromium-driver is not installed"
fi
bench_end bench_report
