#!/bin/sh
# Runs over time: recorded, listed, written again byte for byte, compared with the run before; a store that cannot be written.
. "$(dirname "$0")/e2e_common.sh"
s=tests/scenarios/stopped-instance
store=$own/runs.db

# audit_at TIME STATUS "case" ESTATE [SYMPTOMS]
audit_at() {
    at=$1 want=$2 name=$3 estate=$4 symptoms=$5
    shift 5
    PLUMBLINE_NOW=$at
    export PLUMBLINE_NOW
    run "$want" "$name" audit -b $s/baseline.yaml --no-probe --snapshot "$estate" --symptoms "$symptoms" --store "$store" \
        -o text -o json="$own/r.json" -o markdown="$own/r.md" "$@"
    unset PLUMBLINE_NOW
}
sed 's/"activationPolicy": *"NEVER"/"activationPolicy":"ALWAYS"/; s/"state": *"STOPPED"/"state":"RUNNABLE"/' $s/estate.ndjson >"$own/mended.ndjson"
: >"$own/none.ndjson"

run 1 "nothing is stored yet" history
err has "no run is stored yet: \`plumbline audit\` stores its runs in $own/state/plumbline/history.db"
run 1 "no such store" history --store "$own/no.db"
err has "store $own/no.db: No such file or directory"

audit_at 2026-11-20T10:00:00Z 2 "the first run has nothing before it" $s/estate.ndjson $s/symptoms.ndjson
out lacks "SINCE RUN"
json "$own/r.json" <<END
history.previous null
history.counts {"changed":0,"new":4,"ongoing":0,"resolved":0,"unknown":0}
history.fixes[0].state "not_yet"
END
first=$(sed -n 's/.*"id": "\(2026[^"]*\)".*/\1/p' "$own/r.json" | head -n 1)
[ "$(stat -c %a "$store")" = 600 ] || wrong "the store's mode is $(stat -c %a "$store")"

for format in text json markdown; do
    "$PLUMBLINE" audit -b $s/baseline.yaml --no-probe --snapshot $s/estate.ndjson --symptoms $s/symptoms.ndjson --store "$own/x.db" \
        -o $format="$own/told" 2>/dev/null
    run 0 "report writes the same bytes again: $format" report -o $format --store "$own/x.db"
    same "$own/out" "$own/told"
done

audit_at 2026-11-20T11:00:00Z 2 "the same again is ongoing" $s/estate.ndjson $s/symptoms.ndjson
out has "SINCE RUN $first - 4 ongoing"
out has "not yet    api-to-db: sql.instance/main:settings.activationPolicy still differs"
json "$own/r.json" <<END
history.previous "$first"
history.findings[name=api-to-db].first_seen "2026-11-20T10:00:00Z"
history.findings[name=api-to-db].last_seen "2026-11-20T11:00:00Z"
history.findings[name=api-to-db].runs 2
history.findings[name=api-to-db].window "xx"
END

audit_at 2026-11-20T12:00:00Z 2 "mended, and nobody looked: not resolved" "$own/mended.ndjson" "$own/none.ndjson"
json "$own/r.json" <<END
history.findings[name=api-to-db].state "unknown"
history.findings[name=api-to-db].note "it was seen to fail, and this time nobody looked: the model alone finds it open"
history.findings[label=sql.instance/main:settings.activationPolicy].state "resolved"
history.findings[label=sql.instance/main:settings.tier].state "ongoing"
history.fixes[0].state "not_yet"
END
out has "not known  api-to-db"
file "$own/r.md" has "## Since the run before"

run 0 "the list, newest last" history --store "$store"
[ "$(grep -c "^2026-11-20T1[012]:00:00Z" "$own/out")" = 3 ] || wrong "not three runs"
run 0 "since" history --store "$store" --since 2026-11-20T11:30:00Z -o json
json "$own/out" <<END
runs[*].verdict ["drift"]
runs[0].drift 1
END
run 0 "findings of a run, by the beginning of its id" history show 2026-11-20T11 --store "$store"
out has "ongoing    api-to-db: connect_timeout; cause: sql.instance/main:settings.activationPolicy; since"
run 1 "a beginning that several have" history show 2026 --store "$store"
err has "'2026' is the beginning of several runs: "
run 1 "no such run" report 2027 --store "$store"
err has "no run '2027' is stored in $store"
run 0 "any two runs" history diff latest~2 latest --store "$store"
out has "1 ongoing, 2 not known, 1 resolved"
run 0 "and back" history diff latest latest~2 --store "$store"
out has "1 new, 3 ongoing"

begin "eight at once: all are recorded"
for i in 1 2 3 4 5 6 7 8; do
    "$PLUMBLINE" audit -b $s/baseline.yaml --no-probe --snapshot $s/estate.ndjson --store "$own/eight.db" -o json="$own/eight.$i" \
        2>>"$own/eight.err" &
    eight="${eight:-} $!"
done
for pid in $eight; do
    wait "$pid"
    got=$?
    [ "$got" = 2 ] || wrong "exit status $got"
done
nothing "$own/eight.err"
status 0 history --store "$own/eight.db" -o json
[ "$(grep -c '"id"' "$own/out")" = 8 ] || wrong "$(grep -c '"id"' "$own/out") runs are recorded"

audit() { want=$1; shift; status "$want" audit -b $s/baseline.yaml --no-probe --snapshot $s/estate.ndjson -o json="$own/r.json" "$@"; }
begin "keep"
audit 2 --store "$own/eight.db" --keep=3
status 0 history --store "$own/eight.db" -o json
[ "$(grep -c '"id"' "$own/out")" = 3 ] || wrong "$(grep -c '"id"' "$own/out") runs are kept"

begin "a store that was asked for and is none: the report is written, the exit status is 1"
echo "this is not a database, and long enough to be looked at" >"$own/text.db"
audit 1 --store "$own/text.db"
err has "this run is not stored: store $own/text.db: file is not a database; it is not a store of plumbline's"
json "$own/r.json" <<END
result.verdict "failing"
result.exit_status 1
END
is "$own/text.db" "this is not a database, and long enough to be looked at"

begin "no room left: the report is written, the exit status is 1, and what was stored is whole"
cp "$own/eight.db" "$own/full.db"
(
    trap '' XFSZ # else the limit would end the program, which a full disk does not
    ulimit -f 20
    "$PLUMBLINE" audit -b $s/baseline.yaml --no-probe --snapshot $s/estate.ndjson --store "$own/full.db" -o text="$own/full.txt" 2>"$own/err"
    echo $? >"$own/status"
)
is "$own/status" 1
err has "this run is not stored: store $own/full.db: "
file "$own/full.txt" has "this run could not be stored (store $own/full.db: "
file "$own/full.txt" has "api-to-db"
status 0 history --store "$own/full.db" -o json
[ "$(grep -c '"id"' "$own/out")" = 3 ] || wrong "$(grep -c '"id"' "$own/out") runs are there"
status 0 report --store "$own/full.db"
begin "a place that cannot be written, and one that is no place"
audit 1 --store /proc/plumbline.db
err has "this run is not stored: store /proc/plumbline.db: "
json "$own/r.json" <<END
result.exit_status 1
END
begin "none: nothing is stored"
rm -rf "$own/state"
audit 2 --store none
[ ! -e "$own/state/plumbline/history.db" ] || wrong "a store was made"

begin "a state folder that cannot be made: a warning, and the run ends as it ends"
rm -rf "$own/state"
: >"$own/state"
audit 2 --color never
err has "this run is not stored (--store none says that it need not be)"
rm "$own/state"

if command -v sqlite3 >/dev/null; then
    begin "a store of a newer version is refused"
    sqlite3 "$own/eight.db" "INSERT INTO plumbline_migration VALUES (99, 'later')"
    status 1 history --store "$own/eight.db"
    err has "has tables of version 99, and this plumbline knows 1: a newer one wrote it, use that"
else
    end_case
    echo "skipped: a store of a newer version, sqlite3 is not installed"
fi
finish
