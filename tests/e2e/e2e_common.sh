# What the end-to-end tests share: a folder and an environment of their own, one case after the other, the simulator. Sourced.
#
#   run STATUS "what it shows" WORD...   runs plumbline WORD...; begins a case, which fails where the status is another.
#                                        $own/out and $own/err are what it wrote
#   out|err|file PATH, has|lacks TEXT    checks of that case: fixed text in what was written (`out has "1 alarm"`)
#   json PATH <<END                      paths and values that must stand there (tests/servers/json_expect.c)
#   server NAME WORD...                  one of tests/servers; its port is in $port
#   sim_start ESTATE [OPTION...]         a simulator; ROOT is its --api-root. sim_stop: it ends clean, and nothing tried to write
#   finish                               the last line of a test
set -u
cd "$(dirname "$0")/../.." || exit 1
: "${PLUMBLINE:?}" "${PLUMBLINE_SIM:?}" "${BUILD:?}"
data=tests/e2e
own=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-e2e.XXXXXX")
pids='' case_name='' failed=0

cleanup() {
    status=$?
    trap - EXIT
    for pid in $pids; do kill "$pid" && kill -CONT "$pid"; done 2>/dev/null
    wait 2>/dev/null
    rm -rf "$own"
    exit "$status"
}
trap cleanup EXIT
trap 'exit 143' INT TERM HUP

# No proxy, no credentials and no state of whoever runs this. A token that is not asked for does no harm.
unset PLUMBLINE_NOW CLOUDSDK_AUTH_ACCESS_TOKEN GOOGLE_APPLICATION_CREDENTIALS CLOUDSDK_CONFIG GCE_METADATA_HOST NO_COLOR COLUMNS \
    GOOGLE_CLOUD_PROJECT GCLOUD_PROJECT GOOGLE_CLOUD_QUOTA_PROJECT CLOUDSDK_CORE_PROJECT NO_GCE_CHECK
mkdir "$own/home"
no_proxy='*' NO_PROXY='*' HOME=$own/home XDG_STATE_HOME=$own/state TERM=xterm
export no_proxy NO_PROXY HOME XDG_STATE_HOME TERM
token=e2e-tOken-51c0ffee7d

# ---- cases ----

end_case() {
    [ -n "$case_name" ] || return 0
    if [ -s "$own/why" ]; then
        echo "not ok - $case_name"
        sed 's/^/    /' "$own/why"
        for stream in out err; do
            [ ! -s "$own/$stream" ] || { echo "    -- $stream" && head -n 60 "$own/$stream" | cut -c1-300 | sed 's/^/    /'; }
        done
        failed=1
    else
        echo "ok - $case_name"
    fi
    case_name=''
}
begin() {
    end_case
    case_name=$1
    : >"$own/why"
}
wrong() { echo "$*" >>"$own/why"; }

# status STATUS WORD...: the same without beginning a case.
status() {
    want=$1
    shift
    "$PLUMBLINE" "$@" >"$own/out" 2>"$own/err"
    got=$?
    [ "$got" = "$want" ] || wrong "exit status $got, not $want: $*"
}
run() {
    want=$1
    begin "$2"
    shift 2
    status "$want" "$@"
}

has() { grep -qF -e "$2" -- "$1" || wrong "${1##*/} lacks: $2"; }
lacks() { ! grep -qF -e "$2" -- "$1" || wrong "${1##*/} has: $2"; }
file() { "$2" "$1" "$3"; }
out() { "$1" "$own/out" "$2"; }
err() { "$1" "$own/err" "$2"; }
nothing() { [ ! -s "$1" ] || wrong "${1##*/} should be empty: $(head -c 300 "$1")"; }
# is PATH TEXT: the whole file.
is() { [ "$(cat "$1")" = "$2" ] || wrong "${1##*/} is not: $2"; }
same() { cmp "$1" "$2" >>"$own/why" 2>&1; }
json() { "$BUILD/servers/json_expect" "$1" >>"$own/why" 2>&1 || wrong "(in ${1##*/})"; }
# The names in a folder, sorted, on one line.
holds() {
    names=$(ls -A "$1" | tr '\n' ' ')
    [ "${names% }" = "$2" ] || wrong "${1##*/} holds: $names; not: $2"
}

finish() {
    end_case
    exit "$failed"
}

# ---- what runs beside ----

# within SECONDS COMMAND...: asks until it is so.
within() {
    tries=$(($1 * 20))
    shift
    until "$@" 2>/dev/null; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.05
    done
}

sim_start() {
    estate=$1
    shift
    rm -f "$own/port"
    "$PLUMBLINE_SIM" --estate "$estate" --port-file "$own/port" --log "$own/sim.log" "$@" >/dev/null 2>"$own/sim.err" &
    sim=$!
    pids="$pids $sim"
    tests/support/servers.sh wait "$sim" "$own/port" || {
        echo "not ok - the simulator starts: $(cat "$own/sim.err")"
        exit 1
    }
    PORT=$(cat "$own/port")
    ROOT=http://127.0.0.1:$PORT
}
sim_stop() {
    kill "$sim"
    wait "$sim"
    got=$?
    [ "$got" = 0 ] || wrong "the simulator ended with $got: $(cat "$own/sim.err")"
}
# server NAME WORD...: one of tests/servers; its port is in $port.
server() {
    server_program=$1
    shift
    rm -f "$own/server.port"
    "$BUILD/servers/$server_program" --port-file "$own/server.port" "$@" >/dev/null 2>&1 &
    pids="$pids $!"
    tests/support/servers.sh wait $! "$own/server.port" || {
        echo "not ok - $server_program starts"
        exit 1
    }
    port=$(cat "$own/server.port")
}
# With a token that is always good.
with_token() {
    CLOUDSDK_AUTH_ACCESS_TOKEN=$token
    export CLOUDSDK_AUTH_ACCESS_TOKEN
}
