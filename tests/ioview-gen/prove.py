#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Proves that nothing is lost between a description and the headers made of it.

  prove.py GENERATOR INCLUDE FILE|DIRECTORY … [--compiler C]…

For each CMSIS-SVD file: its headers are generated, compile on each compiler without a warning, and a
program made of them writes their registers back out as SVD (ioview/format/svd.hpp). That and the
original are read by svd_table.py, and must say the same of every register and field: place, size,
name, access kind, reset value. Enumerators have no names at run time: they are read in the headers,
and must have the names, values and usage of the original. Ends with what was compared; 1 where
something differs. --together makes one program of all files, which takes less than one of each.
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

BASE = r"constexpr std::uint64_t \w+_bases?\d*(?:\[\])? = {?(0x\w+)"


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"prove: {' '.join(map(str, command))}: {done.returncode}\n"
                         f"{(done.stderr or done.stdout)[:3000]}")
    return done.stdout


def blocks_in(directory):
    return [h for h in sorted(directory.glob("*.hpp")) if re.search(BASE, h.read_text())]


def program(directories):
    """Prints the peripherals of all headers in each, each once, with a line before those of one."""
    includes, calls = [], []
    for directory in directories:
        calls.append(f'std::puts("{directory.name}:"); text.clear();')
        for header in blocks_in(directory):
            text = header.read_text()
            base = re.search(BASE, text)
            spaces = re.findall(r"^namespace (\w+) {$", text, re.M)
            includes.append(f'#include "{directory.name}/{header.name}"')
            calls.append(f'text += io::svd_peripheral<{spaces[0]}::{spaces[-1]}::Registers>'
                         f'("{header.stem}", {base[1]});')
        calls.append('std::fputs(io::svd_device("all", text).c_str(), stdout);')
    return "\n".join(["#include <ioview/format/svd.hpp>", *includes, "#include <cstdio>",
                      "namespace io = ioview;", "int main() {", "std::string text;", *calls, "}", ""])


def enums_in(text):
    """The enumerations of a text, by name: (name, value, bits that may be either, usage) of each."""
    found = {}
    for match in re.finditer(r"enum class (\w+) : std::uint\d+_t {\n(.*?)\n *};", text, re.S):
        entries = []
        for line in match[2].splitlines():
            entry = re.match(r" *(\w+) = (\w+),? *(?:// (.*))?$", line)
            if entry:
                entries.append([entry[1], int(entry[2], 0), entry[3] or ""])
            else:
                entries[-1][2] += " " + line.strip().removeprefix("// ")
        found[match[1]] = [
            (name, value, int((re.search(r"bits (0x\w+) may be either", said) or ["", "0"])[1], 0),
             {"as read": "read", "as written": "write"}.get(said.split("; ")[-1], "read-write"))
            for name, value, said in entries]
    return found


def values_of(header):
    """The enumerators of a header, as svd_table has them but for the name, which is a whole one."""
    text = header.read_text()
    shared = enums_in(re.sub(r"\nstruct \w+\s*: io::Register<.*?\n(};|.*{};)", "", text, flags=re.S))
    found = set()
    for match in re.finditer(r"\nstruct (\w+)\s*: io::Register<[^{]*> {\n(.*?)\n};", text, re.S):
        register = re.sub("alternate$", "", svd_table.same(match[1]))
        enums = shared | enums_in(match[2])
        code = re.sub(r"//.*", "", match[2])
        for kind, said in re.findall(r"\b(bits|array)\(([^()]*)\)", code):
            high, low, name, *more = [part.strip() for part in said.split(",")]
            count = int(more.pop(0)) if kind == "array" else 1
            if not more or more[0].startswith("io::"):
                continue
            width = (int(high) - int(low) + 1) // count
            for start in range(int(low), int(high) + 1, width):
                found.update(svd_table.Value(register, svd_table.same(name), start + width - 1, start,
                                             *one) for one in enums[more[0]])
    return found


def value_differences(expected, header):
    """What is in one alone. Of two of one name, the second has a number behind it."""
    found = set()
    for row in values_of(header):
        plain_row = row._replace(name=svd_table.spelled(row.name))
        if plain_row not in expected:
            numbered = re.fullmatch(r"(\w+)_\d+", row.name)
            plain_row = plain_row._replace(
                name=svd_table.spelled(numbered[1] if numbered else row.name))
        found.add(plain_row)
    return [(row, 1) for row in expected - found] + [(row, -1) for row in found - expected]


def differences(expected, found):
    missing = collections.Counter(expected)
    missing.subtract(found)
    return [(row, count) for row, count in missing.items() if count]


def registers_of(rows):
    return [r for r in rows if isinstance(r, svd_table.Register)]


def compare(original, back, directory):
    """How many registers, fields, enumerators and reset values are the same, and what is not."""
    counts = collections.Counter()
    wrong = []
    described = [(rows, values) for _, rows, values in svd_table.rows(original)]
    made = {}
    for name, rows, _ in svd_table.rows(back):
        made[name] = rows
    # A block is known by its registers: names of blocks are the generator's to choose.
    for rows, values in described:
        if not rows:
            continue
        best = min(made, key=lambda name: len(differences(plain(rows), plain(made[name]))),
                   default=None)
        if best is None:
            wrong.append(("no block at all", len(rows)))
            continue
        wrong += differences(plain(rows), plain(made.pop(best)))
        wrong += value_differences(values, directory / f"{best}.hpp")
        counts["enumerators"] += len(values)
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


def finds_faults(source, back, directory):
    """Whether each of some faults put into what was written back, or into headers, is noticed."""
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
        if changed != text and not compare(source, broken, directory)[1]:
            raise SystemExit(f"prove: nobody notices {what} -> {instead} in {source}")
    for header in blocks_in(directory):
        text = header.read_text()
        for what, instead in [(r"(?m)^( +)(\w+ = \d+,.*)", r"\g<1>odd_\g<2>"),
                              (r"(?m)^( +\w+ = )(\d+),", r"\g<1>4\g<2>,"),
                              (r"(?m)^ +\w+ = \d+,.*\n", ""), ("as read", ""), ("as written", ""),
                              (r"bits 0x\w+ may be either", "")]:
            changed = re.sub(what, instead, text, count=1)
            header.write_text(changed)
            if changed != text and not compare(source, back, directory)[1]:
                raise SystemExit(f"prove: nobody notices {what} -> {instead} in {header.name}")
        header.write_text(text)


def prove(options, sources, compilers, work):
    """What was compared, and what differs, of each file; one program of all."""
    directories = [work / source.stem for source in sources]
    for source, directory in zip(sources, directories):
        directory.mkdir()
        run(options.generator, source, "--output", directory, "--quiet")
    umbrella, binary = work / "all.cpp", work / "all"
    umbrella.write_text(program(directories))
    run(compilers[0], *WARNINGS, "-O0", "-I", options.include, umbrella, "-lfmt", "-o", binary)
    for compiler in compilers[1:]:
        run(compiler, *WARNINGS, "-I", options.include, "-fsyntax-only", umbrella)
    printed = re.split(r"(?m)^.*:\n(?=<\?xml)", run(binary))[1:]
    for source, directory, text in zip(sources, directories, printed, strict=True):
        back = directory / "back.svd"
        back.write_text(text)
        if options.faults:
            finds_faults(source, back, directory)
        yield source, *compare(source, back, directory)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("generator")
    parser.add_argument("include")
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--compiler", action="append", default=None)
    parser.add_argument("--faults", action="store_true", help="check that faults are noticed, too")
    parser.add_argument("--together", action="store_true", help="one program of all files")
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    files = [f for given in options.files
             for f in (sorted(given.glob("*.svd")) if given.is_dir() else [given])]
    total, failed = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as work:
        for sources in [files] if options.together else [[source] for source in files]:
            for source, counts, wrong in prove(options, sources, options.compiler or ["g++"],
                                               pathlib.Path(work)):
                total.update(counts)
                failed += bool(wrong)
                print(f"{source.name}: {counts['peripherals']} peripherals, {counts['registers']} "
                      f"registers, {counts['fields']} fields, {counts['enumerators']} enumerators, "
                      f"{counts['reset values']} reset values, {len(wrong)} differences", flush=True)
                for row, count in wrong[:options.show]:
                    print(f"  {'missing' if count > 0 else 'too many'}: {row}")
    print(f"{len(files)} files, {total['registers']} registers, {total['fields']} fields, "
          f"{total['enumerators']} enumerators, {total['reset values']} reset values: {failed} files "
          "differ")
    return 1 if failed or not total["registers"] else 0


if __name__ == "__main__":
    sys.exit(main())
