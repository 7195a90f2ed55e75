#!/bin/sh
# House rules that no compiler knows: house.sh [ROOT]. Prints each violation as file:line, then one result.
#
# Each rule is a row of RULES: name, where it applies, where it does not, a pattern over the code (without
# comments and strings), and what to do instead. Exceptions stand in house.allow, each with a reason.
# test_house.sh shows that every rule can fail. gcp/schema holds generated tables: the length limits and
# word rules are not for them.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 143' HUP INT PIPE TERM
found=$work/found
: >"$found"

# Tracked files and those not yet added; a plain folder where there is no repository.
{ git ls-files -co --exclude-standard 2>/dev/null || find . -type f | sed 's,^\./,,'; } |
    grep -vE '^(build|\.git)/' | sort -u | while read -r file; do [ ! -f "$file" ] || echo "$file"; done >"$work/all"
grep -E '\.[ch]$' "$work/all" | grep -E '^(src|gcp|include|tests)/' >"$work/c" || :
[ -s "$work/c" ] || { echo "not ok - house rules: no C files below $(pwd)"; exit 1; }
xargs awk -f "$here/code.awk" <"$work/c" >"$work/code"

# A word that is called: no letter, digit or member access before it, an opening bracket after it.
call() { printf '[^A-Za-z0-9_.>](%s)[ ]*\\(' "$1"; }

# rule NAME WHERE EXCEPT PATTERN ADVICE
rule() {
    grep -E "^($2)" "$work/code" | grep -vE "^($3)" | grep -E "^[^:]*:[0-9]+:.*($4)" |
        sed -E "s|^([^:]*:[0-9]+):.*|\1: $1: $5|" >>"$found" || :
}
ours='src/|gcp/|include/'
none='/'

rule banned "$ours|tests/" "$none" \
    "$(call 'strcpy|strcat|strncpy|strncat|sprintf|vsprintf|atoi|atol|atoll|atof|strtok|gets|system|popen|localtime|gmtime|ctime|asctime|alloca|tmpnam|mktemp')" \
    'banned call; see docs/CODING.md'
rule heap "$ours" 'src/base/' "$(call 'malloc|calloc|realloc|reallocarray|free|strdup|strndup|asprintf|vasprintf')" \
    'memory comes from an arena or from src/base'
rule stdout "$ours" 'src/(cli|report)/|src/main\.c' "$(call 'printf|vprintf|puts|putchar')|[^A-Za-z0-9_]stdout[^A-Za-z0-9_]" \
    'only src/cli and src/report write to standard output'
rule stderr "$ours" 'src/(base|cli)/|src/main\.c' '[^A-Za-z0-9_]stderr[^A-Za-z0-9_]|'"$(call perror)" \
    'return an error or use the log'
rule exit "$ours" 'src/(base|cli)/|src/main\.c' "$(call 'exit|_exit|abort')" 'library code returns errors'
rule clock "$ours" 'src/base/clock\.c' "$(call 'time|clock|clock_gettime|gettimeofday|timespec_get')" \
    'only src/base/clock.c reads a clock'
rule curl 'src/|gcp/|include/' 'src/(io|probe)/' '[^A-Za-z0-9_](curl_|CURL[A-Z_])' 'libcurl ends in src/io and src/probe'
rule libpq "$ours" 'src/probe/(probe_)?postgres[a-z_]*\.[ch]|src/history/history_pg\.c' '[^A-Za-z0-9_](PQ[a-z]|PG(conn|result))' \
    'libpq ends in the PostgreSQL files of src/probe and history_pg.c'
rule jansson "$ours" 'src/io/' '[^A-Za-z0-9_](json_t|json_load[a-z]*|json_dump[a-z]*|json_decref)([^A-Za-z0-9_]|$)' \
    'jansson ends in src/io'
rule yaml "$ours" 'src/io/' '[^A-Za-z0-9_]yaml_(parser|event|node|document)_' 'libyaml ends in src/io'
rule typedef "$ours" "$none" '[^A-Za-z0-9_]typedef +struct' 'plain struct tags, no typedef for structs'
rule if0 "$ours|tests/" "$none" ' #[ ]*if[ ]+0([^0-9x]|$)' 'delete code that is switched off'

# Comments are what these are about, so they look at the files themselves.
xargs grep -HnE '^[ ]*//.*[;{}][ ]*$' <"$work/c" | sed -E 's|^([^:]*:[0-9]+):.*|\1: dead: code in a comment|' >>"$found" || :
while read -r file; do
    head -c 2 "$file" | grep -q '^/\*' || echo "$file:1: purpose: starts with a comment that says what the file is" >>"$found"
done <"$work/c"
xargs grep -HnwE 'TODO|FIXME|XXX' <"$work/c" | sed -E 's|^([^:]*:[0-9]+):.*|\1: todo: finish it, or open an issue|' >>"$found" || :

grep -v '^gcp/schema/' "$work/c" >"$work/sized" || :
xargs awk -v lengths=1 -v limit=60 -f "$here/code.awk" <"$work/sized" | sed 's|: function|: length: function|' >>"$found"
while read -r file; do
    lines=$(wc -l <"$file")
    [ "$lines" -le 800 ] || echo "$file:1: size: file of $lines lines (limit 800)" >>"$found"
done <"$work/sized"

# Nothing of the machine it was written on: paths of a home or work folder, private package mirrors.
grep -vE '^(gcp/schema/|tests/lint/)' "$work/all" | xargs -r grep -HnIE \
    '(^|[^A-Za-z0-9_.-])/(work|root|home/[a-z]+)/[a-z]|/tmp/brief|artifactory|apt-mirror|-(apt|deb)\.pkg\.dev|/repository/debian' |
    sed -E 's|^([^:]*:[0-9]+):.*|\1: words: a path or host of one machine|' >>"$found" || :

# Exceptions: drop what is allowed, complain about what allows nothing.
: >"$work/unused"
grep -vE '^(#|$)' "$here/house.allow" 2>/dev/null | while read -r name file reason; do
    if [ -z "$reason" ]; then
        echo "tests/lint/house.allow: '$name $file' gives no reason"
    elif grep -qE "^$file:[0-9]+: $name: " "$found"; then
        grep -vE "^$file:[0-9]+: $name: " "$found" >"$work/left" || :
        cp "$work/left" "$found"
    elif [ -f Makefile ]; then
        echo "tests/lint/house.allow: '$name $file' is not needed any more"
    fi
done >"$work/unused"
cat "$work/unused" >>"$found"

sort -t: -k1,1 -k2,2n "$found"
if [ -s "$found" ]; then
    echo "not ok - house rules: $(wc -l <"$found") violations"
    exit 1
fi
echo "ok - house rules: $(wc -l <"$work/c") files"
