#!/bin/sh
# The last step of `make check` can fail: requests that Google does not document, or that are no reads, are found.
. "$(dirname "$0")/e2e_common.sh"
documents=${SHARED:-../shared}/discovery
[ -d "$documents" ] || { echo "skipped: requests against discovery, no $documents" && exit 0; }

# asked STATUS "case" LINE [TEXT]: what is said of one request.
asked() {
    begin "$2"
    mkdir -p "$own/requests"
    printf '%s\n' "$3" >"$own/requests/1.ndjson"
    "$BUILD/servers/requests_check" "$own/requests" "$documents" >"$own/out" 2>"$own/err"
    [ $? = "$1" ] || wrong "exit status is not $1"
    out has "${4:-ok - 1 different requests of 1 methods}"
}
redis='"host":"redis.googleapis.com","path":"v1/projects/p/locations/-/instances'
asked 0 "a documented read" '{"method":"GET",'"$redis"'","query":["pageSize","fields"]}'
asked 0 "POST that is documented as a read" '{"method":"POST","host":"cloudresourcemanager.googleapis.com","path":"v3/projects/p:getIamPolicy","query":[]}'
asked 0 "the metadata server" '{"method":"GET","host":"","path":"computeMetadata/v1/instance/service-accounts/default/token","query":[]}'
asked 0 "a path that says a word where another has a name" '{"method":"GET","host":"compute.googleapis.com","path":"compute/v1/projects/p/regions/r/firewallPolicies/getEffectiveFirewalls","query":["network"]}'
asked 1 "a parameter of another API" '{"method":"GET",'"$redis"'","query":["maxResults"]}' 'no such parameter: maxResults'
asked 1 "a method that there is not" '{"method":"GET",'"$redis"'/a/b","query":[]}' 'not documented by Google'
asked 1 "a host that there is not" '{"method":"GET","host":"evil.example","path":"v1/x","query":[]}' 'not documented by Google'
asked 1 "a call that creates" '{"method":"POST",'"$redis"'","query":[]}' 'this is no read: redis.projects.locations.instances.create'
asked 1 "a call that deletes" '{"method":"DELETE",'"$redis"'/a","query":[]}' 'this is no read: redis.projects.locations.instances.delete'
asked 1 "a policy that is set" '{"method":"POST","host":"cloudresourcemanager.googleapis.com","path":"v3/projects/p:setIamPolicy","query":[]}' \
    'this is no read: cloudresourcemanager.projects.setIamPolicy'
asked 1 "a secret's value" '{"method":"GET","host":"secretmanager.googleapis.com","path":"v1/projects/p/locations/l/secrets/s/versions/1:access","query":[]}' \
    'this is no read: secretmanager.projects.locations.secrets.versions.access'
asked 1 "more of the metadata server" '{"method":"GET","host":"","path":"computeMetadata/v1/instance/attributes/","query":[]}' 'not documented by Google'
asked 1 "what is no JSON" 'x' 'unreadable: x'
asked 1 "nothing at all" '' 'unreadable'
rm "$own/requests/1.ndjson"
begin "no requests at all"
! "$BUILD/servers/requests_check" "$own/requests" "$documents" >"$own/out" || wrong "it was content"
out has 'no request was noted'
finish
