#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Proves that nothing is lost between a description and the headers made of it.

  prove.py GENERATOR INCLUDE FILE|DIRECTORY … [--compiler C]…

For each CMSIS-SVD file: its headers are generated, compile on each compiler without a warning, and a
program made of them writes their registers back out as SVD (ioview/format/svd.hpp). That and the
original are read by svd_table.py, and must say the same of every register and field: place, size,
name, access kind, reset value. Ends with what was compared; 1 where something differs.
"""
import argparse
import collections
import pathlib
import re
import subprocess
import sys
import tempfile

import svd_table

WARNINGS = ["-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"prove: {' '.join(map(str, command))}: {done.returncode}\n"
                         f"{(done.stderr or done.stdout)[:3000]}")
    return done.stdout


def program(directory):
    """Prints the peripherals of all headers there, each once."""
    includes, calls = [], []
    for header in sorted(directory.glob("*.hpp")):
        text = header.read_text()
        base = re.search(r"constexpr std::uint64_t \w+_bases?\d*(?:\[\])? = {?(0x\w+)", text)
        if base is None:
            continue
        spaces = re.findall(r"^namespace (\w+) {$", text, re.M)
        includes.append(f'#include "{header.name}"')
        calls.append(f'text += io::svd_peripheral<{spaces[0]}::{spaces[-1]}::Registers>'
                     f'("{header.stem}", {base[1]});')
    return "\n".join(["#include <ioview/format/svd.hpp>", *includes, "#include <cstdio>",
                      "namespace io = ioview;", "int main() {", "std::string text;", *calls,
                      'std::fputs(io::svd_device("all", text).c_str(), stdout);', "}", ""])


def differences(expected, found):
    missing = collections.Counter(expected)
    missing.subtract(found)
    return [(row, count) for row, count in missing.items() if count]


def registers_of(rows):
    return [r for r in rows if isinstance(r, svd_table.Register)]


def compare(original, back):
    """How many registers, fields and reset values are the same, and what is not."""
    counts = collections.Counter()
    wrong = []
    described = [rows for _, rows in svd_table.rows(original)]
    made = {}
    for name, rows in svd_table.rows(back):
        made[name] = rows
    # A block is known by its registers: names of blocks are the generator's to choose.
    for rows in described:
        if not rows:
            continue
        best = min(made, key=lambda name: len(differences(plain(rows), plain(made[name]))),
                   default=None)
        if best is None:
            wrong.append(("no block at all", len(rows)))
            continue
        wrong += differences(plain(rows), plain(made.pop(best)))
        counts["registers"] += len(registers_of(rows))
        counts["reset values"] += sum(r.reset is not None for r in registers_of(rows))
        counts["fields"] += len(rows) - len(registers_of(rows))
        counts["peripherals"] += 1
    return counts, wrong


def plain(rows):
    """Without what alternates add, the same register once more for fields that overlap, and without
    the name that svd.hpp gives to the elements of banks."""
    made = []
    for row in rows:
        if isinstance(row, svd_table.Register):
            row = row._replace(name=re.sub("element$", "", row.name))
            base = row.name.split("alternate")[0]
            if base != row.name and any(
                    isinstance(other, svd_table.Register) and other.offset == row.offset
                    and other.name == base for other in made):
                continue
            made.append(row)
        else:
            register = re.sub("alternate$", "", re.sub("element$", "", row.register))
            made.append(row._replace(register=register))
    return made


def finds_faults(source, back):
    """Whether each of some faults put into what was written back is noticed."""
    text = back.read_text()
    faults = [(r"<resetValue>(0x\w+)</resetValue>", r"<resetValue>\g<1>1</resetValue>"),
              (r"(?s)<field>.*?</field>", ""), (r"(?s)<register>.*?</register>", ""),
              (r"(</bitRange>\s*<access>)read-write", r"\g<1>read-only"),
              (r"<addressOffset>0x(\w+)</addressOffset>", r"<addressOffset>0x1\g<1></addressOffset>"),
              (r":(\d+)\]</bitRange>", r":2\g<1>]</bitRange>"), (r"oneToClear", "oneToSet")]
    broken = back.with_suffix(".broken")
    for what, instead in faults:
        changed = re.sub(what, instead, text, count=1)
        broken.write_text(changed)
        if changed != text and not compare(source, broken)[1]:
            raise SystemExit(f"prove: nobody notices {what} -> {instead} in {source}")


def prove(generator, include, source, compilers, work, faults):
    directory = work / source.stem
    directory.mkdir()
    run(generator, source, "--output", directory, "--quiet")
    umbrella = directory / "all.cpp"
    umbrella.write_text(program(directory))
    for compiler in compilers:
        run(compiler, *WARNINGS, "-I", include, "-fsyntax-only", umbrella)
    binary = directory / "all"
    run(compilers[0], *WARNINGS, "-O0", "-I", include, umbrella, "-lfmt", "-o", binary)
    back = directory / "back.svd"
    back.write_text(run(binary))
    if faults:
        finds_faults(source, back)
    return compare(source, back)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("generator")
    parser.add_argument("include")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--compiler", action="append", default=None)
    parser.add_argument("--faults", action="store_true", help="check that faults are noticed, too")
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    files = [f for given in options.files
             for f in (sorted(given.glob("*.svd")) if given.is_dir() else [given])]
    total, failed = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as work:
        for source in files:
            counts, wrong = prove(options.generator, options.include, source,
                                  options.compiler or ["g++"], pathlib.Path(work),
                                  options.faults)
            total.update(counts)
            failed += bool(wrong)
            print(f"{source.name}: {counts['peripherals']} peripherals, {counts['registers']} "
                  f"registers, {counts['fields']} fields, {counts['reset values']} reset values, "
                  f"{len(wrong)} differences", flush=True)
            for row, count in wrong[:options.show]:
                print(f"  {'missing' if count > 0 else 'too many'}: {row}")
    print(f"{len(files)} files, {total['registers']} registers, {total['fields']} fields, "
          f"{total['reset values']} reset values: {failed} files differ")
    return 1 if failed or not total["registers"] else 0


if __name__ == "__main__":
    sys.exit(main())
