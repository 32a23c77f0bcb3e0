#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What docs/comparison.md says of ioview is shown by a test:

    comparison.py <project>

A cell of ioview, the second column of each of its tables, is a link to a file of tests/, with the
name of a test case for a title where it is a file of those; or it is a dash that leads to a section
of the page, where the row is named **in bold**. Every other link of the page leads somewhere too."""

import pathlib
import re
import sys

MARKS = {"Y", "P", "–"}
LINK = re.compile(r'\[([^\]]+)\]\(([^ )]+)(?: "([^"]*)")?\)')
LEAST_ROWS = 80


def sections(text):
    """Each heading's anchor, and what stands below it."""
    parts = re.split(r"^## (.+)$", text, flags=re.M)
    return {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-"): body
            for heading, body in zip(parts[1::2], parts[2::2])}


def named(row, section):
    return f"**{row}**" in re.sub(r"\s+", " ", section)


def main():
    root = pathlib.Path(sys.argv[1])
    page = root / "docs/comparison.md"
    text = page.read_text()
    below = sections(text)
    faults, rows, columns = [], 0, 0
    for line in text.splitlines():
        if not line.startswith("|"):
            columns = 0
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > 1 and cells[1] == "ioview":
            columns = len(cells)
        elif columns and not cells[0].startswith("---"):
            rows += 1
            row, ours, others = cells[0], cells[1], cells[2:]
            link = LINK.fullmatch(ours)
            if len(cells) != columns:
                faults.append(f"{row}: {len(cells)} cells, the table has {columns}")
            if columns > 9 and not set(others) <= MARKS:
                faults.append(f"{row}: another mark than Y, P or –")
            if not link:
                faults.append(f"{row}: ioview's cell is no link")
            elif link[1] == "–":
                if not named(row, below.get(link[2].lstrip("#"), "")):
                    faults.append(f"{row}: not among those of {link[2]}")
            elif not link[2].startswith("../tests/"):
                faults.append(f"{row}: {link[2]} is no test")
    for label, target, title in LINK.findall(text):
        if target.startswith("https://"):
            continue
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        if not file.exists():
            faults.append(f"{label}: no {target}")
        elif anchor and anchor not in sections(file.read_text()):
            faults.append(f"{label}: no section {target}")
        elif path.endswith(".test.cpp") and (
                not title or f'TEST_CASE("{title}"' not in re.sub(r'TEMPLATE_|_SIG', "",
                                                                  file.read_text())):
            faults.append(f"{label}: {path} has no test case {title!r}")
    if rows < LEAST_ROWS:
        faults.append(f"only {rows} rows found; is ioview's column called otherwise?")
    for fault in faults:
        print(fault)
    print(f"{rows} rows")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
