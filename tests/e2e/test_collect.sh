#!/bin/sh
# collect: a snapshot of the simulator's estate says the same as the estate itself, whatever the pages, whenever it is asked.
. "$(dirname "$0")/e2e_common.sh"
base="-b $data/baseline.yaml --no-probe"
with_token
PLUMBLINE_NOW=2026-11-21T08:00:00Z
export PLUMBLINE_NOW

# Findings without what says where and when they were looked for, and what earlier runs found.
findings() { sed '/"run": {/,/^  }/d; /^  "history": {/,/^  }/d' "$1"; }

sim_start $data/estate.ndjson --token "$token"
run 0 "a snapshot to a file" collect --project acme-staging --api-root "$ROOT" "$own/one.ndjson"
nothing "$own/out"
nothing "$own/err"
[ "$(stat -c %a "$own/one.ndjson")" = 600 ] || wrong "others may read it: $(stat -c %a "$own/one.ndjson")"
head -n 1 "$own/one.ndjson" >"$own/header"
json "$own/header" <<END
plumbline_snapshot "1.0"
observed_at "2026-11-21T08:00:00Z"
END
# Every resource of the estate is there, and nothing else. (A connection of Service Networking has no name in its API; we give one.)
for names in $data/estate.ndjson "$own/one.ndjson"; do
    grep -v '"kind": *"servicenetworking.connection"' "$names" | grep -o '"name": *"//[^"]*"' | tr -d ' ' | sort
done | sort | uniq -c | awk '$1 % 2 { print "not on both sides: " $2 }' >>"$own/why"
run 0 "a snapshot to standard output, the same bytes" collect --project acme-staging --api-root "$ROOT"
same "$own/out" "$own/one.ndjson"
run 0 "the project of the baseline" collect -b $data/baseline.yaml --api-root "$ROOT" "$own/two.ndjson"
same "$own/two.ndjson" "$own/one.ndjson"
GOOGLE_CLOUD_PROJECT=acme-staging run 0 "the project of the environment" collect --api-root "$ROOT" "$own/two.ndjson"
same "$own/two.ndjson" "$own/one.ndjson"
run 1 "no project" collect --api-root "$ROOT"
err has 'which project?'
run 1 "no folder for the snapshot: told before the work" collect --project acme-staging --api-root "$ROOT" "$own/no/such.ndjson"
is "$own/err" "plumbline: cannot write $own/no/such.ndjson: there is no folder $own/no/"

run 0 "audit of the live estate" audit $base --api-root "$ROOT" -o json="$own/live.json" -o text
json "$own/live.json" <<END
run.source "Google's APIs at $ROOT"
run.observed_at "2026-11-21T08:00:00Z"
result.verdict "clean"
END
run 0 "the snapshot says the same" audit $base --snapshot "$own/one.ndjson" -o json="$own/offline.json"
findings "$own/live.json" >"$own/live.findings"
findings "$own/offline.json" >"$own/offline.findings"
[ -s "$own/live.findings" ] || wrong "no findings to compare"
same "$own/live.findings" "$own/offline.findings"
run 2 "audit of the live estate, with drift" audit $base --var max_connections=400 --no-changed-by --api-root "$ROOT" -o json="$own/live.json"
status 2 audit $base --var max_connections=400 --snapshot "$own/one.ndjson" -o json="$own/offline.json"
findings "$own/live.json" >"$own/live.findings"
findings "$own/offline.json" >"$own/offline.findings"
same "$own/live.findings" "$own/offline.findings"
begin "nothing tried to write"
sim_stop

for pages in 1 2 7; do
    sim_start $data/estate.ndjson --token "$token" --page-size $pages
    run 0 "pages of $pages: the same snapshot" collect --project acme-staging --api-root "$ROOT" "$own/pages.ndjson"
    same "$own/pages.ndjson" "$own/one.ndjson"
    sim_stop
done
# A snapshot can be served again, and collected again.
sim_start "$own/one.ndjson" --token "$token"
run 0 "a snapshot of the snapshot's estate is the same" collect --project acme-staging --api-root "$ROOT" "$own/again.ndjson"
same "$own/again.ndjson" "$own/one.ndjson"
sim_stop

# Where no pseudo-terminal is to be had (a bare container), there is nothing to look at.
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    sim_start $data/estate.ndjson --token "$token"
    begin "progress on a terminal, gone when it is over; the snapshot beside it is the same"
    script -qec "$PLUMBLINE collect --project acme-staging --api-root $ROOT $own/terminal.ndjson" /dev/null </dev/null >"$own/out"
    out has ' kinds, waiting for '
    out has ' in acme-staging'
    [ "$(tail -c 4 "$own/out")" = "$(printf '\r\033[K')" ] || wrong "it stays: $(tail -c 60 "$own/out")"
    same "$own/terminal.ndjson" "$own/one.ndjson"
    begin "none with -q, none on a dumb terminal"
    script -qec "$PLUMBLINE collect -q --project acme-staging --api-root $ROOT $own/terminal.ndjson" /dev/null </dev/null >"$own/out"
    nothing "$own/out"
    TERM=dumb script -qec "$PLUMBLINE collect --project acme-staging --api-root $ROOT $own/terminal.ndjson" /dev/null </dev/null >"$own/out"
    nothing "$own/out"
    sim_stop
else
    echo "skipped: progress on a terminal, script(1) is not installed"
fi

unset PLUMBLINE_NOW
sim_start $data/estate.ndjson --token "$token"
run 0 "the clock running: only observed_at differs" collect --project acme-staging --api-root "$ROOT" "$own/now.ndjson"
sed 's/"observed_at": *"[^"]*"//g' "$own/now.ndjson" >"$own/now.bare"
sed 's/"observed_at": *"[^"]*"//g' "$own/one.ndjson" >"$own/one.bare"
same "$own/now.bare" "$own/one.bare"
! cmp -s "$own/now.ndjson" "$own/one.ndjson" || wrong "the clock stands"
sim_stop

sim_start tests/sim/estate_example.ndjson --token "$token" --page-size 2
run 3 "two projects, one of them partly hidden" collect --project acme-staging --project acme-network-host --api-root "$ROOT" "$own/both.ndjson"
err has 'not be read'
file "$own/both.ndjson" has '"unobserved":"compute.firewall"'
file "$own/both.ndjson" has 'acme-network-host'
file "$own/both.ndjson" has '"permission":"compute.firewalls.list"'
run 0 "an API that is off is told in the snapshot, and is no gap" collect --project acme-staging --api-root "$ROOT" "$own/staging.ndjson"
sim_stop
finish
