#!/bin/sh
# Secrets reach no output, and what is hostile in a name or a value is inert in each: every report format, snapshot, baseline, standard error, and the
# folder of the state.
. "$(dirname "$0")/e2e_common.sh"
. tests/e2e/canary_common.sh
canary s3cret-From-a-fIle-0815 tf-sTate-pAss-3302 l0g-lIne-pAss-8844 c4ndidate-pAss-6610
echo s3cret-From-a-fIle-0815 >"$own/auth.txt"

# An estate with secrets where people put them, and a name out of a nightmare in a label and a variable.
esc=$(printf '\033')
nasty='\u001b[31mred\u0007 `touch /tmp/owned` $(touch owned); <script>alert(1)</script> | col\n# heading\r\u202e\u2066@everyone [x](http://evil.test)'
canary_estate "{\"name\": \"MOTD\", \"value\": \"$nasty\"}"
server closed_port
cat >"$own/baseline.yaml" <<END
version: 1
project: acme-staging
location: us-central1
resources:
  run.service:
    auth:
      template:
        containers:
          - name: app
            env:
              - {name: MOTD, value: "hello \`world\` <b>|</b>"}
              - {name: JWT_SIGNING_KEY, value: another}
  sql.instance:
    "we ird":
      state: RUNNABLE
connections:
  auth-to-db:
    from: run.service/auth
    to: sql.instance/main
    impact: "a \`b\` <script>alert(2)</script> | c [x](http://evil.test) @everyone"
    tracks: ["#1 <script>"]
    probe: {type: postgres, user: app, database: app, password: !env APP_DB_PASSWORD, tls: disable, connect_to: "127.0.0.1:$port"}
    budget: {timeout: 2s}
  auth-to-sessions:
    from: run.service/auth
    to: redis.instance/sessions
    probe: {type: redis, password: !file auth.txt, tls: disable, connect_to: "127.0.0.1:$port"}
    budget: {timeout: 2s}
END
with_token
sim_start "$own/estate.ndjson" --token "$token"
mkdir "$own/outputs"
cd "$own/outputs" || exit 1
every=''
for format in $("$PLUMBLINE" list formats | awk '{ print $1 }'); do every="$every -o $format=report.$format"; done
run 2 "an audit with secrets everywhere, in every format, as loud as can be" audit -b "$own/baseline.yaml" --vantage any --api-root "$ROOT" -v -v $every
for format in json text markdown html sarif junit github prometheus ndjson; do [ -s report.$format ] || wrong "no report as $format"; done
cp report.text report.txt
cp report.markdown report.md
cp "$own/err" audit.err
run 2 "explain" explain -b "$own/baseline.yaml" --vantage any --api-root "$ROOT" -v -v auth-to-db auth-to-sessions
cp "$own/out" explain.txt
cp "$own/err" explain.err
run 2 "probe" probe -b "$own/baseline.yaml" --vantage any -v -v
cp "$own/out" probe.txt
cp "$own/err" probe.err
run 0 "collect" collect --project acme-staging --api-root "$ROOT" -v -v snapshot.ndjson
cp "$own/err" collect.err
sim_stop
run 0 "validate" validate -b "$own/baseline.yaml" -v -v
cat "$own/out" "$own/err" >validate.txt
run 2 "colours do not change that" audit -b "$own/baseline.yaml" --snapshot snapshot.ndjson --no-probe --color never
cp "$own/out" offline.txt

# Where else people put them: a log, a deploy, Terraform's state.
cat >"$own/client.log" <<END
psycopg2.OperationalError: connection to server at "10.20.0.3", port 5432 failed: FATAL: password authentication failed for user "app" (dsn: postgresql://app:l0g-lIne-pAss-8844@10.20.0.3:5432/app)
redis.exceptions.AuthenticationError: AUTH l0g-lIne-pAss-8844 failed at redis://:l0g-lIne-pAss-8844@10.30.0.4:6379/0
END
run 2 "a log with passwords" explain -b "$own/baseline.yaml" --snapshot snapshot.ndjson --log "$own/client.log" --no-probe -v -v -o json=log.json -o html=log.html -o text
cat "$own/out" "$own/err" >log.txt
sed 's/"POSTGRES_PASSWORD".*/&/; s/10\.20\.0\.3/10.9.0.2/; s|^\( *\)- name: POSTGRES_HOST|\1- name: ADMIN_PASSWORD\n\1  value: c4ndidate-pAss-6610\n&|' "$OLDPWD/tests/fixtures/gate/service.yaml" >"$own/candidate.yaml"
grep -q c4ndidate "$own/candidate.yaml" || wrong 'the candidate holds no secret'
run 2 "a deploy with a password" gate -b "$OLDPWD/$data/baseline.yaml" --snapshot "$OLDPWD/$data/estate.ndjson" --candidate "$own/candidate.yaml" -v -v -o json=gate.json -o html=gate.html -o sarif=gate.sarif -o text
cat "$own/out" "$own/err" >gate.txt
cat >"$own/state.tfstate" <<END
{"version": 4, "terraform_version": "1.5.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
 {"mode": "managed", "type": "google_sql_user", "name": "app", "provider": "provider[\"registry.terraform.io/hashicorp/google\"]", "instances": [
  {"schema_version": 0, "attributes": {"id": "app//main", "instance": "main", "name": "app", "project": "acme-staging", "password": "tf-sTate-pAss-3302"}, "sensitive_attributes": [[{"type": "get_attr", "value": "password"}]]}]},
 {"mode": "managed", "type": "google_sql_database_instance", "name": "main", "provider": "provider[\"registry.terraform.io/hashicorp/google\"]", "instances": [
  {"schema_version": 0, "attributes": {"name": "main", "project": "acme-staging", "region": "us-central1", "database_version": "POSTGRES_15", "root_password": "tf-sTate-pAss-3302", "settings": [{"tier": "db-f1-micro"}]}}]}]}
END
begin "Terraform's state"
"$PLUMBLINE" init --from-terraform "$own/state.tfstate" from-state.yaml -v -v >init.txt 2>&1
[ -s from-state.yaml ] || wrong "no baseline was made of it"
file from-state.yaml has 'db-f1-micro'

if [ -d "$XDG_STATE_HOME" ]; then cp -r "$XDG_STATE_HOME" state-of-the-run; fi
canaries_stay . 9
file snapshot.ndjson has 'redacted'
file snapshot.ndjson has 'postgres://'
begin "a changed secret is a difference that can be seen, and only that"
file report.txt has 'JWT_SIGNING_KEY'
begin "nothing was executed"
find "$own" -name 'owned' >>"$own/why"
[ ! -e /tmp/owned ] || wrong "/tmp/owned is there"
begin "control characters and overrides reach no terminal"
# U+202E and U+2066 in UTF-8; escapes, bells and carriage returns.
for name in *.txt *.err *.md *.html report.*; do
    LC_ALL=C grep -nE "$esc|$(printf '\007')|$(printf '\r')|$(printf '\342\200\256')|$(printf '\342\201\246')" "$name" | cut -c1-200 | sed "s/^/$name: /" >>"$own/why"
done
begin "the text shows them all the same"
file report.txt has '[31mred'
begin "Markdown: no raw HTML, no link, no heading, nobody called"
# Code spans are inert; what is left of a line without them is not to be HTML or a link.
sed '/^ *```/,/^ *```/d; s/``*[^`]*``*//g' report.md >"$own/prose.md"
file "$own/prose.md" lacks '<script>'
file "$own/prose.md" lacks '](http://evil.test)'
LC_ALL=C grep -nE '(^|[^&\\])@everyone' "$own/prose.md" >>"$own/why"
grep -nE '^# heading' report.md >>"$own/why"
begin "HTML: no element, no link and no handler but our own"
file report.html has '&#60;script&#62;alert(2)&#60;/script&#62;'
file report.html lacks '<script>alert'
grep -noE '(href|src)="[^#"]*"|<[^>]* on[a-z]+=' report.html >>"$own/why"
begin "JSON is one document, and says what there is"
json report.json <<END
format_version "1.0"
connections[name=auth-to-db].impact "a \`b\` <script>alert(2)</script> | c [x](http://evil.test) @everyone"
END
begin "commands quote what comes from outside"
grep -h 'gcloud' report.txt | grep -nE '[^\\'"'"'"]\$\(touch' | grep -v "'" >>"$own/why"

# ---- hostile words, names and files ----

cd "$OLDPWD" || exit 1
hostile=$(printf 'a\033]0;owned\007b\nc')
run 1 "a hostile file name in an error" audit -b "$hostile.yaml"
err lacks "$esc"
run 1 "a hostile word" explain -b $data/baseline.yaml --snapshot $data/estate.ndjson "$hostile"
err lacks "$esc"
mkdir "$own/dir"
printf 'version: 1\nproject: p\nresources:\n  sql.instance:\n    main:\n      "x\\e[31m\\u202ey": 1\n' >"$own/dir/hostile.yaml"
run 1 "a hostile key in a baseline" validate -b "$own/dir"
LC_ALL=C grep -nE "$esc|$(printf '\342\200\256')" "$own/err" >>"$own/why"
printf 'version: 1\nproject: p\nlocation: l\nconnections:\n  c:\n    from: here\n    to: db.test:5432\n    probe: {type: postgres, user: a, database: d, password: hunter2-Db-pAss-4711}\n' >"$own/dir/hostile.yaml"
run 1 "a literal password is an error, and is not shown" validate -b "$own/dir"
err has 'a secret does not stand in a baseline'
err lacks hunter2
finish
