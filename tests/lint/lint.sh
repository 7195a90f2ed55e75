#!/bin/sh
# make lint: house rules, clang-format, cppcheck and clang-tidy, all of them even where one fails.
#
# FLAGS holds the compiler's definitions and include paths, BUILD the build folder. A tool that is not
# installed prints "skipped: <tool>". clang-tidy's good results are kept by file in $BUILD/tidy until the
# file, a header or the settings change. Generated tables (gcp/schema) are not looked at.
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
    newest=$(ls -t .clang-tidy $(find src gcp include -name '*.h' 2>/dev/null) | head -n 1)
    stale=
    for file in $ours; do
        stamp=$BUILD/tidy/$file.ok
        [ -f "$stamp" ] && [ "$stamp" -nt "$file" ] && [ "$stamp" -nt "$newest" ] || stale="$stale $file"
    done
    printf '%s\n' $stale | sed '/^$/d' | BUILD=$BUILD xargs -r -P "$jobs" -I FILE sh -c '
        file=$1
        shift
        output=$(clang-tidy --quiet "$file" -- "$@" -I"${file%/*}" 2>/dev/null) || {
            printf "%s\n" "$output"
            exit 1
        }
        mkdir -p "$BUILD/tidy/${file%/*}" && : >"$BUILD/tidy/$file.ok"' sh FILE "$@"
    result clang-tidy $?
fi
exit "$failed"
