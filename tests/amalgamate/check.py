#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The headers that scripts/amalgamate writes, below the working directory two/ (the two alone) and
all/ (with every other):
  check.py <project> <work>               writes them, and looks at the texts
  check.py <project> <work> <compiler>    compiles them alone, twice in a file, beside opt-in headers,
                                          and beside include/, which is refused in a sentence
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT, WORK = Path(sys.argv[1]), Path(sys.argv[2])
TWO, ALL = WORK / "two", WORK / "all"
SCRIPT = [sys.executable, "-B", str(ROOT / "scripts/amalgamate")]
SPDX = "// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception\n"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
# what a program may ask of its own files, and find nothing about these
STRICT = ["-Wold-style-cast", "-Wsign-conversion", "-Wundef", "-Weffc++"]


def headers(directory):
    return {path.relative_to(directory).as_posix(): path.read_bytes()
            for path in directory.rglob("*") if path.is_file()}


def written():
    for directory in (TWO, ALL):
        shutil.rmtree(directory, ignore_errors=True)
    subprocess.run([*SCRIPT, str(TWO)], check=True)
    subprocess.run([*SCRIPT, "--all", str(ALL)], check=True)
    two, every, own = headers(TWO), headers(ALL), headers(ROOT / "include")
    assert sorted(two) == ["ioview/ioview.hpp", "ioview/testing.hpp"], sorted(two)
    assert {name: every[name] for name in two} == two

    version = ".".join(re.findall(r"#define IOVIEW_VERSION_\w+ (\d+)",
                                  own["ioview/version.hpp"].decode()))
    for name, text in two.items():
        text = text.decode()
        assert text.startswith(SPDX) and text.count("SPDX-License-Identifier") == 1, name
        assert text.splitlines()[1].startswith(f"// ioview {version}, "), text.splitlines()[1]
        assert text.count("#pragma once") == 1, name
        assert "IWYU" not in text, name
        quoted = re.findall(r'^\s*#\s*include\s+(?:<ioview/.*|".*)$', text, re.M)
        assert quoted == ([] if name == "ioview/ioview.hpp" else ['#include "ioview.hpp"']), quoted
    for macro in ("IO_READ", "IO_FIELDS", "IO_MODIFY", "IOVIEW_PROJECT", "IOVIEW_VERSION"):
        assert f"#define {macro}" in two["ioview/ioview.hpp"].decode(), macro

    # with --all, the folder of headers: each as it is, or as the one that has its text
    assert sorted(every) == sorted(own)
    as_they_are = {name for name in own if every[name] == own[name]}
    assert {"ioview/backend/bus.hpp", "ioview/linux/vfio.hpp", "ioview/format.hpp"} <= as_they_are
    for name in set(own) - as_they_are - set(two):
        to = re.fullmatch(SPDX + r"#pragma once\n#include <(ioview/\w+\.hpp)>\n", every[name].decode())
        assert to and to[1] in two, every[name]
        # where its text went
        first = re.search(rb"^(?:class|struct|concept|#define) \w+", own[name], re.M)
        assert first is None or first[0] in two[to[1]], (name, first)

    # the same again, and a change is noticed
    again = subprocess.run([*SCRIPT, "--check", "--all", str(ALL)], check=False)
    assert again.returncode == 0
    changed = WORK / "changed"
    shutil.rmtree(changed, ignore_errors=True)
    shutil.copytree(TWO, changed)
    with (changed / "ioview/ioview.hpp").open("a", encoding="utf-8") as file:
        file.write("\n")
    said = subprocess.run([*SCRIPT, "--check", str(changed)], check=False, capture_output=True, text=True)
    assert said.returncode == 1 and "ioview/ioview.hpp" in said.stdout, said


def compiled_by(compiler):
    def compile_text(text, *flags, ok=True):
        done = subprocess.run([compiler, "-std=c++20", "-fsyntax-only", *WARNINGS, *flags, "-x", "c++", "-"],
                              input=text, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"},
                              check=False)
        assert (done.returncode == 0) == ok, f"{compiler} {flags}\n{text}\n{done.stderr[:4000]}"
        return done.stderr

    core = "#include <ioview/ioview.hpp>\n"
    tests = "#include <ioview/testing.hpp>\n"
    bus = "#include <ioview/backend/bus.hpp>\n"
    freestanding = ["-ffreestanding", "-fno-exceptions", "-fno-rtti", f"-I{TWO}"]
    compile_text(core * 2, *freestanding)
    assert "needs a hosted implementation" in compile_text(tests, *freestanding, ok=False)
    compile_text(tests * 2 + core, f"-I{TWO}", *STRICT)
    compile_text(tests, f"-I{TWO}", "-std=c++2b", "-DIOVIEW_WARN_IN_MACROS")

    # a folder with all of them: in either order, and every one of the core's rooms
    compile_text(core + bus + "#include <ioview/register/set_clear.hpp>\n", f"-I{ALL}")
    compile_text(bus + "#include <ioview/poll.hpp>\n#include <ioview/testing/sys_regs.hpp>\n" + core, f"-I{ALL}")

    # beside include/ a sentence comes first, whichever of them does
    sentence = "ioview in one file and its folder of headers do not go together"
    for text in (core + bus, bus + f'#include "{TWO}/ioview/ioview.hpp"\n'):
        path = [f"-I{ROOT / 'include'}"] if text.startswith(bus) else [f"-I{TWO}", f"-I{ROOT / 'include'}"]
        said = compile_text(text, *path, ok=False)
        first = next(line for line in said.splitlines() if "error:" in line)
        assert sentence in first, first

    # and a program is built of them
    program = WORK / f"quickstart.{Path(compiler).name}"
    subprocess.run([compiler, "-std=c++20", *WARNINGS, f"-I{TWO}", str(ROOT / "examples/quickstart.cpp"),
                    "-o", str(program)], check=True)
    printed = subprocess.run([str(program)], check=True, capture_output=True, text=True).stdout
    assert printed == (ROOT / "examples/quickstart.expected").read_text(), printed


if len(sys.argv) == 3:
    written()
else:
    compiled_by(sys.argv[3])
