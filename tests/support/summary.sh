#!/bin/sh
# Adds up what run.sh left in $LOGS: summary.sh MAKE_STATUS. Prints one line, "N passed, N failed, N
# skipped", and fails if anything failed, if make itself failed (something did not build), or if nothing ran.
set -u
build=$1
find "$LOGS" -name '*.result' -exec cat {} + | awk -v build="$build" '
    { p += $1; f += $2; s += $3 }
    END {
        if (build != 0) { f++; print "something did not build: see above" }
        if (p + f == 0) { f++; print "no test ran" }
        printf "%d passed, %d failed, %d skipped\n", p, f, s
        exit f > 0
    }'
