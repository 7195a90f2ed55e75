#!/bin/sh
# Who asks: a token, a service account's key, the metadata server, nobody. What is wrong is said with the way out, and no secret with it.
. "$(dirname "$0")/e2e_common.sh"
command -v openssl >/dev/null || { echo "skipped: credentials, openssl is not installed"; exit 0; }

openssl genrsa -out "$own/key.pem" 2048 2>/dev/null
openssl rsa -in "$own/key.pem" -pubout -out "$own/key.pub" 2>/dev/null
openssl genrsa -out "$own/other.pem" 2048 2>/dev/null
# credentials PEM: a service account's key file, as Google hands it out.
credentials() {
    printf '{"type": "service_account", "project_id": "acme-staging", "private_key_id": "k1", "private_key": "%s",
 "client_email": "drift-reader@acme-staging.iam.gserviceaccount.com", "token_uri": "https://oauth2.googleapis.com/token"}\n' \
        "$(awk '{printf "%s\\n", $0}' "$1")"
}
credentials "$own/key.pem" >"$own/good.json"
credentials "$own/other.pem" >"$own/other.json"
sed '1,3!d' "$own/key.pem" >"$own/half.pem"
credentials "$own/half.pem" >"$own/half.json"
head -c 200 "$own/good.json" >"$own/cut.json"
# Lines of keys that must stay where they are; short last lines would be found by chance.
grep -hE '^.{40}' "$own/key.pem" "$own/other.pem" >"$own/secrets"
printf '%s\n' "$token" 'wrong-t0ken-9d1e' 'sUbject-t0ken-77aa' 'refResh-t0ken-31bc' >>"$own/secrets"

collect() {
    want=$1 name=$2
    shift 2
    run "$want" "$name" collect --project acme-staging --api-root "$ROOT" -v -v "$own/snapshot.ndjson" "$@"
    cat "$own/out" "$own/err" >>"$own/said"
    [ ! -e "$own/snapshot.ndjson" ] || cat "$own/snapshot.ndjson" >>"$own/said"
    rm -f "$own/snapshot.ndjson"
}

sim_start $data/estate.ndjson --token "$token" --key-public "$own/key.pub"

CLOUDSDK_AUTH_ACCESS_TOKEN=$token collect 0 "an access token"
# A port on which nobody listens: whoever goes there gets nothing.
CLOUDSDK_AUTH_ACCESS_TOKEN=$token http_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1 \
    collect 0 "plain http passes the environment's proxy by: the token would go there in clear"
CLOUDSDK_AUTH_ACCESS_TOKEN=wrong-t0ken-9d1e collect 1 "a token that nobody knows: exit 1 with the way out"
err has 'CLOUDSDK_AUTH_ACCESS_TOKEN'
err has 'gcloud auth'
GOOGLE_APPLICATION_CREDENTIALS=$own/good.json collect 0 "a service account's key: a signed assertion for a token"
grep -q '"POST".*oauth2.googleapis.com/token' "$own/sim.log" || wrong "nobody asked for a token"
GOOGLE_APPLICATION_CREDENTIALS=$own/good.json CLOUDSDK_AUTH_ACCESS_TOKEN=$token collect 0 "a token comes before a key"
GOOGLE_APPLICATION_CREDENTIALS=$own/other.json collect 1 "a key that was deleted"
err has 'GOOGLE_APPLICATION_CREDENTIALS'
GOOGLE_APPLICATION_CREDENTIALS=$own/half.json collect 1 "a key that cannot be read"
err has 'private_key'
GOOGLE_APPLICATION_CREDENTIALS=$own/cut.json collect 1 "half a file"
err has "$own/cut.json: this is no credential file: it is not JSON"
GOOGLE_APPLICATION_CREDENTIALS=$own/none.json collect 1 "no such file"
err has "GOOGLE_APPLICATION_CREDENTIALS: cannot read $own/none.json: No such file or directory"
GOOGLE_APPLICATION_CREDENTIALS=$data/baseline.yaml collect 1 "a file of another kind"
err has 'this is no credential file'
GCE_METADATA_HOST=127.0.0.1:$PORT collect 0 "the metadata server"
grep -q 'computeMetadata/v1/' "$own/sim.log" || wrong "nobody asked the metadata server"
NO_GCE_CHECK=true collect 1 "nobody: where was looked, and what to do"
err has 'no Google credentials'
err has 'CLOUDSDK_AUTH_ACCESS_TOKEN'
err has 'GOOGLE_APPLICATION_CREDENTIALS'
err has 'gcloud auth application-default login'
mkdir "$own/gcloud"
cp "$own/good.json" "$own/gcloud/application_default_credentials.json"
CLOUDSDK_CONFIG=$own/gcloud collect 0 "gcloud's own file, found by CLOUDSDK_CONFIG"
begin "nothing tried to write"
sim_stop

pool=//iam.googleapis.com/projects/12/locations/global/workloadIdentityPools/ci/providers/git
reader=reader@acme-staging.iam.gserviceaccount.com
delegate=delegate@acme-staging.iam.gserviceaccount.com
cat >"$own/trust" <<END
{"subject": {"token": "sUbject-t0ken-77aa", "type": "urn:ietf:params:oauth:token-type:jwt", "audience": "$pool"},
 "user": {"client_id": "id", "client_secret": "secret", "refresh_token": "refResh-t0ken-31bc"},
 "creators": {"$reader": ["federated", "user", "$delegate"], "$delegate": ["token"]}}
END
# federation SOURCE [MORE]: a file of workload identity federation.
federation() {
    printf '{"type": "external_account", "audience": "%s", "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
 "token_url": "https://sts.googleapis.com/v1/token", "credential_source": %s%s}\n' "$pool" "$1" "${2:-}"
}
as_reader=', "service_account_impersonation_url": "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/'$reader':generateAccessToken"'
echo sUbject-t0ken-77aa >"$own/subject"
federation "{\"file\": \"$own/subject\"}" >"$own/federated.json"
federation "{\"file\": \"$own/subject\"}" "$as_reader" >"$own/federated-reader.json"
federation '{"environment_id": "aws1", "url": "http://169.254.169.254/latest"}' >"$own/aws.json"
federation "{\"file\": \"$own/secrets\"}" >"$own/stale.json"
echo '{"type": "authorized_user", "client_id": "id", "client_secret": "secret", "refresh_token": "refResh-t0ken-31bc"}' >"$own/user.json"

sim_start $data/estate.ndjson --token "$token" --trust "$own/trust"
GOOGLE_APPLICATION_CREDENTIALS=$own/federated.json collect 0 "workload identity federation"
GOOGLE_APPLICATION_CREDENTIALS=$own/federated-reader.json collect 0 "workload identity federation, as a service account"
GOOGLE_APPLICATION_CREDENTIALS=$own/user.json collect 0 "a user, as a service account" --impersonate-service-account $reader
CLOUDSDK_AUTH_ACCESS_TOKEN=$token collect 0 "a token, over a delegate" --impersonate-service-account=$reader,$delegate
[ "$(grep -c 'sts.googleapis.com/v1/token' "$own/sim.log")" = 2 ] || wrong "not two exchanges of subject tokens"
[ "$(grep -c ':generateAccessToken' "$own/sim.log")" = 3 ] || wrong "not three tokens of the account"
CLOUDSDK_AUTH_ACCESS_TOKEN=$token collect 1 "an account that may not be used: the command that helps" --impersonate-service-account $reader
err has "CLOUDSDK_AUTH_ACCESS_TOKEN: iamcredentials.googleapis.com gives no token of $reader: HTTP 403"
err has "gcloud iam service-accounts add-iam-policy-binding $reader --member=MEMBER --role=roles/iam.serviceAccountTokenCreator"
CLOUDSDK_AUTH_ACCESS_TOKEN=$token collect 1 "no account" --impersonate-service-account me
err has "--impersonate-service-account: 'me' is no service account"
GOOGLE_APPLICATION_CREDENTIALS=$own/stale.json collect 1 "a subject token that is none"
err has "GOOGLE_APPLICATION_CREDENTIALS=$own/stale.json: sts.googleapis.com refused it: HTTP 400 invalid_grant"
GOOGLE_APPLICATION_CREDENTIALS=$own/aws.json collect 1 "a source that is not supported"
err has "$own/aws.json: credential_source 'AWS' is not supported; supported are file and url"
begin "token exchanges are no writes"
sim_stop

printf '%s\n' '{"match": {"host": "sqladmin.googleapis.com", "nth": 1}, "action": "token_expired"}' >"$own/faults"
sim_start $data/estate.ndjson --key-public "$own/key.pub" --faults "$own/faults"
GOOGLE_APPLICATION_CREDENTIALS=$own/good.json collect 0 "a token that dies on the way is renewed, once"
asked=$(grep -c '"POST".*oauth2.googleapis.com/token' "$own/sim.log")
[ "$asked" = 2 ] || wrong "asked $asked times for a token"
sim_stop

# A port on which nobody listens.
GCE_METADATA_HOST=127.0.0.1:1 collect 1 "a metadata server that is not there"
err has 'GCE_METADATA_HOST=127.0.0.1:1'
export CLOUDSDK_AUTH_ACCESS_TOKEN=$token
run 1 "http only to loopback: the token would go in clear" collect --project acme-staging --api-root http://192.0.2.1:9000 "$own/x"
err has '--api-root'
err has 'loopback'
run 1 "--api-root is a URL" collect --project acme-staging --api-root 127.0.0.1:9000 "$own/x"
err has '--api-root'
run 1 "the same for audit, and JSON says it" audit -b $data/baseline.yaml --no-probe --api-root http://192.0.2.1:9000 -o json="$own/r.json"
json "$own/r.json" <<END
result.verdict "error"
END

begin "no token, no key, no assertion in anything that was said"
[ -s "$own/said" ] || wrong "nothing was kept"
[ "$(wc -l <"$own/secrets")" -gt 20 ] || wrong "no secrets to look for"
grep -nFf "$own/secrets" "$own/said" >>"$own/why"
grep -nE 'ya29\.|eyJ[A-Za-z0-9_-]{10}|PRIVATE KEY' "$own/said" >>"$own/why"
finish
