#!/bin/sh
# Shows that floors.sh can fail: a small tree with one mistake of each kind, and each line must be named.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 143' HUP INT PIPE TERM
cd "$tree"
mkdir -p include/plumbline src/base src/net src/io src/diff src/probe src/cli gcp/schema

header() { printf '/* plumbline/%s [floor %s] - %s. */\n' "$1" "$2" "${3:-x}" >"include/plumbline/$1"; }
header err.h '0: src/base'
header net.h '1: src/net'
header http.h '1: src/io'
header diff.h '3: src/diff'
header probe.h '3: src/probe'
: >src/base/base_priv.h
: >gcp/gcp_priv.h
: >gcp/schema/tables.h

good() {
    cat >src/probe/tcp.c <<'C'
#include "plumbline/probe.h"

#include <plumbline/net.h>
#include <stdio.h>
C
    printf '#include "base_priv.h"\n#include "plumbline/err.h"\n' >src/base/err.c
    printf '#include "gcp_priv.h"\n#include "schema/tables.h"\n' >gcp/schema/run.c
    printf '#include "plumbline/probe.h"\n#include "plumbline/diff.h"\n' >src/main.c
}

# expect LABEL LINE-THAT-MUST-APPEAR
failed=0
expect() {
    if output=$("$here/floors.sh" "$tree"); then
        echo "not ok - floors accepted: $1"
        failed=1
    elif ! printf '%s\n' "$output" | grep -qxF "$2"; then
        printf 'not ok - floors on %s: expected\n  %s\nbut it said\n%s\n' "$1" "$2" "$output"
        failed=1
    else
        echo "ok - floors refuse: $1"
    fi
}

good
if output=$("$here/floors.sh" "$tree"); then
    echo "ok - floors accept a clean tree"
else
    printf 'not ok - floors refuse a clean tree:\n%s\n' "$output"
    failed=1
fi

echo '#include "plumbline/net.h"' >>src/base/err.c
expect upward 'src/base/err.c:3: upward: src/base (floor 0) includes plumbline/net.h of src/net (floor 1)'
good
echo '#include "plumbline/diff.h"' >>src/probe/tcp.c
expect sideways 'src/probe/tcp.c:5: sideways: src/probe includes plumbline/diff.h of src/diff, same floor 3'
good
echo '#  include <plumbline/http.h>' >>include/plumbline/net.h
expect 'sideways in a header' \
    'include/plumbline/net.h:2: sideways: src/net includes plumbline/http.h of src/io, same floor 1'
header net.h '1: src/net'
echo '#include "../base/base_priv.h"' >>src/probe/tcp.c
expect relative 'src/probe/tcp.c:5: relative include "../base/base_priv.h"'
good
echo '#include "base_priv.h"' >>src/probe/tcp.c
expect "another folder's private header" \
    'src/probe/tcp.c:5: "base_priv.h" is neither plumbline/*.h nor a header in src/probe'
good
echo '#include "plumbline/gone.h"' >>src/probe/tcp.c
expect 'no such header' 'src/probe/tcp.c:5: "plumbline/gone.h" does not exist or names no floor'
good
header odd.h '2: src/base'
expect 'a header on the wrong floor' 'include/plumbline/odd.h:1: floors.map has no src/base on floor 2'
echo '/* odd */' >include/plumbline/odd.h
expect 'a header without a floor' \
    'include/plumbline/odd.h:1: first line is not "/* plumbline/odd.h [floor N: folder] - purpose"'
rm include/plumbline/odd.h
mkdir src/odd
echo 'int x;' >src/odd/x.c
expect 'a folder not in the map' 'src/odd/x.c:1: folder is not in floors.map'
exit "$failed"
