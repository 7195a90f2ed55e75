#!/bin/sh
# The command line: what it refuses and in which words, help, where output goes and how it looks.
. "$(dirname "$0")/e2e_common.sh"
base="-b $data/baseline.yaml --snapshot $data/estate.ndjson --no-probe"

# refused "MESSAGE" WORD...: exit status 1, exactly this on standard error, nothing on standard output.
refused() {
    message=$1
    shift
    run 1 "refused: $*" "$@"
    is "$own/err" "plumbline: $message"
    nothing "$own/out"
}

# ---- words that are not understood ----

refused "unknown command 'audti', nearest: audit; see \`plumbline --help\`" audti
refused "unknown command '--vresion'; see \`plumbline --help\`" --vresion
refused 'accept takes no --candidate; see `plumbline accept --help`' accept --candidate x
refused 'gate wants what is to be deployed: --candidate FILE' gate -b $data/baseline.yaml
refused 'audit: unknown option --snapshto, nearest: --snapshot; see `plumbline audit --help`' audit --snapshto x
refused 'audit: unknown option -x; see `plumbline audit --help`' audit -x
refused 'audit: unknown option -vx; see `plumbline audit --help`' audit -vx
refused 'validate takes no --snapshot; see `plumbline validate --help`' validate --snapshot x
refused 'collect takes no --output; see `plumbline collect --help`' collect -o json
refused '--baseline wants PATH' audit -b
refused '--baseline wants PATH' audit --baseline=
refused '--snapshot wants FILE' audit --snapshot
refused '--no-probe takes no value' audit --no-probe=yes
refused "--output: unknown format 'jsn', nearest: json; \`plumbline list formats\` shows them all" audit -o jsn=x
refused '--output json=: a path is missing behind '"'='" audit -o json=
refused '--output: two reports would go to standard output' audit -o json -o text
refused '--output: two reports would go to /nowhere/a' audit -o json=/nowhere/a -o text=/nowhere/a
refused "--fail-on wants low, medium, high or critical, got 'worst'" audit --fail-on worst
refused "--deadline wants a duration such as 90s or 5m, got '90'" audit --deadline 90
refused "--deadline wants a duration such as 90s or 5m, got '0s'" audit --deadline 0s
refused "--color wants auto, always or never, got 'blue'" audit --color blue
refused "--var wants NAME=VALUE, got '=x'" audit --var =x
refused "--port wants a number from 1 to 65535, got '99999'" explain --port 99999
refused "--port wants a number from 1 to 65535, got ' 80'" explain --port ' 80'
refused "--store wants postgresql://..., sqlite:PATH, a path or none; 'mysql://' is none of these" audit --store mysql://u:p@x
refused "history takes show RUN, diff RUN RUN, or nothing; not 'shwo'" history shwo --store "$own/none.db"
refused "report writes one run, got 'b', too" report a b
refused "audit takes no word 'staging.yaml'; a baseline is given by -b" audit staging.yaml
refused "validate takes no word 'staging.yaml'; a baseline is given by -b" validate staging.yaml
refused "collect writes one FILE, got 'b', too" collect a b
refused 'audit wants a baseline: -b FILE or -b FOLDER' audit
refused 'explain wants the name of a connection, --log FILE, or --from and --to' explain
refused 'an ad hoc connection wants --to, too' explain --from here
refused "explain wants either names or --from and --to, not 'auth-to-db', too" explain auth-to-db --from here --to a:1
refused '--port, --via, --probe and --location go with --from and --to' explain auth-to-db --port 5432
refused "no connection is called 'auth-to-bd', nearest: auth-to-db" explain auth-to-bd $base
refused "--select: no connection is called 'auth-to-bd', nearest: auth-to-db" audit --select auth-to-bd $base
refused 'none of the chosen connections has a probe' probe -b $data/baseline.yaml auth-to-db
refused "--quota wants API=N/min or API=N/s, such as run=1200/min, got 'run=1200'" collect --quota run=1200
refused "--quota wants API=N/min or API=N/s, such as run=1200/min, got 'run=0/s'" collect --quota run=0/s
refused "--quota wants API=N/min or API=N/s, such as run=1200/min, got '600/min'" collect --quota 600/min
refused "--quota: no API 'rum' is read, nearest: run; \`plumbline list quotas\` shows them all" collect --quota rum=1/s
refused 'list wants one of kinds, fields KIND, probes, causes, hops, symptoms, formats, quotas, manual, baseline-manual, completion; nearest: causes' list cuases
refused 'list wants one of kinds, fields KIND, probes, causes, hops, symptoms, formats, quotas, manual, baseline-manual, completion' list
refused "list fields wants a kind, not 'sql.instnace'; nearest: sql.instance" list fields sql.instnace
refused 'explain-field wants KIND:PATH or KIND/NAME:PATH, like sql.instance:settings.tier' explain-field
refused "explain-field wants KIND:PATH or KIND/NAME:PATH, like sql.instance:settings.tier, not 'sql.instnace:x'; nearest: sql.instance" explain-field sql.instnace:x
refused 'explain-field wants a field of sql.instance: a path behind '"':'"'; `plumbline list fields sql.instance` shows what is known' explain-field sql.instance
refused "sql.instance has no field 'settings.teir' (nearest: tier)" explain-field sql.instance:settings.teir
refused "explain-field: run.service wants run.service/{service}, got 'run.service/a/b/c/d'" explain-field run.service/a/b/c/d:ingress
PLUMBLINE_NOW=yesterday run 1 "a stopped clock needs a time" list formats
is "$own/err" "plumbline: PLUMBLINE_NOW: 'yesterday' is no RFC 3339 time"
run 1 "an unknown kind names the nearest" audit --vantage run.servcie/auth
err has "run.servcie"
err has "run.service"
run 1 "--select of an unknown kind names the nearest" audit --select 'run.servcie/*' $base
err has "run.service"
run 1 "what a hostile word holds does not reach the terminal" "$(printf 'au\033[31mdit\n')"
err lacks "$(printf '\033')"

# ---- help ----

run 1 "without a command: help, as an error"
nothing "$own/out"
err has 'usage: plumbline COMMAND'
for word in --help -h help; do
    run 0 "plumbline $word" "$word"
    out has 'usage: plumbline COMMAND'
    for command in audit gate explain collect probe init validate accept history report doctor list; do
        out has "  $command"
    done
    nothing "$own/err"
done
run 0 "--version" --version
grep -qxE 'plumbline [0-9]+\.[0-9]+\.[0-9]+' "$own/out" || wrong "not a version: $(cat "$own/out")"
for command in audit explain collect probe validate list; do
    run 0 "$command --help and help $command are the same" "$command" --help
    cp "$own/out" "$own/help.$command"
    status 0 help "$command"
    same "$own/out" "$own/help.$command"
    out has "usage: plumbline $command"
    out has 'Exit status:'
    awk 'length > 110 { print "a line is too long: " $0 }' "$own/out" >>"$own/why"
done
# Every option is taken by the commands whose help shows it, and by no other.
begin "help shows the options that a command takes, and no other"
cat "$own"/help.* | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE '\-\-[a-z-]+' | sort -u >"$own/options"
[ "$(wc -l <"$own/options")" -gt 20 ] || wrong "only $(wc -l <"$own/options") options are shown"
for command in audit explain collect probe validate list; do
    while read -r option; do
        shown=no taken=yes
        grep -qE -- "(^| )$option( |\$)" "$own/help.$command" && shown=yes
        "$PLUMBLINE" "$command" "$option" 2>&1 </dev/null | grep -q "takes no $option; see" && taken=no
        case $shown$taken in yesno | noyes) wrong "$command $option: shown $shown, taken $taken" ;; esac
    done <"$own/options"
done

# ---- lists ----

for list in kinds probes causes hops symptoms formats quotas; do
    run 0 "list $list" list "$list"
    [ "$(wc -l <"$own/out")" -gt 2 ] || wrong "too short"
    nothing "$own/err"
done
status 0 list kinds
for kind in sql.instance run.service redis.instance compute.network compute.subnetwork compute.firewall compute.route compute.router \
    vpcaccess.connector servicenetworking.connection project.service project.iamPolicy; do
    out has "$kind "
done
run 0 "list fields: type, default, flags and source of each" list fields run.service
out has '  enum, absent is "PRIVATE_RANGES_ONLY"'
out has '  list of message, by name'
out has '  source: E1 discovery: defaults to PRIVATE_RANGES_ONLY'
run 0 "list fields: what is secret says so" list fields sql.user
out has '  string, secret'
run 0 "explain-field: what a field is the same as, and which causes it decides" \
    explain-field 'sql.instance/main:settings.activationPolicy'
is "$own/out" 'sql.instance:settings.activationPolicy
  type:      enum, absent is "ALWAYS"
  values:    SQL_ACTIVATION_POLICY_UNSPECIFIED, ALWAYS, NEVER, ON_DEMAND (Google may add more)
  absent:    the same as null, "", what ends in _UNSPECIFIED and "ALWAYS"
  the same:  any letter case
  causes:    CLOUD_SQL_INSTANCE_NOT_RUNNING
  paths:     the path model reads it
  audit:     asks for it always, of each sql.instance that the baseline, a connection or what they lead to mentions
  source:    S2 https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances (every recorded instance that names none runs)
  document:  https://cloud.google.com/sql/docs/postgres/admin-api/rest/v1/instances'
run 0 "explain-field: as rows are written, and as addresses are" explain-field 'run.service:template.containers[].env[].value'
out has 'run.service:template.containers[*].env[*].value'
out has 'UNKNOWN_EXTERNAL_ADDRESS, '
run 0 "explain-field: a key of a map" explain-field 'run.service:annotations["run.googleapis.com/operation-id"]'
out has 'changes by itself: compared only where a baseline declares it'
run 0 "explain-field: only in requests" explain-field redis.cluster:pscConfigs
out has 'absent:    says nothing: the field is only in requests'
run 0 "explain-field: a list that is a set" explain-field compute.firewall:sourceRanges
out has 'elements:  a set: order and repetition mean nothing'
run 0 "explain-field: a field that no path reads" explain-field sql.instance:etag
out has 'paths:     the path model reads other fields of the kind'
out has 'audit:     asks for it only where it is declared, or its kind as !only, or the resource as !absent'
run 0 "explain-field: of what an audit asks for in part, the parts" explain-field compute.network:peerings
out has 'paths:     the path model reads peerings[].exportCustomRoutes, peerings[].exportSubnetRoutesWithPublicIp, '
out has 'audit:     asks for those always, of each compute.network that the baseline, a connection or what they lead to mentions; for the rest only where it is declared, or its kind as !only, or the resource as !absent'
# What explain-field says of an audit: FIELD and the line.
while IFS='|' read -r field line; do
    run 0 "explain-field: what an audit asks for of $field" explain-field "$field"
    out has "  audit:     $line"
done <<'END'
sql.instance:name|asks for it always, of each sql.instance that the baseline, a connection or what they lead to mentions; the address is made from it
compute.firewallPolicy:rules[].action|asks for it always, of each compute.firewallPolicy that
project.service:state|asks for it always, of every project.service
memcache.instance:authorizedNetwork|asks for it where a memcache.instance is declared, or a connection ends at one
redis.cluster:createTime|asks for it where a redis.cluster is declared: what is told of drift needs it
run.service:iamPolicy|asks for it always, of each run.service that
run.job:iamPolicy|asks for it only where it is declared, or its kind as !only
compute.network:effectiveFirewalls|asks for it always, of each compute.network that
compute.network:peeringRoutes|asks for it only where it is declared
END
run 0 "list probes: the parameters of each" list probes
out has "not there yet: grpc, oidc"
out has 'postgres: '
out has 'read_only'
run 0 "list causes: where each is from, and how it shows" list causes
out has 'CLOUD_SQL_INSTANCE_UNSUPPORTED_PORT'
out has 'shows as: '

# ---- where output goes ----

run 0 "one run, three formats" audit $base -o json="$own/r.json" -o text -o markdown="$own/r.md"
out has 'CLEAN'
json "$own/r.json" <<END
result.verdict "clean"
result.exit_status 0
END
[ -s "$own/r.md" ] || wrong "no Markdown"
nothing "$own/err"
mkdir "$own/made"
run 0 "an old report is replaced, and nothing stays beside it" audit $base -o json="$own/made/r.json"
status 0 audit $base -o json="$own/made/r.json"
nothing "$own/out"
holds "$own/made" r.json
run 1 "no folder: told before the work, nothing written" audit $base -o json="$own/r2.json" -o text="$own/no/such/r.txt"
is "$own/err" "plumbline: report text: cannot write $own/no/such/r.txt: there is no folder $own/no/such/"
json "$own/r2.json" <<END
result.verdict "error"
result.exit_status 1
END
nothing "$own/out"
run 1 "a folder is no report" audit $base -o json="$own/made"
is "$own/err" "plumbline: report json: cannot write $own/made: it is a folder"
holds "$own/made" r.json
if [ -w /dev/full ]; then
    run 1 "a full disk" audit $base -o text=/dev/full
    err has 'cannot write /dev/full: No space left on device'
    begin "a full disk behind standard output"
    "$PLUMBLINE" audit $base >/dev/full 2>"$own/err"
    [ $? = 1 ] || wrong "not exit status 1"
    err has 'cannot write standard output'
    "$PLUMBLINE" list kinds >/dev/full 2>"$own/err"
    [ $? = 1 ] || wrong "list: not exit status 1"
fi
begin "standard output closed"
"$PLUMBLINE" audit $base >&- 2>"$own/err"
[ $? = 1 ] || wrong "not exit status 1"
err has 'cannot write standard output'
begin "a closed pipe is exit status 1, not a signal"
mkfifo "$own/pipe" "$own/symptoms"
# It has the pipe open and waits for symptoms while the reader leaves without reading.
{ "$PLUMBLINE" audit $base --symptoms - -o json <"$own/symptoms" >"$own/pipe" 2>"$own/err"; echo $? >"$own/status"; } &
writer=$!
pids="$pids $writer"
exec 8>"$own/symptoms" 9<"$own/pipe"
exec 9<&-
exec 8>&-
wait $writer
is "$own/status" 1
err has 'cannot write standard output: Broken pipe'
run 0 "JSON on standard output is JSON alone, however loud" audit $base -o json -v -v
cp "$own/out" "$own/r3.json"
json "$own/r3.json" <<END
format_version "1.0"
END

# ---- how it looks ----

esc=$(printf '\033')
run 0 "no colours in a pipe" audit $base
out lacks "$esc"
run 0 "--color always" audit $base --color always
out has "$esc["
NO_COLOR=1 run 0 "--color always outranks NO_COLOR" audit $base --color always
out has "$esc["
run 0 "--color never" audit $base --color=never -o text
out lacks "$esc"
# Where no pseudo-terminal is to be had (a bare container), there is nothing to look at.
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    terminal() { script -qec "$*" /dev/null </dev/null >"$own/out" 2>&1; }
    begin "on a terminal: colours"
    terminal "$PLUMBLINE audit $base"
    out has "$esc["
    begin "on a terminal with NO_COLOR: none"
    NO_COLOR=1 terminal "$PLUMBLINE audit $base"
    out lacks "$esc["
    out has CLEAN
    begin "on a dumb terminal: none"
    TERM=dumb terminal "$PLUMBLINE audit $base"
    out lacks "$esc["
else
    echo "skipped: colours on a terminal, script(1) is not installed"
fi
run 0 "-q says less, -v more" audit $base -q
cp "$own/out" "$own/quiet"
status 0 audit $base -v
cp "$own/out" "$own/loud"
status 0 audit $base
[ "$(wc -c <"$own/quiet")" -le "$(wc -c <"$own/out")" ] || wrong "-q is longer"
[ "$(wc -c <"$own/loud")" -ge "$(wc -c <"$own/out")" ] || wrong "-v is shorter"
[ "$(wc -c <"$own/quiet")" -lt "$(wc -c <"$own/loud")" ] || wrong "-q and -v say the same"
run 0 "letters together" audit $base -vvq
nothing "$own/err"
finish
