#!/bin/sh
# Runs one test: run.sh NAME PROGRAM [ARGUMENT...]. Used by the Makefile, once per test, several at a time.
#
# Output goes to $LOGS/NAME.log, the count to $LOGS/NAME.result as "passed failed skipped"; the log is
# shown where something failed. Cases are counted from cmocka's totals, or from lines that start with
# "ok - ", "not ok - " and "skipped: " (shell tests, fuzz replays). A test that counts no case at all
# fails: a test that ran nothing proves nothing. Ends with 0 always: summary.sh judges the whole run.
set -u
name=$1
shift
log=$LOGS/$name.log
mkdir -p "$(dirname "$log")"
# Proxies, credentials and settings of whoever runs this are none of a test's: it says itself what it wants of them.
for variable in $(env | sed -n 's/^\([A-Za-z_]*_proxy\|[A-Z_]*_PROXY\|PG[A-Z]*\|CLOUDSDK_[A-Z0-9_]*\|GOOGLE_[A-Z_]*\|G[A-Z]*_METADATA_[A-Z]*\|SSL_CERT_[A-Z]*\|PLUMBLINE_NOW\)=.*/\1/p'); do
    unset "$variable"
done
export ASAN_OPTIONS="${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=0}"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"

timeout "${TEST_TIMEOUT:-900}" "$@" </dev/null >"$log" 2>&1
status=$?

awk -v status="$status" '
    match($0, /\[  PASSED  \] [0-9]+ test/) { p += substr($0, RSTART + 13); next }
    match($0, /\[  FAILED  \] [0-9]+ test/) { f += substr($0, RSTART + 13); next }
    match($0, /\[  SKIPPED \] [0-9]+ test/) { s += substr($0, RSTART + 13); next }
    /^ok - /      { p++ }
    /^not ok - /  { f++ }
    /^\[=====/    { cmocka = 1 } # counts what it skips by itself; the line says why
    /^skipped: /  { s += !cmocka }
    END {
        if (status == 77 && f == 0 && s == 0) s = 1
        else if (status != 0 && status != 77 && f == 0) f = 1
        else if (p + f + s == 0) { f = 1; print "no test case was counted" > "/dev/stderr" }
        printf "%d %d %d\n", p, f, s
    }' "$log" >"$LOGS/$name.result" 2>>"$log"

read -r passed failed skipped <"$LOGS/$name.result"
if [ "$failed" -gt 0 ]; then
    # One write, so that tests that fail side by side do not mix.
    printf '%s\n' "FAIL $name (exit status $status)
$(sed 's/^/    /' "$log")"
else
    notes=$(sed -n 's/^skipped: /; skipped: /p' "$log" | tr -d '\n')
    printf '%s\n' "ok   $name ($passed passed, $skipped skipped$notes)"
fi
exit 0
