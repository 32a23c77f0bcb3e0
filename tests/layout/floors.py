#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Whether the headers and unit tests stand where docs/design/layout.md says.

    tests/layout/floors.py [root]      prints what does not; ends with 1 where there is any
"""
import pathlib
import re
import sys

PAGE = "docs/design/layout.md"
MARK = re.compile(
    r"\n// IWYU pragma: private, include <ioview/(\S+)\.hpp>"
    r"\n// Part of <ioview/(\S+)\.hpp>, which is the one to include\.\n"
)


def table(page, title):
    """The rows under the heading row that begins with this title, cells stripped."""
    lines = iter(page.splitlines())
    for line in lines:
        if line.startswith(f"| {title}"):
            next(lines)
            rows = []
            for row in lines:
                if not row.startswith("|"):
                    return rows
                rows.append([cell.strip() for cell in row.strip("|").split("|")])
            return rows
    sys.exit(f"{PAGE} has no table of '{title}'")


def quoted(cell):
    return re.findall(r"`([^`]+)`", cell)


def check(root):
    page = (root / PAGE).read_text()
    base = root / "include/ioview"
    texts = {p.relative_to(base).as_posix()[:-4]: p.read_text() for p in sorted(base.rglob("*.hpp"))}
    includes = {h: re.findall(r"^\s*#\s*include\s*[<\"]ioview/([^>\"]+)\.hpp[>\"]", t, re.M)
                for h, t in texts.items()}
    for header, targets in includes.items():
        for target in targets:
            if target not in texts:
                yield f"{header} includes {target}, which does not exist"
        includes[header] = [t for t in targets if t in texts]

    yield from check_floors(table(page, "floor"), texts, includes)
    yield from check_rooms(table(page, "room"), texts, includes)
    yield from check_tests(table(page, "folder of unit tests"), root / "tests", texts)


def check_floors(rows, texts, includes):
    said = {}  # a header's name, or a folder's with /* after it: its floor
    beside = len(rows)
    for number, row in enumerate(rows):
        if row[0] != (str(number) if number + 1 < len(rows) else "beside"):
            yield f"the page's floor {row[0]} is out of order"
        for name in quoted(row[1]):
            if name in said:
                yield f"the page names {name} twice"
            said[name] = beside if row[0] == "beside" else number
            if name not in texts and not (
                name.endswith("/*") and any(h.startswith(name[:-1]) for h in texts)
            ):
                yield f"the page names {name} on floor {row[0]}, which does not exist"
    roof = max(f for f in said.values() if f != beside)

    floor = {}
    for header in texts:
        floor[header] = said.get(header, said.get(header.rpartition("/")[0] + "/*"))
        if floor[header] is None:
            yield f"{header} is on no floor"
            floor[header] = beside

    for header, targets in includes.items():
        for target in targets:
            up = floor[target] > floor[header]
            if floor[header] == beside:
                up = floor[target] == roof or (floor[target] == beside and room(target) != room(header))
            if up:
                yield (f"{header} (floor {floor[header]}) includes {target} (floor {floor[target]})"
                       .replace(f"floor {beside}", "beside"))

    done, trail = set(), []

    def visit(header):
        if header in trail:
            yield "a circle: " + " > ".join([*trail[trail.index(header):], header])
        elif header not in done:
            trail.append(header)
            for target in includes[header]:
                yield from visit(target)
            trail.pop()
            done.add(header)

    for header in texts:
        yield from visit(header)


def room(header):
    return header.split("/")[0]


def check_rooms(rows, texts, includes):
    ways_in = {h for h in texts if "/" not in h}
    rooms = set()
    for name, _, ways in rows:
        if name == "none":
            continue
        name = quoted(name)[0]
        rooms.add(name)
        if not any(room(h) == name and h != name for h in texts):
            yield f"the page's room {name} does not exist"
        for way in quoted(ways):
            ways_in.add(f"{name}/{way}")
            if f"{name}/{way}" not in texts:
                yield f"the page's way in {name}/{way} does not exist"
    for header, text in texts.items():
        if "/" in header and room(header) not in rooms:
            yield f"{header} is in a room that the page does not have"
        mark = MARK.search(text.partition("#pragma once")[0])
        if header in ways_in:
            if "IWYU pragma: private" in text:
                yield f"{header} is a way in, and marked as private"
            continue
        if not mark:
            yield f"{header} is no way in, and not marked as private"
        elif mark[1] != mark[2]:
            yield f"{header} names two headers to include in its place, {mark[1]} and {mark[2]}"
        elif mark[1] not in ways_in:
            yield f"{header} sends to {mark[1]}, which is no way in"
        elif not ({header} if holds_something(text) else set(includes[header])) <= (
            reached(mark[1], includes) | {mark[1]}
        ):
            yield f"{header} sends to {mark[1]}, which does not include it"


def reached(header, includes):
    found, todo = set(), [header]
    while todo:
        for target in includes[todo.pop()]:
            if target not in found:
                found.add(target)
                todo.append(target)
    return found


def holds_something(text):
    """Not so of a former place, which only includes what went elsewhere."""
    return re.search(r"^(?!//|#pragma once|#include )\S", text, re.M)


def check_tests(rows, tests, texts):
    others = {name for row in rows[2:] for name in quoted(row[0])}
    for name in others:
        if not any((tests / name).glob("*.test.cpp")):
            yield f"the page's folder tests/{name} has no unit test"
    rooms = {room(h) for h in texts if "/" in h}
    for path in sorted(tests.rglob("*.test.cpp")):
        where = path.parent.relative_to(tests).as_posix()
        if where == ".":
            if path.name.split(".")[0] not in texts:
                yield f"tests/{path.name} is named after no header of include/ioview"
        elif where not in rooms and where not in others:
            yield f"tests/{where} holds {path.name} and is no room of include/ioview"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2])
    findings = list(check(root))
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)


main()
