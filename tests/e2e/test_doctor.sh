#!/bin/sh
# doctor: who asks, which APIs answer, which permissions are held, and the role that would be enough; nothing is observed, nothing written.
. "${0%/*}/e2e_common.sh"
CLOUDSDK_AUTH_ACCESS_TOKEN=$token
export CLOUDSDK_AUTH_ACCESS_TOKEN

sim_start tests/demo/estate.ndjson --token "$token"
run 0 'all is well' doctor --project acme-staging --api-root "$ROOT"
nothing "$own/err"
out has 'READY: every API that matters answers, every permission is held (exit status 0)'
out has 'asked as      access token (CLOUDSDK_AUTH_ACCESS_TOKEN)'
out has 'PROJECT acme-staging - nothing is missing'
out has 'not tried servicenetworking.googleapis.com'
grep -qE 'held +([0-9]+) of \1 permissions' "$own/out" || wrong 'not every permission is held'
out has 'NOT CHECKED'
out lacks "$token"
printf 'version: 1\nproject: acme-staging\nlocation: us-central1\nresources:\n  compute.firewall: !only\n  redis.instance: {old: !absent }\n  sql.instance: {main: {settings: {tier: db-g1-small}}}\n' >"$own/only.yaml"
run 0 'of which kinds a run takes whole bodies' doctor -b "$own/only.yaml" --api-root "$ROOT" -o json
out has "\"asked_for\": \"the path model, and what is declared in $own/only.yaml; of each kind those fields alone, but the whole of compute.firewall, redis.instance (\`plumbline explain-field KIND:PATH\` tells of one)\""
run 0 'with a baseline only what that needs' doctor -b $data/baseline.yaml --api-root "$ROOT" --role "$own/role.yaml"
out has "asked for     the path model, and what is declared in $data/baseline.yaml"
out has 'held      38 of 38 permissions'
is "$own/role.yaml" 'title: plumbline reader
description: What plumbline reads, and nothing else
stage: GA
includedPermissions:
- cloudsql.databases.list
- cloudsql.instances.list
- cloudsql.users.list
- compute.addresses.list
- compute.backendServices.list
- compute.firewallPolicies.list
- compute.firewalls.list
- compute.forwardingRules.list
- compute.instances.list
- compute.networkEndpointGroups.list
- compute.networks.getEffectiveFirewalls
- compute.networks.getRegionEffectiveFirewalls
- compute.networks.list
- compute.routers.list
- compute.routes.list
- compute.securityPolicies.list
- compute.serviceAttachments.list
- compute.sslCertificates.list
- compute.subnetworks.list
- compute.targetHttpsProxies.list
- compute.urlMaps.list
- dns.managedZones.list
- dns.resourceRecordSets.list
- redis.instances.list
- resourcemanager.projects.get
- resourcemanager.projects.getIamPolicy
- run.jobs.list
- run.locations.list
- run.revisions.list
- run.services.getIamPolicy
- run.services.list
- secretmanager.secrets.getIamPolicy
- secretmanager.secrets.list
- secretmanager.versions.list
- servicenetworking.services.get
- serviceusage.services.list
- vpcaccess.connectors.list'
run 0 'the role alone' doctor -b $data/baseline.yaml --api-root "$ROOT" --role -
same "$own/out" "$own/role.yaml"
run 0 'the values of secrets take more, where somebody wants them compared' doctor -b $data/baseline.yaml --api-root "$ROOT" --read-secrets --role "$own/with.yaml"
out has 'held      40 of 40 permissions'
out lacks 'doctor --read-secrets'
grep -vxF -f "$own/role.yaml" "$own/with.yaml" >"$own/more"
is "$own/more" '- redis.instances.getAuthString
- secretmanager.versions.access'
run 0 'several at once' doctor --project acme-staging --api-root "$ROOT" -o text -o "json=$own/doctor.json" --role "$own/all.yaml"
out has READY
json "$own/doctor.json" <<END
result.exit_status 0
projects[0].project "acme-staging"
projects[0].permissions[0].permission "cloudsql.databases.list"
projects[0].permissions[0].state "held"
END
CLOUDSDK_AUTH_ACCESS_TOKEN=wrong-c4nary
run 1 'credentials that are refused' doctor --project acme-staging --api-root "$ROOT"
err has 'plumbline: Google does not accept the access token (CLOUDSDK_AUTH_ACCESS_TOKEN): HTTP 401'
err lacks c4nary
nothing "$own/out"
CLOUDSDK_AUTH_ACCESS_TOKEN=$token
sim_stop

# What is denied in the estate, and an API that is off.
{
    cat tests/demo/estate.ndjson
    echo '{"unobserved": "sql.instance", "scope": "projects/acme-staging", "reason": "permission_denied", "permission": "cloudsql.instances.list"}'
    echo '{"unobserved": "redis.instance", "scope": "projects/acme-staging", "reason": "api_disabled"}'
    echo '{"unobserved": "redis.cluster", "scope": "projects/acme-staging", "reason": "api_disabled"}'
    echo '{"unobserved": "secret.version", "scope": "projects/acme-staging", "reason": "permission_denied", "permission": "secretmanager.versions.access"}'
} >"$own/denied.ndjson"
sim_start "$own/denied.ndjson" --token "$token"
run 3 'what is missing is said, with the way out' doctor -b $data/baseline.yaml --api-root "$ROOT"
out has 'INCOMPLETE: 1 permission is missing, 1 API does not answer (exit status 3)'
out has 'MISSING   cloudsql.instances.list for sql.instance; roles/cloudsql.viewer has it'
out has 'OFF       redis.googleapis.com'
out has "    plumbline doctor -b $data/baseline.yaml --role role.yaml"
out has '    gcloud iam roles create plumblineReader --project acme-staging --file role.yaml'
out has '`plumbline doctor --read-secrets` asks for that'
run 3 'so is what secrets take' doctor -b $data/baseline.yaml --api-root "$ROOT" --read-secrets
out has 'INCOMPLETE: 2 permissions are missing, 1 API does not answer (exit status 3)'
out has 'MISSING   secretmanager.versions.access for secret.version; roles/secretmanager.secretAccessor'
out has "    plumbline doctor -b $data/baseline.yaml --read-secrets --role role.yaml"
run 3 'an API that is off matters only to those who declare something of it' doctor --project acme-staging --api-root "$ROOT"
out has 'INCOMPLETE: 1 permission is missing (exit status 3)'
out has 'off       redis.googleapis.com (holds nothing, and nothing of it is declared)'
run 3 'a project that nobody knows' doctor --project no-such --api-root "$ROOT"
out has 'not told  which permissions are held: HTTP 403'
sim_stop

# ---- usage ----

run 1 'no word' doctor staging.yaml
is "$own/err" "plumbline: doctor takes no word 'staging.yaml'; a baseline is given by -b"
run 1 'no Markdown' doctor --project p -o markdown
is "$own/err" 'plumbline: doctor writes text and json, not markdown'
run 1 'one place for each' doctor --project p -o "text=$own/x" --role "$own/x"
is "$own/err" "plumbline: --role and --output would both go to $own/x"
run 1 'a folder that is not there' doctor --project p --role "$own/none/x"
is "$own/err" "plumbline: --role: cannot write $own/none/x: there is no folder $own/none/"
run 1 'no project' doctor --api-root http://127.0.0.1:9
is "$own/err" 'plumbline: which project? Write `project:` in the baseline, or give --project'
finish
