#!/bin/sh
# The files for systemd, cron, CI and Cloud Run, each by its own tool: systemd-analyze, crontab, shellcheck, a YAML parser; a gcloud that notes what it
# is asked. What Debian has no tool for (a workflow of GitHub's), or none that works here (a container's build), is skipped by name; what can be known of them is looked at.
. "$(dirname "$0")/e2e_common.sh"
at=docs/running

# with TOOL: is it here? Else said so, once.
with() {
    command -v "$1" >/dev/null && return 0
    echo "skipped: $1"
    return 1
}

if with systemd-analyze; then
    begin "systemd takes the units"
    # The program must be where the unit says: for the check it is a copy.
    mkdir "$own/units"
    sed "s|/usr/local/bin/plumbline|$PLUMBLINE|" $at/plumbline.service >"$own/units/plumbline.service"
    cp $at/plumbline.timer "$own/units"
    SYSTEMD_UNIT_PATH=$own/units: systemd-analyze verify --man=no "$own/units/plumbline.service" "$own/units/plumbline.timer" >"$own/said" 2>&1 || wrong "systemd-analyze verify: $(cat "$own/said")"
    ! grep -F plumbline "$own/said" >>"$own/why" || wrong "systemd-analyze has something to say"
    begin "the service may do little: systemd's own measure of exposure"
    systemd-analyze security --offline=yes --threshold=25 "$own/units/plumbline.service" >"$own/said" 2>&1 || wrong "$(tail -1 "$own/said")"
fi

begin "the timer fires every quarter of an hour"
! with systemd-analyze || systemd-analyze calendar --iterations=2 "$(sed -n 's/^OnCalendar=//p' $at/plumbline.timer)" >>"$own/why.calendar" 2>&1 || wrong "no calendar expression"

if with crontab; then
    begin "cron takes the line"
    # A system's crontab has a user behind the times; a user's has none.
    sed 's/^\(\*[^ ]* [^ ]* [^ ]* [^ ]* [^ ]*\) plumbline plumbline/\1 plumbline/' $at/plumbline.cron >"$own/crontab"
    crontab -n "$own/crontab" >"$own/said" 2>&1 || wrong "crontab: $(cat "$own/said")"
fi

begin "the line of cron is silent on drift, and speaks where the audit could not be done"
line=$(sed -n 's/^\*.* plumbline plumbline/plumbline/p' $at/plumbline.cron)
for status in 0 1 2 3; do
    mkdir -p "$own/bin"
    printf '#!/bin/sh\nexit %s\n' $status >"$own/bin/plumbline"
    chmod +x "$own/bin/plumbline"
    PATH=$own/bin:$PATH sh -c "$line"
    got=$?
    [ $got = $((status == 1)) ] || wrong "audit ends with $status, the line with $got"
done

if with shellcheck; then
    begin "the gcloud commands are a script"
    shellcheck $at/cloud-run-job.sh >>"$own/why" || wrong "shellcheck is not content"
fi

# A gcloud that notes its words, one command a line, and a plumbline that writes a role.
printf '#!/bin/sh\nprintf "%%s|" "$@" >>"%s"\necho >>"%s"\n' "$own/asked" "$own/asked" >"$own/bin/gcloud"
printf '#!/bin/sh\nfor word; do last=$word; done\necho "title: x" >"$last"\nexit 3\n' >"$own/bin/plumbline"
chmod +x "$own/bin/gcloud" "$own/bin/plumbline"
begin "the script makes account, role, job and schedule, and survives names with blanks"
PATH=$own/bin:$PATH PROJECT=acme-staging REGION=us-central1 IMAGE='an image' BASELINE='my base.yaml' sh $at/cloud-run-job.sh >"$own/said" 2>&1 || wrong "it ends with $?: $(cat "$own/said")"
for words in 'iam|roles|create|plumblineReader|' 'iam|service-accounts|create|plumbline|' 'projects|add-iam-policy-binding|acme-staging|--member=serviceAccount:plumbline@acme-staging.iam.gserviceaccount.com|' \
    'run|jobs|create|plumbline|--project=acme-staging|--region=us-central1|--image=an image|' 'scheduler|jobs|create|http|plumbline|'; do
    file "$own/asked" has "$words"
done

args() { tr -d ' "[]' | tr ',' '\n'; }
begin "script and Terraform run the same audit"
sed -n 's/.*--args=//p' $at/cloud-run-job.sh | args >"$own/by-gcloud"
sed -n 's/^ *args *= *//p' $at/cloud-run-job.tf | args >"$own/by-terraform"
same "$own/by-gcloud" "$own/by-terraform"

CLOUDSDK_AUTH_ACCESS_TOKEN=$token
export CLOUDSDK_AUTH_ACCESS_TOKEN
sim_start tests/demo/estate.ndjson --token "$token"
run 0 "Terraform's role is what doctor says of everything, and can change nothing" doctor --project acme-staging --api-root "$ROOT" --role -
sed -n 's/^- //p' "$own/out" | sort >"$own/needed"
sed -n 's/^    "\([a-zA-Z.]*\)",$/\1/p' $at/cloud-run-job.tf | sort >"$own/granted"
same "$own/needed" "$own/granted"
! grep -vE '\.(get|list|getIamPolicy|getEffectiveFirewalls|getRegionEffectiveFirewalls|listPeeringRoutes|access|getEffective[A-Za-z]*)$' "$own/granted" >>"$own/why" || wrong "this is more than reading"
run 0 "what --read-secrets takes besides stands there, off" doctor --project acme-staging --api-root "$ROOT" --read-secrets --role -
sed -n 's/^- //p' "$own/out" | grep -vxF -f "$own/needed" >"$own/secrets"
sed -n 's/^    # "\([a-zA-Z.]*\)",$/\1/p' $at/cloud-run-job.tf | sort >"$own/off"
same "$own/secrets" "$own/off"
sim_stop

if /usr/bin/python3 -c 'import yaml' 2>/dev/null; then
    begin "the files of CI are YAML, and what they run is ours"
    for ci in github-actions.yml cloudbuild.yaml; do /usr/bin/python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$at/$ci" 2>>"$own/why" || wrong "$ci is no YAML"; done
    mkdir "$own/checkout" && cp -r baselines "$own/checkout"
    # Every command line of ours in these files, as the program reads it: an option that it does not take would be status 1 with other words.
    grep -ohE '(gate|audit) -b baselines/.*' $at/github-actions.yml | while read -r command options; do
        (cd "$own/checkout" && "$PLUMBLINE" "$command" $options >/dev/null 2>"$own/said")
        grep -qE 'unknown option|takes no|wants' "$own/said" && wrong "$command $options: $(cat "$own/said")"
    done
else
    echo "skipped: python3-yaml"
fi

begin "the container has the libraries that the program is linked with"
for library in $(objdump -p "$PLUMBLINE" | awk '/NEEDED/ { print $2 }'); do
    case $library in libc.so.* | libm.so.* | libasan* | libubsan* | ld-linux* | libgcc*) continue ;; esac
    package=$(dpkg -S "*/$library" 2>/dev/null | sed -n '1s/:.*//p')
    sed -n '/^FROM debian:12-slim$/,$p' $at/Containerfile | grep -qE "(^| )${package:-none}( |\$)" || wrong "$library is of $package, which the container lacks"
done
for package in $(sed -n '/^build="/,/"/p' tests/support/deps.sh | tr -d '"' | sed 's/build=//'); do
    grep -qE "(^| )$package( |\$)" $at/Containerfile || wrong "the container is built without $package"
done

if with terraform; then
    begin "Terraform reads the job, and lays it out the same"
    env -u TF_CLI_CONFIG_FILE terraform fmt -check -diff $at/cloud-run-job.tf >>"$own/why" 2>&1 || wrong "terraform fmt is not content"
fi

for tool in podman actionlint; do command -v $tool >/dev/null || echo "skipped: $tool (not run here)"; done
finish
