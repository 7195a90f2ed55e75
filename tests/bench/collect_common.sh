# shellcheck shell=sh
# collect_common.sh - for what measures or checks a collection: a simulator behind nginx with TLS and HTTP/2, and Google's Node client.
#
# Source it from the project's root. BUILD is the folder of the flavour. Sets `dir`, a folder that goes at the end, as every process in `pids` does.

dir=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-collect.XXXXXX")
pids=
finish() {
    for pid in $pids; do kill "$pid" 2>/dev/null || :; done
    wait 2>/dev/null || :
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

# Google's client is installed by npm's own command into the build folder, once and whole: what took too long leaves nothing behind. Sets
# node_why where there is none.
node_modules=${BUILD%/*}/node/node_modules
node_seconds=${NODE_INSTALL_SECONDS:-300}
node_have() { [ -f "$node_modules/googleapis/package.json" ] && command -v node >/dev/null 2>&1; }
node_install() {
    node_have && return 0
    for tool in node npm timeout; do
        command -v $tool >/dev/null 2>&1 || { node_why="$tool is not installed" && return 1; }
    done
    rm -rf "${node_modules%/*}.new"
    mkdir -p "${node_modules%/*}.new"
    status=0
    timeout -k 5 "$node_seconds" npm install --prefix "${node_modules%/*}.new" --no-save --no-package-lock --no-audit --no-fund \
        --omit=dev --omit=optional --ignore-scripts --fetch-retries=1 --fetch-timeout=60000 --loglevel=error googleapis \
        >"$dir/npm.log" 2>&1 </dev/null || status=$?
    if [ $status = 0 ] && [ -f "${node_modules%/*}.new/node_modules/googleapis/package.json" ]; then
        rm -rf "${node_modules%/*}"
        mv "${node_modules%/*}.new" "${node_modules%/*}"
        return 0
    fi
    rm -rf "${node_modules%/*}.new"
    node_why="npm install googleapis fails: $(grep -v '^npm warn' "$dir/npm.log" | head -1)"
    [ $status != 124 ] || node_why="npm install googleapis took more than $node_seconds s (NODE_INSTALL_SECONDS)"
    return 1
}

# sim_start ESTATE LATENCY_MS [OPTION...]: sets sim_port, sim_pid. The one before is gone by then: what it wrote last is not in this one's log.
sim_start() {
    [ -z "${sim_pid:-}" ] || { kill "$sim_pid" 2>/dev/null && wait "$sim_pid" 2>/dev/null || :; }
    rm -f "$dir/sim.port"
    estate=$1 latency=$2
    shift 2
    "$BUILD/plumbline-sim" --estate "$estate" --latency-ms "$latency" --port-file "$dir/sim.port" --token bench-token "$@" >/dev/null &
    sim_pid=$!
    pids="$pids $sim_pid"
    tries=1200
    until [ -s "$dir/sim.port" ]; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] && kill -0 "$sim_pid" || { echo "the simulator does not start" >&2 && exit 1; }
        sleep 0.05
    done
    sim_port=$(cat "$dir/sim.port")
}

apis="compute sqladmin run redis memcache vpcaccess servicenetworking serviceusage cloudresourcemanager dns secretmanager memorystore"

# front_start: nginx before the simulator; one port with every API behind its host's name, as --api-root has it (front_root), and one
# port an API (front_roots, JSON). Restarted for another simulator by calling it again. Where front_log is set each request is a line there:
# port, number of the connection, which of its requests this is, URI, "r" where a session went on.
front_start() {
    [ -d "$dir/certs" ] || tests/support/servers.sh certs "$dir/certs"
    mkdir -p "$dir/tmp"
    front_stop
    # A port that was free may be somebody else's by the time that nginx binds it.
    tries=3
    until front_try; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || { echo "nginx does not listen: $(tail -n 3 "$dir/nginx.log")" >&2 && exit 1; }
    done
    front_root=https://localhost:$front_port
    front_roots="{$(tr -d '\n' <"$dir/roots" | sed 's/,$//')}"
    # As gcloud takes private endpoints: each API has a host of its own, as at Google.
    while read -r api at; do
        export "CLOUDSDK_API_ENDPOINT_OVERRIDES_$(echo "$api" | tr '[:lower:]' '[:upper:]')=https://localhost:$at/"
    done <"$dir/ports"
    export SSL_CERT_FILE="$dir/certs/ca.crt" NODE_EXTRA_CA_CERTS="$dir/certs/ca.crt" CLOUDSDK_AUTH_ACCESS_TOKEN=bench-token
    export XDG_STATE_HOME="$dir/state"
}

# front_stop: nginx has served and written down what it was asked, and is gone.
front_stop() {
    [ -z "${front_pid:-}" ] || { kill -QUIT "$front_pid" 2>/dev/null && wait "$front_pid" 2>/dev/null || :; }
    front_pid=
}

front_try() {
    front_port=$(tests/support/servers.sh port)
    front_conf >"$dir/nginx.conf" 3>"$dir/roots" 4>"$dir/ports"
    nginx -p "$dir" -e "$dir/nginx.log" -c "$dir/nginx.conf" &
    front_pid=$!
    pids="$pids $front_pid"
    # shellcheck disable=SC2046
    tests/support/servers.sh listens "$front_pid" "$front_port" $(cut -d' ' -f2 "$dir/ports") && return 0
    front_stop
    return 1
}

# Its configuration; on descriptors 3 and 4 what leads to each API's port, as JSON and as words.
front_conf() {
    echo "daemon off; worker_processes 2; pid $dir/nginx.pid; error_log $dir/nginx.log crit;"
    [ "$(id -u)" != 0 ] || echo "user nobody nogroup;"
    echo "events { worker_connections 8192; } http { log_format line '\$server_port \$connection \$connection_requests \$request_uri \$ssl_session_reused';"
    [ -n "${front_log:-}" ] && echo "access_log $front_log line;" || echo "access_log off;"
    for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $dir/tmp;"; done
    # As Google does: compressed where the client takes it and says so in its name, too, a hundred streams a connection.
    echo "gzip on; gzip_types application/json; gzip_proxied any; gzip_comp_level 1; gzip_disable '^(?!.*gzip)';"
    echo "http2_max_concurrent_streams 100; keepalive_requests 1000000;"
    echo "proxy_http_version 1.1; proxy_set_header Connection ''; proxy_buffers 64 64k; proxy_buffer_size 64k; proxy_max_temp_file_size 0;"
    echo "ssl_certificate $dir/certs/server.crt; ssl_certificate_key $dir/certs/server.key;"
    echo "upstream sim { server 127.0.0.1:$sim_port; keepalive 900; }"
    echo "server { listen 127.0.0.1:$front_port ssl http2 backlog=4096; location / { proxy_pass http://sim; } }"
    for api in $apis; do
        port=$(tests/support/servers.sh port)
        echo "server { listen 127.0.0.1:$port ssl http2 backlog=4096;"
        echo "location / { proxy_pass http://sim/$api.googleapis.com\$request_uri; } }"
        echo "\"$api.googleapis.com\": \"https://localhost:$port/\"," >&3
        echo "$api $port" >&4
    done
    echo "}"
}
