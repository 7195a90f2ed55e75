#!/bin/sh
# make bench: what a probe costs - 1,000 TCP, HTTP, TLS and HTTPS targets on one nginx on loopback, in the same run as
# Debian's prometheus-blackbox-exporter and HAProxy's health checks where they are installed, and as bare loops in C.
#
# Medians of BENCH_RUNS (5) runs; CPU is user and system time of the prober alone. Everything listens on loopback, on
# ports that are free now, and ends with this script. BENCH_PORTS (1000) targets a kind.
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build/release}"
. tests/bench/bench_common.sh
runs=$bench_runs
n=${BENCH_PORTS:-1000}
PATH=$PATH:/usr/sbin
ulimit -n "$(ulimit -H -n)" 2>/dev/null || :
have() { command -v "$1" >/dev/null 2>&1; }
have nginx || { echo "skipped: bench_probe, nginx is not installed" && exit 77; }

dir=$(mktemp -d "${TMPDIR:-/tmp}/plumbline-bench.XXXXXX")
pids=
finish() {
    for pid in $pids; do kill "$pid" 2>/dev/null || :; done
    wait 2>/dev/null || :
    rm -rf "$dir"
}
trap finish EXIT
trap 'exit 1' INT TERM

# Free runs of ports, below those that the kernel gives out.
free_range() { # FROM
    first=$1
    while :; do
        awk -v a="$first" -v b=$((first + n - 1)) '{ split($2, h, ":"); p = strtonum("0x" h[2]) } p >= a && p <= b { exit 1 }' \
            /proc/net/tcp && { echo "$first" && return; }
        first=$((first + 97))
    done
}
awk 'BEGIN { exit strtonum("0x10") != 16 }' 2>/dev/null || free_range() { echo "$1"; }
plain=$(free_range 12000)
tls=$(free_range 15000)
other=$(free_range 19000)

# ---- what is measured ----

tests/support/servers.sh certs "$dir/certs"
{
    echo "daemon off; worker_processes 2; pid $dir/nginx.pid; error_log $dir/error.log crit;"
    [ "$(id -u)" != 0 ] || echo "user nobody nogroup;"
    echo "events { worker_connections 8192; } http { access_log off; default_type application/json;"
    for kind in body proxy fastcgi uwsgi scgi; do
        [ $kind = body ] && echo "client_body_temp_path $dir/tmp;" || echo "${kind}_temp_path $dir/tmp;"
    done
    echo "server { location / { return 200 '{\"status\":\"ok\"}'; }"
    i=0
    while [ $i -lt "$n" ]; do echo "listen 127.0.0.1:$((plain + i)) backlog=4096;" && i=$((i + 1)); done
    echo "} server { ssl_certificate $dir/certs/server.crt; ssl_certificate_key $dir/certs/server.key;"
    echo "ssl_session_tickets off; location / { return 200 '{\"status\":\"ok\"}'; }"
    i=0
    while [ $i -lt "$n" ]; do echo "listen 127.0.0.1:$((tls + i)) ssl http2 backlog=4096;" && i=$((i + 1)); done
    echo "} }"
} >"$dir/nginx.conf"
mkdir "$dir/tmp"
nginx -p "$dir" -e "$dir/error.log" -c "$dir/nginx.conf" &
pids="$pids $!"

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
have bash && answers() { bash -c "exec 3<>/dev/tcp/127.0.0.1/$1" 2>/dev/null; }
wait_for() { # PORT
    tries=200
    until answers "$1"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || { echo "bench_probe: nothing listens on $1" >&2 && exit 1; }
        sleep 0.05
    done
}
wait_for $((plain + n - 1))
wait_for $((tls + n - 1))

base_of() { case $1 in tls | https | handshake) echo "$tls" ;; *) echo "$plain" ;; esac; }

# in_process WHAT, $flight at once: medians of CPU a probe (ms), wall, p50, p99 (ms); the last peak (kB).
in_process() {
    what=$1
    rm -f "$dir/cpu" "$dir/wall" "$dir/p50" "$dir/p99"
    for _ in $(seq "$runs"); do
        # shellcheck disable=SC2046
        set -- $("$BUILD/tests/bench/bench_probe" "$what" "$(base_of "$what")" "$n" "$dir/certs/ca.crt" ${flight:-})
        [ "$4" = "$n" ] || { echo "bench_probe: only $4 of $n $what probes succeeded" >&2 && exit 1; }
        echo "$1" >>"$dir/cpu" && echo "$2" >>"$dir/wall" && echo "$5" >>"$dir/p50" && echo "$6" >>"$dir/p99"
    done
    cpu=$(median <"$dir/cpu" | awk -v n="$n" '{ printf "%.4f", $1 / n }')
    wall=$(median <"$dir/wall")
    p50=$(median <"$dir/p50")
    p99=$(median <"$dir/p99")
    peak=$3
}

# ---- the others ----

ticks=$(getconf CLK_TCK)
cpu_ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }

exporter=
if have prometheus-blackbox-exporter && have curl; then
    cat >"$dir/bb.yml" <<CONF
modules:
  tcp: {prober: tcp, timeout: 5s}
  http: {prober: http, timeout: 5s, http: {preferred_ip_protocol: ip4}}
  tls: {prober: tcp, timeout: 5s, tcp: {tls: true, tls_config: {ca_file: $dir/certs/ca.crt, server_name: localhost}}}
  https: {prober: http, timeout: 5s, http: {preferred_ip_protocol: ip4, tls_config: {ca_file: $dir/certs/ca.crt, server_name: localhost}}}
CONF
    prometheus-blackbox-exporter --config.file="$dir/bb.yml" --web.listen-address="127.0.0.1:$other" --log.level=error &
    exporter=$!
    pids="$pids $exporter"
    wait_for "$other"
else
    echo "skipped: prometheus-blackbox-exporter, it is not installed (or curl is not)"
fi

# by_exporter KIND: CPU a probe (ms).
by_exporter() {
    base=$(base_of "$1")
    case $1 in http | https) prefix=$1:// ;; *) prefix= ;; esac
    i=0
    while [ $i -lt "$n" ]; do
        echo "url = \"http://127.0.0.1:$other/probe?module=$1&target=${prefix}127.0.0.1:$((base + i))\""
        echo "output = \"/dev/null\""
        i=$((i + 1))
    done >"$dir/list"
    curl -s "http://127.0.0.1:$other/probe?module=$1&target=${prefix}127.0.0.1:$base" | grep -q '^probe_success 1' ||
        { echo "bench_probe: the exporter's $1 probe fails" >&2 && exit 1; }
    for _ in $(seq "$runs"); do
        before=$(cpu_ticks "$exporter")
        curl -s --parallel --parallel-immediate --parallel-max 50 -K "$dir/list" 2>/dev/null
        echo $(($(cpu_ticks "$exporter") - before))
    done | median | awk -v t="$ticks" -v n="$n" '{ printf "%.4f", $1 * 1000 / t / n }'
}

# by_haproxy KIND: CPU a check (ms), one thread, every target once a second; windows of 5 s after 5 s.
by_haproxy() {
    {
        echo "global"
        echo "    nbthread 1"
        echo "    maxconn 4000"
        echo "defaults"
        echo "    mode http"
        echo "    timeout connect 5s"
        echo "    timeout client 5s"
        echo "    timeout server 5s"
        echo "frontend f"
        echo "    bind 127.0.0.1:$((other + 1))"
        echo "    default_backend b"
        echo "backend b"
        [ "$1" = tcp ] || echo "    option httpchk GET /"
        i=0
        while [ $i -lt "$n" ]; do echo "    server s$i 127.0.0.1:$((plain + i)) check inter 1s" && i=$((i + 1)); done
    } >"$dir/haproxy.cfg"
    haproxy -db -f "$dir/haproxy.cfg" >/dev/null 2>&1 &
    haproxy=$!
    pids="$pids $haproxy"
    wait_for $((other + 1))
    sleep 5 # checks are spread over their interval, and have begun
    for _ in $(seq "$runs"); do
        before=$(cpu_ticks "$haproxy")
        sleep 5
        echo $(($(cpu_ticks "$haproxy") - before))
    done | median | awk -v t="$ticks" -v n="$n" '{ printf "%.4f", $1 * 1000 / t / n / 5 }'
    kill "$haproxy"
}
have haproxy || echo "skipped: haproxy, it is not installed"

# ---- the table ----

row() { ratio "$kind, CPU a probe" "$ours" ms "$1" "$2" "$3"; } # PEER THEIRS MOST
echo "$n targets a kind, medians of $runs runs, $(nproc) processors"
in_process connect && bare_connect=$cpu
in_process handshake && bare_handshake=$cpu
for kind in tcp http tls https; do
    in_process $kind
    ours=$cpu
    printf '%-6s %8s ms CPU a probe; wall %s ms, peak %s kB, latency p50 %s ms, p99 %s ms\n' $kind "$ours" "$wall" "$peak" "$p50" "$p99"
    case $kind in tcp) row "connect loop" "$bare_connect" 2 ;; tls) row "handshake loop" "$bare_handshake" 1.3 ;; esac
    case $kind in tcp | http) most=0.1 ;; *) most=0.75 ;; esac
    [ -z "$exporter" ] || row blackbox_exporter "$(by_exporter $kind)" $most
    case $kind in tcp | http) ! have haproxy || row haproxy "$(by_haproxy $kind)" 1.5 ;; esac
done
flight=50 in_process http
limit "http, 50 in flight, latency p99" "$p99" ms 5

"$BUILD/servers/misbehave" --mode silent --port $((other + 2)) >/dev/null &
pids="$pids $!"
wait_for $((other + 2))
for kind in hang hang-tls; do
    # shellcheck disable=SC2046
    set -- $("$BUILD/tests/bench/bench_probe" $kind $((other + 2)) 1000 - 1100)
    limit "$kind, 1000 at once for 2 s, wall" "$2" ms 2500
done

# many WHAT N: from one process, to one port again and again.
many() {
    # shellcheck disable=SC2046
    set -- "$1" "$2" $(BENCH_SAME=1 "$BUILD/tests/bench/bench_probe" "$1" "$(base_of "$1")" "$2" "$dir/certs/ca.crt")
    [ "$6" = "$2" ] || { echo "bench_probe: only $6 of $2 $1 probes succeeded" >&2 && exit 1; }
    limit "$1, $2 endpoints, peak memory" "$(($5 / 1024))" MB 150
}
many tcp 10000
many https 2000
bench_end bench-probe
