#!/bin/sh
# Proves the layering: floors.sh [ROOT]. A folder includes headers of lower floors and its own, no more.
#
# floors.map, beside this script, says which folder is on which floor. A contract header says in its first
# line whose it is: "/* plumbline/err.h [floor 0: src/base] - ...". Refused are headers of a higher floor,
# of another folder on the same floor, relative includes ("../x.h"), another folder's private header, and
# contract headers that name no owner or one that the map does not have.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "${1:-.}"

sources=$(find src gcp -type f -name '*.[ch]' 2>/dev/null | sort)
headers=$(find include/plumbline -type f -name '*.h' 2>/dev/null | sort)
[ -n "$headers$sources" ] || { echo "not ok - floors: no sources below $(pwd)"; exit 1; }

# Headers come before sources on awk's command line, and their first lines are read beforehand: a header
# may include one that sorts after it.
for header in $headers; do
    printf '%s\t%s\n' "$header" "$(head -n 1 "$header")"
done | awk -v map="$here/floors.map" '
    function owner_of(path,    folder) {
        for (folder in floor)
            if (path == folder || index(path, folder "/") == 1) return folder
        return ""
    }
    function bad(text) { printf "%s:%d: %s\n", FILENAME, FNR, text; failures++ }
    BEGIN {
        while ((getline line < map) > 0)
            if (line !~ /^#/ && split(line, f) == 2) floor[f[1]] = f[2]
    }
    FILENAME == "-" {
        split($0, part, "\t")
        name = part[1]; sub(/^include\//, "", name)
        folder = part[2]; level = part[2]
        sub(/^.*\[floor [0-9]+: /, "", folder); sub(/\].*$/, "", folder)
        sub(/^.*\[floor /, "", level); sub(/:.*$/, "", level)
        if (part[2] !~ /^\/\* plumbline\/[a-z0-9_]+\.h \[floor [0-9]+: [a-z\/.]+\] - / ||
            index(part[2], "/* " name " [") != 1) {
            printf "%s:1: first line is not \"/* %s [floor N: folder] - purpose\"\n", part[1], name
            failures++
        } else if (!(folder in floor) || floor[folder] != level) {
            printf "%s:1: floors.map has no %s on floor %s\n", part[1], folder, level
            failures++
        } else
            owner[name] = folder
        next
    }
    FNR == 1 {
        files++
        me = FILENAME; sub(/^include\//, "", me)
        own = (me in owner) ? owner[me] : owner_of(FILENAME)
        folder_path = FILENAME; sub(/\/[^\/]*$/, "", folder_path)
        if (own == "" && FILENAME !~ /^include/) bad("folder is not in floors.map")
    }
    own != "" && /^[ \t]*#[ \t]*include[ \t]*["<]/ {
        included = $0; sub(/^[^"<]*["<]/, "", included); sub(/[">].*$/, "", included)
        if (included ~ /(^|\/)\.\.?\//)
            bad("relative include \"" included "\"")
        else if (included ~ /^plumbline\//) {
            target = owner[included]
            if (target == "") bad("\"" included "\" does not exist or names no floor")
            else if (target == own) next
            else if (floor[target] > floor[own])
                bad("upward: " own " (floor " floor[own] ") includes " included " of " target " (floor " floor[target] ")")
            else if (floor[target] == floor[own] && own != "src/main.c")
                bad("sideways: " own " includes " included " of " target ", same floor " floor[own])
        } else if ($0 ~ /include[ \t]*"/ || included ~ /_priv\.h$/) {
            if ((getline line < (folder_path "/" included)) < 0 && (getline line < (own "/" included)) < 0)
                bad("\"" included "\" is neither plumbline/*.h nor a header in " own)
        }
    }
    END {
        if (failures) printf "not ok - floors: %d wrong includes\n", failures
        else printf "ok - floors: %d files\n", files
        exit failures > 0
    }' - $headers $sources
