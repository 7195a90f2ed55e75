#!/bin/sh
# What an audit keeps and asks for follows from its baseline, not from how much else there is: a small estate and one seventy times as large, of all
# kinds (tests/bench/bench_collect_estate.pl), with the same baseline. Behind nginx with TLS, HTTP/2 and gzip, as Google's are: an answer that is
# the last of its connection, or packed while it waits, is not what comes over plain HTTP.
. "$(dirname "$0")/e2e_common.sh"
with_token
PLUMBLINE_NOW=2026-11-20T10:00:00Z
# What was freed counts as memory for as long as it lies in quarantine, and says nothing here.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}quarantine_size_mb=0
export PLUMBLINE_NOW ASAN_OPTIONS
base="-b tests/bench/bench_collect.yaml --no-probe"
apis="cloudresourcemanager compute dns logging memcache memorystore redis run secretmanager servicenetworking serviceusage sqladmin vpcaccess"
box=$(tests/support/servers.sh dir)
trap 'tests/support/servers.sh stop "$box"; rm -rf "$box"; cleanup' EXIT
tests/support/servers.sh certs "$box/certs" || exit 1
SSL_CERT_FILE=$box/certs/ca.crt
export SSL_CERT_FILE

# front: nginx before the simulator that was started last, a host an API; where there is no nginx, `way` leads to the simulator itself.
front() {
    tests/support/servers.sh stop "$box"
    {
        echo "ssl_certificate @DIR@/certs/server.crt; ssl_certificate_key @DIR@/certs/server.key; gzip on; gzip_types application/json; gzip_proxied any;"
        echo "proxy_buffers 64 64k; proxy_buffer_size 64k; proxy_max_temp_file_size 0;"
        for api in $apis; do
            echo "server { listen 127.0.0.1:@PORT_$api@ ssl http2; location / { proxy_pass $ROOT/$api.googleapis.com\$request_uri; } }"
        done
    } >"$box/nginx.conf.in"
    tests/support/servers.sh start nginx "$box" $$
    case $? in
    0) way='' ;;
    77) way="--api-root $ROOT" && echo "skipped: growth over HTTP/2, nginx is not installed" && return ;;
    *) echo "not ok - nginx starts" && exit 1 ;;
    esac
    for api in $apis; do
        export "CLOUDSDK_API_ENDPOINT_OVERRIDES_$(echo "$api" | tr '[:lower:]' '[:upper:]')=https://localhost:$(sed -n "s/^PORT_$api=//p" "$box/env")/"
    done
}

# audit_of N NAME: NAME.json, NAME.kept, NAME.asked (requests but for pages after the first), NAME.peak (kB).
audit_of() {
    perl tests/bench/bench_collect_estate.pl tests/sim/estate_example.ndjson "$1" >"$own/$2.ndjson"
    sim_start "$own/$2.ndjson" --token "$token"
    front
    begin "an audit of $1 resources"
    "$BUILD/tests/bench/bench_run" "$own/$2.cost" "$PLUMBLINE" audit $base $way -v -o "json=$own/$2.json" >"$own/out" 2>"$own/err"
    got=$?
    [ "$got" = 2 ] || wrong "exit status $got, not 2"
    sed -n 's/.*observed \([0-9]*\) resources.*/\1/p' "$own/err" >"$own/$2.kept"
    grep '"method"' "$own/sim.log" | grep -vc 'pageToken=' >"$own/$2.asked"
    cut -d' ' -f3 "$own/$2.cost" >"$own/$2.peak"
    file "$own/$2.json" has '"unobserved": []'
    [ -s "$own/$2.kept" ] || wrong "it does not say how many resources it observed"
    sim_stop
}
value() { cat "$own/$1"; }
# Findings without what says where and when they were looked for, and what earlier runs found.
findings() { sed '/"run": {/,/^  }/d; /^  "history": {/,/^  }/d' "$own/$1.json" >"$own/$1.findings"; }
alike() { diff "$own/$1.findings" "$own/$2.findings" >"$own/diff" || wrong "$1 and $2: $(head -n 40 "$own/diff")"; }

audit_of 300 small
audit_of 20000 large
begin "the same resources are kept, and the same is asked for"
[ "$(value small.kept)" = "$(value large.kept)" ] || wrong "$(value small.kept) and $(value large.kept) resources"
[ "$(value small.asked)" = "$(value large.asked)" ] || wrong "$(value small.asked) and $(value large.asked) requests"
begin "peak memory is the same, but for larger pages"
[ $(($(value large.peak) * 5)) -le $(($(value small.peak) * 6)) ] || wrong "$(value small.peak) and $(value large.peak) kB"
run 2 "the account is that of the whole estate" audit $base --snapshot "$own/large.ndjson" -o "json=$own/whole.json"
for report in small large whole; do findings $report; done
file "$own/whole.findings" has '"SERVERLESS_NEG_SERVICE_NOT_FOUND"'
alike large whole
alike large small
finish
