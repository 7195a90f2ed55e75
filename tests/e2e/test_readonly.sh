#!/bin/sh
# A folder that really cannot be written to: without the permission (root's power to overlook it dropped), and on a file system that is mounted
# read-only. Whatever would be written there says so, before the work where it can, and what stands there stays.
. "$(dirname "$0")/e2e_common.sh"
s=tests/scenarios/stopped-instance
real=$PLUMBLINE
closed=$own/closed
mkdir "$closed"

# by NAME COMMAND...: from here on the program runs behind these words. False where they do not work here.
by() {
    behind=$1
    shift
    printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$*" "$real" >"$own/reader"
    chmod +x "$own/reader"
    PLUMBLINE=$own/reader
    "$PLUMBLINE" --version >/dev/null 2>&1 && ! $* touch "$closed/probe" 2>/dev/null && return 0
    rm -f "$closed/probe"
    echo "skipped: $behind, not permitted here"
    return 1
}

fill() {
    chmod 755 "$closed"
    rm -rf "$closed"/* "$own/state" "$own/text"
    cp $s/baseline.yaml "$closed/b.yaml"
    echo old >"$closed/r.json"
    "$real" audit -b "$closed/b.yaml" --no-probe --snapshot $s/estate.ndjson --store "$own/s.db" >/dev/null 2>&1 || [ $? = 2 ] || echo "not ok - a run to accept"
    rm -rf "$own/was"
    cp -r "$closed" "$own/was"
}
stays() {
    diff -r "$own/was" "$closed" >>"$own/why" || wrong "the folder has changed"
    holds "$closed" "b.yaml r.json"
}
audit="audit -b $closed/b.yaml --no-probe --snapshot $s/estate.ndjson"

cases() { # WHY, in the system's words
    with_token
    sim_start $data/estate.ndjson --token "$token"
    run 1 "$behind: a report" $audit --store none -o json="$closed/new.json"
    is "$own/err" "plumbline: report json: cannot write $closed/new.json: $1"
    stays
    run 1 "$behind: a report over the last one, of several" $audit --store none -o text="$own/text" -o json="$closed/r.json"
    is "$own/err" "plumbline: report json: cannot write $closed/r.json: $1"
    file "$own/text" has "cannot write $closed/r.json: $1" # told before the work: no finding
    file "$own/text" lacks 'FAILING'
    stays
    run 1 "$behind: a snapshot, told before the work" collect --project acme-staging --api-root "$ROOT" "$closed/s.ndjson"
    is "$own/err" "plumbline: cannot write $closed/s.ndjson: $1"
    [ ! -s "$own/sim.log" ] || wrong "Google was asked all the same"
    stays
    run 1 "$behind: a baseline by init" init --snapshot $s/estate.ndjson "$closed/new.yaml"
    is "$own/err" "plumbline: cannot write $closed/new.yaml: $1"
    stays
    run 1 "$behind: a baseline by accept" accept --all --store "$own/s.db"
    err has "cannot write $closed/b.yaml: $1"
    stays
    run 1 "$behind: a store that was asked for" $audit --store "$closed/s.db"
    err has "this run is not stored: store $closed/s.db: "
    stays
    begin "$behind: a state folder that nobody asked for is a warning, and the run ends as it ends"
    XDG_STATE_HOME=$closed/state "$PLUMBLINE" $audit >"$own/out" 2>"$own/err"
    got=$?
    [ $got = 2 ] || wrong "exit status $got"
    out has "FAILING"
    stays
    begin "$behind: reading goes on"
    "$PLUMBLINE" validate -b "$closed/b.yaml" >"$own/out" 2>"$own/err" || wrong "validate ends with $?"
    sim_stop
}

no_override=$([ "$(id -u)" != 0 ] || echo setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search)
fill
chmod 555 "$closed"
if by "no permission" $no_override; then cases "Permission denied"; fi

fill
# Bound to itself, so that it can be read-only in a namespace of its own.
cat >"$own/mounted" <<END
#!/bin/sh
mount --bind "$closed" "$closed" && mount -o remount,ro,bind "$closed" && exec "\$@"
END
chmod +x "$own/mounted"
if by "mounted read-only" unshare --mount "$own/mounted"; then cases "Read-only file system"; fi
chmod 755 "$closed"
finish
