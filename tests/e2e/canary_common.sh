# shellcheck shell=sh
# canary_common.sh - secrets where people put them, and that none of them gets out. Sourced behind e2e_common.sh.
#
#   canary_estate [VARIABLE]   $own/estate.ndjson: the example's, where `auth` has a URL with a password and a token; VARIABLE is another of its env
#   canary SECRET...           more of them to look for
#   canaries_stay FOLDER N     a case: none of them, which are N, in any file below the folder
set -u
APP_DB_PASSWORD=hunter2-Db-pAss-4711
export APP_DB_PASSWORD

canary() { printf '%s\n' "$@" >>"$own/secrets"; }
canary "$APP_DB_PASSWORD" "$token"

canary_estate() {
    canary e2e-sEcret-7f3a9c51d2b8 uRl-pAssw0rd-9931 qUery-t0ken-5521
    sed "s|{\"name\": \"POSTGRES_DB\", \"value\": \"app\"}|{\"name\": \"DATABASE_URL\", \"value\": \"postgres://app:uRl-pAssw0rd-9931@10.20.0.3:5432/app?token=qUery-t0ken-5521\"}${1:+, $(printf '%s' "$1" | sed 's/[\\&|]/\\&/g')}|" \
        "$data/estate.ndjson" >"$own/estate.ndjson"
    for secret in e2e-sEcret-7f3a9c51d2b8 uRl-pAssw0rd-9931 qUery-t0ken-5521; do
        grep -qF "$secret" "$own/estate.ndjson" || { echo "not ok - the estate holds $secret" && exit 1; }
    done
}

canaries_stay() {
    begin "none of the secrets in any of it"
    [ "$(find "$1" -type f | wc -l)" -gt 0 ] || wrong "there is nothing to look at"
    grep -rnF -f "$own/secrets" "$1" >>"$own/why" 2>&1
    [ "$(wc -l <"$own/secrets")" = "$2" ] || wrong "no secrets to look for"
}
