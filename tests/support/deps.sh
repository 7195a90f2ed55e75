#!/bin/sh
# Installs the Debian packages that building, testing and the demo need. Called by `make deps`.
#
# Only what is missing is installed, and what will be is printed first; where nothing is missing, no
# network and no apt-get is touched. Debian's server packages would create a database cluster and start
# daemons on their standard ports: here they may not. A policy-rc.d that answers 101 ("forbidden",
# https://people.debian.org/~hmh/invokerc.d-policyrc.d-specification.txt) stands while apt-get runs,
# createcluster.conf says create_main_cluster = false while the PostgreSQL server package is configured,
# and a service that came with a package installed here is not left enabled for the next boot.
# Both files are put back as they were, also after an interrupt.
set -eu

build="gcc make pkg-config libcurl4-openssl-dev libuv1-dev libc-ares-dev libjansson-dev libyaml-dev
       libexpat1-dev libssl-dev libpq-dev libsqlite3-dev zlib1g-dev"
tests="libcmocka-dev libmicrohttpd-dev postgresql-client redis-server nginx openssl curl ca-certificates
       chromium chromium-driver jq python3-jsonschema python3-yaml libxml2-utils squid microsocks dnsmasq-base
       mandoc shellcheck cron systemd graphviz"
lints="clang clang-format clang-tidy libclang-rt-14-dev cppcheck binutils"
# Installed after all others: it needs the configuration file that postgresql-common brings.
database=postgresql
services="redis-server nginx squid cron"

# DEPS_ROOT is for test_tools.sh, which has no machine to spare.
policy=${DEPS_ROOT:-}/usr/sbin/policy-rc.d
cluster=${DEPS_ROOT:-}/etc/postgresql-common/createcluster.conf
kept=.before-plumbline

say() { echo "deps: $*"; }
fail() {
    echo "deps: $*" >&2
    exit 1
}

missing() {
    for package; do
        case $(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null) in
        ?i*) ;;
        *) printf '%s ' "$package" ;;
        esac
    done
}

# Moves a file that a run of ours replaced back to its place, or removes what stood where none was.
restore() {
    if [ -e "$1$kept" ]; then
        mv -f "$1$kept" "$1"
    elif [ -e "$1$kept-none" ]; then
        rm -f "$1" "$1$kept-none"
    fi
}
restore_all() {
    restore "$policy"
    restore "$cluster"
}
# Keeps a file aside before it is replaced. What an earlier run that was killed kept is the truth.
keep() {
    restore "$1"
    if [ -e "$1" ]; then cp -p "$1" "$1$kept"; else : >"$1$kept-none"; fi
}

apt() {
    apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" </dev/null
}
install() {
    apt -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
        install --no-install-recommends "$@"
}

install_all() {
    export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
    trap restore_all EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP

    new_services=$(missing $services)
    apt update || say "apt-get update failed; trying with the package lists that are here"
    keep "$policy"
    # Written beside and renamed, so that no moment has a policy that does not answer.
    printf '#!/bin/sh\nexit 101\n' >"$policy.new"
    chmod 755 "$policy.new"
    mv -f "$policy.new" "$policy"

    others=$(missing $build $tests $lints)
    server=$(missing $database)
    [ -z "$others$server" ] || install $others ${server:+postgresql-common}
    if [ -n "$server" ]; then
        keep "$cluster"
        printf '\ncreate_main_cluster = false\n' >>"$cluster"
        install $server
    fi
    for service in $new_services; do
        update-rc.d "$service" disable >/dev/null 2>&1 || say "could not disable $service at boot"
    done
}

case ${1:-} in
--install)
    install_all
    exit 0
    ;;
esac

if [ "${DEPS:-yes}" = no ]; then
    say "skipped (DEPS=no)"
    exit 0
fi
command -v dpkg-query >/dev/null ||
    fail "not a Debian system; install the equivalents of" $build $tests $lints $database "and use DEPS=no"
wanted=$(missing $build $tests $lints $database)
if [ -z "$wanted" ]; then
    say "everything is installed"
    exit 0
fi
say "installing $wanted"
say "no database cluster is created, no service started or enabled (DEPS=no skips this step)"
if [ "$(id -u)" = 0 ]; then
    "$0" --install
elif command -v sudo >/dev/null; then
    sudo --preserve-env=http_proxy,https_proxy "$0" --install
else
    fail "not root and no sudo: run as root: apt-get install $wanted"
fi
wanted=$(missing $build $tests $lints $database)
[ -z "$wanted" ] || fail "still missing: $wanted"
