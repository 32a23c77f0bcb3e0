#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes below each `<!-- commit: <hash> -->` of docs/contributing/ which files that commit touched.

  scripts/generate/jobs.py            writes
  scripts/generate/jobs.py --check    fails where a list is another, or has more than three headers
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_HEADERS = 3
JOB = re.compile(r"(<!-- commit: ([0-9a-f]+) -->\n)(?:\n```\n(.*?)```\n)?", re.S)


def git(*arguments):
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, text=True)


def touched(commit):
    """The block for a commit; None in a checkout without history."""
    if git("cat-file", "-e", commit + "^1").returncode != 0:
        return None
    rows = [line.split("\t") for line in
            git("show", "--numstat", "--no-renames", "--format=", commit).stdout.splitlines() if line]
    rows.sort(key=lambda row: (not row[2].startswith("include/"), row[2]))
    width = max(len(name) for _, _, name in rows)
    lines = [f"{name:{width}}  {'+' + added:>5} {'-' + removed if removed != '0' else '':>5}".rstrip()
             for added, removed, name in rows]
    return "\n".join(lines) + "\n"


def main():
    check = sys.argv[1:] == ["--check"]
    faults = []
    for page in sorted((ROOT / "docs" / "contributing").glob("*.md")):
        text = page.read_text()

        def job(match):
            marker, commit, before = match.groups()
            block = touched(commit)
            if block is None:
                block = before or ""
            if block != before:
                faults.append(f"{page.name}: {commit} touched other files than the page says")
            headers = len(re.findall(r"^include/", block, re.M))
            if not 0 <= headers <= MOST_HEADERS or not block:
                faults.append(f"{page.name}: {commit} touched {headers} headers; a job takes "
                              f"{MOST_HEADERS} at most")
            return f"{marker}\n```\n{block}```\n"

        written = JOB.sub(job, text)
        if not check:
            page.write_text(written)
    if check and faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
