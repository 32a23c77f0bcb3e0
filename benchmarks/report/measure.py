# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures, and writes what was measured to docs/performance/data, a table for each part.
    measure.py [part…] [name=path…]     every part; name=path are peers' checkouts (benchmarks/peers)
"""
import datetime
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from table import DATA, ROOT, read, write

COMPILERS = ["g++", "clang++-14", "clang++-19"]
# Where images are small: name, what the tools' names begin with, flags
IMAGES = [("Cortex-M3", "arm-none-eabi-", ["-mcpu=cortex-m3", "-mthumb"]),
          ("RISC-V 64", "riscv64-linux-gnu-", ["-mcmodel=medany"]),
          ("AArch64", "aarch64-linux-gnu-", ["-mgeneral-regs-only"])]
PEERS = []


def output(*command, **options):
    done = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True,
                          check=False, **options)
    sys.stderr.write(done.stderr[-2000:])
    if done.returncode != 0:
        sys.exit(f"measure: {command[0]} failed")
    return done.stdout


def tabbed(text, **more):
    """A program's own table, with more columns in front."""
    head, *rows = [line.split("\t") for line in text.splitlines()]
    return [*more, *head], [[*more.values(), *row] for row in rows]


def codegen():
    """benchmarks/codegen_table: its columns are titled [architecture] compiler level."""
    head, _, *rows = [[cell.strip() for cell in line.strip("|\n").split("|")]
                      for line in output("benchmarks/codegen_table", "-a").splitlines()]
    found = []
    for column, title in enumerate(head[1:], 1):
        *architecture, compiler, level = title.split()
        for row in rows:
            pair = re.fullmatch(r"(\d+) / (\d+)", row[column])
            if pair and not row[0].startswith("all"):
                found.append([" ".join(architecture) or "x86-64", compiler, level, row[0],
                              *pair.groups()])
    write("codegen", "architecture compiler level function ioview by_hand".split(), found)


def includes():
    write("includes", *tabbed(output("benchmarks/include_cost", "--tsv", "--seconds", "3",
                                     *COMPILERS)))


def registers():
    both = ("benchmarks/peers", "--only", "raw,ioview,ioview IO_MODIFY,ioview IO_FIELD_TYPES", "--runs", "3")
    head, rows = tabbed(output(*both, "--levels=-O0"))
    rows += tabbed(output(*both, "--levels=-O2", "--instructions"))[1]
    write("registers", head, rows)


def growth():
    head, rows = [], []
    for count in (100, 500, 1000, 5000):
        head, more = tabbed(output("benchmarks/peers", "--runs", "3" if count < 500 else "1",
                                   "--counts", count, "--what", "updated", "--levels=-O2",
                                   "--only", "raw,ioview"))
        rows += more
    write("growth", head, rows)


def peers():
    if PEERS:
        write("peers", *tabbed(output("benchmarks/peers", "--runs", "3", *PEERS)))
    else:
        print("  no checkout given: what was measured before stays")


def program(name, levels):
    """benchmarks/<name>.cpp on the last processor, by each compiler at each level."""
    head, rows = [], []
    with tempfile.TemporaryDirectory() as work:
        for compiler in COMPILERS:
            for level in levels:
                output(compiler, "-std=c++20", level, "-Iinclude", f"benchmarks/{name}.cpp", "-o",
                       f"{work}/{name}")
                last = max(os.sched_getaffinity(0))
                printed = output(f"{work}/{name}",
                                 preexec_fn=lambda last=last: os.sched_setaffinity(0, {last}))
                head, more = tabbed(printed, compiler=compiler, level=level)
                rows += more
    write(name, head, rows)


def sizes():
    """Each driver of tests/hardware/sizes and its twin in C, at -Os."""
    lines = output("python3", ROOT / "tests/hardware/sizes/compare.py", "--csv").splitlines()
    names = {name.split()[0].lower().replace("risc-v", "riscv64"): name for name, *_ in IMAGES}
    rows = []
    for line in lines[1:]:
        image, compiler, driver, section, viewed, twin = line.split(",")
        if compiler == "g++":
            rows.append([driver, names[image], section, viewed, twin])
    write("sizes", "driver image section ioview by_hand".split(), rows)


PARTS = {
    "codegen": codegen,
    "includes": includes,
    "registers": registers,
    "growth": growth,
    "peers": peers,
    "copy": lambda: program("copy", ["-O2"]),
    "ring": lambda: program("ring", ["-O2"]),
    "doubles": lambda: program("doubles", ["-O2"]),
    "update": lambda: program("update", ["-O0", "-Og", "-O2"]),
    "sizes": sizes,
}


def machine():
    """What it was measured on and with; no names and no places."""
    cpu = next(line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
               if line.startswith("model name"))
    rows = [["processor", cpu], ["processors", os.cpu_count()],
            ["system", f"{os.uname().sysname} {os.uname().release.split('-')[0]}"]]
    for tool in [*COMPILERS, *(prefix + "g++" for _, prefix, _ in IMAGES), "valgrind"]:
        rows.append([tool, output(tool, "--version").splitlines()[0]])
    write("machine", ["what", "which"], rows)


def main():
    names = [word for word in sys.argv[1:] if "=" not in word]
    PEERS.extend(word for word in sys.argv[1:] if "=" in word)
    for name in names:
        if name not in PARTS:
            sys.exit(f"measure: no such part: {name}; there are {', '.join(PARTS)}")
    DATA.mkdir(parents=True, exist_ok=True)
    machine()
    for name in names or PARTS:
        print(f"== {name}", flush=True)
        # what others do at the same time, by the number of processes that want a processor
        load = f"{os.getloadavg()[0]:.1f}"
        PARTS[name]()
        when = {row["part"]: list(row.values()) for row in read("parts")}
        if name != "peers" or PEERS:
            when[name] = [name, datetime.date.today().isoformat(), load]
        write("parts", ["part", "date", "load"], [when[part] for part in PARTS if part in when])


main()
