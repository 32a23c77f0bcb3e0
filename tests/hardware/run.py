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
import os
import pathlib
import re
import struct
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
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
NVME_BYTES = 6 << 20  # as in checks/nvme.hpp
NVME = ["-blockdev", f"driver=null-co,node-name=n0,size={NVME_BYTES},read-zeroes=on",
        "-device", "nvme,serial={serial},drive=n0"]
GREETING = ["-fw_cfg", "name=opt/org.ioview/greeting,string=accessed by DMA"]
SEMIHOSTING = ["-semihosting-config", "enable=on,target=native"]


@dataclasses.dataclass
class Board:
    name: str
    image: str            # boards/<image>.cpp, .S and .ld
    triple: str
    flags: str            # of the compiler, for the instruction set
    qemu: list            # program and machine
    devices: list
    least: int            # checks
    passed: int = 0       # exit status when all passed
    # devices, by QEMU's names, whose accesses are compared with those on the doubles
    traced: tuple = ()


BOARDS = [
    Board("aarch64 virt", "aarch64_virt", "aarch64-linux-gnu-", "-mstrict-align",
          ["qemu-system-aarch64", "-M", "virt,highmem=off", "-cpu", "cortex-a53", "-m", "128"],
          SEMIHOSTING + GREETING + EDU + NVME + VIRTIO, 18,
          traced=("pl011", "pl031", "edu-mmio", "nvme", "virtio-mmio")),
    Board("riscv64 virt", "riscv64_virt", "riscv64-linux-gnu-",
          "-march=rv64gc -mabi=lp64d -mcmodel=medany",
          ["qemu-system-riscv64", "-M", "virt", "-bios", "none", "-m", "128"],
          EDU + NVME + VIRTIO, 18, traced=("serial", "edu-mmio", "nvme", "virtio-mmio")),
    Board("x86-64 q35", "x86_64_pc", "", "-mno-red-zone -fcf-protection=none -mcmodel=small",
          ["qemu-system-x86_64", "-M", "q35", "-accel", "tcg", "-m", "128"],
          EDU + NVME + ["-device", "isa-debug-exit,iobase=0xf4,iosize=4"], 11, 33,
          traced=("edu-mmio",)),
    Board("x86-64 pc", "x86_64_pc", "", "-mno-red-zone -fcf-protection=none -mcmodel=small",
          ["qemu-system-x86_64", "-M", "pc", "-accel", "tcg", "-m", "128"],
          EDU + NVME + ["-device", "isa-debug-exit,iobase=0xf4,iosize=4"], 11, 33,
          traced=("edu-mmio",)),
    Board("cortex-m3 mps2-an385", "cortexm3_mps2", "arm-none-eabi-", "-mcpu=cortex-m3 -mthumb",
          ["qemu-system-arm", "-M", "mps2-an385", "-nic", "none"], SEMIHOSTING, 8,
          traced=("uart", "cmsdk-apb-timer")),
    Board("m68k virt", "m68k_virt", "m68k-linux-gnu-", "-m68040 -msoft-float",
          ["qemu-system-m68k", "-M", "virt", "-m", "64", "-action", "panic=exit-failure"],
          VIRTIO, 8, traced=("goldfish_tty", "virtio-mmio")),
    # ends by a reset; bad ends are those that did not print their own
    Board("ppc e500", "ppc_e500", "powerpc-linux-gnu-", "-mcpu=8548 -msoft-float",
          ["qemu-system-ppc", "-M", "ppce500", "-m", "256", "-no-reboot"],
          NVME, 8, traced=("serial", "nvme")),
]


class Failure(Exception):
    pass


def run(command, **options):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True,
                          errors="replace", **options)
    if done.returncode != 0:
        raise Failure(f"{' '.join(str(c) for c in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


# --- building ---

def build(image, build_dir):
    board = next(b for b in BOARDS if b.image == image)
    cxx = board.triple + "g++"
    flags = COMMON + board.flags.split()
    objects = []
    for source in (f"boards/{image}.S", f"boards/{image}.cpp", "support/memory.cpp"):
        target = build_dir / f"{image}.{pathlib.Path(source).name}.o"
        command = [cxx, *flags, "-I", ROOT / "include", "-c", HERE / source, "-o", target]
        if source.startswith("boards/") and source.endswith(".cpp"):
            command += ["-include", HERE / "support/panic.hpp"]
        if source.endswith("memory.cpp"):  # loops that stay loops, or they would call themselves
            command += ["-fno-builtin", "-fno-tree-loop-distribute-patterns"]
        run(command)
        objects.append(target)
    elf = build_dir / f"{image}.elf"
    pie = [] if image.startswith("cortex") else ["-no-pie"]
    run([cxx, *board.flags.split(), *LINK, *pie, "-T", HERE / f"boards/{image}.ld", *objects,
         "-lgcc", "-o", elf])
    return elf


# --- the disk: checks/virtio_blk.hpp has the same numbers ---

HALF = 1 << 20
FIRST_SEED = 0x10F1E5D0
SECOND_SEED = 0x0BADCAFE


def half(seed):
    words = ((i + seed) * 2654435761 & 0xFFFFFFFF for i in range(HALF // 4))
    return struct.pack(f"<{HALF // 4}I", *words)


def judge_disk(path):
    data = path.read_bytes()
    if data[:HALF] != half(FIRST_SEED):
        return "the half that was only read has changed"
    if data[HALF:] != half(SECOND_SEED):
        return "the half that was written is not what was to be written"
    return ""


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


CHECK = re.compile(r"^check ([^:\n]+): (.*?) \.\.\.(.*)$")


def run_board(board, elf, build_dir):
    outcome = Outcome(board)
    stem = build_dir / board.name.replace(" ", "-")
    disk = stem.with_suffix(".disk")
    outcome.trace = stem.with_suffix(".trace")
    serial = f"{board.image[:8]}-{os.getpid()}"
    with_disk = any("{disk}" in d for d in board.devices)
    if with_disk:
        disk.write_bytes(half(FIRST_SEED) + bytes(HALF))
    command = [*board.qemu, "-kernel", str(elf), "-nodefaults", "-display", "none",
               "-serial", "stdio", "-monitor", "none",
               *[d.format(disk=disk, serial=serial) for d in board.devices],
               "-trace", "memory_region_ops_read", "-trace", "memory_region_ops_write",
               "-D", str(outcome.trace)]
    hung = False
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    try:
        out, err = process.communicate(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        hung = True
    outcome.serial = out.decode("latin-1").replace("\r\n", "\n")
    stem.with_suffix(".log").write_text(outcome.serial + err.decode("latin-1"))

    ended = False
    lines = outcome.serial.split("\n")
    for line in lines:
        match = CHECK.match(line)
        if match:
            device, what, result = match.groups()
            result = re.sub(r"^ *<fetched>", "", result).strip()  # what the check itself has sent
            outcome.check(device, what, "" if result == "ok" else result or "did not end")
        elif line.startswith("end: "):
            ended = True
    inside = next((line for line in reversed(lines) if line.startswith("check ")), "no check")
    if hung:
        outcome.check("board", "ends by itself",
                      f"hung for {TIME_LIMIT} s in: {inside.removesuffix(' ... ')}")
    elif not ended or process.returncode != board.passed:
        outcome.check("board", "ends by itself",
                      f"exit status {process.returncode}, wanted {board.passed}; last: {inside}; "
                      f"{lines[-1]} {err.decode('latin-1').strip()[:200]}")
    else:
        outcome.check("board", "ends by itself, with its exit status", "")
    said = sum(1 for device, _, _ in outcome.checks if device != "board")
    outcome.check("board", f"at least {board.least} checks",
                  "" if said >= board.least else f"only {said}")
    if with_disk:
        outcome.check("virtio-blk", "the disk afterwards, byte for byte", judge_disk(disk))
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
POLLED = ("edu-mmio", "nvme", "cmsdk-apb-timer", "uart")
# Addresses of memory, which is elsewhere on a double.
MEMORY_ADDRESS = {"virtio-mmio": lambda at: at & 0x1FF in range(0x80, 0xA8),
                  "edu-mmio": lambda at: at in (0x80, 0x88),
                  "nvme": lambda at: at in range(0x28, 0x38),
                  "goldfish_tty": lambda at: at & 0xFF in (0x10, 0x18)}
BAR_BYTES = {"edu-mmio": 1 << 20, "nvme": 0x4000}
# Bytes of an access, as the device's manual has them: a driver may make no others, although some
# of these devices take them.
WIDTHS = {"pl011": lambda at: 4, "pl031": lambda at: 4, "virtio-mmio": lambda at: 4,
          "uart": lambda at: 4, "cmsdk-apb-timer": lambda at: 4, "goldfish_tty": lambda at: 4,
          "serial": lambda at: 1, "nvme": lambda at: 4,
          "edu-mmio": lambda at: 8 if at in (0x80, 0x88) else 4}


def access(device, op, address, size, value):
    """One access as it is compared: reads without what the device gave."""
    address &= BAR_BYTES.get(device, 0) - 1  # a BAR is where the board has put it
    hidden = op == "r" or MEMORY_ADDRESS.get(device, lambda at: False)(address)
    return (op, hex(address), size, None if hidden else hex(value))


def polls_as_one(device, accesses):
    if device not in POLLED:
        return accesses
    return [a for i, a in enumerate(accesses) if i == 0 or a[0] == "w" or a != accesses[i - 1]]


def read_trace(path, device):
    accesses = []
    for line in path.read_text(errors="replace").split("\n"):
        match = TRACED.match(line)
        if match and match[5] == device:
            accesses.append(access(device, match[1][0], int(match[2], 16), int(match[4]),
                                   int(match[3], 16)))
    return polls_as_one(device, accesses)


def build_replay(build_dir):
    program = build_dir / "replay"
    run(["g++", "-std=c++20", "-O1", "-Wall", "-Wextra", "-Werror", "-I", ROOT / "include",
         HERE / "replay.cpp", "-o", program])
    return program


def compare_traces(outcome, replay):
    """Adds one check for each device that is compared."""
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
        odd = [a for a in on_board if a[2] != WIDTHS[device](int(a[1], 16))]
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


# --- the object code ---

WRITTEN = re.compile(r'asm volatile\("([^"]+)"')
FUNCTION = re.compile(r"^[0-9a-f]+ <(.*)>:$")
PLACE = re.compile(r"^(inlined by )?(/\S+):(\d+)")
INSTRUCTION = re.compile(r"^\s*([0-9a-f]+):\t(\S+)(?:\s+(.*))?$")
BARRIER = re.compile(r"dmb|dsb|fence|[lsm]fence|hwsync")


@dataclasses.dataclass
class Rules:
    loads: str
    stores: str
    after_load: tuple   # the next instructions of arch/ after a load in order
    before_store: str   # and the one before a store in order
    refused: str        # in the operands of either: write-back addressing, vector registers
    barriers: tuple     # those of every_barrier(): mb rmb wmb dma_mb dma_rmb dma_wmb
    hand_overs: bool = False     # of memory have a barrier of their own there
    relaxed_loops: int = 0       # at least


RULES = {
    "aarch64_virt": Rules(r"ldr[bh]?", r"str[bh]?", (r"dmb\s+oshld", "eor ", "cbnz "),
                          r"dmb\s+oshst", r"\]!|\],|\b[vqdshb]\d+\b",
                          ("dsb sy", "dsb ld", "dsb st", "dmb osh", "dmb oshld", "dmb oshst"),
                          True, 1),
    "riscv64_virt": Rules(r"l(bu|hu|w|d)", r"s[bhwd]", (r"fence\s+i,ir",), r"fence\s+w,o",
                          r"\bf[ast]?\d+\b",
                          ("fence", "fence ir,ir", "fence ow,ow",
                           "fence", "fence ir,ir", "fence ow,ow"), True, 1),
    "cortexm3_mps2": Rules(r"ldr[bh]?", r"str[bh]?", (r"dsb\s+sy",), r"dsb\s+sy",
                           r"\]!|\],|\b[dsq]\d+\b", ("dsb sy",) * 3 + ("dmb sy",) * 3),
    # the processor keeps the order
    "x86_64_pc": Rules(r"mov[bwlq]?|in[bwl]?", r"mov[bwlq]?|out[bwl]?", (), "", r"[xyz]mm",
                       ("mfence", "lfence", "sfence", "mfence")),
    # the compiler's own choice of instructions, on one processor without reordering
    "m68k_virt": Rules(r"movea?[bwl]", r"move[bwl]|clr[bwl]", (), "", r"@[+-]", ()),
    # the same, between full barriers
    "ppc_e500": Rules(r"l(bz|hz|wz)", r"st[bhw]", ("hwsync",), "hwsync", r"\bf\d+\b",
                      ("hwsync",) * 6, True),
}

# How often a driver hands memory over, by which barrier; each needs an instruction of its own.
HAND_OVERS = {
    "edu.hpp": {"dma_wmb": 1, "dma_rmb": 1},
    "fw_cfg.hpp": {"dma_wmb": 1, "dma_rmb": 1},
    "nvme.hpp": {"dma_wmb": 2, "dma_rmb": 1, "dma_mb": 1},
    "virtio_blk.hpp": {"dma_wmb": 1, "dma_rmb": 1},
}


@dataclasses.dataclass
class Instruction:
    at: int
    mnemonic: str
    operands: str
    function: str
    frames: tuple   # (file, line), what it was inlined into behind it

    @property
    def text(self):
        return f"{self.mnemonic} {self.operands}".strip()

    def is_from(self, part):
        return any(part in file for file, _ in self.frames)


def disassemble(elf, triple):
    instructions = []
    function, frames, is_new = "", (), True
    for line in run([triple + "objdump", "-dl", "--inlines", "--no-show-raw-insn",
                     elf]).split("\n"):
        if match := INSTRUCTION.match(line):
            operands = (match[3] or "").split("@ ")[0].split("//")[0].strip()
            instructions.append(Instruction(int(match[1], 16), match[2].split(".")[0], operands,
                                            function, frames))
            is_new = True
        elif match := PLACE.match(line):
            place = (match[2], int(match[3]))
            if not match[1]:
                frames = (place,)
            else:  # behind an instruction: of the same place in the same file
                frames = (*(frames[:1] if is_new else frames), place)
            is_new = False
        elif match := FUNCTION.match(line):
            function = match[1]
    return instructions


class Sources:
    """Lines of the sources that instructions came from."""

    def __init__(self):
        self.files = {}

    def line(self, place):
        file, number = place
        if file not in self.files:
            self.files[file] = pathlib.Path(file).read_text().split("\n")
        return self.files[file][number - 1]


def is_written(instruction, sources):
    """Whether a leaf accessor or barrier of arch/ has this very instruction in its asm."""
    file = instruction.frames[0][0] if instruction.frames else ""
    if "/ioview/arch/" not in file:
        return False
    source = sources.line(instruction.frames[0])
    if file.endswith("generic.hpp") and "Place*>(address)" in source:
        return bool(re.search(r"[(@]|\b0x", instruction.operands))  # of memory: no asm
    match = WRITTEN.search(source)
    if not match:
        return False
    written = {part.split(" ")[0] for part in match[1].split("\\n\\t")}
    if "x86" in file:  # objdump names operand sizes only where they are not plain
        return instruction.mnemonic.rstrip("bwlq") in {w.rstrip("bwlq") for w in written}
    return instruction.mnemonic.removeprefix("hw") in written  # hwsync is sync


def is_store(instruction, sources):
    return bool(re.search(r'\(address\) = value|=\w+"\(\*place\)|"out',
                          sources.line(instruction.frames[0])))


def scan_access(i, instructions, sources, rules):
    """What is wrong with the access at i: its form, and where it is in order the barrier beside."""
    access = instructions[i]
    if re.search(rules.refused, access.operands):
        return "no access by an address that is written back, or of a vector register"
    if access.is_from("/backend/relaxed_mmio.hpp"):
        return scan_bulk(access, instructions) if rules.before_store else ""
    if is_store(access, sources):
        beside = instructions[i - 1].text if i > 0 else "nothing"
        good = re.match(rules.before_store, beside)
        return "" if good else f"{rules.before_store} wanted before it, not {beside}"
    after = instructions[i + 1] if i + 1 < len(instructions) else access
    if access.frames == after.frames and f"({access.operands.split(',')[0]})" in after.operands:
        return ""  # the address, which the compiler has in memory
    for n, wanted in enumerate(rules.after_load, i + 1):
        beside = instructions[n].text if n < len(instructions) else "nothing"
        if not re.match(wanted, beside):
            return f"{wanted} wanted after it, not {beside}"
    return ""


def scan_bulk(access, instructions):
    """A relaxed access is one of many that have the barrier of one around all of them."""
    mmio = [n for n, (file, _) in enumerate(access.frames) if "/backend/mmio.hpp" in file]
    if not mmio:
        return "a relaxed access of its own"
    around = access.frames[mmio[-1] + 1:]
    beside = any(BARRIER.match(i.mnemonic) and i.is_from("/backend/mmio.hpp") and
                 i.frames[-len(around):] == around for i in instructions)
    return "" if beside else "no barrier beside the loop that it is in"


def scan_relaxed_loops(instructions, sources, rules):
    """The innermost loop around each relaxed access, an address range, has no barrier."""
    loops = set()
    for branch in instructions:
        target = re.search(r"\b([0-9a-f]+) <", branch.operands)
        if target and re.match(r"b(?!l)|j|[ct]bn?z", branch.mnemonic):
            first = int(target[1], 16)
            if first <= branch.at:
                loops.add((first, branch.at))
    found = set()
    for access in instructions:
        if access.is_from("/backend/relaxed_mmio.hpp") and is_written(access, sources):
            around = [(last - first, first, last) for first, last in loops
                      if first <= access.at <= last]
            if around:
                found.add(min(around)[1:])
    wrong = [f"{b.at:x}: {b.text}: a barrier in the relaxed loop from {first:x} on"
             for first, last in sorted(found) for b in instructions
             if first <= b.at <= last and BARRIER.match(b.mnemonic)]
    if len(found) < rules.relaxed_loops:
        wrong.append(f"{len(found)} relaxed loops found, wanted {rules.relaxed_loops}")
    return len(found), wrong


def scan_hand_overs(instructions, sources):
    """Each publish(), observe() and release_to_device() of a driver has its barrier."""
    places = set()   # (driver, line, kind)
    drivers = set()
    for instruction in instructions:
        frames = instruction.frames
        drivers.update(pathlib.Path(file).name for file, _ in frames if "/drivers/" in file)
        if not BARRIER.match(instruction.mnemonic):
            continue
        for inner, outer in zip(frames, frames[1:]):
            kind = re.search(r"Fence::(\w+)", sources.line(inner))
            if inner[0].endswith("/dma/handover.hpp") and kind:
                places.add((pathlib.Path(outer[0]).name, outer[1], kind[1]))
    wrong = []
    for driver in sorted(drivers):
        kinds = [kind for name, _, kind in places if name == driver]
        counts = {kind: kinds.count(kind) for kind in kinds}
        wanted = HAND_OVERS.get(driver, {})
        if counts != wanted:
            wrong.append(f"{driver}: {counts}, wanted {wanted}")
    return len(places), wrong


def scan_object_code(outcome, elf):
    board = outcome.board
    rules = RULES[board.image]
    sources = Sources()
    everything = disassemble(elf, board.triple)
    instructions = [i for i in everything if is_written(i, sources)]
    accesses = 0
    wrong = []
    for i, access in enumerate(instructions):
        if re.fullmatch(rules.stores if is_store(access, sources) else rules.loads,
                        access.mnemonic):
            accesses += 1
            if what := scan_access(i, instructions, sources, rules):
                wrong.append(f"{access.at:x}: {access.text}: {what}")
    if not accesses:
        wrong.append("no access found")
    outcome.check("object code", f"{accesses} accesses singly, plainly, between their barriers",
                  "; ".join(wrong[:5]))
    barriers = tuple(i.text.replace("\t", " ") for i in instructions
                     if i.function == "every_barrier")
    outcome.check("object code", "each barrier is what it is there",
                  "" if barriers == rules.barriers else f"{barriers}, wanted {rules.barriers}")
    if rules.hand_overs:
        count, wrong = scan_hand_overs(everything, sources)
        outcome.check("object code", f"{count} hand-overs of memory, each with its barrier",
                      "; ".join(wrong))
    if rules.relaxed_loops:
        count, wrong = scan_relaxed_loops(everything, sources, rules)
        outcome.check("object code", f"no barrier in the {count} relaxed loops",
                      "; ".join(wrong[:5]))
    text = run([board.triple + "objdump", "-h", elf])
    sections = [name for name in ("init_array", "ctors", "eh_frame", "tbss") if "." + name in text]
    names = run([board.triple + "nm", "-C", elf])
    dynamic = re.findall(r"(__cxa_\w+|operator new.*|malloc|_Unwind_\w+)", names)
    outcome.check("object code", "no exceptions, heap or initialisation at run time",
                  ", ".join(sections + dynamic))


# --- sizes ---

SIZES = ("pl011", "cmsdk_timer")  # sizes/<name>.cpp and .c


def compare_sizes(outcome, build_dir):
    """The text of a driver by ioview, and of its twin in C, both with the flags of the board."""
    board = outcome.board
    for name in SIZES:
        text = []
        for language in ("cpp", "c"):
            target = build_dir / f"{board.image}.{name}.{language}.o"
            flags = [f for f in COMMON if language == "cpp" or f not in
                     ("-std=c++20", "-fno-rtti", "-fno-threadsafe-statics", "-Wvolatile")]
            extra = ["-include", HERE / "support/panic.hpp"] if language == "cpp" else []
            run([board.triple + ("g++" if language == "cpp" else "gcc"), *flags,
                 *board.flags.split(), *extra, "-I", ROOT / "include", "-c",
                 HERE / f"sizes/{name}.{language}", "-o", target])
            columns = run([board.triple + "size", "-A", target]).split("\n")
            text.append(sum(int(c.split()[1]) for c in columns if c.startswith(".text")))
        outcome.sizes.append((name, *text))
        outcome.check("sizes", f"{name}: {text[0]} bytes, in C {text[1]}",
                      "" if text[0] <= text[1] else "larger than the twin in C")


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
code, and by QEMU's own trace of its accesses. Checks passed in the last run, by device:

"""
HOW_TO_ADD = """
- *trace*: QEMU's log of the accesses to a device is, access by access, what the same driver does on
  a double under `io::testing::Recorder` (`tests/hardware/replay.cpp`); {traced}.
- *object code*: each access is one instruction between its barriers, without write-back addressing
  and without vector registers; each barrier is the instruction that it is meant to be; each
  `publish()`, `observe()` and `release_to_device()` of a driver has its own; no loop of relaxed
  accesses has any; and nothing of the C++ run time is linked.
- *sizes*: text at -Os of two drivers is no larger than that of a twin in C with the same accesses.
- *board*: it ends by itself, with the right status, after as many checks as it has to have.

## A board more, in four steps

1. `tests/hardware/boards/<board>.S` and `.ld`: a stack, zeroed `.bss`, vectors that go to `trap`,
   then `kmain`.
2. `tests/hardware/boards/<board>.cpp`: a clock, the addresses of the devices as `mmio<Device>(…)`,
   `put()` for the console, `leave()` for the end, and in `kmain()` a call of each check of
   `tests/hardware/checks/` whose device the board has.
3. A line in `BOARDS` of `tests/hardware/run.py`: compiler, flags, QEMU's command, the least number
   of checks, the exit status; and one in `RULES` for what its object code may have.
4. The addresses once more in `tests/hardware/replay.cpp`, and the devices to compare in `traced`.
"""


def write_table(path, outcomes):
    traced = "; ".join(f"{o.board.name}: {', '.join(o.board.traced)}" for o in outcomes)
    path.write_text(ABOUT + table(outcomes) + HOW_TO_ADD.format(traced=traced))


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
            scan_object_code(outcome, images[board.image].result())
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
