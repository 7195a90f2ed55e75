#!/bin/sh
# Tests the scripts that judge and prepare everything else: run.sh, summary.sh, and deps.sh, the last with a
# pretended dpkg-query and apt-get, so that it changes nothing here.
set -u
here=$(cd "$(dirname "$0")" && pwd)
support=$here/../support
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
trap 'exit 143' HUP INT PIPE TERM
failed=0

# same LABEL EXPECTED ACTUAL
same() {
    if [ "$2" = "$3" ]; then
        echo "ok - $1"
    else
        printf 'not ok - %s: expected\n%s\nbut got\n%s\n' "$1" "$2" "$3" | sed '2,$s/^/    /'
        failed=1
    fi
}

# counts LABEL EXPECTED SCRIPT: what run.sh counts for a program with that output and exit status.
counts() {
    printf '#!/bin/sh\n%s\n' "$3" >"$tree/program"
    chmod +x "$tree/program"
    LOGS=$tree/log "$support/run.sh" t "$tree/program" >"$tree/said"
    same "run.sh counts $1" "$2" "$(cat "$tree/log/t.result")"
}
counts 'cmocka totals, of several groups' '3 1 2' 'echo "[  PASSED  ] 1 test(s)." >&2
    echo "[  SKIPPED ] 2 test(s), listed below:"; echo "[  FAILED  ] 1 test(s), listed below:"
    echo "[  FAILED  ] some_test"; echo "[  PASSED  ] 2 test(s)."; exit 1'
counts "a case that cmocka skips once, whose line says why" '1 0 1' 'echo "[==========] Running 2 test(s)."; echo "skipped: x, why"
    echo "[  PASSED  ] 1 test(s)."; echo "[  SKIPPED ] 1 test(s), listed below:"'
counts 'lines of shell tests' '2 1 1' 'echo "ok - a"; echo "ok - b"; echo "not ok - c"; echo "skipped: d"'
counts 'nothing at all as a failure' '0 1 0' 'exit 0'
counts 'a crash after good cases as a failure' '1 1 0' 'echo "ok - a"; kill -SEGV $$'
counts 'exit status 77 as skipped' '0 0 1' 'exit 77'
counts 'failures even with exit status 77' '0 1 0' 'echo "not ok - a"; exit 77'
http_proxy=http://127.0.0.1:1 NO_PROXY=x PGSSLMODE=require CLOUDSDK_CORE_PROJECT=p GOOGLE_CLOUD_PROJECT=p PLUMBLINE_NOW=x counts 'what the environment asks for as not there' \
    '1 0 0' '! env | grep -qE "^(http_proxy|NO_PROXY|PGSSLMODE|CLOUDSDK_CORE_PROJECT|GOOGLE_CLOUD_PROJECT|PLUMBLINE_NOW)=" && [ -n "$PATH" ] && echo "ok - a"'
counts 'standard input as empty' '1 0 0' 'read -r x || echo "ok - a"'
TEST_TIMEOUT=1 counts 'a hanging test as a failure' '0 1 0' 'exec sleep 60'

# sums LABEL MAKE_STATUS EXPECTED-STATUS-AND-LAST-LINE RESULTS...
sums() {
    label=$1 build=$2 expected=$3
    shift 3
    rm -rf "$tree/log" && mkdir -p "$tree/log/deep"
    for result; do echo "$result" >"$tree/log/deep/$result.result"; done
    said=$(LOGS=$tree/log "$support/summary.sh" "$build")
    same "summary.sh: $label" "$expected" "$? $(printf '%s\n' "$said" | tail -n 1)"
}
sums 'adds up' 0 '0 6 passed, 0 failed, 1 skipped' '2 0 0' '4 0 1'
sums 'fails with a failure' 0 '1 6 passed, 1 failed, 0 skipped' '2 1 0' '4 0 0'
sums 'fails where something did not build' 2 '1 2 passed, 1 failed, 0 skipped' '2 0 0'
sums 'fails where nothing ran' 0 '1 0 passed, 1 failed, 0 skipped'
sums 'fails where all was skipped' 0 '1 0 passed, 1 failed, 3 skipped' '0 0 3'

# A machine where the packages in $tree/have are installed; apt-get installs by adding to it and notes what
# stood in the two configuration files meanwhile.
root=$tree/root
mkdir -p "$root/usr/sbin" "$root/etc/postgresql-common" "$tree/bin"
conf=$root/etc/postgresql-common/createcluster.conf
cat >"$tree/bin/dpkg-query" <<'S'
#!/bin/sh
for package; do :; done
grep -qx "$package" "$TREE/have" && echo 'ii '
S
cat >"$tree/bin/apt-get" <<'S'
#!/bin/sh
case " $* " in *' update '*) exit 0 ;; esac
"$DEPS_ROOT/usr/sbin/policy-rc.d"
echo "policy $?" >>"$TREE/apt"
for word; do
    case $word in
    postgresql) echo "server $(tail -n 1 "$DEPS_ROOT/etc/postgresql-common/createcluster.conf")" >>"$TREE/apt" ;;
    postgresql-common) echo 'ssl = on' >"$DEPS_ROOT/etc/postgresql-common/createcluster.conf" ;;
    esac
    echo "$word" >>"$TREE/have"
done
[ ! -e "$TREE/apt-fails" ]
S
printf '#!/bin/sh\necho "$@" >>"$TREE/disabled"\n' >"$tree/bin/update-rc.d"
printf '#!/bin/sh\necho "${FAKE_UID:-0}"\n' >"$tree/bin/id"
chmod +x "$tree/bin/"*
export TREE="$tree" DEPS_ROOT="$root"
# DEPS may come from the make that runs this.
unset DEPS TEST_TIMEOUT
deps() { PATH=$tree/bin:$PATH "$support/deps.sh" 2>&1; }
bare() {
    rm -f "$tree/have" "$tree/apt" "$tree/disabled" "$tree/apt-fails" "$root/usr/sbin/"* "$conf"*
    : >"$tree/have"
}

bare
same 'deps.sh: DEPS=no does nothing' 'deps: skipped (DEPS=no)' "$(DEPS=no deps)"
deps >/dev/null
same 'deps.sh: installs with services forbidden and no cluster' 'policy 101
policy 101
server create_main_cluster = false' "$(cat "$tree/apt")"
same 'deps.sh: leaves no policy where none was' '' "$(ls "$root/usr/sbin")"
same 'deps.sh: puts createcluster.conf back' 'createcluster.conf ssl = on' \
    "$(ls "$root/etc/postgresql-common") $(cat "$conf")"
same 'deps.sh: new services do not start at boot' 'redis-server disable
nginx disable
squid disable
cron disable' "$(cat "$tree/disabled")"
same 'deps.sh: the second run calls no apt-get' 'deps: everything is installed' "$(rm "$tree/apt"; deps; cat "$tree/apt" 2>/dev/null)"

bare
printf 'redis-server\nnginx\npostgresql\n' >"$tree/have"
printf '#!/bin/sh\nexit 104\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
cp -p "$root/usr/sbin/policy-rc.d" "$tree/before"
: >"$tree/apt-fails"
deps >/dev/null
same 'deps.sh: fails when apt-get fails' 1 $?
same 'deps.sh: puts an existing policy back, also after a failure' "$(ls -l "$tree/before" | cut -c1-10) $(cat "$tree/before")" \
    "$(ls -l "$root/usr/sbin/policy-rc.d" | cut -c1-10) $(cat "$root/usr/sbin/"*)"
same 'deps.sh: leaves services alone that were there' '' "$(cat "$tree/disabled" 2>/dev/null)"

bare
printf 'mine\n' >"$root/usr/sbin/policy-rc.d.before-plumbline"
printf 'ours\n' >"$root/usr/sbin/policy-rc.d"
deps >/dev/null
same 'deps.sh: what a killed run kept aside comes back' 'policy-rc.d mine' "$(ls "$root/usr/sbin") $(cat "$root/usr/sbin/"*)"
bare
if command -v sudo >/dev/null; then
    echo 'skipped: deps.sh without sudo (there is a sudo here)'
else
    same 'deps.sh: neither root nor sudo' 'deps: not root and no sudo: run as root: apt-get install gcc make' \
        "$(FAKE_UID=1000 deps | tail -n 1 | cut -d' ' -f1-13)"
fi
exit "$failed"
