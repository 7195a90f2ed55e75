#!/bin/sh
# What is made from the tables - manual pages, completion, the schema for editors - held against mandoc, bash and a JSON Schema validator.
. "$(dirname "$0")/e2e_common.sh"

lint_manual() {
    if ! command -v mandoc >/dev/null; then
        echo "skipped: mandoc"
        return
    fi
    mandoc -T lint -W warning "$1" >>"$own/why" 2>&1 || wrong "mandoc is not content with $2"
    mandoc -T utf8 "$1" | sed 's/.\x08//g' >"$own/page"
}

run 0 "plumbline(1) is a manual page" list manual
cp "$own/out" "$own/plumbline.1"
lint_manual "$own/plumbline.1" "plumbline(1)"
for command in audit gate explain collect probe init validate doctor list; do file "$own/plumbline.1" has ".Ss $command"; done
file "$own/plumbline.1" has '.It "--fail-on SEVERITY"'

run 0 "plumbline.yaml(5) is a manual page" list baseline-manual
cp "$own/out" "$own/plumbline.yaml.5"
lint_manual "$own/plumbline.yaml.5" "plumbline.yaml(5)"
for word in sql.instance depends_on '!cidr_within' also_try; do file "$own/plumbline.yaml.5" has "$word"; done

run 0 "completion is a script that bash takes" list completion
cp "$own/out" "$own/completion.bash"
bash -n "$own/completion.bash" 2>>"$own/why" || wrong "bash does not take it"
! command -v shellcheck >/dev/null || shellcheck -s bash "$own/completion.bash" >>"$own/why" || wrong "shellcheck is not content"

# complete WORD... : what bash would offer behind these words; the last is unfinished.
complete() {
    bash -c '. "$1"; shift; COMP_WORDS=(plumbline "$@"); COMP_CWORD=$#; _plumbline; printf "%s\n" "${COMPREPLY[@]}"' - "$own/completion.bash" "$@" |
        sort | tr '\n' ' '
}
offers() {
    wanted=$1
    shift
    [ "$(complete "$@")" = "$wanted " ] || wrong "behind '$*' it offers: $(complete "$@")"
}
begin "completion offers commands, their options, and the words that an option takes"
offers "gate" ga
offers "--candidate" gate --can
offers "--no-changed-by --no-probe" audit --no-
offers "markdown" audit -o ma
offers "critical" audit -b x.yaml --fail-on c
offers "fields formats" list f
[ "$(complete collect --cand)" = " " ] || wrong "collect is offered an option of gate"
cd "$own" && : >base.yaml && case "$(complete audit -b base)" in *base.yaml*) ;; *) wrong "no file is offered behind -b" ;; esac
cd - >/dev/null || exit 1

run 0 "the schema of baselines" validate --schema
cp "$own/out" "$own/schema.json"
json "$own/schema.json" <<END
title "A baseline of plumbline"
\$defs["sql.instance"].additionalProperties false
END

# YAML as an editor's validator sees it: tags are dropped, plain scalars are text. Prints what is wrong, a line a file.
cat >"$own/conforms.py" <<'END'
import json, sys, jsonschema, yaml
class Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)): pass
def untagged(loader, suffix, node):
    if isinstance(node, yaml.MappingNode): return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode): return loader.construct_sequence(node, deep=True)
    return node.value
Loader.add_multi_constructor("!", untagged)
schema = json.load(open(sys.argv[1]))
kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
for file in sys.argv[2:]:
    error = next(kind(schema).iter_errors(yaml.load(open(file), Loader)), None)
    if error: print("%s: %s: %s" % (file, "/".join(map(str, error.absolute_path)), error.message[:200]))
END
wrong_in() { /usr/bin/python3 "$own/conforms.py" "$own/schema.json" "$@"; }
if /usr/bin/python3 -c 'import jsonschema, yaml' 2>/dev/null; then
    begin "every baseline of the tree is as the schema says"
    wrong_in baselines/*.yaml tests/demo/*.yaml $data/*.yaml tests/scenarios/*/baseline.yaml >>"$own/why" 2>&1
    begin "a typo is marked: a key, a kind, a field, a parameter of a probe"
    for typo in 's/^connections:/conections:/' 's/sql.instance:/sql.instanc:/' 's/databaseVersion:/databaseVersoin:/' 's/budget:/bugdet:/'; do
        sed "$typo" tests/demo/baseline.yaml >"$own/typo.yaml"
        ! cmp -s "$own/typo.yaml" tests/demo/baseline.yaml || wrong "$typo changes nothing"
        wrong_in "$own/typo.yaml" | grep -qF "$own/typo.yaml: " || wrong "$typo passes"
    done
else
    echo "skipped: jsonschema with yaml (python3-jsonschema, python3-yaml)"
fi

finish
