#!/bin/sh
# Secrets of an estate and of a baseline reach neither the store, unpacked, nor a notification, nor what is written of a stored run.
. "$(dirname "$0")/e2e_common.sh"
. tests/e2e/canary_common.sh
canary_estate
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
              - {name: DATABASE_URL, value: "postgres://app@10.20.0.3:5432/app"}
              - {name: JWT_SIGNING_KEY, value: another}
connections:
  auth-to-db:
    from: run.service/auth
    to: sql.instance/main
    probe: {type: postgres, user: app, database: app, password: !env APP_DB_PASSWORD, tls: disable, connect_to: "127.0.0.1:1"}
    budget: {timeout: 2s}
END
mkdir "$own/outputs"
server notify_server --out "$own/outputs/told" --status "$own/none"
with_token
sim_start "$own/estate.ndjson" --token "$token"
run 2 "a live audit with secrets, stored and told" audit -b "$own/baseline.yaml" --vantage any --no-changed-by --api-root "$ROOT" -v -v \
    --store "$own/s.db" --notify "http://127.0.0.1:$port/"
cp "$own/out" "$own/outputs/audit.out"
cp "$own/err" "$own/outputs/audit.err"
sim_stop
for format in text json markdown html; do
    run 0 "written again: $format" report -o $format="$own/outputs/report.$format" --store "$own/s.db"
done
run 0 "history show" history show -v --store "$own/s.db"
cp "$own/out" "$own/outputs/history"
run 1 "a secret is not accepted" accept --all --store "$own/s.db" --dry-run
cat "$own/out" "$own/err" >"$own/outputs/accept"

begin "all that was written was looked into"
"$BUILD/servers/store_dump" "$own/s.db" >"$own/outputs/store" || wrong "the store cannot be read"
file "$own/outputs/store" has '"plumbline_snapshot"'
file "$own/outputs/store" has '"plumbline_run"'
file "$own/outputs/store" has '"plumbline_told"'
file "$own/outputs/store" has '<redacted: '
file "$own/outputs/told" has 'plumbline_notification'
file "$own/outputs/report.text" has 'DATABASE_URL'
canaries_stay "$own/outputs" 5
finish
