#!/bin/sh
# --notify: only on change, recovery included; after --confirm runs; a receiver that fails is told by the next run, and changes nothing.
. "$(dirname "$0")/e2e_common.sh"
s=tests/scenarios/stopped-instance
sed 's/"activationPolicy": *"NEVER"/"activationPolicy":"ALWAYS"/; s/"state": *"STOPPED"/"state":"RUNNABLE"/' $s/estate.ndjson >"$own/mended.ndjson"
server notify_server --out "$own/told" --status "$own/status"
minute=10

# audit STATUS ESTATE WORD...: a minute later, by the model alone; what was told meanwhile is in $own/new.
audit() {
    want=$1 estate=$2
    shift 2
    minute=$((minute + 1))
    : >>"$own/told"
    before=$(wc -l <"$own/told")
    PLUMBLINE_NOW=2026-11-20T10:$minute:00Z
    export PLUMBLINE_NOW
    status "$want" audit -b $s/baseline.yaml --no-probe --snapshot "$estate" --store "$own/s.db" \
        --notify "http://127.0.0.1:$port/hook/tOken-in-the-path?key=sEcret" -o text "$@"
    unset PLUMBLINE_NOW
    tail -n +$((before + 1)) "$own/told" >"$own/new"
    sed -n 's/^POST //p' "$own/new" >"$own/body"
}
silent() { nothing "$own/new"; }

begin "what is there at first is told, by POST"
audit 2 $s/estate.ndjson
json "$own/body" <<END
plumbline_notification "1.0"
counts {"changed":0,"new":3,"resolved":0}
run.verdict "failing"
run.exit_status 2
changes[name=api-to-db].state "new"
changes[name=api-to-db].what "connection"
changes[name=api-to-db].first_seen "2026-11-20T10:11:00Z"
END
file "$own/body" has '"text":"plumbline, baseline.yaml in night-save: 3 new; now failing\nnew api-to-db: '
begin "the same again: silence"
audit 2 $s/estate.ndjson
silent
begin "another value is a change"
sed 's/"db-custom-1-3840"/"db-f1-micro"/' $s/estate.ndjson >"$own/other.ndjson"
audit 2 "$own/other.ndjson"
json "$own/body" <<END
counts {"changed":1,"new":0,"resolved":0}
changes[0].label "sql.instance/main:settings.tier"
changes[0].before "expected db-custom-2-7680, observed db-custom-1-3840"
END
begin "the receiver fails: said, and the run ends as it ends"
echo 503 >"$own/status"
audit 2 "$own/mended.ndjson"
err has "127.0.0.1 was not told (the next run tries again): HTTP status 503"
err lacks "tOken"
err lacks "sEcret"
begin "it hangs up: the same"
echo 0 >"$own/status"
audit 2 "$own/mended.ndjson"
err has "127.0.0.1 was not told (the next run tries again): "
err lacks "tOken"
begin "it never answers: the run gives up in time"
echo -1 >"$own/status"
audit 2 "$own/mended.ndjson"
err has "127.0.0.1 was not told (the next run tries again): "
begin "it is back: recovery is told now, once"
echo 204 >"$own/status"
audit 2 "$own/mended.ndjson"
json "$own/body" <<END
counts {"changed":1,"new":0,"resolved":2}
changes[name=api-to-db].state "resolved"
changes[name=api-to-db].note "open in the model, nobody looked"
END
audit 2 "$own/mended.ndjson"
silent

begin "--confirm 3: not before the third run in a row, either way"
rm "$own/s.db"
audit 2 $s/estate.ndjson --confirm 3
silent
audit 2 $s/estate.ndjson --confirm 3
silent
audit 2 $s/estate.ndjson --confirm 3
json "$own/body" <<END
counts {"changed":0,"new":3,"resolved":0}
END
audit 2 "$own/mended.ndjson" --confirm 3
silent
audit 2 $s/estate.ndjson --confirm 3
silent
for i in 1 2; do
    audit 2 "$own/mended.ndjson" --confirm 3
    silent
done
audit 2 "$own/mended.ndjson" --confirm 3
json "$own/body" <<END
counts {"changed":0,"new":0,"resolved":2}
END
begin "below --fail-on is not told"
rm "$own/s.db"
audit 0 "$own/mended.ndjson" --fail-on high
silent

begin "neither the URL nor its token is in the store, a report or what was told"
audit 2 $s/estate.ndjson -v
err has "127.0.0.1 was told: 3 new"
for f in "$own/s.db" "$own/out" "$own/err" "$own/told"; do
    ! grep -aqE 'tOken-in|sEcret' "$f" || wrong "$f has it"
done

begin "nobody listens"
audit 2 "$own/mended.ndjson" --notify http://127.0.0.1:1/
err has "was not told (the next run tries again)"
echo "https://user:pAssword@hooks.test/x" >"$own/url"
run 1 "a URL with a user, from a file" audit -b $s/baseline.yaml --notify "@$own/url"
is "$own/err" "plumbline: --notify wants https://..., http:// to this machine, or @FILE with such a URL in it, without a user in it"
run 1 "plain http to elsewhere" audit -b $s/baseline.yaml --notify http://hooks.test/tOken
is "$own/err" "plumbline: --notify wants https://..., http:// to this machine, or @FILE with such a URL in it"
run 1 "without a store nobody knows what changed" audit -b $s/baseline.yaml --notify https://hooks.test/x --store none
err has "--notify tells what changed, which a store has to know: not with --store none"
run 1 "confirm wants a number" audit -b $s/baseline.yaml --confirm 99
err has "--confirm wants a number of runs from 1 to 20, got '99'"
finish
