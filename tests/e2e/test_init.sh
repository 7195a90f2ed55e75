#!/bin/sh
# init: what it writes is valid, and an audit of the estate that it was made from is clean at once, whatever is wrong with that estate.
. "${0%/*}/e2e_common.sh"

# ---- every estate that lies among the tests ----

begin 'every estate gives a baseline that is valid and clean at once'
n=0
for estate in tests/demo/estate.ndjson tests/sim/estate_example.ndjson $data/estate.ndjson tests/scenarios/*/estate*.ndjson \
    tests/golden/init/*.ndjson; do
    # 3 only where the estate itself says that something was not observed.
    want=0
    ! grep '"unobserved"' "$estate" | grep -qv '"reason": "api_disabled"' || want=3
    status $want init --snapshot "$estate" --force "$own/made.yaml"
    status 0 validate -b "$own/made.yaml"
    status 0 audit -b "$own/made.yaml" --snapshot "$estate" --no-probe -o json
    json "$own/out" <<END
result.verdict "clean"
coverage.drift 0
coverage.unknown 0
END
    "$PLUMBLINE" init -q --snapshot "$estate" >"$own/again.yaml" 2>/dev/null
    same "$own/made.yaml" "$own/again.yaml"
    [ ! -s "$own/why" ] || wrong "($estate)"
    n=$((n + 1))
done
[ "$n" -ge 50 ] || wrong "only $n estates"

# ---- a live project ----

sim_start tests/demo/estate.ndjson --token "$token"
CLOUDSDK_AUTH_ACCESS_TOKEN=$token
export CLOUDSDK_AUTH_ACCESS_TOKEN
run 0 'a live project is observed and written to a file' init --project acme-staging --api-root "$ROOT" "$own/live.yaml"
nothing "$own/out"
err has '24 resources and 4 connections declared, 1 more connection as comments: the model does not find them open'
err has "plumbline: look at each \`# decide:\`, then: plumbline audit -b $own/live.yaml"
sed 's/^# Made from .*//; s/^# observed at .*//' "$own/live.yaml" >"$own/one"
"$PLUMBLINE" init -q --snapshot tests/demo/estate.ndjson | sed 's/^# Made from .*//' >"$own/two"
grep -v '^#' "$own/one" >"$own/one.body"
grep -v '^#' "$own/two" >"$own/two.body"
same "$own/one.body" "$own/two.body"
run 0 'its own audit is clean' audit -b "$own/live.yaml" --no-probe --api-root "$ROOT"
out has 'CLEAN: everything declared was observed and matches'
sim_stop

# ---- no harm ----

run 1 'a file that is there is not replaced' init --snapshot tests/demo/estate.ndjson "$own/live.yaml"
is "$own/err" "plumbline: $own/live.yaml is there already: choose another name, or --force"
file "$own/live.yaml" has 'project: acme-staging'
run 0 'unless --force says so' init -q --force --snapshot $data/estate.ndjson "$own/live.yaml"
nothing "$own/err"
run 1 'one file is written' init --snapshot $data/estate.ndjson a b
is "$own/err" "plumbline: init writes one FILE, got 'b', too"
run 1 'a snapshot or a project' init --snapshot $data/estate.ndjson --project x
is "$own/err" 'plumbline: init reads a --snapshot or observes a --project, not both'
run 1 'a folder that is not there' init --snapshot $data/estate.ndjson "$own/none/x.yaml"
is "$own/err" "plumbline: cannot write $own/none/x.yaml: there is no folder $own/none/"
printf '{"plumbline_snapshot":"1.0","projects":["p"]}\n' >"$own/empty.ndjson"
run 1 'an empty project' init --snapshot "$own/empty.ndjson" "$own/empty.yaml"
is "$own/err" "plumbline: snapshot $own/empty.ndjson: nothing to declare: no database, cache, service or network"
[ ! -e "$own/empty.yaml" ] || wrong 'a file was written'

# ---- Terraform ----

run 0 'Terraform state, as its own command writes it' init --from-terraform tests/golden/terraform/show.json "$own/tf.yaml"
nothing "$own/out"
err has 'plumbline: 1 resource of the state could not be placed'
err has '23 resources and 5 connections declared'
file "$own/tf.yaml" has "# Made from Terraform's state tests/golden/terraform/show.json."
file "$own/tf.yaml" lacks canary
err lacks canary
status 0 validate -b "$own/tf.yaml"
begin 'a state file on standard input gives the same'
"$PLUMBLINE" init -q --from-terraform - <tests/golden/terraform/state.tfstate >"$own/out" 2>"$own/err"
sed 1d "$own/tf.yaml" >"$own/one"
sed 1d "$own/out" >"$own/two"
same "$own/one" "$own/two"
run 1 'what is no state is refused' init --from-terraform $data/baseline.yaml
err has "plumbline: --from-terraform: $data/baseline.yaml: line 1, column"
nothing "$own/out"
run 1 'a state or a snapshot' init --from-terraform x --snapshot y
is "$own/err" 'plumbline: init reads a --snapshot or --from-terraform, not both'

# ---- secrets ----

run 3 'secrets are left out, and a line says so' init --snapshot tests/golden/init/hostile.ndjson
out lacks s3cret
out lacks hunter2
out lacks anary
err lacks anary
out has '# DATABASE_URL is left out: its value is or holds a secret'
err has '3 secrets left out'
err has '1 thing could not be observed, the last lines say which'
finish
