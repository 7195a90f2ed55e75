#!/bin/bash
# Google's own Node client talks to the simulator and sees the same estate as plumbline, resource by resource: neither we nor the
# simulator misread Google's API in a way that the other shares.
#
# Skipped by name where the client was not installed: `make contract-node` does that, and so does `make bench-collect`.
set -eu
cd "$(dirname "$0")/../.."
PATH=$PATH:/usr/sbin
. tests/bench/collect_common.sh
[ "${1:-}" != --install ] || node_install || :
node_have || { echo "skipped: Google's Node client, it is not installed (make contract-node)" && exit 0; }
for tool in nginx perl jq; do
    command -v $tool >/dev/null || { echo "skipped: Google's Node client, $tool is not installed" && exit 0; }
done

perl tests/bench/bench_collect_estate.pl tests/sim/estate_example.ndjson 300 >"$dir/estate.ndjson"
sim_start "$dir/estate.ndjson" 0 --page-size 7 --log "$dir/sim.log"
front_start
projects="bench-0 bench-1 bench-2"
# shellcheck disable=SC2046,SC2086
"$BUILD/plumbline" collect "$dir/snapshot" $(printf -- '--project %s ' $projects) $(printf -- '--quota %s=9999999/min ' $apis)
# shellcheck disable=SC2086
node tests/bench/collect_node.js "$node_modules" "$front_roots" names $projects >"$dir/theirs"
# What the client has no API for.
jq -r 'select(.name and .kind != "valkey.instance") | .name' "$dir/snapshot" | LC_ALL=C sort -u >"$dir/ours"
LC_ALL=C sort -u "$dir/theirs" >"$dir/theirs.sorted"
if ! diff -u "$dir/ours" "$dir/theirs.sorted" >"$dir/diff"; then
    head -40 "$dir/diff"
    echo "not ok - Google's Node client sees the same estate"
    exit 1
fi
[ "$(wc -l <"$dir/ours")" -gt 250 ]
echo "ok - Google's Node client sees the same estate"
tail -1 "$dir/sim.log" | grep -q '"write_attempt":true' && echo "not ok - nothing was refused as a write" && exit 1
grep -q '"status":[45]' "$dir/sim.log" && grep '"status":[45]' "$dir/sim.log" | head -5 && echo "not ok - the simulator refused a call of Google's client" && exit 1
echo "ok - the simulator refused none of its calls"
