#!/bin/sh
# The demo, run as `make demo` runs it: its account is checked by itself; here is what it must not do - show a secret, leave a
# process, a port or a file, also when it is interrupted - and that the commands it ends with work as printed.
set -u
cd "$(dirname "$0")/../.." || exit
: "${PLUMBLINE:?}" "${PLUMBLINE_SIM:?}" "${BUILD:?}"
# Debian keeps them where no user's PATH leads.
for folder in /usr/sbin /usr/lib/postgresql/*/bin; do PATH=$PATH:$folder; done
for program in postgres redis-server nginx openssl; do
    command -v $program >/dev/null || { echo "skipped: demo, $program is not installed"; exit 0; }
done

own=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-test-demo.XXXXXX")
trap 'rm -rf "$own"' EXIT
trap 'exit 143' INT TERM HUP
mkdir "$own/tmp"
chmod 711 "$own" "$own/tmp" # an ordinary user's servers have their folders in there
failed=0

# check NAME: the result of the last command is the case. What it printed is told where it failed.
check() {
    if [ "$1" = 0 ]; then
        echo "ok - $2"
    else
        echo "not ok - $2"
        sed 's/^/    /' "$own/why" 2>/dev/null
        failed=1
    fi
    : >"$own/why"
}

# within SECONDS COMMAND...: asks until it is so.
within() {
    deadline=$(($(date +%s) + $1))
    shift
    until "$@"; do
        [ "$(date +%s)" -le "$deadline" ] || return 1
        sleep 0.05
    done
}

# ours PROCESS: was it started below our folder? By command line, working folder or environment.
ours() {
    { tr '\0' ' ' <"$1/cmdline"; tr '\0' ' ' <"$1/environ"; readlink "$1/cwd"; } 2>/dev/null | grep -qF "$own/tmp"
}
# All of them, but for this shell.
left() {
    for process in /proc/[0-9]*; do
        [ "${process#/proc/}" != $$ ] || continue
        ours "$process" && { tr '\0' ' ' <"$process/cmdline"; echo; } 2>/dev/null
    done >"$own/why"
    [ -s "$own/why" ]
}
none_left() { ! left; }

# The ports that the demo told of are closed again: another test may have one of them by now.
none_open() {
    : >"$own/why"
    sed -n 's/^demo: [A-Za-z].*\(on ports\{0,1\}\|127\.0\.0\.1:\) *\([0-9][0-9, ]*\).*/\2/p' "$own/$1" | tr -cs '0-9' '\n' |
        grep . | while read -r port; do
        awk -v "at=0100007F:$(printf '%04X' "$port")" '$2 == at && $4 == "0A" { print $10 }' /proc/net/tcp
    done | while read -r inode; do
        holder=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" 2>/dev/null | sed -n '1s|/fd/.*||p')
        [ -n "$holder" ] && ! ours "$holder" || echo "port with inode $inode, $holder" >>"$own/why"
    done
    [ ! -s "$own/why" ]
}
no_files() { find "$own/tmp" -mindepth 1 >"$own/why"; [ ! -s "$own/why" ]; }

# become_demo NAME: this process becomes the demo; output into $own/NAME, reports into $own/NAME.out.
become_demo() {
    exec env TMPDIR="$own/tmp" HOME="$own/tmp" DEMO_OUT="$own/$1.out" DEMO_SECRETS="$own/secrets" PLUMBLINE="$PLUMBLINE" \
        PLUMBLINE_SIM="$PLUMBLINE_SIM" BUILD="$BUILD" tests/demo/demo.sh </dev/null >"$own/$1" 2>&1
}

# ---- a whole run ----

(become_demo whole)
status=$?
cp "$own/whole" "$own/why"
check $status "the demo ends well, its account as expected"
[ "$(sed -n 's/^demo: .* requests none tried to change anything$/so/p' "$own/whole")" = so ]
check $? "nothing tried to write to the simulator"

for file in report.txt report.json report.md report.html estate.ndjson symptoms.ndjson; do
    [ -s "$own/whole.out/$file" ] || echo "$file"
done >"$own/why"
[ ! -s "$own/why" ]
check $? "the reports and the snapshot are left"

# Passwords, tokens and the key's lines; its last line may be too short to be anything's secret.
grep -E '.{16}' "$own/secrets" >"$own/wanted"
[ "$(wc -l <"$own/wanted")" -gt 20 ] && grep -q JWT_SIGNING_KEY "$own/whole.out/estate.ndjson"
check $? "there are secrets to look for"
grep -rlFf "$own/wanted" "$own/whole" "$own/whole.out" >"$own/why"
[ $? = 1 ]
check $? "no password, AUTH string, bearer, environment secret or private key in any output"
grep -rlE 'ya29\.|eyJ[A-Za-z0-9_-]{10}|PRIVATE KEY' "$own/whole" "$own/whole.out" >"$own/why"
[ $? = 1 ]
check $? "no access token and no assertion in any output"

within 10 none_left
check $? "no process is left"
within 10 none_open whole
check $? "no port is open"
no_files
check $? "no file is left behind"

# ---- the three things to try, as they are printed ----

sed -n 's/^  \$ //p' "$own/whole" >"$own/next"
[ "$(wc -l <"$own/next")" = 4 ]
check $? "three things to try are told, in four commands"
while read -r command; do
    sh -c "$command" </dev/null >"$own/why" 2>&1
    status=$?
    # plumbline finds something, which is exit status 2.
    case $command in sed*) ;; *) status=$((status - 2)) ;; esac
    check $status "works as printed: $(echo "$command" | sed "s|[^ ]*/||g" | cut -c1-70)"
done <"$own/next"

# ---- interrupted in the middle ----

become_demo cut &
running=$!
within 60 grep -q 'plumbline audit' "$own/cut"
kill -TERM "$running"
wait "$running"
status=$?
[ "$status" = 143 ] || echo "exit status $status" >"$own/why"
[ "$status" = 143 ]
check $? "a demo that is terminated ends with 143"
within 10 none_left
check $? "terminated: no process is left"
within 10 none_open cut
check $? "terminated: no port is open"
no_files
check $? "terminated: no file is left behind"
exit $failed
