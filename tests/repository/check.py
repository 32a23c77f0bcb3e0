#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Whether .github/ and CHANGELOG.md say what the tree has: check.py <project>; 77 without PyYAML."""

import json
import re
import subprocess
import sys
from pathlib import Path

try:
    import yaml
except ImportError:
    print("skipped: no PyYAML (python3-yaml)")
    sys.exit(77)

ROOT = Path(sys.argv[1])


def presets():
    names = set()
    for file in ("CMakePresets.json", "cmake/architectures.json"):
        names |= {preset["name"] for preset in json.loads((ROOT / file).read_text())["testPresets"]}
    return names


def check_workflow():
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text())
    assert set(workflow) == {"name", True, "permissions", "jobs"}, workflow.keys()  # True: on
    jobs = workflow["jobs"]
    ways = jobs["test"]["strategy"]["matrix"]["arguments"]
    script = (ROOT / "scripts/test").read_text()
    for way in ways:
        option, *preset = way.split()
        assert re.search(rf"^{option}\)", script, re.M), f"scripts/test has no {option}"
        assert preset == [] or preset[0] in presets(), way
    # what scripts/test runs without an argument, each in a job of its own
    code = re.sub(r"#.*|\bpreset\(\)|usage: .*|\$\{2:.*", "", script)
    named = set(re.findall(r"\bpreset ([a-z][\w-]*)", code))
    for names in re.findall(r"\bcheck_cross ([a-z][\w ]*)", code):
        named |= set(names.split())
    assert "gcc" in named, named
    assert {f"--only {name}" for name in named} <= set(ways), named
    for job in jobs.values():
        for step in job["steps"]:
            command = step.get("run", "")
            for program in re.findall(r"scripts/\w+", command):
                assert (ROOT / program).exists(), program
    assert jobs["lint"]["steps"][-1]["run"] == "scripts/lint"


def check_only():
    """A preset that there is not is said to be none."""
    done = subprocess.run([ROOT / "scripts/test", "--only"], capture_output=True, text=True, check=False,
                          timeout=10)
    assert done.returncode != 0 and "preset" in done.stderr, done


def check_templates():
    folder = ROOT / ".github/ISSUE_TEMPLATE"
    for path in folder.glob("*.yml"):
        template = yaml.safe_load(path.read_text())
        if path.name == "config.yml":
            continue
        assert {"name", "description", "body"} <= set(template), path
        ids = [field["id"] for field in template["body"] if field["type"] != "markdown"]
        assert ids and len(ids) == len(set(ids)), path
        for field in template["body"]:
            assert field["type"] in ("markdown", "input", "textarea", "dropdown", "checkboxes"), path
            assert "value" in field["attributes"] or "label" in field["attributes"], path
    assert len(list(folder.glob("*.yml"))) > 1


def check_changes():
    version = ".".join(re.findall(r"#define IOVIEW_VERSION_\w+ (\d+)",
                                  (ROOT / "include/ioview/version.hpp").read_text()))
    entries = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(), re.M)
    for entry in entries:
        assert re.fullmatch(r"Unreleased|\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d", entry), entry
    newest = next(entry for entry in entries if entry != "Unreleased")
    assert newest.startswith(f"{version} "), f"CHANGELOG.md begins with {newest}, not {version}"


check_workflow()
check_only()
check_templates()
check_changes()
