#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds one firmware image for each board, runs all of them in QEMU, and judges from outside.

    tests/hardware/run.py [--build DIR] [--only BOARD]… [--table FILE]

A board says one line a check (support/report.hpp) and ends with an exit status; a board that hangs
is ended after a minute, and the check it was in is named. Beside what a board says of itself, the
disk is compared byte for byte. Ends with `N passed, M failed`.
"""
import argparse
import concurrent.futures
import dataclasses
import functools
import os
import pathlib
import re
import struct
import sys
import textwrap

from emulated import FIRST_SEED, HALF, Failure, half, judge_disk, listen, run
from object_code import scan
from sizes import compare

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TEMPLATE = ROOT / "examples/baremetal"  # start-up code of two boards, and what all have in common
TIME_LIMIT = 60  # seconds, for one board

COMMON = """-std=c++20 -Os -g1 -ffreestanding -fno-exceptions -fno-rtti -fno-pic -fno-stack-protector
    -fno-asynchronous-unwind-tables -fno-unwind-tables -fno-threadsafe-statics -ffunction-sections
    -fdata-sections -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wvolatile -Werror""".split()
LINK = """-nostdlib -static -Wl,--build-id=none -Wl,--gc-sections -Wl,--no-warn-rwx-segments
    -Wl,--orphan-handling=place""".split()

EDU = ["-device", "edu,dma_mask=0xffffffffffffffff"]
# in this order, so that the disk is device 0, and 2 and later are empty
VIRTIO = ["-global", "virtio-mmio.force-legacy=false",
          "-drive", "file={disk},format=raw,if=none,id=d0",
          "-device", "virtio-blk-device,drive=d0", "-device", "virtio-rng-device"]
RANDOM = ["-device", "virtio-rng-pci,disable-legacy=on"]
NVME_BYTES = 6 << 20  # as in checks/nvme.hpp
NVME = ["-drive", "file={blocks},format=raw,if=none,id=n0",
        "-device", "nvme,serial={serial},drive=n0"]
GREETING = ["-fw_cfg", "name=opt/org.ioview/greeting,string=accessed by DMA"]
SEMIHOSTING = ["-semihosting-config", "enable=on,target=native"]
# of a second UART: what comes to it, and where what it sends goes; replay.cpp has the same text
LINE_TEXT = b"each of these characters is taken once\n"
LINE = ["-chardev", "pipe,id=line,path={line}", "-serial", "chardev:line"]


@dataclasses.dataclass
class Board:
    name: str
    image: str            # boards/<image>.cpp; .S and .ld, where the template has no such board
    triple: str
    flags: str            # of the compiler, for the instruction set
    qemu: list            # program and machine
    devices: list
    least: int            # checks
    passed: int = 0       # exit status when all passed
    # devices, by QEMU's names, whose accesses are compared with those on the doubles
    traced: tuple = ()
    # further ones, of which the widths alone are
    watched: tuple = ()
    start: str = ""       # where .S and .ld are those of another image


# An application that the firmware starts from a disk of its own, by clang for Microsoft's ABI.
UEFI = "x86_64_uefi"
FIRMWARE = "/usr/share/ovmf/OVMF.fd"
UEFI_FLAGS = """--target=x86_64-unknown-windows -std=c++20 -Os -ffreestanding -fno-exceptions -fno-rtti
    -fno-stack-protector -fno-threadsafe-statics -mno-stack-arg-probe -Wall -Wextra -Wpedantic
    -Wconversion -Wshadow -Werror -Wno-#warnings -nostdinc++""".split()

VIRTIO_PCI = ("virtio-pci-common-virtio-rng", "virtio-pci-common-virtio-blk")
FW_CFG = ("fwcfg.data", "fwcfg.ctl", "fwcfg.dma")
BOARDS = [
    Board("aarch64 virt", "aarch64_virt", "aarch64-linux-gnu-", "-mstrict-align",
          ["qemu-system-aarch64", "-M", "virt,highmem=off", "-cpu", "cortex-a53", "-m", "128"],
          SEMIHOSTING + GREETING + EDU + NVME + VIRTIO + RANDOM, 28,
          traced=("pl011", "pl031", "edu-mmio", "nvme", "virtio-mmio",
                  "virtio-pci-common-virtio-rng"), watched=FW_CFG),
    Board("riscv64 virt", "riscv64_virt", "riscv64-linux-gnu-",
          "-march=rv64gc -mabi=lp64d -mcmodel=medany",
          ["qemu-system-riscv64", "-M", "virt", "-bios", "none", "-m", "128"],
          EDU + NVME + VIRTIO + RANDOM, 28,
          traced=("serial", "edu-mmio", "nvme", "virtio-mmio", "virtio-pci-common-virtio-rng"),
          watched=(*FW_CFG, "goldfish_rtc")),
    Board("riscv64 sifive_u", "riscv64_sifive_u", "riscv64-linux-gnu-",
          "-march=rv64gc -mabi=lp64d -mcmodel=medany",
          ["qemu-system-riscv64", "-M", "sifive_u", "-bios", "none", "-m", "128"],
          SEMIHOSTING + LINE, 7, traced=("riscv.sifive.uart",), watched=("riscv.aclint.mtimer",),
          start="riscv64_virt"),
    Board("x86-64 q35", "x86_64_pc", "", "-mno-red-zone -fcf-protection=none -mcmodel=small",
          ["qemu-system-x86_64", "-M", "q35", "-accel", "tcg", "-m", "128"],
          EDU + NVME + ["-device", "isa-debug-exit,iobase=0xf4,iosize=4",
                        # or the link of the port never says that it is up
                        "-global", "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off",
                        "-device", "pcie-root-port,id=root0,chassis=1",
                        "-device", "virtio-rng-pci,bus=root0,romfile={rom}"], 60, 33,
          traced=("edu-mmio",), watched=("nvme", "serial", VIRTIO_PCI[0])),
    Board("x86-64 pc", "x86_64_pc", "", "-mno-red-zone -fcf-protection=none -mcmodel=small",
          ["qemu-system-x86_64", "-M", "pc", "-accel", "tcg", "-m", "128"],
          EDU + NVME + RANDOM + ["-device", "isa-debug-exit,iobase=0xf4,iosize=4"], 21, 33,
          traced=("edu-mmio",), watched=("nvme", "serial", VIRTIO_PCI[0])),
    Board("cortex-m3 mps2-an385", "cortexm3_mps2", "arm-none-eabi-", "-mcpu=cortex-m3 -mthumb",
          ["qemu-system-arm", "-M", "mps2-an385", "-nic", "none"], SEMIHOSTING, 8,
          traced=("uart", "cmsdk-apb-timer")),
    Board("m68k virt", "m68k_virt", "m68k-linux-gnu-", "-m68040 -msoft-float",
          ["qemu-system-m68k", "-M", "virt", "-m", "64", "-action", "panic=exit-failure"],
          VIRTIO, 8, traced=("goldfish_tty", "virtio-mmio"), watched=("goldfish_rtc",)),
    Board("x86-64 UEFI", UEFI, "", "",
          ["qemu-system-x86_64", "-M", "q35", "-accel", "tcg", "-m", "128", "-bios", FIRMWARE],
          EDU + ["-device", "isa-debug-exit,iobase=0xf4,iosize=4",
                 "-drive", "file=fat:rw:{esp},format=raw,if=none,id=esp",
                 "-device", "virtio-blk-pci,drive=esp"], 27, 33, traced=("edu-mmio",)),
    # ends by a reset; bad ends are those that did not print their own
    Board("ppc e500", "ppc_e500", "powerpc-linux-gnu-", "-mcpu=8548 -msoft-float",
          ["qemu-system-ppc", "-M", "ppce500", "-m", "256", "-no-reboot"],
          NVME + RANDOM + ["-drive", "file={disk},format=raw,if=none,id=d0",
                           "-device", "virtio-blk-pci,drive=d0,disable-legacy=on"], 39,
          traced=("serial", "nvme", *VIRTIO_PCI),
          watched=("pci-conf-idx", "pci.reg", "virtio-pci-device-virtio-blk")),
]


# --- building ---

def start_up(name):
    """Start-up code, linker script and, of the template, the board's own functions."""
    board = TEMPLATE / "boards" / name
    if board.is_dir():
        return [board / "start.S", board / "link.ld", board / "board.cpp"]
    return [HERE / f"boards/{name}.S", HERE / f"boards/{name}.ld"]


def build(image, build_dir):
    if image == UEFI:
        return build_uefi(build_dir)
    board = next(b for b in BOARDS if b.image == image)
    cxx = board.triple + "g++"
    flags = COMMON + board.flags.split()
    start, script, *more = start_up(board.start or image)
    sources = (start, HERE / f"boards/{image}.cpp", *more, TEMPLATE / "support/run.cpp",
               TEMPLATE / "support/memory.cpp")
    objects = []
    for source in sources:
        target = build_dir / f"{image}.{source.name}.o"
        command = [cxx, *flags, "-I", ROOT / "include", "-c", source, "-o", target]
        if source.suffix == ".cpp":
            command += ["-include", TEMPLATE / "support/panic.hpp"]
        if source.name == "memory.cpp":  # loops that stay loops, or they would call themselves
            command += ["-fno-builtin", "-fno-tree-loop-distribute-patterns"]
        run(command)
        objects.append(target)
    elf = build_dir / f"{image}.elf"
    pie = [] if image.startswith("cortex") else ["-no-pie"]
    run([cxx, *board.flags.split(), *LINK, *pie, "-T", script, *objects,
         "-lgcc", "-o", elf])
    return elf


def build_uefi(build_dir):
    # the host's libstdc++, of which the C library is left out
    include = pathlib.Path("/usr/include")
    headers = [include / "c++/12", include / "x86_64-linux-gnu/c++/12", ROOT / "tests/abi/no_glibc"]
    flags = [*UEFI_FLAGS, *(f"-isystem{h}" for h in headers), "-I", ROOT / "include"]
    objects = [build_dir / f"{UEFI}.obj", build_dir / f"{UEFI}.memory.obj"]
    run(["clang++-19", *flags, "-include", TEMPLATE / "support/panic.hpp",
         "-c", HERE / f"boards/{UEFI}.cpp", "-o", objects[0]])
    run(["clang++-19", *flags, "-fno-builtin", "-c", TEMPLATE / "support/memory.cpp",
         "-o", objects[1]])
    application = build_dir / f"{UEFI}.esp/EFI/BOOT/BOOTX64.EFI"
    application.parent.mkdir(parents=True, exist_ok=True)
    run(["lld-link", "-subsystem:efi_application", "-entry:efi_main", "-nodefaultlib",
         f"-out:{application}", *objects])
    return application


# --- running ---

@dataclasses.dataclass
class Outcome:
    board: Board
    checks: list = dataclasses.field(default_factory=list)   # (device, what, failure or "")
    serial: str = ""
    trace: pathlib.Path = None
    sizes: list = dataclasses.field(default_factory=list)    # (driver, bytes, bytes in C)

    def check(self, device, what, failure):
        self.checks.append((device, what, failure))


def open_pipes(path):
    """What a pipe of QEMU's reads from, and what it writes to: both stay open over its run."""
    ends = []
    for suffix in (".in", ".out"):
        pipe = pathlib.Path(f"{path}{suffix}")
        pipe.unlink(missing_ok=True)
        os.mkfifo(pipe)
        ends.append(os.open(pipe, os.O_RDWR | os.O_NONBLOCK))
    return ends


def read_pipe(pipe):
    try:
        return os.read(pipe, 1 << 16)
    except BlockingIOError:
        return b""


def run_board(board, elf, build_dir):
    outcome = Outcome(board)
    stem = build_dir / board.name.replace(" ", "-")
    disk = stem.with_suffix(".disk")
    outcome.trace = stem.with_suffix(".trace")
    serial = f"{board.image[:8]}-{os.getpid()}"
    blocks = stem.with_suffix(".blocks")
    disks = [(device, path, size) for device, path, size in
             (("virtio-blk", disk, 2 * HALF), ("nvme", blocks, NVME_BYTES))
             if any("{" + path.suffix[1:] + "}" in d for d in board.devices)]
    for _, path, size in disks:
        path.write_bytes(half(FIRST_SEED) + bytes(size - HALF))
    # for checks/pci_express.hpp: not for the firmware to run, as it has no header
    rom = stem.with_suffix(".rom")
    rom.write_bytes(struct.pack("<1024H", 0xAA55, *range(1, 1024)))
    kernel = [] if board.image == UEFI else ["-kernel", str(elf)]
    line = stem.with_suffix(".line")
    pipes = open_pipes(line) if any("{line}" in d for d in board.devices) else ()
    if pipes:
        os.write(pipes[0], LINE_TEXT)
    command = [*board.qemu, *kernel, "-nodefaults", "-display", "none",
               "-serial", "stdio", "-monitor", "none",
               *[d.format(disk=disk, blocks=blocks, serial=serial, rom=rom, line=line,
                          esp=build_dir / f"{UEFI}.esp") for d in board.devices],
               "-trace", "memory_region_ops_read", "-trace", "memory_region_ops_write",
               "-D", str(outcome.trace)]
    said = listen(command, TIME_LIMIT, board.passed, stem.with_suffix(".log"))
    outcome.serial = said.serial
    for check in said.checks:
        outcome.check(*check)
    outcome.check("board", "ends by itself, with its exit status", said.ending)
    outcome.check("board", f"at least {board.least} checks",
                  "" if len(said.checks) >= board.least else f"only {len(said.checks)}")
    for device, path, _ in disks:
        outcome.check(device, "the disk afterwards, byte for byte", judge_disk(path))
        path.unlink()
    if pipes:
        sent = read_pipe(pipes[1])
        for pipe in pipes:
            os.close(pipe)
        outcome.check("fu740-uart", "the line that went out, byte for byte",
                      "" if sent == LINE_TEXT else f"{sent!r}, not {LINE_TEXT!r}")
    if any("{serial}" in d for d in board.devices):
        found = re.search(r"^nvme serial number: (.*)$", outcome.serial, re.MULTILINE)
        outcome.check("nvme", "the serial number that the host gave it",
                      "" if found and found[1] == serial else
                      f"{found and found[1]!r}, not {serial!r}")
    return outcome


# --- the proof from outside ---

TRACED = re.compile(r"^memory_region_ops_(read|write) .* addr (0x[0-9a-f]+) value (0x[0-9a-f]+) "
                    r"size (\d+) name '(.*)'$")
# Reads in a row of one place: how often a poll looks is up to the device's time.
POLLED = ("edu-mmio", "nvme", "cmsdk-apb-timer", "uart", "riscv.sifive.uart")
# Doorbells, and the status that is looked at while an answer in memory is waited for: not at all
# where it is there already.
WAITED = {"virtio-mmio": (lambda at: at & 0x1FF == 0x50, lambda at: at & 0x1FF == 0x70),
          "nvme": (lambda at: at >= 0x1000, lambda at: at == 0x1C),
          # the doorbell is elsewhere
          **dict.fromkeys(VIRTIO_PCI, (lambda at: at == 0x14,) * 2)}
# Addresses of memory, which is elsewhere on a double.
MEMORY_ADDRESS = {"virtio-mmio": lambda at: at & 0x1FF in range(0x80, 0xA8),
                  "edu-mmio": lambda at: at in (0x80, 0x88),
                  "nvme": lambda at: at in range(0x28, 0x38),
                  **dict.fromkeys(VIRTIO_PCI, lambda at: at >= 0x20),
                  "goldfish_tty": lambda at: at & 0xFF in (0x10, 0x18)}
BAR_BYTES = {"edu-mmio": 1 << 20, "nvme": 0x4000, **dict.fromkeys(VIRTIO_PCI, 0x4000)}
# Bytes of an access, as the device's manual has them: a driver may make no others, although some
# of these devices take them.
WIDTHS = {"pl011": lambda at: 4, "pl031": lambda at: 4, "virtio-mmio": lambda at: 4,
          "uart": lambda at: 4, "cmsdk-apb-timer": lambda at: 4, "goldfish_tty": lambda at: 4,
          "serial": lambda at: 1, "nvme": lambda at: 4, "goldfish_rtc": lambda at: 4,
          "fwcfg.data": lambda at: 1, "fwcfg.ctl": lambda at: 2, "fwcfg.dma": lambda at: 8,
          "riscv.sifive.uart": lambda at: 4, "riscv.aclint.mtimer": lambda at: 8,
          "pci-conf-idx": lambda at: 4, "pci.reg": lambda at: 4,
          "edu-mmio": lambda at: 8 if at in (0x80, 0x88) else 4,
          **dict.fromkeys(VIRTIO_PCI, lambda at: 4 if at < 0x10 or at >= 0x20 else
                          1 if at in (0x14, 0x15) else 2),
          "virtio-pci-device-virtio-blk": lambda at: 4}


def access(device, op, address, size, value):
    """One access as it is compared: reads without what the device gave."""
    address &= BAR_BYTES.get(device, 0) - 1  # a BAR is where the board has put it
    hidden = op == "r" or MEMORY_ADDRESS.get(device, lambda at: False)(address)
    return (op, hex(address), size, None if hidden else hex(value))


def polls_as_one(device, accesses):
    if device in WAITED:
        is_doorbell, is_status = (lambda a, at=at: at(int(a[1], 16)) for at in WAITED[device])
        kept = []
        for a in accesses:
            if not (a[0] == "r" and is_status(a) and kept and is_doorbell(kept[-1])):
                kept.append(a)
        accesses = kept
    if device not in POLLED:
        return accesses
    return [a for i, a in enumerate(accesses) if i == 0 or a[0] == "w" or a != accesses[i - 1]]


def read_trace(path, device):
    accesses = []
    with path.open(errors="replace") as lines:  # a firmware's are millions
        for line in lines:
            match = TRACED.match(line) if device in line else None
            if match and match[5] == device:
                accesses.append(access(device, match[1][0], int(match[2], 16), int(match[4]),
                                       int(match[3], 16)))
    return polls_as_one(device, accesses)


def odd_widths(device, accesses):
    return [a for a in accesses if a[2] != WIDTHS[device](int(a[1], 16))]


def build_replay(build_dir):
    program = build_dir / "replay"
    run(["g++", "-std=c++20", "-O1", "-Wall", "-Wextra", "-Werror", "-I", ROOT / "include",
         HERE / "replay.cpp", "-o", program])
    return program


def compare_traces(outcome, replay):
    """Adds one check for each device that is compared, and one for each that is watched."""
    board = outcome.board
    replayed = {}
    for line in run([replay, board.image], input=outcome.serial).split("\n"):
        if line:
            device, op, address, size, value = line.split()
            replayed.setdefault(device, []).append(
                access(device, op, int(address, 16), int(size), int(value, 16)))
    for device in board.traced:
        on_double = polls_as_one(device, replayed.get(device, []))
        on_board = read_trace(outcome.trace, device)
        odd = odd_widths(device, on_board)
        if odd:
            outcome.check("trace", f"{device}: widths", f"{odd[:3]} (op, address, size)")
            continue
        same = on_double == on_board and on_board
        where = next((i for i, (a, b) in enumerate(zip(on_board, on_double)) if a != b),
                     min(len(on_board), len(on_double)))
        outcome.check(
            "trace", f"{device}: {len(on_board)} accesses as on the double",
            "" if same else
            f"access {where + 1}: the board {on_board[where:where + 1] or 'nothing'}, the double "
            f"{on_double[where:where + 1] or 'nothing'} (op, address, size, value written); "
            f"{len(on_board)} and {len(on_double)} in all")
    for device in board.watched:
        on_board = read_trace(outcome.trace, device)
        odd = odd_widths(device, on_board)[:3] or ("" if on_board else "no access")
        outcome.check("trace", f"{device}: {len(on_board)} accesses as wide as they are to be",
                      f"{odd} (op, address, size)" if odd else "")


# --- sizes ---

def compare_sizes(outcome, build_dir):
    """The sections of each program of sizes/, by ioview and by its twin in C, by g++."""
    board = outcome.board
    flags = board.flags
    commands = next(compare.compilers(board.triple, flags, None))[1:]
    folder = build_dir / f"{board.image}.sizes"
    folder.mkdir(exist_ok=True)
    for name in compare.PROGRAMS:
        viewed, twin = (compare.link(board.triple, flags, commands, name, language, folder)
                        for language in ("cpp", "c"))
        outcome.sizes.append((name, viewed["text"], twin["text"]))
        larger = [s for s in compare.SECTIONS if viewed[s] > twin[s]]
        outcome.check("sizes", f"{name}: {viewed}, in C {twin}",
                      f"larger than the twin in C: {' '.join(larger)}" if larger else "")


# --- the report ---

def table(outcomes):
    devices = []
    for outcome in outcomes:
        for device, _, _ in outcome.checks:
            if device not in devices:
                devices.append(device)
    last = ("board", "object code", "sizes", "trace")
    devices.sort(key=lambda d: last.index(d) if d in last else -1)
    text = ["| device | " + " | ".join(o.board.name for o in outcomes) + " |",
            "|---|" + "---:|" * len(outcomes)]
    for device in devices:
        counts = [sum(1 for d, _, _ in o.checks if d == device) for o in outcomes]
        text.append(f"| {device} | " + " | ".join(str(c) if c else "" for c in counts) + " |")
    text.append("| **all** | " + " | ".join(f"**{len(o.checks)}**" for o in outcomes) + " |")
    text += ["", "| text at -Os, bytes | ioview | C |", "|---|---:|---:|"]
    text += [f"| {o.board.name}: {name} | {cpp} | {c} |"
             for o in outcomes for name, cpp, c in o.sizes]
    return "\n".join(text) + "\n"


ABOUT = """<!-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception -->
<!-- written by tests/hardware/run.py --table; do not edit -->
# Boards

The drivers under `examples/drivers/` run bare metal on boards and devices that QEMU emulates:
`scripts/test --boards` builds an image for each board with nothing but ioview's freestanding
headers, runs it, and judges it by what it says, by its exit status, by its disk, by its object
code, and by QEMU's own trace of its accesses. One is no board but an application of UEFI, built by
clang for Microsoft's ABI and started by OVMF, whose accesses go through `EFI_PCI_IO_PROTOCOL`
(`examples/uefi/`). Checks passed in the last run, by device:

"""
HOW_TO_ADD = """
- *trace*: QEMU's log of the accesses to a device is, access by access, what the same driver does on
  a double under `io::testing::Recorder` (`tests/hardware/replay.cpp`). Of some
  more devices it shows that all accesses are as wide as they are to be. Compared are, on
{traced}
- *object code*: each access is one instruction between its barriers, without write-back addressing
  and without vector registers; each barrier is the instruction that it is meant to be; each
  `publish()`, `observe()` and `release_to_device()` of a driver has its own; no loop of relaxed
  accesses has any; and nothing of the C++ run time is linked.
- *sizes*: text, rodata, data and bss at -Os of three programs are no larger than those of twins in C
  with the same accesses.
- *board*: it ends by itself, with the right status, after as many checks as it has to have.

## A board more, in four steps

1. `tests/hardware/boards/<board>.S` and `.ld`: a stack, zeroed `.bss`, vectors that go to `trap`,
   then `run`; or those of another board, by `start`, or of `examples/baremetal/boards/<board>/`.
2. `tests/hardware/boards/<board>.cpp`: what `examples/baremetal/support/board.hpp` asks of a board,
   `microseconds()`, `put()` for the console, `leave()` for the end; the addresses of the devices as
   `mmio<Device>(…)`; and in `main()` a call of each check of `tests/hardware/checks/` whose device
   the board has.
3. A line in `BOARDS` of `tests/hardware/run.py`: compiler, flags, QEMU's command, the least number
   of checks, the exit status; and one in `RULES` of
   `tests/hardware/object_code.py` for what its object code may have.
4. The addresses once more in `tests/hardware/replay.cpp`, and the devices to compare in `traced`;
   those whose widths alone are looked at, in `watched`.
"""


def write_table(path, outcomes):
    traced = "; ".join(f"{o.board.name}: {', '.join(o.board.traced)}" for o in outcomes)
    traced = textwrap.fill(traced + ".", 98, break_on_hyphens=False)
    path.write_text(ABOUT + table(outcomes) +
                    HOW_TO_ADD.format(traced=textwrap.indent(traced, "  ")))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--build", type=pathlib.Path, default=ROOT / "build/boards")
    arguments.add_argument("--only", action="append", help="a board's name, or a part of it")
    arguments.add_argument("--table", type=pathlib.Path, help="where the table goes when all passed")
    given = arguments.parse_args()
    given.build.mkdir(parents=True, exist_ok=True)
    boards = [b for b in BOARDS if not given.only or any(o in b.name for o in given.only)]

    outcomes = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        images = {b.image: None for b in boards}
        for image in images:
            images[image] = pool.submit(build, image, given.build)

        replay = pool.submit(build_replay, given.build)

        def built_and_run(board):
            outcome = run_board(board, images[board.image].result(), given.build)
            compare_traces(outcome, replay.result())
            if board.image == UEFI:  # whose accesses are calls
                outcome.trace.unlink()
            else:
                scan(board.image, images[board.image].result(), board.triple, run,
                     functools.partial(outcome.check, "object code"))
            if board.image in ("aarch64_virt", "riscv64_virt", "cortexm3_mps2"):
                compare_sizes(outcome, given.build)
            return outcome

        for board, future in [(b, pool.submit(built_and_run, b)) for b in boards]:
            try:
                outcomes.append(future.result())
            except Failure as failure:
                outcome = Outcome(board)
                outcome.check("board", "builds and runs", str(failure))
                outcomes.append(outcome)

    passed = failed = 0
    for outcome in outcomes:
        good = sum(1 for _, _, failure in outcome.checks if not failure)
        print(f"{outcome.board.name}: {good} of {len(outcome.checks)} checks passed")
        for device, what, failure in outcome.checks:
            if failure:
                print(f"  FAILED {device}: {what}: {failure}")
        passed += good
        failed += len(outcome.checks) - good
    print("\n" + table(outcomes))
    if given.table and not failed and not given.only:
        write_table(given.table, outcomes)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
