#!/bin/sh
# Shows that every rule of house.sh can fail, and that comments, strings and longer names do not trip it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 143' HUP INT PIPE TERM
cd "$tree"
mkdir -p src/base src/io src/diff src/cli
failed=0

# expect RULE FILE CODE: the code, on line 2 of the file, breaks the rule, and no other.
expect() {
    printf '/* A file. */\n%s\n' "$3" >"$2"
    output=$("$here/house.sh" "$tree" || :)
    rm "$2"
    if [ "$(printf '%s\n' "$output" | grep -c "^$2:2: $1: ")" = 1 ] && [ "$(printf '%s\n' "$output" | wc -l)" = 2 ]; then
        echo "ok - house rule $1 refuses: $(printf "%.60s" "$3" | tr "\n" " ")"
    else
        printf 'not ok - house rule %s on %s: it said\n%s\n' "$1" "$3" "$output"
        failed=1
    fi
}
# accept FILE CODE
accept() {
    printf '/* A file. */\n%s\n' "$2" >"$1"
    if output=$("$here/house.sh" "$tree"); then
        echo "ok - house rules accept: $(printf "%.60s" "$2" | tr "\n" " ")"
    else
        printf 'not ok - house rules on %s: they said\n%s\n' "$2" "$output"
        failed=1
    fi
    rm "$1"
}

expect banned src/diff/a.c 'x = atoi(s);'
expect banned src/base/a.c 'strcpy (a, b);'
expect heap src/diff/a.c 'p = malloc(3);'
expect stdout src/diff/a.c 'printf("x");'
expect stdout src/diff/a.c 'fputs(s, stdout);'
expect stderr src/diff/a.c 'fputs(s, stderr);'
expect exit src/diff/a.c 'exit(1);'
expect clock src/cli/a.c 'now = time(NULL);'
expect curl src/diff/a.c 'curl_easy_init();'
expect libpq src/diff/a.c 'PQfinish(c);'
expect jansson src/diff/a.c 'json_t *x;'
expect yaml src/diff/a.c 'yaml_parser_t p;'
expect typedef src/diff/a.c 'typedef struct a a;'
expect if0 src/diff/a.c '#if 0'
expect dead src/diff/a.c '    // call(me);'
expect todo src/diff/a.c '/* TODO: later */'
expect words src/diff/a.c '/* see /home/somebody/x */'
long=$(awk 'BEGIN { print "{"; for (i = 0; i < 61; i++) print "    a();"; print "}" }')
expect length src/diff/a.c "$long"

accept src/diff/a.c '/* atoi(s), malloc(3) */ char *s = "printf(";'
accept src/diff/a.c 'pl_arena_free(a); x->free(y); runtime(3); pl_clock_time(1); fprintf(out, "x");'
accept src/base/a.c 'p = malloc(3);'
accept src/io/a.c 'curl_easy_init(); json_t *x;'
accept src/cli/a.c 'puts("x");'
accept src/diff/a.c "$(awk 'BEGIN {
    print "{\n    switch (x) {"; for (i = 0; i < 70; i++) print "    case " i ":"; print "    }\n}" }')"

printf 'int x;\n' >src/diff/a.c
if "$here/house.sh" "$tree" | grep '^src/diff/a.c:1: purpose: ' >/dev/null; then
    echo "ok - house rule purpose refuses a file without a comment"
else
    echo "not ok - house rule purpose accepts a file without a comment"
    failed=1
fi
awk 'BEGIN { print "/* A file. */"; for (i = 0; i < 800; i++) print "int x;" }' >src/diff/a.c
if "$here/house.sh" "$tree" | grep '^src/diff/a.c:1: size: file of 801 lines' >/dev/null; then
    echo "ok - house rule size refuses a file of 801 lines"
else
    echo "not ok - house rule size accepts a file of 801 lines"
    failed=1
fi
exit "$failed"
