#!/bin/sh
# The ids of Google's rules that the sources cite (F4, "R3-R6", "C1 to C13") against docs/rules.md, those rules against the tests that name
# them, and the tables of symptoms and of probe classes against docs/symptoms.md, both ways; then shows on small trees that each check can fail.
#
# Cited counts what stands alone in sources, headers and the scenarios' README.md; a range cites all that it spans. A rule whose last column
# begins with "not applicable: " and says why needs neither. A test names a rule at the beginning of a row's name or of a comment: "R3 at equal length".
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 143' HUP INT PIPE TERM
failed=0

# Ids that the project in folder $1 cites, one a line, sorted.
cited() {
    (cd "$1" && find src/reach src/explain src/diff gcp include tests/scenarios \
        \( -name '*.[ch]' -o -name README.md \) -not -path 'gcp/schema/*' -exec cat {} + 2>/dev/null) |
        sed 's/\([CEFMPRSX][1-9][0-9]*\) to \([CEFMPRSX][1-9]\)/\1-\2/g' | tr -c 'A-Za-z0-9_-' '\n' |
        awk '/^[CEFMPRSX][1-9][0-9]?$/ { print }
            /^[CEFMPRSX][1-9][0-9]?-[CEFMPRSX][1-9][0-9]?$/ {
                split($0, end, "-")
                letter = substr(end[1], 1, 1)
                for (i = substr(end[1], 2) + 0; letter == substr(end[2], 1, 1) && i <= substr(end[2], 2) + 0; i++)
                    print letter i
            }' | sort -u
}
# Ids that docs/rules.md explains: the first column of its tables.
explained() { sed -n 's/^| \([A-Z][0-9]*\) |.*/\1/p' "$1/docs/rules.md" | sort; }

# Those of them that nothing here could obey, with the reason.
excused() { sed -n 's/^| \([A-Z][0-9]*\) |.*| not applicable: [a-z].* |$/\1/p' "$1/docs/rules.md" | sort; }
# Ids that a unit test names.
tested() {
    (cd "$1" && find tests/unit -name '*.c' -exec cat {} + 2>/dev/null) |
        sed -n 's/.*\("\|\/\* \)\([CEFMPRSX][1-9][0-9]\{0,1\}\)[ :,].*/\2/p' | sort -u
}

# The rows that docs/symptoms.md must have: name, layer, phrase, classes.
symptoms() {
    sed -n 's/^    {"\([A-Z0-9_]*\)", "\([a-z_]*\)",.*/class \1 \2/p; s/^    {"\([A-Z0-9_]*\)", NULL,.*/class \1 -/p' \
        "$1/src/probe/classes.c" >"$tree/classes"
    sed -n 's/^    {"\([a-z_]*\)", PL_LAYER_\([A-Z]*\), "\(.*\)"},$/\1|\2|\3/p' "$1/src/model/symptom.c" |
        awk -v classes="$tree/classes" '
            BEGIN {
                FS = "|"
                while ((getline line < classes) > 0) {
                    split(line, word, " ")
                    of[word[3]] = of[word[3]] (of[word[3]] == "" ? "" : " ") "`" word[2] "`"
                }
            }
            { printf "| `%s` | %s | %s | %s |\n", $1, tolower($2), $3, of[$1] == "" ? "-" : of[$1] }
            END { printf "| none | - | - | %s |\n", of["-"] }' | sort
}
told() { grep -E '^\| (`[a-z_]+`|none) \| (dns|tcp|tls|http|service|budget|-) \|' "$1/docs/symptoms.md" | sort; }

# lacks A B: the lines of file A that file B has not, or has fewer times.
lacks() { sort "$1" | comm -23 - "$2"; }

# check TREE: says what does not hold.
check() {
    cited "$1" >"$tree/cited"
    explained "$1" >"$tree/explained"
    excused "$1" >"$tree/excused"
    tested "$1" >"$tree/tested"
    symptoms "$1" >"$tree/symptoms"
    told "$1" >"$tree/told"
    [ -s "$tree/cited" ] && [ "$(wc -l <"$tree/symptoms")" -gt 1 ] || echo 'nothing was found to compare'
    lacks "$tree/cited" "$tree/explained" | sed 's/^/docs\/rules.md lacks /'
    lacks "$tree/explained" "$tree/cited" >"$tree/uncited"
    lacks "$tree/uncited" "$tree/excused" | sed 's/^/docs\/rules.md explains what nobody cites, or twice: /'
    sort -u "$tree/explained" >"$tree/once"
    lacks "$tree/once" "$tree/tested" >"$tree/untested"
    lacks "$tree/untested" "$tree/excused" | sed 's/^/no test names rule /'
    lacks "$tree/symptoms" "$tree/told" | sed 's/^/docs\/symptoms.md lacks: /'
    lacks "$tree/told" "$tree/symptoms" | sed 's/^/docs\/symptoms.md has what the tables have not: /'
}

# same LABEL EXPECTED ACTUAL
same() {
    if [ "$2" = "$3" ]; then
        echo "ok - $1"
    else
        printf 'not ok - %s: expected\n%s\nbut got\n%s\n' "$1" "$2" "$3"
        failed=1
    fi
}

same 'rules and symptoms: sources and documents agree' '' "$(check "$here/../..")"

small=$tree/small
mkdir -p "$small/src/reach" "$small/src/model" "$small/src/probe" "$small/gcp/schema" "$small/docs" "$small/tests/unit"
reset() {
    printf '/* Rules R3 to R5. F4: "P1-P2, X1" and PUB-46, C1x, MAX_S9. */\n' >"$small/src/reach/a.c"
    printf '    "E9",\n' >"$small/gcp/schema/s.c"
    printf '    {"refused", PL_LAYER_TCP, "said no"},\n    {"slow", PL_LAYER_BUDGET, "late"},\n' >"$small/src/model/symptom.c"
    printf '    {"SELF_X", NULL, "p"},\n    {"NET_A", "refused", "p"},\n    {"NET_B", "refused",\n' >"$small/src/probe/classes.c"
    printf '| %s | a rule |\n' F4 P1 P2 R3 R4 R5 X1 >"$small/docs/rules.md"
    printf '    {"%s shows it", 1},\n' F4 P1 P2 R3 R4 >"$small/tests/unit/test_a.c"
    printf '/* R5, in short. */\n/* X1: another. */\n' >>"$small/tests/unit/test_a.c"
    printf '%s\n' '| `refused` | tcp | said no | `NET_A` `NET_B` |' '| `slow` | budget | late | - |' \
        '| none | - | - | `SELF_X` |' >"$small/docs/symptoms.md"
}
reset
same 'ranges, lists and longer names' '' "$(check "$small")"
echo '/* S9 */' >>"$small/src/reach/a.c"
same 'an id without an explanation' 'docs/rules.md lacks S9' "$(check "$small")"
reset
echo '| S9 | a rule |' >>"$small/docs/rules.md"
same 'an explanation that nobody cites' 'docs/rules.md explains what nobody cites, or twice: S9
no test names rule S9' "$(check "$small")"
reset
echo '| S9 | a rule | not applicable: it is about another tool |' >>"$small/docs/rules.md"
same 'one that says why it does not apply' '' "$(check "$small")"
echo '| S8 | a rule | not applicable: |' >>"$small/docs/rules.md"
same 'one that does not say why' 'docs/rules.md explains what nobody cites, or twice: S8
no test names rule S8' "$(check "$small")"
reset
sed -i '/R4 shows/d' "$small/tests/unit/test_a.c"
echo '    {"the R4 in the middle", 1},' >>"$small/tests/unit/test_a.c"
same 'a rule that no test names' 'no test names rule R4' "$(check "$small")"
reset
echo '| F4 | a rule |' >>"$small/docs/rules.md"
same 'an id that is explained twice' 'docs/rules.md explains what nobody cites, or twice: F4' "$(check "$small")"
reset
echo '    {"reset", PL_LAYER_TCP, "cut"},' >>"$small/src/model/symptom.c"
same 'a symptom without a row' 'docs/symptoms.md lacks: | `reset` | tcp | cut | - |' "$(check "$small")"
reset
echo '| `reset` | tcp | cut | - |' >>"$small/docs/symptoms.md"
same 'a row without a symptom' 'docs/symptoms.md has what the tables have not: | `reset` | tcp | cut | - |' "$(check "$small")"
reset
echo '    {"NET_C", "slow", "p"},' >>"$small/src/probe/classes.c"
same 'a class without its place' 'docs/symptoms.md lacks: | `slow` | budget | late | `NET_C` |
docs/symptoms.md has what the tables have not: | `slow` | budget | late | - |' "$(check "$small")"
reset
rm "$small/src/reach/a.c"
: >"$small/docs/rules.md"
same 'a tree where nothing is cited' 'nothing was found to compare' "$(check "$small")"
exit "$failed"
