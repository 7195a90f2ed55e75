#!/bin/sh
# Real servers for tests and the demo, on free loopback ports, as an ordinary user where one refuses root.
#
#   servers.sh certs DIR                   a CA and certificates for localhost: DIR/{ca,server,expired,...}.{crt,key}
#   servers.sh start postgres DIR [OWNER]  PostgreSQL with TLS and SCRAM     -> DIR/env: PORT=
#   servers.sh start redis DIR [OWNER]     Redis, plain and TLS, password    -> DIR/env: PORT= TLS_PORT=
#   servers.sh start nginx DIR [OWNER]     nginx with DIR/nginx.conf.in      -> DIR/env: PORT_<name>= per @PORT_<name>@
#   servers.sh start squid DIR [OWNER]     an HTTP proxy, plain and TLS, user "proxied" -> DIR/env: PORT= TLS_PORT=
#   servers.sh start socks DIR [OWNER]     a SOCKS5 proxy, user "proxied"    -> DIR/env: PORT=
#   servers.sh start dnsmasq DIR [OWNER]   dnsmasq with DIR/dnsmasq.extra    -> DIR/env: PORT=
#   servers.sh stop DIR                    ends what was started there; waits until it is gone
#   servers.sh port                        a port that is free now: who starts on it may still lose it to somebody else
#   servers.sh listens PID PORT...         waits until PID itself listens on all of them; 1: it has ended, or never does
#   servers.sh wait PID FILE               waits until FILE is there (a server's --port-file) or PID has ended
#
# DIR is made by `servers.sh dir`, which prints it: a new folder that the server's user may enter. Certificates
# are looked for in DIR/certs. Where OWNER (a process id) is given, the servers end when it does, however it
# ends. The exit status is 77 where the program is not installed. Passwords are those of the files below,
# made for the run: DIR/password.
set -eu
PATH=$PATH:/usr/sbin:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)

fail() {
    echo "servers: $*" >&2
    exit 1
}
need() { command -v "$1" >/dev/null 2>&1 || { echo "servers: $1 is not installed" >&2 && exit 77; }; }

# The user that servers run as: ourselves, or an ordinary one where we are root.
ordinary() {
    if [ "$(id -u)" != 0 ]; then
        id -un
    elif getent passwd postgres >/dev/null; then
        echo postgres
    else
        echo nobody
    fi
}
# as_ordinary COMMAND...: replaces this process.
as_ordinary() {
    if [ "$(id -u)" = 0 ]; then
        exec setpriv --reuid "$(ordinary)" --regid "$(id -g "$(ordinary)")" --clear-groups -- "$@"
    else
        exec "$@"
    fi
}

random() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# A port below the range that the kernel gives out, on which nobody listens now. Who starts on it may still
# lose it to somebody else, and then tries another.
free_port() {
    while :; do
        port=$((10000 + $(od -An -N2 -tu2 /dev/urandom) % 20000))
        hex=$(printf '%04X' "$port")
        grep -qi ":$hex 00000000:0000 0A\|:$hex 0\{32\}:0000 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null || break
    done
    echo "$port"
}

# until_true SECONDS COMMAND...: asks ten times a second; the wait ends with the thing waited for.
until_true() {
    tries=$(($1 * 20))
    shift
    while ! "$@" 2>/dev/null; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || return 1
        sleep 0.05
    done
}
# A zombie is gone, too: its parent here is whoever adopts orphans, and may take its time.
gone() { ! kill -0 "$1" 2>/dev/null || grep -q '^State:[[:space:]]*Z' "/proc/$1/status" 2>/dev/null; }
there_or_gone() { [ -s "$2" ] || gone "$1"; }

# listens PID PORT: that process and nobody else, who may have been quicker on the same port. By the socket's inode, which proc(5) has in
# both places; where the kernel tells none, that somebody listens must do.
listens() {
    hex=$(printf '%04X' "$2")
    # shellcheck disable=SC2013
    for inode in $(awk -v port=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }' /proc/net/tcp); do
        [ "$inode" != 0 ] || return 0
        [ -z "$(find "/proc/$1/fd" -lname "socket:\[$inode\]")" ] || return 0
    done
    return 1
}
all_listen() {
    listener=$1
    shift
    for each; do listens "$listener" "$each" || return 1; done
}
all_listen_or_gone() { all_listen "$@" || gone "$1"; }
await_listening() { until_true 30 all_listen_or_gone "$@" && ! gone "$1"; }

# ---- certificates ----

sign() { # NAME SUBJECT EXTENSIONS [START END]
    openssl ecparam -name prime256v1 -genkey -noout -out "$1.key" 2>/dev/null
    openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
    printf '%s\n' "$3" >"$1.ext"
    openssl ca -batch -notext -config ca.conf -in "$1.csr" -out "$1.crt" -extfile "$1.ext" \
        -startdate "${4:-20200101000000Z}" -enddate "${5:-20991231235959Z}" 2>/dev/null
}
sign_by() { # ISSUER NAME SUBJECT EXTENSIONS: as sign, by another than the CA
    openssl ecparam -name prime256v1 -genkey -noout -out "$2.key" 2>/dev/null
    openssl req -new -key "$2.key" -subj "$3" -out "$2.csr"
    printf '%s\n' "$4" >"$2.ext"
    openssl x509 -req -in "$2.csr" -CA "$1.crt" -CAkey "$1.key" -CAcreateserial -days 30 -extfile "$2.ext" -out "$2.crt" 2>/dev/null
}

certs() {
    need openssl
    mkdir -p "$1"
    cd "$1"
    : >index.txt
    cat >ca.conf <<CONF
[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = .
rand_serial = yes
certificate = ca.crt
private_key = ca.key
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
CONF
    for ca in ca other-ca; do
        openssl ecparam -name prime256v1 -genkey -noout -out $ca.key 2>/dev/null
        openssl req -x509 -new -key $ca.key -subj "/CN=test $ca" -days 30 -out $ca.crt \
            -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
    done
    names='subjectAltName=DNS:localhost,IP:127.0.0.1'
    sign server /CN=localhost "$names"
    sign expired /CN=localhost "$names" 20200101000000Z 20200201000000Z
    sign future /CN=localhost "$names" 20980101000000Z 20990101000000Z
    sign wrong-name /CN=elsewhere.test 'subjectAltName=DNS:elsewhere.test'
    sign client /CN=client 'extendedKeyUsage=clientAuth'
    openssl ecparam -name prime256v1 -genkey -noout -out self-signed.key 2>/dev/null
    openssl req -x509 -new -key self-signed.key -subj /CN=localhost -days 30 -out self-signed.crt \
        -addext "$names" 2>/dev/null
    # An intermediate, with a server's and a client's certificate below it: with their chain, and without.
    sign intermediate '/CN=test intermediate' "$(printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign')"
    sign_by intermediate below /CN=localhost "$names"
    sign_by intermediate client-below '/CN=client below' 'extendedKeyUsage=clientAuth'
    cat below.crt intermediate.crt >chain.crt
    cat client-below.crt intermediate.crt >client-chain.crt
    # Signed by somebody who may not sign.
    sign_by server by-no-ca /CN=localhost "$names"
    cat by-no-ca.crt server.crt >bad-chain.crt
    chmod 644 ./*.key ./*.crt
}

# ---- lives ----

# The server ends with its owner, even where that is killed.
watch_owner() { # DIR OWNER PID
    [ -n "$2" ] || return 0
    (
        exec </dev/null >/dev/null 2>&1
        trap '' INT TERM HUP
        while kill -0 "$2" 2>/dev/null && kill -0 "$3" 2>/dev/null; do sleep 0.5; done
        kill -0 "$3" 2>/dev/null || exit 0
        "$0" stop "$1"
        rm -rf "$1"
    ) &
}

# launch DIR "PORT..." COMMAND...: starts it in the background and waits until it listens on all of them. 1: it did not, and is gone.
launch() {
    dir=$1 awaited=$2
    shift 2
    (as_ordinary "$@") </dev/null >>"$dir/log" 2>&1 &
    pid=$!
    # shellcheck disable=SC2086
    if await_listening "$pid" $awaited; then
        echo "$pid" >"$dir/pid"
        return 0
    fi
    kill "$pid" 2>/dev/null || :
    until_true 5 gone "$pid" || kill -KILL "$pid" 2>/dev/null || :
    return 1
}

stop() {
    [ -f "$1/pid" ] || return 0
    pid=$(cat "$1/pid")
    # PostgreSQL's fast shutdown is SIGINT; the others end by SIGTERM.
    signal=TERM
    [ ! -f "$1/data/PG_VERSION" ] || signal=INT
    kill -$signal "$pid" 2>/dev/null || :
    until_true 5 gone "$pid" || kill -KILL "$pid" 2>/dev/null || :
    rm -f "$1/pid"
}

give() { [ "$(id -u)" != 0 ] || chown -R "$(ordinary)" "$@"; }

# key NAME: a private key that only the server's user can read, as PostgreSQL wants it.
key() {
    cp "$dir/certs/$1.key" "$dir/$1.key"
    chmod 600 "$dir/$1.key"
    give "$dir/$1.key"
}

# ---- servers ----

start_postgres() {
    dir=$1
    need initdb
    need postgres
    [ -s "$dir/password" ] || random 12 >"$dir/password"
    key server
    # A socket's path has at most 107 bytes.
    sockets=$dir
    [ ${#dir} -le 80 ] || sockets=
    mkdir -p "$dir/data"
    give "$dir/data" "$dir/password"
    (as_ordinary initdb -D "$dir/data" -U postgres -A scram-sha-256 --pwfile="$dir/password" --no-sync \
        --no-locale -E UTF8 --no-instructions) >"$dir/log" 2>&1 || fail "initdb failed: $(tail -n 3 "$dir/log")"
    cat >"$dir/data/pg_hba.conf" <<CONF
# Roles and databases are made by whoever uses it; "tlsonly" is not open in clear, everything else is.
hostnossl tlsonly all 127.0.0.1/32 reject
host tlsonly all 127.0.0.1/32 scram-sha-256
host closed_to_all all 127.0.0.1/32 reject
host all all 127.0.0.1/32 scram-sha-256
local closed_to_all all reject
local all all scram-sha-256
CONF
    [ ! -f "$dir/hba.conf" ] || cat "$dir/hba.conf" >"$dir/data/pg_hba.conf"
    give "$dir/data/pg_hba.conf"
    for try in 1 2 3; do
        port=$(free_port)
        launch "$dir" "$port" postgres -D "$dir/data" -p "$port" -c listen_addresses=127.0.0.1 \
            -c unix_socket_directories="$sockets" -c fsync=off -c max_connections=40 -c shared_buffers=16MB \
            -c autovacuum=off -c ssl=on -c ssl_cert_file="$dir/certs/server.crt" -c ssl_key_file="$dir/server.key" \
            -c ssl_ca_file="${SSL_CA_FILE:-}" && break
        [ "$try" != 3 ] || fail "postgres does not start: $(tail -n 3 "$dir/log")"
    done
    echo "PORT=$port" >"$dir/env"
    # Listening comes before the end of start-up.
    PGPASSWORD=$(cat "$dir/password") && export PGPASSWORD
    until_true 20 psql -X -q -h 127.0.0.1 -p "$port" -U postgres -d postgres -c 'SELECT 1' -o /dev/null ||
        fail "postgres does not get ready: $(tail -n 3 "$dir/log")"
    [ ! -f "$dir/init.sql" ] ||
        psql -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U postgres -d postgres -f "$dir/init.sql" >>"$dir/log" 2>&1 ||
        fail "init.sql failed: $(tail -n 3 "$dir/log")"
}

start_redis() {
    dir=$1
    need redis-server
    [ -s "$dir/password" ] || random 12 >"$dir/password"
    key server
    for try in 1 2 3; do
        port=$(free_port)
        tls_port=$(free_port)
        cat >"$dir/redis.conf" <<CONF
bind 127.0.0.1
port $port
tls-port $tls_port
tls-cert-file $dir/certs/server.crt
tls-key-file $dir/server.key
tls-ca-cert-file $dir/certs/ca.crt
tls-auth-clients no
requirepass $(cat "$dir/password")
user limited on >$(cat "$dir/password") ~* -@all +auth
save ""
dir $dir
CONF
        [ ${#dir} -gt 80 ] || echo "unixsocket $dir/redis.sock" >>"$dir/redis.conf"
        [ ! -f "$dir/redis.extra" ] || cat "$dir/redis.extra" >>"$dir/redis.conf"
        give "$dir/redis.conf"
        launch "$dir" "$port $tls_port" redis-server "$dir/redis.conf" && break
        [ "$try" != 3 ] || fail "redis does not start: $(tail -n 3 "$dir/log")"
    done
    printf 'PORT=%s\nTLS_PORT=%s\n' "$port" "$tls_port" >"$dir/env"
}

start_nginx() {
    dir=$1
    need nginx
    for name in "$dir"/certs/*.key; do key "$(basename "$name" .key)"; done
    mkdir -p "$dir/tmp"
    give "$dir/tmp"
    names=$(grep -o '@PORT_[a-z_0-9]*@' "$dir/nginx.conf.in" | sort -u | tr -d @)
    for try in 1 2 3; do
        : >"$dir/env"
        sed "s|@DIR@|$dir|g" "$dir/nginx.conf.in" >"$dir/servers.conf"
        for name in $names; do
            port=$(free_port)
            echo "$name=$port" >>"$dir/env"
            sed -i "s|@$name@|$port|g" "$dir/servers.conf"
        done
        cat >"$dir/nginx.conf" <<CONF
daemon off;
worker_processes 1;
pid $dir/tmp/nginx.pid;
error_log $dir/tmp/error.log;
events { worker_connections 256; }
http {
    access_log off;
    client_body_temp_path $dir/tmp/body;
    proxy_temp_path $dir/tmp/proxy;
    fastcgi_temp_path $dir/tmp/fastcgi;
    uwsgi_temp_path $dir/tmp/uwsgi;
    scgi_temp_path $dir/tmp/scgi;
    include $dir/servers.conf;
}
CONF
        launch "$dir" "$(cut -d= -f2 "$dir/env" | tr '\n' ' ')" nginx -p "$dir" -e "$dir/tmp/error.log" -c "$dir/nginx.conf" && break
        [ "$try" != 3 ] || fail "nginx does not start: $(tail -n 3 "$dir/log" "$dir/tmp/error.log")"
    done
}

start_squid() {
    dir=$1
    need squid
    [ -s "$dir/password" ] || random 12 >"$dir/password"
    echo "proxied:$(openssl passwd -apr1 "$(cat "$dir/password")")" >"$dir/users"
    give "$dir/users"
    key server
    for try in 1 2 3; do
        port=$(free_port)
        tls_port=$(free_port)
        cat >"$dir/squid.conf" <<CONF
http_port 127.0.0.1:$port
https_port 127.0.0.1:$tls_port tls-cert=$dir/certs/server.crt tls-key=$dir/server.key
auth_param basic program /usr/lib/squid/basic_ncsa_auth $dir/users
auth_param basic children 1 startup=0
acl known proxy_auth REQUIRED
acl forbidden dstdomain forbidden.test
http_access deny forbidden
http_access allow known
http_access deny all
cache deny all
cache_mem 8 MB
access_log none
cache_log /dev/null
pid_filename none
coredump_dir $dir
netdb_filename none
pinger_enable off
shutdown_lifetime 0 seconds
connect_timeout 2 seconds
visible_hostname localhost
max_filedescriptors 512
CONF
        give "$dir/squid.conf"
        launch "$dir" "$port $tls_port" squid -N -f "$dir/squid.conf" && break
        [ "$try" != 3 ] || fail "squid does not start: $(tail -n 3 "$dir/log")"
    done
    printf 'PORT=%s\nTLS_PORT=%s\n' "$port" "$tls_port" >"$dir/env"
}

start_socks() {
    dir=$1
    need microsocks
    [ -s "$dir/password" ] || random 12 >"$dir/password"
    for try in 1 2 3; do
        port=$(free_port)
        launch "$dir" "$port" microsocks -i 127.0.0.1 -p "$port" -u proxied -P "$(cat "$dir/password")" && break
        [ "$try" != 3 ] || fail "microsocks does not start: $(tail -n 3 "$dir/log")"
    done
    echo "PORT=$port" >"$dir/env"
}

start_dnsmasq() {
    dir=$1
    need dnsmasq
    for try in 1 2 3; do
        port=$(free_port)
        cat - "$dir/dnsmasq.extra" >"$dir/dnsmasq.conf" <<CONF
port=$port
listen-address=127.0.0.1
bind-interfaces
no-resolv
no-hosts
user=
pid-file
CONF
        launch "$dir" "$port" dnsmasq -k -C "$dir/dnsmasq.conf" && break
        [ "$try" != 3 ] || fail "dnsmasq does not start: $(tail -n 3 "$dir/log")"
    done
    echo "PORT=$port" >"$dir/env"
}

case ${1:-} in
dir)
    dir=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-servers.XXXXXX")
    chmod 711 "$dir"
    give "$dir"
    echo "$dir"
    ;;
certs) certs "$2" ;;
start)
    [ -d "$3/certs" ] || "$0" certs "$3/certs"
    : >"$3/log"
    "start_$2" "$3"
    watch_owner "$3" "${4:-}" "$(cat "$3/pid")"
    ;;
stop) stop "$2" ;;
port) free_port ;;
listens)
    shift
    await_listening "$@"
    ;;
wait) until_true 20 there_or_gone "$2" "$3" && [ -s "$3" ] ;;
*) fail "see the first lines of $0" ;;
esac
