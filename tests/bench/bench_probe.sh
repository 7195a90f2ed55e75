#!/bin/sh
# make bench-probe: what a probe costs - 1,000 TCP, HTTP, TLS and HTTPS targets on one nginx on loopback, in the same run as
# Debian's prometheus-blackbox-exporter and HAProxy's health checks where they are installed, and as bare loops in C;
# what latency we add; 12,000 endpoints from one process; 1,000 endpoints that hang.
#
# Medians of BENCH_RUNS (5) runs; CPU is user and system time of the prober alone. Everything listens on loopback, on
# ports that are free now, and ends with this script.
set -eu
cd "$(dirname "$0")/../.."
: "${BUILD:=build/release}"
. tests/bench/bench_common.sh
n=1000
flight=16 # of the bare loops: beyond it they do not get cheaper
PATH=$PATH:/usr/sbin
ulimit -n "$(ulimit -H -n)" 2>/dev/null || :
have() { command -v "$1" >/dev/null 2>&1; }
have nginx || { echo "skipped: bench_probe, nginx is not installed" && exit 77; }
fail() { echo "bench_probe: $*" >&2 && exit 1; }

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
free_range() { # FROM LENGTH
    first=$1
    while :; do
        awk -v a="$first" -v b=$((first + $2 - 1)) '{ split($2, h, ":"); p = strtonum("0x" h[2]) } p >= a && p <= b { exit 1 }' \
            /proc/net/tcp && { echo "$first" && return; }
        first=$((first + 97))
    done
}
awk 'BEGIN { exit strtonum("0x10") != 16 }' 2>/dev/null || free_range() { echo "$1"; }
plain=$(free_range 12000 $((2 * n))) # then the same with TLS
tls=$((plain + n))
other=$(free_range 19000 10)

# ---- the servers ----

tests/support/servers.sh certs "$dir/certs"
mkdir "$dir/tmp"

# web NAME: nginx on the addresses of two files, plain ones and ones with TLS.
web() {
    {
        echo "daemon off; worker_processes 2; pid $dir/$1.pid; error_log $dir/error.log crit;"
        [ "$(id -u)" != 0 ] || echo "user nobody nogroup;"
        echo "events { worker_connections 18000; } http { access_log off; default_type application/json;"
        for kind in body proxy fastcgi uwsgi scgi; do
            [ $kind = body ] && echo "client_body_temp_path $dir/tmp;" || echo "${kind}_temp_path $dir/tmp;"
        done
        echo "server { location / { return 200 '{\"status\":\"ok\"}'; }"
        awk '{ print "listen " $1 " backlog=4096;" }' "$dir/$1.plain"
        echo "} server { ssl_certificate $dir/certs/server.crt; ssl_certificate_key $dir/certs/server.key;"
        echo "ssl_session_tickets off; location / { return 200 '{\"status\":\"ok\"}'; }"
        awk '{ print "listen " $1 " ssl http2 backlog=4096;" }' "$dir/$1.tls"
        echo "} }"
    } >"$dir/$1.conf"
    nginx -p "$dir" -e "$dir/error.log" -c "$dir/$1.conf" &
    nginx=$!
    pids="$pids $nginx"
    wait_for "$(tail -n 1 "$dir/$1.plain")"
    wait_for "$(tail -n 1 "$dir/$1.tls")"
}
answers() { bash -c "exec 3<>/dev/tcp/${1%:*}/${1#*:}" 2>/dev/null; }
wait_for() { # ADDRESS:PORT
    tries=200
    until answers "$1"; do
        tries=$((tries - 1))
        [ $tries -gt 0 ] || fail "nothing listens on $1"
        sleep 0.05
    done
}
seq "$plain" $((plain + n - 1)) | sed 's/^/127.0.0.1:/' >"$dir/one.plain"
seq "$tls" $((tls + n - 1)) | sed 's/^/127.0.0.1:/' >"$dir/one.tls"
web one

# ---- this process, and bare loops ----

programs=$BUILD/tests/bench
base_of() { case $1 in tls | https | handshake) echo "$tls" ;; *) echo "$plain" ;; esac; }

# once KIND [FLIGHT]: one run; "CPU_MS WALL_MS PEAK_KB OK P50_MS P99_MS".
once() {
    case $1 in
    connect | handshake) "$programs/bench_bare" "$1" "$(base_of "$1")" $n $flight "$dir/certs/ca.crt" ;;
    *) "$programs/bench_probe" "$1" "$(base_of "$1")" $n "$dir/certs/ca.crt" ${2:-} ;;
    esac
}

# in_turn KIND...: a run of each, BENCH_RUNS times over, so that what the machine does meanwhile falls on all of them.
in_turn() {
    for kind; do : >"$dir/$kind.runs"; done
    for _ in $(seq "$bench_runs"); do
        for kind; do once "$kind" ${at_once:-} >>"$dir/$kind.runs"; done
    done
    for kind; do
        awk -v n=$n '$4 != n { exit 1 }' "$dir/$kind.runs" || fail "not all of $n $kind probes succeeded"
    done
}
column() { awk -v c="$2" '{ print $c }' "$dir/$1.runs" | median; } # KIND NUMBER
cpu_of() { column "$1" 1 | awk -v n=$n '{ printf "%.4f", $1 / n }'; }

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
    wait_for "127.0.0.1:$other"
else
    echo "skipped: prometheus-blackbox-exporter, it is not installed (or curl is not)"
fi

# by_exporter KIND: CPU a probe (ms).
by_exporter() {
    base=$(base_of "$1")
    case $1 in http | https) prefix=$1:// ;; *) prefix= ;; esac
    i=0
    while [ $i -lt $n ]; do
        echo "url = \"http://127.0.0.1:$other/probe?module=$1&target=${prefix}127.0.0.1:$((base + i))\""
        echo "output = \"/dev/null\""
        i=$((i + 1))
    done >"$dir/list"
    curl -s "http://127.0.0.1:$other/probe?module=$1&target=${prefix}127.0.0.1:$base" | grep -q '^probe_success 1' ||
        fail "the exporter's $1 probe fails"
    for _ in $(seq "$bench_runs"); do
        before=$(cpu_ticks "$exporter")
        curl -s --parallel --parallel-immediate --parallel-max 50 -K "$dir/list" 2>/dev/null
        echo $(($(cpu_ticks "$exporter") - before))
    done | median | awk -v t="$ticks" -v n=$n '{ printf "%.4f", $1 * 1000 / t / n }'
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
        while [ $i -lt $n ]; do echo "    server s$i 127.0.0.1:$((plain + i)) check inter 1s" && i=$((i + 1)); done
    } >"$dir/haproxy.cfg"
    haproxy -db -f "$dir/haproxy.cfg" >/dev/null 2>&1 &
    haproxy=$!
    pids="$pids $haproxy"
    wait_for "127.0.0.1:$((other + 1))"
    sleep 5 # checks are spread over their interval, and have begun
    for _ in $(seq "$bench_runs"); do
        before=$(cpu_ticks "$haproxy")
        sleep 5
        echo $(($(cpu_ticks "$haproxy") - before))
    done | median | awk -v t="$ticks" -v n=$n '{ printf "%.4f", $1 * 1000 / t / n / 5 }'
    kill "$haproxy"
}
have haproxy || echo "skipped: haproxy, it is not installed"

# ---- cost of a probe ----

row() { ratio "$kind, CPU a probe" "$ours" ms "$1" "$2" "$3"; } # PEER THEIRS MOST
echo "$n targets a kind, medians of $bench_runs runs, $(nproc) processors, load $(cut -d" " -f1 /proc/loadavg)"
in_turn connect tcp http handshake tls https
for kind in tcp http tls https; do
    ours=$(cpu_of $kind)
    printf '%-6s %8s ms CPU a probe; wall %s ms, peak %s kB, latency p50 %s ms, p99 %s ms\n' $kind "$ours" "$(column $kind 2)" \
        "$(column $kind 3)" "$(column $kind 5)" "$(column $kind 6)"
    case $kind in
    tcp) row "connect loop" "$(cpu_of connect)" 2 ;;
    tls) row "handshake loop" "$(cpu_of handshake)" 1.3 ;;
    esac
    case $kind in tcp | http) most=0.1 ;; *) most=0.75 ;; esac
    [ -z "$exporter" ] || row blackbox_exporter "$(by_exporter $kind)" $most
    case $kind in tcp | http) ! have haproxy || row haproxy "$(by_haproxy $kind)" 1.5 ;; esac
done

# ---- latency that we add: on loopback the kernel's RTT is some 0.02 ms, and is not taken off here ----

at_once=50
in_turn http https
limit "http, 50 in flight, p99" "$(column http 6)" ms 5
echo "https, 50 in flight: p50 $(column https 5) ms, p99 $(column https 6) ms"
kill "$nginx"

# ---- endpoints that hang ----

# drop: the SYN is never answered; hang: the connection is accepted, and nothing said. A second look at those that may speak
# something else is included.
for kind in drop-tcp drop-tls hang-http hang-tls; do
    for _ in $(seq "$bench_runs"); do
        "$programs/bench_probe" $kind 0 1000 -
    done >"$dir/$kind.runs"
    awk '$4 != 0 { exit 1 }' "$dir/$kind.runs" || fail "a $kind probe succeeded"
    limit "$kind, 1000 at once for 2 s, wall" "$(column $kind 2)" ms 2500
done
# ---- many from one process ----

many=12000 # five of TCP and one of HTTPS in turn, as bench_probe.c has them
if [ "$(ulimit -n)" -ge $((many + 4000)) ]; then
    i=0
    awk -v n=$many -v base="$plain" 'BEGIN { for (i = 0; i < n; i++) if (i % 6 != 5) print "127.0.0." 1 + int(i / 1000) ":" base + i % 1000 }' >"$dir/many.plain"
    awk -v n=$many -v base="$tls" 'BEGIN { for (i = 5; i < n; i += 6) print "127.0.0." 1 + int(i / 1000) ":" base + i % 1000 }' >"$dir/many.tls"
    web many
    for _ in $(seq "$bench_runs"); do
        "$programs/bench_probe" mixed "$plain" $many "$dir/certs/ca.crt"
    done >"$dir/mixed.runs"
    awk -v n=$many '$4 != n { exit 1 }' "$dir/mixed.runs" || fail "not all of $many endpoints succeeded"
    limit "10000 tcp and 2000 https, peak" "$(column mixed 3 | awk '{ printf "%.1f", $1 / 1024 }')" MB 150
    echo "10000 tcp and 2000 https: wall $(column mixed 2) ms"
else
    echo "skipped: 12,000 endpoints, nginx needs $((many + 4000)) descriptors for them (ulimit -n)"
fi
bench_end bench-probe
