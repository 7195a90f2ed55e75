#!/bin/sh
# accept: a run's drift into the baseline, or into an ignore rule; shown first, checked against the run, all or nothing.
. "$(dirname "$0")/e2e_common.sh"
s=tests/scenarios/stopped-instance
cp $s/estate.ndjson "$own/estate.ndjson"
fresh() {
    sed 's/activationPolicy: ALWAYS/activationPolicy: ALWAYS /' $s/baseline.yaml >"$own/b.yaml"
    echo '# the end' >>"$own/b.yaml"
    chmod 640 "$own/b.yaml"
    cp "$own/b.yaml" "$own/kept.yaml"
}
audit() { status "$1" audit -b "$own/b.yaml" --no-probe --snapshot "$own/estate.ndjson" -o json="$own/r.json"; }
accept() {
    want=$1 name=$2
    shift 2
    run "$want" "$name" accept "$@"
}

fresh
accept 1 "nothing stored, nothing to accept" --all
err has "no run is stored yet"
begin "the run whose drift it is"
audit 2
accept 0 "--dry-run shows the difference and writes nothing" sql.instance/main:settings.tier --dry-run
out has "--- $own/b.yaml"
out has "-      settings: {activationPolicy: ALWAYS , tier: db-custom-2-7680}"
out has "+      settings: {activationPolicy: ALWAYS , tier: db-custom-1-3840}"
[ "$(grep -c '^[-+] ' "$own/out")" = 2 ] || wrong "more than one line"
is "$own/err" "plumbline: nothing was written (--dry-run)"
same "$own/b.yaml" "$own/kept.yaml"
accept 0 "one field: the difference is the change alone, the mode stays" sql.instance/main:settings.tier
out has "+      settings: {activationPolicy: ALWAYS , tier: db-custom-1-3840}"
[ "$(stat -c %a "$own/b.yaml")" = 640 ] || wrong "mode $(stat -c %a "$own/b.yaml")"
[ "$(diff "$own/kept.yaml" "$own/b.yaml" | grep -c '^[<>]')" = 2 ] || wrong "more than one line"
holds "$own" "b.yaml err estate.ndjson home kept.yaml out r.json state why"
accept 1 "again: the file is no more what it was" sql.instance/main:settings.tier
err has "sql.instance/main:settings.tier does not differ so any more: the file has changed since run"
begin "the next audit agrees"
audit 2
json "$own/r.json" <<END
drift[*].field ["sql.instance/main:settings.activationPolicy"]
history.findings[label=sql.instance/main:settings.tier].state "resolved"
END
accept 0 "all that is left" --all
begin "and then nothing differs"
audit 2
json "$own/r.json" <<END
drift []
END
accept 1 "nothing left" --all
err has "found no drift: nothing to accept"

fresh
begin "a new start"
audit 2
accept 0 "a rule: quoted where it must be, behind all others" 'sql.instance/main:settings.*' --ignore --reason 'load test: until #7' --owner web --expires 2099-01-31
out has '+  - field: sql.instance/main:settings.activationPolicy'
out has '+    reason: "load test: until #7"'
file "$own/b.yaml" has "# the end
ignore:"
begin "the next audit obeys them"
audit 2
json "$own/r.json" <<END
drift []
coverage.ignored 2
END
fresh
begin "a new start again"
audit 2
accept 1 "an ignore rule wants all three" --all --ignore --reason x
err has "--ignore wants --reason (why is it right?), --owner (who is asked?) and --expires (a day such as 2027-01-31)"
accept 1 "a day that is over" --all --ignore --reason x --owner y --expires 2020-01-31
err has "--expires 2020-01-31: that day is over"
accept 1 "no such drift" sql.instance/main:settings.teir
err has "found no drift 'sql.instance/main:settings.teir', nearest: sql.instance/main:settings.tier"
accept 1 "fields or --all" --dry-run
err has "accept wants fields (as the report names them, or patterns) or --all"
accept 1 "an unknown run" --all --run 1999
err has "no run '1999' is stored in"
same "$own/b.yaml" "$own/kept.yaml"

begin "one place that cannot be edited: nothing is written, whatever else could be"
sed 's/tier: db-custom-2-7680/tier: !any_of [db-custom-2-7680]/' "$own/kept.yaml" >"$own/b.yaml"
cp "$own/b.yaml" "$own/kept.yaml"
audit 2
status 1 accept --all
err has "sql.instance/main:settings.tier cannot be accepted: $own/b.yaml:8:"
err has "a matcher decides here, and what it should allow now is yours to say"
same "$own/b.yaml" "$own/kept.yaml"
begin "two files: both, or none"
mkdir "$own/two"
printf 'version: 1\nproject: night-save\nlocation: europe-west1\nresources:\n  sql.instance:\n    main:\n      settings: {tier: db-custom-2-7680} # small\n' >"$own/two/a.yaml"
printf 'version: 1\nproject: night-save\nlocation: europe-west1\nresources:\n  sql.database:\n    main/none: {charset: UTF8}\n  run.service:\n    api:\n      # far away\n      launchStage: BETA\n' >"$own/two/b.yaml"
status 2 audit -b "$own/two" --no-probe --snapshot "$own/estate.ndjson" -o json="$own/r.json"
status 0 accept sql.instance/main:settings.tier run.service/api:launchStage
out has "--- $own/two/a.yaml"
out has "--- $own/two/b.yaml"
file "$own/two/a.yaml" has "settings: {tier: db-custom-1-3840} # small"
file "$own/two/b.yaml" lacks "launchStage: BETA"
finish
