#!/bin/sh
# score.sh SCORES CASES: the score table of the scenarios. SCORES is what run.c wrote: folder, variant, connection, verdict expected,
# verdict found, causes, others blamed. CASES names the real failures. A README.md says in its "Modelled on" paragraph which of them its
# folder is; "the family of X" or "the red herring of X" is only like it, and does not count for X.
set -eu
scores=$1 cases=$2 folder=$(dirname "$0")
[ -s "$scores" ] || { echo "score: nothing was run" >&2; exit 1; }

# "case folder is|like"
modelled() {
    for readme in "$folder"/*/README.md; do
        awk -v name="$(basename "$(dirname "$readme")")" '
            BEGIN { RS = "" }
            !/Modelled on / { next }
            {
                gsub(/\n/, " ")
                while (gsub(/\([^()]*\)/, "")) { }
                sub(/^.*Modelled on /, "")
                n = split($0, clauses, /[;.]/)
                for (i = 1; i <= n; i++) {
                    how = "is"; rest = clauses[i]
                    while (match(rest, /(NETRA|PUB)-[0-9]+/)) {
                        if (substr(rest, 1, RSTART - 1) ~ / of $/) how = "like"
                        print substr(rest, RSTART, RLENGTH), name, how
                        rest = substr(rest, RSTART + RLENGTH)
                    }
                }
            }' "$readme"
    done
}

# "case yes|partial|no": can it be found without looking inside the program?
listed() {
    [ -r "$cases" ] || return 0
    awk -F'"' '/^  "id":/ { id = $4 } /^  "static_analysis":/ { split($4, w, /[^a-z]/); print id, w[1] }' "$cases"
}

{ listed | sed 's/^/C /'; modelled | sort -u | sed 's/^/M /'; sed 's/^/S	/' "$scores"; } | awk '
    function add(list, word) { return index(" " list " ", " " word " ") ? list : list (list == "" ? "" : " ") word }
    # Is there an account of it that names what is wrong, rather than that it cannot be known?
    function named_in(id,    j) {
        for (j = 1; j <= m; j++)
            if (of[j] == id && as[j] == "is" && got[where[j]] ~ /explained( |$)|consistent|undeclared|declared_also_fails/ &&
                got[where[j]] !~ /^(unexplained|unknown| )*$/) return 1
        return 0
    }
    function row(id, how, f) {
        printf "%-9s %-8s %-42s %-38s %-38s %-7s %s\n", id, how, f, want[f], got[f] == want[f] ? "the same" : got[f],
               exact[f] + 0 "/" rows[f] + 0, alone[f] + 0 "/" rows[f] + 0
        shown[f] = 1
    }
    $1 == "C" { static[$2] = $3; order[++n] = $2; next }
    $1 == "M" { m++; of[m] = $2; where[m] = $3; as[m] = $4; next }
    {
        split($0, w, "\t"); f = w[2]; folders[f] = 1; rows[f]++; total++
        want[f] = add(want[f], w[5]); got[f] = add(got[f], w[6])
        if (w[5] == w[6]) right++
        if (w[7] == "exact") { exact[f]++; all_exact++ }
        if (w[8] == "none") { alone[f]++; all_alone++ }
    }
    END {
        printf "%-9s %-8s %-42s %-38s %-38s %-7s %s\n", "case", "static", "scenario", "verdicts expected", "found", "causes", "nothing else blamed"
        for (i = 1; i <= n; i++) {
            id = order[i]; is = like = ""
            for (j = 1; j <= m; j++) if (of[j] == id) {
                if (as[j] == "is") { row(id, static[id], where[j]); is = "x" }
                else like = add(like, where[j])
            }
            if (is != "") { covered++; by[static[id]]++; if (static[id] == "yes" && named_in(id)) told++ }
            else missing[++k] = sprintf("%-9s %-8s %s", id, static[id], like == "" ? "" : "(like it: " like ")")
            of_all[static[id]]++
        }
        for (f in folders) if (!shown[f]) others[++o] = f
        print ""
        printf "%d folders, of which %d are modelled on no listed case; %d accounts: %d verdicts as expected, %d with exactly the expected causes, %d blame nothing else\n",
               length(folders), o + 0, total, right, all_exact, all_alone
        if (n == 0) { print "the list of real cases is not here: none is counted"; exit right < total || all_exact < total || all_alone < total }
        printf "%d of %d real cases have a scenario (yes %d/%d, partial %d/%d, no %d/%d)\n", covered, n,
               by["yes"], of_all["yes"], by["partial"], of_all["partial"], by["no"], of_all["no"]
        printf "of the %d that static analysis can find and that have one, %d are told with what is wrong; the others as not known, with the reason\n",
               by["yes"], told
        if (k > 0) print "\nno scenario yet:"
        for (i = 1; i <= k; i++) print missing[i]
        exit right < total || all_exact < total || all_alone < total
    }'
