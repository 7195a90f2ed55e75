#!/bin/sh
# What a terminal gets and a pipe does not: progress that goes away again, colours, its own width.
. "$(dirname "$0")/e2e_common.sh"
command -v script >/dev/null || { echo "skipped: a terminal, script(1) is not installed" && exit 77; }
with_token
PLUMBLINE_NOW=2026-11-21T08:00:00Z
export PLUMBLINE_NOW
esc=$(printf '\033')
base="-b $data/baseline.yaml --no-probe"

# on_terminal COLUMNS COMMAND: its whole output, standard error included, as a terminal of that width gets it.
on_terminal() {
    script -qec "stty cols $1 2>/dev/null; $2" /dev/null </dev/null >"$own/out" 2>&1
    tr -d '\r' <"$own/out" >"$own/lines"
}

# widest FILE: the longest line that has a blank to break at, behind its indent; commands are never broken.
widest() { sed "s/$esc\[[0-9;]*[mK]//g; s/^ *//" "$1" | awk '/ / && !/^(do|verify|undo|in code) / && length > most { most = length } END { print most + 0 }'; }

sim_start $data/estate.ndjson --token "$token" --latency-ms 20
audit="$PLUMBLINE audit $base --api-root $ROOT"
begin "a terminal is told what is waited for, and the line goes away again"
on_terminal 100 "$audit"
file "$own/lines" has "collect: 0 of "
grep -qE "$esc\[Kcollect: [0-9]+ of [0-9]+ kinds, waiting for [a-z]+\.[A-Za-z]+ in acme-staging" "$own/lines" || wrong "nobody is waited for"
# Behind the last line of progress it is cleared, before anything else is written.
grep -o "$esc\[K[^$esc]*" "$own/lines" | tail -n 1 | grep -q "collect:" && wrong "the last line was left"
begin "no line of progress is longer than the terminal"
on_terminal 40 "$audit"
grep -o "$esc\[Kcollect[^$esc]*" "$own/lines" | sed "s/$esc\[K//" | awk 'length > 39 { print "too long: " $0 }' >>"$own/why"
begin "nothing of it with -q, on a dumb terminal, in a pipe or a file"
on_terminal 100 "$audit -q"
file "$own/lines" lacks "collect:"
on_terminal 100 "TERM=dumb $audit"
file "$own/lines" lacks "collect:"
on_terminal 100 "$audit 2>$own/stderr"
file "$own/lines" lacks "collect:"
file "$own/stderr" lacks "collect:"
sim_stop

broken=tests/scenarios/second-fault-behind-the-first
text="$PLUMBLINE audit -b $broken/baseline.yaml --no-probe --snapshot $broken/estate.ndjson --symptoms $broken/symptoms.ndjson"
begin "colours on a terminal, and only there"
on_terminal 100 "$text"
file "$own/lines" has "$esc["
on_terminal 100 "NO_COLOR=1 $text"
file "$own/lines" lacks "$esc"
on_terminal 100 "TERM=dumb $text"
file "$own/lines" lacks "$esc"
on_terminal 100 "$text | cat"
file "$own/lines" lacks "$esc"
on_terminal 100 "$text --color never"
file "$own/lines" lacks "$esc"
on_terminal 100 "NO_COLOR=1 $text --color always | cat"
file "$own/lines" has "$esc["
begin "as wide as the terminal, or as COLUMNS says"
for columns in 60 80 118; do
    on_terminal $columns "$text --color never"
    [ "$(widest "$own/lines")" -le $columns ] || wrong "$columns columns: $(widest "$own/lines")"
    cp "$own/lines" "$own/own"
    on_terminal 100 "COLUMNS=$columns $text --color never"
    same "$own/own" "$own/lines"
    COLUMNS=$columns $text >"$own/piped"
    same "$own/own" "$own/piped"
done
begin "what COLUMNS cannot mean is not obeyed"
$text >"$own/piped"
for columns in 0 -5 wide 12x 39 999999999999; do
    COLUMNS=$columns $text >"$own/lines"
    same "$own/piped" "$own/lines"
done
COLUMNS=60 $text -o text="$own/file"
same "$own/piped" "$own/file"
finish
