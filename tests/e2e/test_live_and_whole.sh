#!/bin/sh
# An audit asks Google for the fields and the resources that it needs; a snapshot of `collect` has all of them. What is told of one estate is the same
# from both, word for word: of the scenarios, and of whatever could be connected in the estate that has something of every kind.
. "${0%/*}/e2e_common.sh"
CLOUDSDK_AUTH_ACCESS_TOKEN=$token PLUMBLINE_NOW=2026-11-20T12:00:00Z
export CLOUDSDK_AUTH_ACCESS_TOKEN PLUMBLINE_NOW
command -v jq >/dev/null || { echo 'skipped: live and whole, no jq' && exit 77; }

# What a report says of the estate: not when and how it was read, nor how much there is elsewhere that nobody asked about.
said() { jq -S 'del(.run, .history, .unobserved_elsewhere)' "$1"; }
same_report() {
    said "$own/live.json" >"$own/live.said"
    said "$own/whole.json" >"$own/whole.said"
    cmp -s "$own/live.said" "$own/whole.said" || wrong "live, and then from the snapshot: $(diff "$own/live.said" "$own/whole.said" | head -n 20)"
    jq -e '.result.verdict != "error"' "$own/live.json" >/dev/null || wrong 'there is no report'
}

# collected ESTATE: a simulator, and the whole of what it has; $projects are --project for each.
collected() {
    sim_start "$1" --token "$token"
    projects=$(head -n 1 "$1" | jq -r '.projects[] | "--project " + if type == "object" then .id else . end')
    # shellcheck disable=SC2086
    "$PLUMBLINE" collect -q --quota '*=1000/s' --api-root "$ROOT" $projects "$own/snapshot.ndjson" || :
}
# live WORD..., whole WORD...: a command that observes.
live() {
    # shellcheck disable=SC2086
    "$PLUMBLINE" "$@" -q --no-probe --quota '*=1000/s' --api-root "$ROOT" $projects -o json="$own/live.json" >"$own/out" 2>"$own/err"
}
whole() {
    # shellcheck disable=SC2086
    "$PLUMBLINE" "$@" -q --no-probe --snapshot "$own/snapshot.ndjson" $projects -o json="$own/whole.json" >"$own/out" 2>"$own/err"
}
both() {
    rm -f "$own/live.json" "$own/whole.json"
    live "$@"
    got=$?
    whole "$@"
    want=$?
    [ "$got" = "$want" ] || wrong "exit status $got live, $want from the snapshot: $(head -n 3 "$own/err")"
    same_report
}

# ---- the scenarios ----

# file_of FOLDER STEM VARIANT EXTENSION: the variant's own, else the plain one.
file_of() {
    for f in "$1/$2$3.$4" "$1/$2.$4"; do
        [ ! -f "$f" ] || { echo "$f" && return; }
    done
}
told='' n=0
for expect in tests/scenarios/*/expect*.json tests/demo/baseline.yaml; do
    folder=${expect%/*} variant=${expect##*/expect} variant=${variant%.json}
    baseline=$(file_of "$folder" baseline "$variant" yaml) estate=$(file_of "$folder" estate "$variant" ndjson)
    symptoms=$(file_of "$folder" symptoms "$variant" ndjson)
    # A variant that has only other symptoms asks for the same.
    case $told in *" $baseline $estate "*) continue ;; esac
    told="$told $baseline $estate " n=$((n + 1))
    begin "$estate with ${baseline##*/}"
    collected "$estate"
    both audit --no-changed-by -b "$baseline" ${symptoms:+--symptoms "$symptoms"}
    sim_stop
done
begin 'there were scenarios'
[ "$n" -gt 90 ] || wrong "only $n"

# ---- whatever could be connected ----

# addresses KIND...: those of $estate.
addresses() {
    for kind in "$@"; do
        jq -r --arg kind "$kind" 'select(.kind == $kind and .resource) | .name
            | capture("/projects/(?<p>[^/]+)/((locations|regions|zones)/(?<l>[^/]+)/)?(.*/)?(?<n>[^/]+)$")
            | "\($kind)/\(.p)/\(.l // "global")/\(.n)"' "$estate"
    done
}
hosts() {
    jq -r 'select(.resource) | .resource | .. | strings | select(test("^[0-9]+([.][0-9]+){3}$"))' "$estate" | LC_ALL=C sort -u
}
# pairs TO...: a baseline with a connection from everything that connects to each.
pairs() {
    c=0
    printf 'version: 1\nproject: %s\nlocation: us-central1\nconnections:\n' "$(head -n 1 "$estate" | jq -r '.projects[0] | .id? // .')"
    for from in $(addresses run.service run.job compute.instance) here; do
        for to in "$@"; do
            [ "$from" = "$to" ] || printf '  c%s: {from: %s, to: "%s"}\n' "$((c += 1))" "$from" "$to"
        done
    done
}
ends() {
    addresses sql.instance run.service redis.instance redis.cluster valkey.instance memcache.instance compute.instance compute.forwardingRule
}
# Something of every kind; gateways with reserved addresses; a network in a host project.
for estate in tests/sim/estate_example.ndjson tests/scenarios/exit-address-made-again/estate.ndjson tests/unit/gcp/estate_shared_vpc.ndjson; do
    # shellcheck disable=SC2046
    {
        pairs $(ends) >"$own/named.yaml"
        pairs $(hosts | sed 's/$/:5432/') $(hosts | sed 's/$/:6379/') >"$own/hosts.yaml"
    }
    collected $estate
    for by in named hosts; do
        begin "$estate: every pair, ends $by"
        [ "$(grep -c 'from:' "$own/$by.yaml")" -gt 5 ] || wrong 'that are few'
        both audit --no-changed-by -b "$own/$by.yaml"
    done
    for to in $(ends); do
        begin "$estate: an ad hoc connection to $to"
        both explain --from "$(addresses run.service | head -n 1)" --to "$to"
    done
    begin "$estate: the simulator ends"
    sim_stop
done
finish
