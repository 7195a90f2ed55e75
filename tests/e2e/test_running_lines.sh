#!/bin/sh
# The command lines of docs/running/ are run, as they stand there, against a simulator: by a shell that does what the runner, the builder, systemd
# and cron would do with them. What is Google's, HashiCorp's or Docker's is a stand-in that notes its words, or hands on to our program.
. "$(dirname "$0")/e2e_common.sh"
at=$PWD/docs/running
PATH=$own/bin:$PATH
mkdir "$own/bin" "$own/etc" "$own/var"
if ! /usr/bin/python3 -c 'import yaml' 2>/dev/null; then
    echo "skipped: the command lines, python3-yaml is not installed"
    finish
fi
with_token
sim_start $data/estate.ndjson --token "$token"

# stand_in NAME: a program of that name, its text on standard input.
stand_in() {
    { echo '#!/bin/sh' && cat; } >"$own/bin/$1"
    chmod +x "$own/bin/$1"
}
# Ours, against the simulator.
stand_in plumbline <<END
exec "$PLUMBLINE" "\$@" --api-root "$ROOT"
END
# docker run OPTION... IMAGE WORD...: the image's entry point, in the folder that -v names, with no variable but those of -e.
stand_in docker <<'END'
[ "$1" = run ] && shift
keep="PATH=$PATH HOME=$HOME XDG_STATE_HOME=$XDG_STATE_HOME"
while [ $# -gt 0 ]; do
    case $1 in
    --rm) ;;
    -u) [ "$2" = "$(id -u)" ] || exit 125; shift ;;
    -v) [ "$2" = "$PWD:/work" ] || exit 125; shift ;;
    -w) [ "$2" = /work ] || exit 125; shift ;;
    -e) keep="$keep $2=$(printenv "$2")"; shift ;;
    -*) exit 125 ;;
    *) break ;;
    esac
    shift
done
[ "$1" = registry.test/plumbline:1 ] || exit 125
shift
exec env -i $keep plumbline "$@"
END
# terraform: `show -json` prints the plan that the test names.
stand_in terraform <<'END'
echo "$*" >>"$ASKED"
case "$*" in *'show -json tf.plan') cat "$PLAN" ;; esac
END
stand_in gcloud <<'END'
echo "$*" >>"$ASKED"
END
ASKED=$own/asked
export ASKED

# A checkout with the baseline. The files of CI name no project: the baseline does.
mkdir -p "$own/checkout/baselines"
cp $data/baseline.yaml "$own/checkout/baselines/staging.yaml"

# steps FILE KEY...: the scripts of a job's steps, each into a file of its own under $own/steps, with the runner's expressions filled in as GitHub
# does: before a shell sees them (https://docs.github.com/en/actions/reference/workflows-and-actions/expressions).
cat >"$own/steps.py" <<'END'
import re, sys, yaml
file, job, out = sys.argv[1:4]
known = dict(word.split("=", 1) for word in sys.argv[4:])
def fill(m):
    return known[m.group(1)]
for i, step in enumerate(yaml.safe_load(open(file))["jobs"][job]["steps"]):
    if "run" not in step:
        continue
    env = "".join("export %s='%s'\n" % (k, re.sub(r"\$\{\{ *([^ }]+) *\}\}", fill, v)) for k, v in step.get("env", {}).items())
    open("%s/%s-%02d.sh" % (out, job, i), "w").write(env + re.sub(r"\$\{\{ *([^ }]+) *\}\}", fill, step["run"]) + "\n")
END
mkdir "$own/steps"
for job in gate audit; do
    /usr/bin/python3 "$own/steps.py" "$at/github-actions.yml" $job "$own/steps" vars.IMAGE=registry.test/plumbline:1 steps.auth.outputs.access_token="$token" 2>"$own/said" || {
        begin "the workflow's steps"
        wrong "$(cat "$own/said")"
    }
done
unset CLOUDSDK_AUTH_ACCESS_TOKEN # a step has what its own env says

begin "the workflow's scripts are scripts"
[ "$(find "$own/steps" -name '*.sh' | wc -l)" = 3 ] || wrong "three steps run something: $(ls "$own/steps")"
for script in "$own"/steps/*.sh; do
    sh -n "$script" 2>>"$own/why" || wrong "sh -n: $script"
    ! command -v shellcheck >/dev/null || shellcheck -s bash "$script" >>"$own/why" || wrong "shellcheck: $script"
done

# runs JOB STATUS: all its scripts as the runner starts them (bash -e), the last ends so.
runs() {
    last=0
    for script in "$own/steps/$1"-*.sh; do
        [ $last = 0 ] || wrong "an earlier step ended with $last"
        (cd "$own/checkout" && bash --noprofile --norc -eo pipefail "$script") >"$own/out" 2>"$own/err"
        last=$?
    done
    [ $last = "$2" ] || wrong "the job ends with $last, not $2"
}
mkdir "$own/plans"
cp tests/fixtures/gate/plan-host.json tests/fixtures/gate/plan-unknown-host.json "$own/plans"
sed 's/10\.9\.0\.2/10.20.0.3/g' tests/fixtures/gate/plan-host.json >"$own/plans/plan-same.json"
for row in same:0 host:2 unknown-host:3; do
    PLAN=$own/plans/plan-${row%:*}.json
    export PLAN
    begin "the workflow's gate: the plan '${row%:*}' ends the job with ${row#*:}"
    runs gate "${row#*:}"
    [ "${row#*:}" != 2 ] || out has '::error '
    file "$ASKED" has 'plan -input=false -out=tf.plan'
done
begin "the workflow's audit: annotations, and the file that is uploaded"
runs audit 0
json "$own/checkout/plumbline.sarif" <<END
version "2.1.0"
END

with_token
# ---- Cloud Build ----

begin "Cloud Build's gate lets a good candidate through and stops a bad one"
cat >"$own/build.py" <<'END'
import re, sys, yaml
build = yaml.safe_load(open(sys.argv[1]))
step = [s for s in build["steps"] if s["id"] == sys.argv[2]][0]
# https://cloud.google.com/build/docs/configuring-builds/substitute-variable-values
print("\n".join(re.sub(r"\$\{(_[A-Z_]+)\}", lambda m: build["substitutions"][m.group(1)], a) for a in step["args"]))
END
built() { # STATUS
    (cd "$own/checkout" && /usr/bin/python3 "$own/build.py" "$at/cloudbuild.yaml" gate | xargs -d '\n' plumbline) >"$own/out" 2>"$own/err"
    got=$?
    [ $got = "$1" ] || wrong "xargs ends with $got, not $1: $(cat "$own/err")"
}
cp tests/fixtures/gate/service.yaml "$own/checkout/service.yaml"
built 0
sed 's/10\.20\.0\.3/10.9.0.2/' tests/fixtures/gate/service.yaml >"$own/checkout/service.yaml"
built 123 # of xargs: the command ended with 1 to 125
out has 'auth-to-db'

# ---- systemd, cron, the job ----

# here FILE: its text with the places of a machine being ours.
here() { sed "s|/etc/plumbline|$own/etc|g; s|/var/lib/plumbline|$own/var|g; s|/usr/local/bin/plumbline|plumbline|g" "$1"; }
cp $data/baseline.yaml "$own/etc/staging.yaml"
written() {
    json "$own/var/report.json" <<END
result.exit_status 0
coverage.drift 0
END
    file "$own/var/plumbline.prom" has 'plumbline_exit_status 0'
    rm -f "$own/var/report.json" "$own/var/plumbline.prom"
}
begin "the service's line"
here "$at/plumbline.service" | sed -n '/^ExecStart=/,/[^\\]$/p' | sed 's/^ExecStart=//' >"$own/line"
sh -e "$own/line" >"$own/out" 2>"$own/err" || wrong "it ends with $?: $(cat "$own/err")"
written
begin "cron's line, as its user's shell has it, prints no finding"
here "$at/plumbline.cron" | sed -n 's/^\*[^ ]* [^ ]* [^ ]* [^ ]* [^ ]* plumbline //p' >"$own/line"
[ -s "$own/line" ] || wrong "there is no line"
sh "$own/line" >"$own/out" 2>"$own/err" || wrong "it ends with $?: $(cat "$own/err")"
written
begin "the job's words"
here "$at/cloud-run-job.sh" | sed -n 's/.*--args=//p' | tr ',' '\n' >"$own/words"
xargs -d '\n' plumbline <"$own/words" >"$own/out" 2>"$own/err" || wrong "it ends with $?: $(cat "$own/err")"
out has '{"event": "result"'
begin "the script writes the role with the real program"
: >"$ASKED"
PROJECT=acme-staging REGION=us-central1 IMAGE=i BASELINE=$own/etc/staging.yaml sh "$at/cloud-run-job.sh" >"$own/out" 2>"$own/err" || wrong "it ends with $?: $(cat "$own/err")"
file "$ASKED" has 'iam roles create plumblineReader --project=acme-staging'
sim_stop
finish
