#!/bin/sh
# The way to Google: TLS and HTTP/2 by nginx in front of the simulator, certificates of a private CA, proxies, private endpoints, IPv6, another
# universe. Names are Google's own where a proxy leads them here.
. "$(dirname "$0")/e2e_common.sh"
with_token
unset no_proxy NO_PROXY HTTPS_PROXY https_proxy HTTP_PROXY http_proxy ALL_PROXY all_proxy SSL_CERT_FILE GOOGLE_CLOUD_UNIVERSE_DOMAIN

# The first answers take long enough that they are waited for at once on a busy machine, too.
printf '%s\n' '{"action": "delay", "delay_ms": 500, "count": 40}' >"$own/faults"
openssl genrsa -out "$own/key.pem" 2048 2>/dev/null
openssl rsa -in "$own/key.pem" -pubout -out "$own/public.pem" 2>/dev/null
sim_start $data/estate.ndjson --token "$token" --key-public "$own/public.pem" --faults "$own/faults"
box=$(tests/support/servers.sh dir)
trap 'tests/support/servers.sh stop "$box"; rm -rf "$box"; cleanup' EXIT
mkdir "$box/certs"
new="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
# shellcheck disable=SC2086
openssl req -x509 $new -keyout "$own/ca.key" -out "$own/ca.crt" -subj '/CN=private CA' 2>/dev/null &&
    openssl req -x509 $new -CA "$own/ca.crt" -CAkey "$own/ca.key" -keyout "$box/certs/google.key" -out "$box/certs/google.crt" -subj /CN=google \
        -addext basicConstraints=CA:FALSE \
        -addext 'subjectAltName=DNS:*.googleapis.com,DNS:*.universe.test,DNS:localhost,IP:127.0.0.1,IP:::1' 2>/dev/null
chmod 644 "$box/certs/google.key"
# Reached by its own name, an API has that name in front of its path, as the simulator wants it.
cat >"$box/nginx.conf.in" <<CONF
log_format way '\$connection \$server_protocol \$msec \$request_time \$status \$host \$request_uri';
map \$host \$api { default ''; ~^(?<name>[a-z0-9]+)\\.(googleapis\\.com|universe\\.test)\$ /\$name.googleapis.com; }
server {
    listen 127.0.0.1:@PORT_tls@ ssl http2;
    $(! grep -q . /proc/net/if_inet6 || echo 'listen [::1]:@PORT_tls@ ssl http2;')
    ssl_certificate @DIR@/certs/google.crt;
    ssl_certificate_key @DIR@/google.key;
    access_log @DIR@/tmp/access.log way;
    location / { proxy_pass http://127.0.0.1:$PORT\$api\$request_uri; }
}
CONF
tests/support/servers.sh start nginx "$box" $$ || {
    [ $? = 77 ] && echo "skipped: the network, nginx is not installed" && exit 0
    echo "not ok - nginx starts"
    exit 1
}
PORT_TLS=$(sed -n 's/^PORT_tls=//p' "$box/env")
SSL_CERT_FILE=$own/ca.crt
export SSL_CERT_FILE

# collect "case" WORD...: everything is read, and was asked of nginx.
collect() {
    name=$1
    shift
    : >"$box/tmp/access.log"
    run 0 "$name" collect -v --project acme-staging "$@" "$own/s.ndjson"
    grep -c '"resource":' "$own/s.ndjson" | grep -qx "$(grep -c '"resource":' $data/estate.ndjson)" || wrong "not everything was read"
    [ -s "$box/tmp/access.log" ] || wrong "nobody came by nginx"
}

collect "TLS with a certificate of SSL_CERT_FILE" --api-root "https://localhost:$PORT_TLS"
begin "calls in flight at once share one connection over HTTP/2"
[ "$(cut -d' ' -f2 "$box/tmp/access.log" | sort -u)" = HTTP/2.0 ] || wrong "not HTTP/2: $(cut -d' ' -f2 "$box/tmp/access.log" | sort | uniq -c)"
[ "$(cut -d' ' -f1 "$box/tmp/access.log" | sort -u | wc -l)" = 1 ] || wrong "connections: $(cut -d' ' -f1 "$box/tmp/access.log" | sort | uniq -c)"
# Of those that take 500 ms at the simulator: how many ends of others fall into the time of one?
most=$(awk '{ from[NR] = $3 - $4; to[NR] = $3 }
    END { for (i = 1; i <= NR; i++) { n = 0; for (k = 1; k <= NR; k++) n += from[k] <= to[i] && to[k] >= to[i]; if (n > most) most = n } print most }' "$box/tmp/access.log")
[ "$most" -ge 10 ] || wrong "only $most were under way at once"

CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE=$own/ca.crt
export CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE
unset SSL_CERT_FILE
collect "gcloud's variable for certificates does, too" --api-root "https://localhost:$PORT_TLS"
unset CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE
mkdir "$own/hashed"
cp "$own/ca.crt" "$own/hashed/ca.pem"
openssl rehash "$own/hashed"
SSL_CERT_DIR=$own/hashed
export SSL_CERT_DIR
collect "a folder of certificates by their hashes, too" --api-root "https://localhost:$PORT_TLS"
unset SSL_CERT_DIR
run 3 "a certificate that nobody vouches for: nothing is known, and the way out is told" collect --project acme-staging --api-root "https://localhost:$PORT_TLS" "$own/s.ndjson"
file "$own/s.ndjson" has 'certificate'
file "$own/s.ndjson" has 'SSL_CERT_FILE'
file "$own/s.ndjson" lacks '"resource":'
SSL_CERT_FILE=$own/ca.crt
export SSL_CERT_FILE

if grep -q . /proc/net/if_inet6 2>/dev/null; then
    collect "IPv6" --api-root "https://[::1]:$PORT_TLS"
else
    end_case
    echo "skipped: IPv6, this machine has none"
fi

# ---- private endpoints ----

for api in CLOUDRESOURCEMANAGER COMPUTE DNS MEMCACHE MEMORYSTORE REDIS RUN SECRETMANAGER SERVICENETWORKING SERVICEUSAGE SQL VPCACCESS; do
    host=$(echo "$api" | tr '[:upper:]' '[:lower:]' | sed 's/^sql$/sqladmin/')
    tail=/
    [ $api != COMPUTE ] || tail=/compute/v1/
    export "CLOUDSDK_API_ENDPOINT_OVERRIDES_$api=https://localhost:$PORT_TLS/$host.googleapis.com$tail"
done
collect "private endpoints, each API by its own variable"
for api in CLOUDRESOURCEMANAGER COMPUTE DNS MEMCACHE MEMORYSTORE REDIS RUN SECRETMANAGER SERVICENETWORKING SERVICEUSAGE SQL VPCACCESS; do
    unset "CLOUDSDK_API_ENDPOINT_OVERRIDES_$api"
done

# ---- proxies ----

server connect_proxy --to "$PORT_TLS" --log "$own/proxy.log"
HTTPS_PROXY=http://127.0.0.1:$port
export HTTPS_PROXY
collect "a proxy: Google's own names, and certificates for them"
file "$own/proxy.log" has 'CONNECT run.googleapis.com:443'
file "$own/proxy.log" has 'CONNECT compute.googleapis.com:443'
file "$own/proxy.log" lacks 'NO '
[ "$(cut -d' ' -f2 "$box/tmp/access.log" | sort -u)" = HTTP/2.0 ] || wrong "not HTTP/2 through the proxy"

GOOGLE_CLOUD_UNIVERSE_DOMAIN=universe.test
export GOOGLE_CLOUD_UNIVERSE_DOMAIN
: >"$own/proxy.log"
collect "another universe: its names for the same APIs"
file "$own/proxy.log" has 'CONNECT run.universe.test:443'
file "$own/proxy.log" lacks 'googleapis.com'
# There a key signs its tokens itself: nobody exchanges them.
unset CLOUDSDK_AUTH_ACCESS_TOKEN
printf '{"type": "service_account", "universe_domain": "universe.test", "client_email": "x@p.iam.gserviceaccount.com", "private_key": "%s"}\n' \
    "$(sed 's/$/\\n/' "$own/key.pem" | tr -d '\n')" >"$own/key.json"
GOOGLE_APPLICATION_CREDENTIALS=$own/key.json
export GOOGLE_APPLICATION_CREDENTIALS
: >"$own/proxy.log"
collect "another universe: a key signs its own tokens"
file "$own/proxy.log" lacks oauth2
unset GOOGLE_CLOUD_UNIVERSE_DOMAIN
run 1 "a file of another universe than the environment says is not followed there" collect --project acme-staging "$own/s2.ndjson"
err has "universe_domain is 'universe.test', and nothing says that this cloud is meant; set GOOGLE_CLOUD_UNIVERSE_DOMAIN=universe.test if it is"
unset GOOGLE_APPLICATION_CREDENTIALS
with_token

server connect_proxy --to "$PORT_TLS" --log "$own/proxy.log" --basic "$(printf 'me:pr0xy-s3cret' | base64)"
HTTPS_PROXY=http://me:pr0xy-s3cret@127.0.0.1:$port
: >"$own/proxy.log"
collect "a proxy that wants to know who asks"
file "$own/proxy.log" lacks 'NO '
HTTPS_PROXY=http://me:wr0ng-s3cret@127.0.0.1:$port
run 3 "a proxy that lets nobody through: nothing is known, and its password is nobody's business" \
    collect -v --deadline 5s --project acme-staging "$own/s.ndjson"
file "$own/s.ndjson" lacks '"resource":'
file "$own/s.ndjson" lacks s3cret
err lacks s3cret

server closed_port
HTTPS_PROXY=http://127.0.0.1:$port
NO_PROXY=localhost,.example
export NO_PROXY
collect "NO_PROXY goes past the proxy" --api-root "https://localhost:$PORT_TLS"
unset NO_PROXY
run 3 "a proxy that is not there" collect --deadline 5s --project acme-staging "$own/s.ndjson"
file "$own/s.ndjson" has '"unavailable"'
unset HTTPS_PROXY

HTTP_PROXY=http://127.0.0.1:$port http_proxy=http://127.0.0.1:$port
GCE_METADATA_HOST=127.0.0.1:$PORT
export HTTP_PROXY http_proxy GCE_METADATA_HOST
unset CLOUDSDK_AUTH_ACCESS_TOKEN
collect "the metadata server is never asked through a proxy" --api-root "https://localhost:$PORT_TLS"
sim_stop
finish
