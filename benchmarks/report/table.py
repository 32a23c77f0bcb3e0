# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tables of docs/performance/data: tab-separated, the columns' names in the first line."""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = ROOT / "docs/performance/data"


def read(name, data=DATA):
    path = data / f"{name}.tsv"
    if not path.exists():
        return []
    head, *rows = [line.split("\t") for line in path.read_text().splitlines()]
    return [dict(zip(head, row)) for row in rows]


def write(name, head, rows):
    text = "".join("\t".join(map(str, row)) + "\n" for row in [head, *rows])
    (DATA / f"{name}.tsv").write_text(text)
