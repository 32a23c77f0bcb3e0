#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Links each firmware program of this folder twice, by ioview and as its twin in C, at -Os, and
compares their text, rodata, data and bss: none of ioview's may be larger than KNOWN says.

    tests/hardware/sizes/compare.py [--csv]

Prints a table; with --csv a line `target,compiler,program,section,ioview,C` for each figure. Exit
status 77: there is no compiler for any of the targets.
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]

PROGRAMS = ("pl011", "cmsdk_timer", "pl031")  # <name>.cpp and .c
SECTIONS = ("text", "rodata", "data", "bss")
# name, the g++ that links, its flags, what clang wants
TARGETS = (
    ("aarch64", "aarch64-linux-gnu-", "-mstrict-align", "--target=aarch64-linux-gnu"),
    ("riscv64", "riscv64-linux-gnu-", "-march=rv64gc -mabi=lp64d -mcmodel=medany",
     "--target=riscv64-linux-gnu"),
    ("cortex-m3", "arm-none-eabi-", "-mthumb -mcpu=cortex-m3", "--target=arm-none-eabi"),
)
# What is known to be larger, in text and rodata: clang shares less of a wait between its exits, and
# keeps a view that is passed by reference in memory.
KNOWN = {
    ("aarch64", "clang++-19", "pl011"): (4, 0),
    ("aarch64", "clang++-19", "cmsdk_timer"): (28, 16),
    ("aarch64", "clang++-14", "pl011"): (4, 0),
    ("aarch64", "clang++-14", "cmsdk_timer"): (28, 16),
    ("riscv64", "clang++-19", "pl011"): (16, 0),
    ("riscv64", "clang++-19", "cmsdk_timer"): (6, 0),
    ("riscv64", "clang++-14", "pl011"): (80, 57),
    ("riscv64", "clang++-14", "cmsdk_timer"): (6, 0),
    ("cortex-m3", "clang++-19", "pl011"): (16, 0),
    ("cortex-m3", "clang++-19", "cmsdk_timer"): (12, 8),
    ("cortex-m3", "clang++-14", "pl011"): (16, 0),
    ("cortex-m3", "clang++-14", "cmsdk_timer"): (12, 8),
}
BOTH = """-Os -ffreestanding -fno-pic -fno-stack-protector -fno-asynchronous-unwind-tables
    -fno-unwind-tables -ffunction-sections -fdata-sections -Wall -Wextra -Wpedantic -Wconversion
    -Wshadow -Werror""".split()
CPP = "-std=c++20 -fno-exceptions -fno-rtti -fno-threadsafe-statics".split()
LINK = """-nostdlib -static -Wl,--build-id=none -Wl,--gc-sections -Wl,--orphan-handling=place
    -Wl,--no-warn-rwx-segments""".split()


def run(command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(c) for c in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def compilers(triple, flags, clang_flags):
    """(title, C++ command, C command) of what is there."""
    yield "g++", [triple + "g++", *flags.split()], [triple + "gcc", *flags.split()]
    headers = []
    if triple == "arm-none-eabi-":  # without a library of its own; libc++ of another target is none
        headers = ["-nostdinc++"]
        shown = subprocess.run([triple + "g++", *flags.split(), "-xc++", "-E", "-v", "/dev/null"],
                               capture_output=True, text=True).stderr.split("\n")
        headers += [word for line in shown if line.startswith(" /") and "lib/gcc" not in
                   line.split("/../")[-1] for word in ("-isystem", line.strip())]
    for clang in ("clang++-19", "clang++-14"):
        if shutil.which(clang):
            command = [clang_flags, *flags.split()]
            yield clang, [clang, *command, *headers], [clang.replace("++", ""), *command]


def sections_of(triple, elf):
    sizes = dict.fromkeys(SECTIONS, 0)
    for line in run([triple + "size", "-A", elf]).split("\n"):
        words = line.split()
        if len(words) == 3 and words[0].startswith("."):
            if words[0][1:] in sizes:
                sizes[words[0][1:]] += int(words[1])
            elif not words[0].startswith((".debug", ".ARM", ".riscv", ".comment")) and \
                    words[1] != "0":
                sys.exit(f"{elf.name}: what is {words[0]}?")
    return sizes


def link(triple, flags, commands, program, language, folder):
    cpp, c = commands
    objects = []
    for source in (f"{program}.{language}", "start.c"):
        target = folder / f"{source}.o"
        own = [*cpp, *CPP, "-include", ROOT / "examples/baremetal/support/panic.hpp", "-I", ROOT / "include"] \
            if source.endswith("cpp") else c
        run([*own, *BOTH, "-c", HERE / source, "-o", target])
        objects.append(target)
    elf = folder / f"{program}.{language}.elf"
    pie = [] if triple == "arm-none-eabi-" else ["-no-pie"]
    run([triple + "gcc", *flags.split(), *LINK, *pie, "-T", HERE / "image.ld", *objects, "-lgcc",
         "-o", elf])
    return sections_of(triple, elf)


def main():
    as_csv = sys.argv[1:] == ["--csv"]
    if sys.argv[1:] and not as_csv:
        sys.exit(__doc__)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for target, triple, flags, clang_flags in TARGETS:
            if not shutil.which(triple + "g++"):
                continue
            for title, *commands in compilers(triple, flags, clang_flags):
                for program in PROGRAMS:
                    viewed, twin = (link(triple, flags, commands, program, language,
                                         pathlib.Path(folder)) for language in ("cpp", "c"))
                    rows.append((target, title, program, viewed, twin))
    if not rows:
        print("SKIPPED: no compiler for any of the targets")
        return 77
    larger = 0
    if as_csv:
        print("target,compiler,program,section,ioview,C")
    else:
        print("bytes at -Os, ioview / C", *(f"{s:>13}" for s in SECTIONS), sep="  ")
    for target, title, program, viewed, twin in rows:
        known = dict(zip(SECTIONS, KNOWN.get((target, title, program), ())))
        over = {s: viewed[s] - twin[s] for s in SECTIONS}
        verdict = "LARGER" if any(over[s] > known.get(s, 0) for s in SECTIONS) else \
            "larger, as known" if known else ""
        larger += verdict == "LARGER"
        if as_csv:
            for s in SECTIONS:
                print(target, title, program, s, viewed[s], twin[s], sep=",")
        else:
            cells = (f"{viewed[s]:>5} / {twin[s]:>5}" for s in SECTIONS)
            print(f"{target:10}{title:11}{program:11}", *cells, verdict)
    return 1 if larger else 0


if __name__ == "__main__":
    sys.exit(main())
