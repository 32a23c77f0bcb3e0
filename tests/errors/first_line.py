#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Where ioview's own sentence stands in what a compiler prints of each program in
tests/compile_fail/:

    first_line.py <compiler>… [--said <folder>] [--list] [--only <word>]

first     on the first line with "error:"
three     on one of the first three lines
anywhere  on any line

A sentence is a heading of docs/errors.md that begins with "ioview: " or is a name. The totals are
compared with first_line.txt, which holds what was reached: fewer is an error. --said has what
the tests refused.* were told, <program>.<compiler>.said; what is not there is compiled. --list prints
the place of each program, --only those whose name has the word in it, without totals."""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FLAGS = ["-std=c++20", f"-I{ROOT}/include", "-Wall", "-Wextra", "-fsyntax-only"]
PLACES = ["first", "three", "anywhere"]


def sentences():
    found = re.findall(r"^### `(.+)`$", (ROOT / "docs/errors.md").read_text(), re.M)
    found = [s for s in found if s.startswith("ioview: ") or re.fullmatch(r"\w+_\w+_\w+", s)]
    if len(found) < 300:
        sys.exit(f"only {len(found)} sentences in docs/errors.md; has its form changed?")
    return re.compile("|".join(re.escape(s) for s in found))


def places_of(output, sentence):
    """Those of PLACES where it stands."""
    lines = output.splitlines()
    hits = [i for i, line in enumerate(lines) if sentence.search(line)]
    error = next((i for i, line in enumerate(lines) if "error:" in line), None)
    found = {"first": error in hits, "three": bool(hits) and hits[0] < 3, "anywhere": bool(hits)}
    return [where for where in PLACES if found[where]]


def directive(text, key):
    found = re.search(rf"^// {key}: *(.*)$", text, re.M)
    return found[1].split() if found else []


def output_of(compiler, path, said):
    """What it prints of the program; None of one that is not for it."""
    name, text = pathlib.Path(compiler).name, path.read_text()
    name = re.sub(r"^g\+\+.*", "g++", name)
    only = directive(text, "compilers")
    if directive(text, "target") or (only and name not in only):
        return None
    kept = said / f"{path.stem}.{pathlib.Path(compiler).name}.said" if said else None
    if kept and kept.exists():
        return kept.read_text()
    return subprocess.run([compiler, *FLAGS, *directive(text, "flags"), path], capture_output=True,
                          text=True, env={**os.environ, "LC_ALL": "C"}).stderr


def rows(path):
    """The lines of a text file that are no comments, as lists of words."""
    return [line.split() for line in path.read_text().splitlines() if line and line[0] != "#"]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("compilers", nargs="+")
    parser.add_argument("--said", type=pathlib.Path)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()

    sentence = sentences()
    everyday = {name for name, in rows(HERE / "everyday.txt")}
    paths = [p for p in sorted((ROOT / "tests/compile_fail").glob("*.cpp"))
             if arguments.only in p.stem]
    faults = [f"everyday.txt: no program {name}" for name in everyday - {p.stem for p in paths}]
    floors = {(row[0], row[1]): [int(n) for n in row[2:]] for row in rows(HERE / "first_line.txt")}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for compiler in arguments.compilers:
            name = re.sub(r"^(g\+\+|clang).*?(-\d+)?$",
                          lambda m: "g++" if m[1] == "g++" else f"clang++{m[2] or ''}",
                          pathlib.Path(compiler).name)
            outputs = list(pool.map(lambda p: output_of(compiler, p, arguments.said), paths))
            places = {p.stem: places_of(output, sentence)
                      for p, output in zip(paths, outputs) if output is not None}
            if arguments.list:
                for program, found in places.items():
                    print(f"{name} {program}: {' '.join(found) or 'nowhere'}")
            for which, programs in (("all", places), ("everyday", everyday & set(places))):
                totals = [sum(where in places[p] for p in programs) for where in PLACES]
                print(name, which, *totals, "of", len(programs))
                floor = floors.get((name, which), [0, 0, 0])
                if any(now < then for now, then in zip(totals, floor)):
                    faults.append(f"{name} {which}: fewer than the {' '.join(map(str, floor))} of "
                                  "first_line.txt")
    if not arguments.only:
        print(*faults, sep="\n")
        sys.exit(bool(faults))


if __name__ == "__main__":
    main()
