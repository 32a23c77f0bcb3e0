#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ioview-gen as people run it: exit codes, options and what is written where.

  program.py IOVIEW-GEN VERSION
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CONSTRUCTS = HERE / "svd/constructs.svd"
PROGRAM, VERSION = sys.argv[1:3]


def run(*arguments, code=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout, done.stderr


def headers(directory):
    return {file.name: file.read_text() for file in directory.glob("*.hpp")}


def the_command_line(work):
    out, _ = run("--version")
    assert out == f"ioview-gen {VERSION}\n", out
    out, _ = run("--help")
    manual = (HERE / "../../tools/ioview-gen/ioview-gen.1").read_text().replace("Fl -", "--")
    for option in re.findall(r"--[a-z-]+", out):
        assert option == "--help" or option in manual, f"{option} is not in the manual"
    run(code=2)
    _, error = run(CONSTRUCTS, code=2)
    assert "say what to do" in error, error
    run(CONSTRUCTS, "--nonsense", code=2)
    run(CONSTRUCTS, "--lint", "--split", "perhaps", code=2)
    _, error = run(CONSTRUCTS, "--to-svd", "--to-json", code=2)
    assert " excludes --to-" in error, error
    _, error = run(CONSTRUCTS, "--lint", "--namespace", "my-space", code=2)
    assert '--namespace my-space: "my-space" is no name of C++' in error, error
    _, error = run(CONSTRUCTS, "--lint", "--only", "NONE", code=2)
    assert "there is no peripheral NONE" in error, error


def inputs_that_cannot_be_read(work):
    for name, text, says in [("missing.svd", None, "cannot be read"), ("empty.svd", "", "no XML"),
                             ("cut.svd", CONSTRUCTS.read_text()[:2000], "no XML"),
                             ("x.json", "{", "x.json"), ("page.svd", "<html/>", "is no CMSIS-SVD")]:
        path = work / name
        if text is not None:
            path.write_text(text)
        _, error = run(path, "--lint", code=3)
        assert says in error and str(path) in error and error.count("\n") < 4, error
    _, error = run(work, "--lint", code=3)
    assert "cannot be read" in error, error


def outputs_that_cannot_be_written(work):
    (work / "file").write_text("")
    _, error = run(CONSTRUCTS, "--output", work / "file", "-q", code=4)
    assert "cannot be made" in error or "cannot be written" in error, error
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([PROGRAM, CONSTRUCTS, "--to-svd", "-q"], stdout=full,
                              stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4 and "standard output" in done.stderr, done


def headers_are_split_or_one(work):
    run(CONSTRUCTS, "-o", work / "a", "-q")
    assert sorted(headers(work / "a")) == ["constructs.hpp", "dma.hpp", "interrupts.hpp", "uart.hpp"]
    run(CONSTRUCTS, "-o", work / "b", "-q", "--split", "no")
    assert sorted(headers(work / "b")) == ["constructs.hpp"]
    one = headers(work / "b")["constructs.hpp"]
    for name, text in headers(work / "a").items():
        for struct in re.findall(r"^struct \w+", text, re.M):
            assert struct in one, (name, struct)
    # The same bytes each time, and files that are as they were are left alone.
    before = {f: f.stat().st_mtime_ns for f in (work / "a").iterdir()}
    run(CONSTRUCTS, "-o", work / "a", "-q")
    assert before == {f: f.stat().st_mtime_ns for f in (work / "a").iterdir()}


def options_of_headers(work):
    run(CONSTRUCTS, "-o", work / "a", "-q", "--only", "UART1", "--namespace", "board",
        "--base-addresses", "no", "--field-functions")
    made = headers(work / "a")
    # Registers are called the same whichever peripherals are asked for.
    assert sorted(made) == ["board.hpp", "interrupts.hpp", "uart.hpp"], sorted(made)
    assert "namespace board {" in made["uart.hpp"] and "_base" not in made["uart.hpp"]
    assert "IO_FIELDS(" in made["uart.hpp"] and "IO_FIELD_TYPES" not in made["uart.hpp"]


def a_namespace_in_a_namespace(work):
    run(CONSTRUCTS, "-o", work / "a", "-q", "--namespace", "My::Space")
    made = headers(work / "a")
    assert sorted(made) == ["Space.hpp", "dma.hpp", "interrupts.hpp", "uart.hpp"], sorted(made)
    for name in ("dma.hpp", "interrupts.hpp", "uart.hpp"):
        assert "namespace My::Space {" in made[name], name
    assert "namespace My::Space::cpu {" in made["Space.hpp"]


def findings_of_what_is_asked_for(work):
    """--strict with --only and --patch: of others, and of what is mended, nothing is found."""
    (work / "x.svd").write_text(
        "<device><name>X</name><peripherals>\n"
        "<peripheral><name>A</name><baseAddress>0</baseAddress><registers><register><name>R</name>"
        "<addressOffset>0</addressOffset><access>rw</access></register></registers></peripheral>\n"
        "<peripheral><name>B</name><baseAddress>0</baseAddress><registers><register><name>R</name>"
        "<addressOffset>0</addressOffset></register></registers></peripheral>\n"
        "<peripheral derivedFrom='A'><name>C</name><baseAddress>0</baseAddress></peripheral>\n"
        "</peripherals></device>")
    run(work / "x.svd", "--lint", "--strict", "--only", "B")
    for name in "AC":
        _, error = run(work / "x.svd", "--lint", "--strict", "--only", name, code=1)
        assert "x.svd:2: A/R: <access>" in error, error
    (work / "p.json").write_text('{"patches": [{"set": "A/R", "to": {"access": "read-only"}}]}')
    run(work / "x.svd", "--lint", "--strict", "--patch", work / "p.json")
    (work / "p.json").write_text('{"patches": [{"delete": "A/R"},\n'
                                 '{"add": "A", "register": {"name": "S", "offset": 2}}]}')
    _, error = run(work / "x.svd", "--lint", "--strict", "--patch", work / "p.json", code=1)
    assert "p.json:2: A/S: 32 bits at 0x2, which no single access reaches" in error, error


def lines_are_not_too_long(work):
    run(CONSTRUCTS, "-o", work / "a", "-q")
    for name, text in headers(work / "a").items():
        for number, line in enumerate(text.splitlines(), 1):
            assert len(line) <= 100 and line == line.rstrip(), (name, number, line)


def findings_are_printed_and_counted(work):
    _, few = run(CONSTRUCTS, "-o", work / "a")
    assert f"{CONSTRUCTS}:" in few
    _, none = run(CONSTRUCTS, "-o", work / "a", "-q")
    assert none == ""
    run(CONSTRUCTS, "--lint", "--strict", code=1)
    _, gaps = run(HERE / "svd/patched.svd", "--lint", "--strict")
    assert re.fullmatch(r"\S+patched\.svd:20: TIMER/ALARM0: 0x4 to 0xf before it are no register's; "
                        r"left as they are\n", gaps), gaps


def what_is_said_of_the_processor(work):
    run(CONSTRUCTS, "-o", work / "a", "-q")
    run(CONSTRUCTS, "-o", work / "b", "-q", "--split", "no")
    for directory in "ab":
        text = headers(work / directory)["constructs.hpp"]
        assert "// The processor: CM4 r0p1, little-endian." in text, text
        for line in ("bool has_mpu = true", "bool has_fpu = false", "unsigned nvic_priority_bits = 4",
                     "unsigned interrupts = 40"):
            assert f"inline constexpr {line};" in text, line


def through_json_and_svd_nothing_changes(work):
    run(CONSTRUCTS, "-o", work / "a", "-q")
    for option, name in [("--to-json", "constructs.json"), ("--to-svd", "constructs.svd")]:
        out, _ = run(CONSTRUCTS, option, "-q")
        (work / name).write_text(out)
        directory = work / option[2:]
        run(work / name, "-o", directory, "-q")
        for header, text in headers(work / "a").items():
            assert text.split("\n", 1)[1] == headers(directory)[header].split("\n", 1)[1], header
    json.loads((work / "constructs.json").read_text())


def patches_are_applied_in_turn(work):
    (work / "1.json").write_text('{"patches": [{"rename": "TIMER/CTRL", "to": "FIRST"}]}')
    (work / "2.json").write_text('{"patches": [{"rename": "TIMER/FIRST", "to": "SECOND"}]}')
    run(HERE / "svd/patched.svd", "-o", work / "a", "--patch", work / "1.json", "--patch",
        work / "2.json", "-q")
    assert "struct Second :" in headers(work / "a")["timer.hpp"]
    _, error = run(HERE / "svd/patched.svd", "--lint", "--patch", work / "2.json", code=3)
    assert "there is no TIMER/FIRST" in error, error


def main():
    tests = [the_command_line, inputs_that_cannot_be_read, outputs_that_cannot_be_written,
             headers_are_split_or_one, options_of_headers, a_namespace_in_a_namespace,
             findings_of_what_is_asked_for, lines_are_not_too_long,
             findings_are_printed_and_counted, what_is_said_of_the_processor, through_json_and_svd_nothing_changes,
             patches_are_applied_in_turn]
    for test in tests:
        with tempfile.TemporaryDirectory() as work:
            test(pathlib.Path(work))
        print(test.__name__.replace("_", " "))


if __name__ == "__main__":
    main()
