#!/bin/sh
# The table of gcloud's commands and options that remedies are held against (tests/fixtures/remedy/gcloud.txt), looked up in the installed
# gcloud's own tree. Nothing is asked of Google, and no configuration of this machine is read.
set -u
root=$(CLOUDSDK_CONFIG=$(mktemp -d) CLOUDSDK_CORE_DISABLE_USAGE_REPORTING=1 gcloud info \
    --format='value(installation.sdk_root)' 2>/dev/null)
tree=$root/data/cli/gcloud_completions.py
if [ -z "$root" ] || [ ! -r "$tree" ] || ! command -v python3 >/dev/null; then
    echo "skipped: gcloud's tree of commands, gcloud or python3 is not installed"
    exit 0
fi
PYTHONDONTWRITEBYTECODE=1 TREE=$tree python3 - tests/fixtures/remedy/gcloud.txt <<'PYTHON'
import os, runpy, sys

# Commands and options that this gcloud's completion leaves out, though its parser knows them.
HIDDEN = {"run services update": {"container"}}
WIDE = {"project", "format"}
values = runpy.run_path(os.environ["TREE"]).values()
tree = next(v for v in values if isinstance(v, dict) and "commands" in v and "flags" in v)
wrong = 0
for line in open(sys.argv[1]):
    if line.startswith("#"):
        continue
    words, _, options = (part.strip() for part in line.split("|"))
    node = tree
    for word in words.split():
        node = node.get("commands", {}).get(word) if node else None
    if node is None:
        print("not ok - gcloud has no command " + words)
        wrong += 1
        continue
    known = {name[2:] for name in node.get("flags", {})} | WIDE | HIDDEN.get(words, set())
    for option in options.split():
        name = option.rstrip("!*")
        if name not in known and not (name.startswith("no-") and name[3:] in known):
            print("not ok - gcloud %s has no --%s" % (words, name))
            wrong += 1
if not wrong:
    print("ok - every command and option is in gcloud's own tree")
sys.exit(1 if wrong else 0)
PYTHON
