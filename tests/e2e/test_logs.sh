#!/bin/sh
# explain --log: the output of real clients and of test runs goes in, the drift that explains each failure comes out.
. "$(dirname "$0")/e2e_common.sh"
logs=tests/fixtures/logs
sed 's/"POSTGRES_PORT", "value": "5432"/"POSTGRES_PORT", "value": "5434"/; s/"machineType": "e2-micro"/"machineType": "e2-standard-4"/' \
    $data/estate.ndjson >"$own/wrong-port.ndjson"
broken="-b $data/baseline.yaml --snapshot $own/wrong-port.ndjson --no-probe"

# ---- a failing test run ----

run 2 "pytest: each failure gets its drift, and what is none is said" explain $broken --log $logs/pytest.log -v -o text -o json="$own/r.json"
out has '1   auth-to-db is FAILING, critical'
out has 'told by tests/fixtures/logs/pytest.log:29'
out has 'why      explained - proven'
out has 'run.service/auth:template.containers[name=app].env[name=POSTGRES_PORT].value'
out has 'proof'
out has 'gcloud run services update auth'
out has 'auth-to-sessions is FAILING, medium'
out has 'why      unexplained'
out has '2       connectivity - a connection failed'
out has '1       secondary'
out has '1       not infrastructure'
out has '2       not tested'
out has "AttributeError: 'TestName' object has no attribute 'client'"
out has 'a mock stands in for the connection here'
out lacks 'hunter2secret'
out lacks 's3cr3tPassw0rd'
json "$own/r.json" <<END
connections[*].name ["auth-to-db","auth-to-sessions"]
connections[*].explanation.verdict ["explained","unexplained"]
connections[0].symptom.symptom "refused"
log.sources ["tests/fixtures/logs/pytest.log"]
log.classes.connectivity 2
log.classes.secondary 1
log.classes.not_infrastructure 1
log.classes.not_tested 2
log.classes.unrecognised 0
log.events[*].class ["connectivity","connectivity","secondary","not_infrastructure","not_tested","not_tested"]
log.events[1].connections ["auth-to-db"]
log.events[1].matched_by "its address"
log.events[1].host "10.20.0.3"
log.events[1].port 5434
log.events[1].tests ["test_connect"]
drift[*].field ["run.service/auth:template.containers[name=app].env[name=POSTGRES_PORT].value"]
END
file "$own/r.json" lacks 'hunter2secret'
run 2 "JUnit XML" explain $broken --log $logs/junit.xml
out has 'told by tests/fixtures/logs/junit.xml:3'
out has 'why      explained - proven'
run 2 "log entries of Cloud Logging, a line each" explain $broken --log $logs/cloud-logging.ndjson -o json="$own/r.json"
json "$own/r.json" <<END
connections[*].name ["auth-to-db"]
connections[0].seen_from "run.service/acme-staging/us-central1/auth"
connections[0].symptom.at "2026-11-20T09:58:01.1Z"
connections[0].explanation.verdict "explained"
log.events[0].first "2026-11-20T09:58:01.1Z"
log.events[0].last "2026-11-20T09:59:00Z"
END
run 2 "and as gcloud writes them" explain $broken --log $logs/gcloud.json
out has 'why      explained - proven'

# ---- real clients ----

# What a client writes when it dials a port of this machine where nobody listens, with the address that it would have dialled there.
closed() {
    sed "s/127\\.0\\.0\\.1\\([\":, ]*\\(port \\)\\{0,1\\}\\)$port/10.20.0.3\\15434/g; s/'127\\.0\\.0\\.1', $port/'10.20.0.3', 5434/g" "$own/client" >"$own/log"
}
server closed_port
for client in \
    "psql|psql -h 127.0.0.1 -p $port -U app -c select" \
    "curl|curl -sS http://127.0.0.1:$port/" \
    "node|node -e require('net').connect($port,'127.0.0.1')" \
    "python3|python3 -c exec(\"import\\x20asyncio\\nasync\\x20def\\x20m():\\x20await\\x20asyncio.open_connection('127.0.0.1',$port)\\nasyncio.run(m())\")"; do
    name=${client%%|*}
    if ! command -v "$name" >/dev/null; then
        echo "skipped: the real $name, not installed"
        continue
    fi
    ${client#*|} >"$own/client" 2>&1 </dev/null
    closed
    run 2 "the real $name" explain $broken --log "$own/log"
    out has 'auth-to-db is FAILING'
    out has 'refused: the connection was refused'
    out has 'why      explained - proven'
done
if command -v redis-cli >/dev/null; then
    redis-cli -h 127.0.0.1 -p "$port" ping >"$own/client" 2>&1
    sed "s/127.0.0.1:$port/10.20.1.4:6378/" "$own/client" >"$own/log"
    run 2 "the real redis-cli" explain $broken --log "$own/log"
    out has 'auth-to-sessions is FAILING'
else
    echo 'skipped: the real redis-cli, not installed'
fi
run 3 "this machine's own port is nothing of the cloud's" explain $broken --log "$own/client"
out has "is the client's own machine"

# ---- what a log cannot say ----

echo 'dial tcp 10.20.0.9:5432: i/o timeout' >"$own/log"
run 3 "an error of nothing declared is not clean" explain $broken --log "$own/log"
out has 'INCOMPLETE: 1 connection error in the log is of no declared connection'
out has 'no declared connection goes to 10.20.0.9:5432; nearest: auth-to-db'
echo 'all is well' >"$own/log"
run 0 "a log without errors" explain $broken --log "$own/log"
out has 'CLEAN: no connection error was found in the log'
printf 'connect ECONNREFUSED 10.20.0.3:5434\n' >"$own/log"
run 2 "a place where the log was written" explain $broken --log "$own/log" --vantage run.service/auth
out has 'why      explained - proven'
run 3 "another place says nothing of it" explain $broken --log "$own/log" --vantage run.service/web
out has 'no connection from run.service/acme-staging/us-central1/web goes there'
run 2 "names narrow it" explain auth-to-db $broken --log $logs/pytest.log -o json="$own/r.json"
json "$own/r.json" <<END
connections[*].name ["auth-to-db"]
END
"$PLUMBLINE" explain $broken --log - <$logs/pytest.log >"$own/stdin.txt" 2>&1
[ $? -eq 2 ] || echo "status" >>"$own/why"
file "$own/stdin.txt" has 'told by standard input:29'

# ---- bad input ----

run 1 "no such log" explain $broken --log "$own/none"
err has "--log: cannot read $own/none: No such file or directory"
printf '<testsuite><testcase></testsuite>' >"$own/log"
run 1 "a broken report" explain $broken --log "$own/log"
err has "$own/log:1:24: mismatched tag"
run 1 "a log and an ad hoc connection" explain --from here --to h:1 --log "$own/log" --project p
err has '--log finds its connections in the baseline'
run 1 "a log without a baseline" explain --log "$own/log"
err has 'explain wants a baseline'
finish
