#!/bin/sh
# make lint: house rules, clang-format, cppcheck and clang-tidy, all of them even where one fails.
#
# FLAGS holds the compiler's definitions and include paths, BUILD the build folder. A tool that is not
# installed prints "skipped: <tool>". clang-tidy's good results are kept in $BUILD/tidy (or TIDY_CACHE) under a
# hash of the settings and the preprocessed file. Generated tables (gcp/schema) are not looked at.
set -u
here=$(dirname "$0")
jobs=$(nproc 2>/dev/null || echo 2)
failed=0
ours=$(find src gcp -name '*.c' -not -path 'gcp/schema/*' 2>/dev/null | sort)
all=$(find src gcp include tests -name '*.[ch]' -not -path 'gcp/schema/*' 2>/dev/null | sort)

# result NAME STATUS
result() {
    if [ "$2" = 0 ]; then
        echo "ok - $1"
    else
        echo "not ok - $1"
        failed=1
    fi
}
have() { command -v "$1" >/dev/null || { echo "skipped: $1" && false; }; }

"$here/house.sh" || failed=1
"$here/test_house.sh" || failed=1
"$here/test_rules.sh" || failed=1

if have clang-format; then
    printf '%s\n' $all | xargs -r -P "$jobs" -n 8 clang-format --dry-run -Werror --ferror-limit=1
    result "clang-format (make format repairs it)" $?
fi

if have cppcheck; then
    mkdir -p "$BUILD/cppcheck"
    [ -z "$ours" ] || cppcheck --quiet -j "$jobs" --cppcheck-build-dir="$BUILD/cppcheck" --std=c11 \
        --enable=warning,portability,performance --inline-suppr --error-exitcode=1 -Iinclude -D_GNU_SOURCE \
        --suppressions-list=tests/lint/cppcheck.allow $ours
    result cppcheck $?
fi

if have clang-tidy; then
    eval "set -- $FLAGS"
    export TIDY="${TIDY_CACHE:-$BUILD/tidy}"
    mkdir -p "$TIDY"
    printf '%s\n' $ours | xargs -r -P "$jobs" -I FILE sh -c '
        file=$1
        shift
        key=$({ cat .clang-tidy && gcc -E -C "$@" -I"${file%/*}" "$file"; } 2>/dev/null | sha256sum | cut -c 1-40)
        [ -f "$TIDY/$key" ] && exit 0
        output=$(clang-tidy --quiet "$file" -- "$@" -I"${file%/*}" 2>/dev/null) || {
            printf "%s\n" "$output"
            exit 1
        }
        : >"$TIDY/$key"' sh FILE "$@"
    result clang-tidy $?
fi
exit "$failed"
