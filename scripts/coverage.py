#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The report of scripts/coverage, out of what `llvm-cov show` and the preprocessor print.

Lines are those of function bodies and macros, as clang maps them. All instances of a template count
as one: a line is covered when any of them ran it, a branch when any of them went that way.

- Not counted is what no program runs: consteval functions, lambdas that make a constexpr variable,
  and what stands behind `if (__builtin_is_constant_evaluated())`. Any other constexpr function
  counts, and is covered when the tests run it, not when the compiler does.
- Counted as uncovered are also the returns in templates of which the tests make no instance: there
  is no code of them, so clang does not name them.
- Left out are headers for other processors, and lines that #if takes away.
"""
import argparse
import pathlib
import re
import sys

INCLUDE = "include/ioview/"


def read_counts(path):
    """{header: {line: [count or None, text]}}, {header: {(line, column): [true, false]}}"""
    lines, branches = {}, {}
    for text in open(path, encoding="utf-8"):
        text = text.rstrip("\n")
        if text.startswith("/") and INCLUDE in text and text.endswith(":"):
            header = text[:-1].split(INCLUDE)[1]
            source, places = lines.setdefault(header, {}), branches.setdefault(header, {})
        elif found := re.match(r"[ |]*?(\d+)\| *([\d.]*)[kMGT]?\|(.*)", text):
            line = source.setdefault(int(found[1]), [None, found[3]])
            if found[2]:
                line[0] = max(line[0] or 0, float(found[2]))
        elif found := re.search(r"Branch \((\d+):(\d+)\): \[True: (.+), False: (.+)\]", text):
            ways = places.setdefault((int(found[1]), int(found[2])), [False, False])
            ways[0] |= found[3] != "0"
            ways[1] |= found[4] != "0"
    return lines, branches


def read_present(path):
    """{header: numbers of the lines that the preprocessor leaves}"""
    present, here, number = {}, set(), 0
    for text in open(path, encoding="utf-8"):
        if found := re.match(r'# (\d+) "([^"]*)"', text):
            number, name = int(found[1]), found[2]
            here = present.setdefault(name.split(INCLUDE)[1], set()) if INCLUDE in name else set()
            continue
        if text.strip():
            here.add(number)
        number += 1
    return present


def indent(text):
    return len(text) - len(text.lstrip())


def opener(source, number):
    """The line that opens the block around this one, told by its indentation; None outside."""
    depth = indent(source[number][1])
    while number > 1 and depth > 0:
        number -= 1
        text = source[number][1]
        if text.strip() and indent(text) < depth and not re.match(
            r"\s*(public:|private:|protected:|:|requires|#)", text
        ):
            return number
    return None


def head(source, number):
    """A declaration, from its start to this line."""
    first = number
    while first > 1:
        before = source[first - 1][1]
        if not before.strip() or re.search(r"[;{}:>]\s*(//.*)?$|^\s*(//|#)", before):
            break
        first -= 1
    return " ".join(source[n][1] for n in range(first, number + 1))


def is_for_the_compiler(source, number):
    """In a consteval function, or in a lambda that makes a constexpr variable."""
    while number:
        if re.search(r"\bconsteval\b|constexpr [^;{}()]*= \[", head(source, number)):
            return True
        number = opener(source, number)
    return False


def constant_evaluated(source):
    """The lines behind `if (__builtin_is_constant_evaluated())`, alone or as the first of several."""
    found = set()
    for number, (_, text) in source.items():
        if not re.match(r"\s*if \(__builtin_is_constant_evaluated\(\)( &&|\))", text):
            continue
        inner = number + 1
        while inner in source and (
            not source[inner][1].strip() or indent(source[inner][1]) > indent(text)
        ):
            found.add(inner)
            inner += 1
        if inner in source and source[inner][1].strip() == "}":
            found.add(inner)
    return found


def ranges(numbers):
    groups = []
    for number in sorted(numbers):
        if groups and number == groups[-1][1] + 1:
            groups[-1][1] = number
        else:
            groups.append([number, number])
    return " ".join(f"{a}-{b}" if a != b else f"{a}" for a, b in groups)


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "-"


def row(name, lines, branches, rest):
    return f"{name:32}{lines:>11}{branches:>11}  {rest}".rstrip()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--at-least", type=float, required=True)
    arguments.add_argument("counts")
    arguments.add_argument("preprocessed")
    options = arguments.parse_args()
    lines, branches = read_counts(options.counts)
    present = read_present(options.preprocessed)
    for header in present.keys() - lines.keys():
        texts = pathlib.Path(INCLUDE, header).read_text(encoding="utf-8").split("\n")
        lines[header] = {number: [None, text] for number, text in enumerate(texts, 1)}

    print(row("", "lines", "branches", "uncovered lines; branches never true (t), never false (f)"))
    covered = counted = taken = ways = 0
    for header in sorted(lines):
        source = lines[header]
        skipped = constant_evaluated(source)
        counts = {n: c for n, (c, _) in source.items() if c is not None and n not in skipped}
        for number in present.get(header, set()) - counts.keys() - skipped:
            text = re.sub(r'"[^"]*"|//.*', "", source[number][1]) if number in source else ""
            if re.search(r"\breturn\b", text) and not is_for_the_compiler(source, number):
                counts[number] = 0
        if not counts:
            continue
        uncovered = {number for number, count in counts.items() if not count}
        places = {p: w for p, w in branches.get(header, {}).items() if p[0] not in skipped}
        half = [
            f"{line}{'f' if true else 't'}"
            for (line, _), (true, false) in sorted(places.items())
            if true != false
        ]
        went = sum(map(sum, places.values()))
        print(
            row(
                header,
                percent(len(counts) - len(uncovered), len(counts)),
                percent(went, 2 * len(places)),
                "; ".join(filter(None, [ranges(uncovered), " ".join(half)])),
            )
        )
        covered += len(counts) - len(uncovered)
        counted += len(counts)
        taken += went
        ways += 2 * len(places)

    others = {str(p.relative_to(INCLUDE)) for p in pathlib.Path(INCLUDE, "arch").glob("*.hpp")}
    print("\nfor other processors, not counted:", ", ".join(sorted(others - lines.keys())))
    print(
        f"{covered} of {counted} lines, {percent(covered, counted)}; "
        f"{taken} of {ways} branches, {percent(taken, ways)}"
    )
    if covered * 100 < options.at_least * counted:
        sys.exit(f"coverage: below {options.at_least:g} % of the lines")


if __name__ == "__main__":
    main()
