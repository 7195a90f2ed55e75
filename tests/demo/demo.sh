#!/bin/sh
# The main job on an estate that is started here, on free loopback ports, and stopped again whatever happens.
#
# `make demo` calls it with PLUMBLINE, PLUMBLINE_SIM, BUILD (its servers/ holds our small servers) and DEMO_OUT, where
# report.{txt,json,md,html}, the snapshot estate.ndjson and symptoms.ndjson are left. Servers run as an ordinary user where one
# refuses root. What the report must say stands in expected.txt: an account that differs ends the demo with 1.
# DEMO_SECRETS=FILE writes down the secrets made for this run, one a line, for the test that looks for them.
set -eu
cd "$(dirname "$0")/../.."
here=tests/demo
servers=tests/support/servers.sh
: "${PLUMBLINE:?}" "${PLUMBLINE_SIM:?}" "${BUILD:?}" "${DEMO_OUT:?}"
began=$(date +%s)

umask 022
work=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-demo.XXXXXX")
started='' pids='' child='' sim=''

fail() {
    echo "demo: $*" >&2
    exit 1
}
say() { echo "demo: $*"; }

stop_all() {
    for pid in $child $pids $sim; do kill "$pid" 2>/dev/null || :; done
    for dir in $started; do "$servers" stop "$dir" || :; done
    wait
    child='' pids='' sim='' started=''
    rm -rf "$work"
}
cleanup() {
    status=$?
    trap '' INT TERM HUP
    trap - EXIT
    stop_all
    exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# A child that is waited for, so that a signal is acted upon at once and not when the child is done.
run() {
    "$@" &
    child=$!
    run_status=0
    wait "$child" || run_status=$?
    child=''
    return "$run_status"
}

# ---- an environment of its own: no proxy, no credentials and no state of whoever runs this ----

chmod 711 "$work"
mkdir -p "$DEMO_OUT" "$work/secrets" "$work/state"
chmod 700 "$work/secrets" "$work/state"
rm -f "$DEMO_OUT/report.txt" "$DEMO_OUT/report.json" "$DEMO_OUT/report.md" "$DEMO_OUT/report.html" "$DEMO_OUT/estate.ndjson" "$DEMO_OUT/symptoms.ndjson"
unset PLUMBLINE_NOW CLOUDSDK_AUTH_ACCESS_TOKEN CLOUDSDK_CONFIG GCE_METADATA_HOST GOOGLE_CLOUD_PROJECT GCLOUD_PROJECT \
    GOOGLE_CLOUD_QUOTA_PROJECT CLOUDSDK_CORE_PROJECT
no_proxy='*' NO_PROXY='*' TMPDIR=$work XDG_STATE_HOME=$work/state
export no_proxy NO_PROXY TMPDIR XDG_STATE_HOME

# ---- secrets, made for this run ----

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }
APP_DB_PASSWORD=$(random 12) SESSIONS_AUTH=$(random 16) AUTH_SERVICE_TOKEN=$(random 16)
env_secret=$(random 16) key=$work/secrets/key.pem
export APP_DB_PASSWORD SESSIONS_AUTH AUTH_SERVICE_TOKEN
make_credentials() (
    umask 077
    openssl genrsa -out "$key" 2048 2>/dev/null
    openssl rsa -in "$key" -pubout -out "$key.pub" 2>/dev/null
    printf '{"type": "service_account", "project_id": "acme-staging", "private_key_id": "demo", "private_key": "%s",
 "client_email": "drift-reader@acme-staging.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token"}\n' \
        "$(awk '{printf "%s\\n", $0}' "$key")" >"$work/secrets/credentials.json"
    sed "s|@ENV_SECRET@|$env_secret|" $here/estate.ndjson >"$work/secrets/estate.ndjson"
    [ -z "${DEMO_SECRETS:-}" ] || {
        printf '%s\n' "$APP_DB_PASSWORD" "$SESSIONS_AUTH" "$AUTH_SERVICE_TOKEN" "$env_secret"
        sed '/^-----/d' "$key"
    } >"$DEMO_SECRETS"
)
make_credentials
GOOGLE_APPLICATION_CREDENTIALS=$work/secrets/credentials.json
export GOOGLE_APPLICATION_CREDENTIALS

# ---- certificates: a CA, and the names that Cloud Run gives the services ----

certs=$work/certs
"$servers" certs "$certs"
names=''
for service in auth api live; do names="$names${names:+,}DNS:$service-2xk5q7mzla-uc.a.run.app"; done
printf 'subjectAltName=%s\n' "$names" >"$work/run.ext"
openssl req -new -newkey rsa:2048 -nodes -keyout "$certs/run.key" -subj /CN=run.app -out "$work/run.csr" 2>/dev/null
openssl x509 -req -in "$work/run.csr" -CA "$certs/ca.crt" -CAkey "$certs/ca.key" -CAcreateserial -days 30 \
    -extfile "$work/run.ext" -out "$certs/run.crt" 2>/dev/null
chmod 644 "$certs/run.key" "$certs/run.crt"

# ---- the servers ----

new_dir() {
    dir=$("$servers" dir)
    ln -s "$certs" "$dir/certs"
    started="$started $dir"
}
# port_of NAME: from the env file of the server that was started last.
port_of() { sed -n "s/^$1=//p" "$dir/env"; }
# own NAME PROGRAM [ARGUMENT...]: starts one of ours and puts its port into the variable NAME.
own() {
    name=$1 program=$2
    shift 2
    "$BUILD/servers/$program" --port-file "$work/$name.port" "$@" </dev/null &
    pids="$pids $!"
    "$servers" wait "$!" "$work/$name.port" || fail "$program does not start"
    eval "$name=\$(cat \"\$work/$name.port\")"
}

new_dir
(
    umask 077
    cat >"$dir/init.sql" <<SQL
CREATE ROLE app LOGIN PASSWORD '$APP_DB_PASSWORD';
CREATE DATABASE app OWNER app;
SQL
)
"$servers" start postgres "$dir" $$ || fail "PostgreSQL does not start"
sql=$(port_of PORT)
say "PostgreSQL with TLS and SCRAM on port $sql: Cloud SQL's 5432"

new_dir
printf '%s\n' "$SESSIONS_AUTH" >"$dir/password"
"$servers" start redis "$dir" $$ || fail "Redis does not start"
redis=$(port_of TLS_PORT)
say "Redis with TLS and AUTH on port $redis: Memorystore's 6378"

closed='' auth='' api='' live='' breaker=''
own closed closed_port
say "nothing on port $closed: Cloud SQL's 5434"
own auth auth_server --delay-ms 900 --require-bearer "$AUTH_SERVICE_TOKEN"
own api auth_server --upstream "127.0.0.1:$closed"
own live ws_server --slots 5 --handshake-ms 100
own breaker breaker_server --states CLOSED:0,OPEN:5:503,OPEN:5:503,HALF_OPEN:5,CLOSED:0
new_dir
sed -e "s|@AUTH@|$auth|; s|@API@|$api|; s|@LIVE@|$live|; s|@BREAKER@|$breaker|" $here/nginx.conf.in >"$dir/nginx.conf.in"
"$servers" start nginx "$dir" $$ || fail "nginx does not start"
auth=$(port_of PORT_auth) api=$(port_of PORT_api) live=$(port_of PORT_live)
say "nginx with TLS on ports $auth, $api, $live: Cloud Run's auth, api and live"

# It ends with this shell, however that ends; our other servers see to it themselves.
setpriv --pdeathsig KILL "$PLUMBLINE_SIM" --estate "$work/secrets/estate.ndjson" --key-public "$key.pub" --page-size 3 \
    --port-file "$work/sim.port" --log "$work/sim.log" </dev/null >/dev/null &
sim=$!
"$servers" wait "$sim" "$work/sim.port" || fail "the simulator does not start"
api_root=http://127.0.0.1:$(cat "$work/sim.port")
say "a simulator of Google's APIs at $api_root"

# ---- the main job ----

baseline="-b $here/baseline.yaml"
vars="--var ca=$certs/ca.crt --var auth=127.0.0.1:$auth --var api=127.0.0.1:$api --var live=127.0.0.1:$live
      --var sql=127.0.0.1:$sql --var sql_port=$sql --var sql_5434=127.0.0.1:$closed --var redis=127.0.0.1:$redis"

# job STATUS COMMAND...: plumbline must end with this status.
job() {
    wanted=$1
    shift
    status=0
    run "$PLUMBLINE" "$@" || status=$?
    [ "$status" = "$wanted" ] || fail "plumbline $1 ended with $status, not $wanted"
}

say "plumbline audit -b $here/baseline.yaml --api-root $api_root --vantage any --var ..."
echo
# Lists of words: neither holds a blank or a wildcard that is not meant.
# shellcheck disable=SC2086
job 2 audit $baseline $vars --api-root "$api_root" --vantage any \
    -o text -o "text=$DEMO_OUT/report.txt" -o "json=$DEMO_OUT/report.json" -o "markdown=$DEMO_OUT/report.md" \
    -o "html=$DEMO_OUT/report.html"
# shellcheck disable=SC2086
job 0 collect $baseline $vars --api-root "$api_root" "$DEMO_OUT/estate.ndjson"
# From the wrong place: the same refusal says nothing about the workload.
# shellcheck disable=SC2086
job 3 audit $baseline $vars --api-root "$api_root" --select api-to-db --fail-on critical -o "json=$work/elsewhere.json"

# ---- is it the right account? ----

echo
"$BUILD/servers/json_expect" "$DEMO_OUT/report.json" <$here/expected.txt || fail "the account is not the expected one"
"$BUILD/servers/json_expect" "$work/elsewhere.json" <$here/expected-elsewhere.txt ||
    fail "the account from elsewhere is not the expected one"
kill "$sim"
status=0
wait "$sim" || status=$?
sim=''
[ "$status" = 0 ] || fail "the simulator ended with $status: something tried to write"
say "the account is the expected one; of $(grep -c . "$work/sim.log") requests none tried to change anything"

# ---- what next? ----

echo '{"connection": "api-to-db", "symptom": "refused", "seen_from": "run.service/api", "detail": "connection refused by 10.20.0.3 port 5434"}' \
    >"$DEMO_OUT/symptoms.ndjson"
short() { case $1 in "$PWD"/*) echo "${1#"$PWD"/}" ;; *) echo "$1" ;; esac }
plumbline=$(short "$PLUMBLINE") out=$(short "$DEMO_OUT")
stop_all
cat <<NEXT
demo: done in $(($(date +%s) - began)) s; everything that was started is stopped. The reports are in $out: report.txt, report.json, report.md, report.html

Three things to try next, on the snapshot that is left there (exit status 2: something is found):

1. What the model says when nobody looks, as from cron: no probe, no server, no network.
  \$ $plumbline audit $baseline --snapshot $out/estate.ndjson --no-probe

2. One connection hop by hop, with its evidence, from what the application's log said:
  \$ $plumbline explain api-to-db $baseline --snapshot $out/estate.ndjson --symptoms $out/symptoms.ndjson --no-probe

3. Mend the cause in a copy, and see that it no longer blocks:
  \$ sed 's/"5434"/"5432"/' $out/estate.ndjson >$out/mended.ndjson
  \$ $plumbline audit $baseline --snapshot $out/mended.ndjson --no-probe
NEXT
