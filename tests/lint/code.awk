# Prints C files as "file:line: code" with comments dropped and the contents of strings emptied, so that
# the rules of house.sh see code only. With -v lengths=1 it prints functions over the limit instead.
#
# A function starts at a "{" and ends at a "}" in the first column, as clang-format lays it out. Lines
# within a switch or a table ("... = {" to "};") do not count: they grow with the data, not with the logic.
FNR == 1 { comment = 0; body = 0; exempt = "" }
{
    code = ""
    for (i = 1; i <= length($0); i++) {
        c = substr($0, i, 1)
        two = substr($0, i, 2)
        if (comment) {
            if (two == "*/") { comment = 0; i++ }
        } else if (quote != "") {
            if (c == "\\") i++
            else if (c == quote) { quote = ""; code = code c }
        } else if (two == "/*") { comment = 1; i++ }
        else if (two == "//") break
        else {
            if (c == "\"" || c == "'") quote = c
            code = code c
        }
    }
    quote = ""
}
!lengths { print FILENAME ":" FNR ": " code; next }
/^\{/ { body = FNR; counted = 0; exempt = ""; next }
/^\}/ {
    if (body && counted > limit) printf "%s:%d: function of %d lines (limit %d)\n", FILENAME, body, counted, limit
    body = 0
    next
}
body && exempt != "" { if ($0 ~ exempt) exempt = ""; next }
body && code ~ /^ *switch \(.*\{ *$/ { match($0, /[^ ]/); exempt = "^" substr($0, 1, RSTART - 1) "\\}" }
body && code ~ /= \{ *$/ { match($0, /[^ ]/); exempt = "^" substr($0, 1, RSTART - 1) "\\};" }
body { counted++ }
