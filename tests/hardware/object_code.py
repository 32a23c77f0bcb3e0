# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Looks at the instructions of a board's image: which of arch/ they are, and what they were inlined
into, by the line tables; so a barrier that is missing is missed by name.

    scan(image, elf, triple, run, check)
"""
import dataclasses
import pathlib
import re

ALIASES = {"hwsync": "sync", "mbar": "eieio"}   # what objdump calls them
WRITTEN = re.compile(r'asm volatile\("([^"]+)"')
FUNCTION = re.compile(r"^[0-9a-f]+ <(.*)>:$")
PLACE = re.compile(r"^(inlined by )?(/\S+):(\d+)")
INSTRUCTION = re.compile(r"^\s*([0-9a-f]+):\t(\S+)(?:\s+(.*))?$")
BARRIER = re.compile(r"dmb|dsb|fence|[lsm]fence|hwsync|mbar")


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
    before_load: str = ""        # the one before a load in order
    before_relaxed: str = ""     # and before an access of a relaxed view


RULES = {
    "aarch64_virt": Rules(r"ldr[bh]?", r"str[bh]?", (r"dmb\s+oshld", "eor ", "cbnz "),
                          r"dmb\s+oshst", r"\]!|\],|\b[vqdshb]\d+\b",
                          ("dsb sy", "dsb ld", "dsb st", "dmb osh", "dmb oshld", "dmb oshst"),
                          True, 1),
    "riscv64_virt": Rules(r"l(bu|hu|w|d)", r"s[bhwd]", (r"fence\s+i,ir",), r"fence\s+w,o",
                          r"\bf[ast]?\d+\b",
                          ("fence", "fence ir,ir", "fence ow,ow",
                           "fence", "fence ir,ir", "fence ow,ow"), True, 1),
    "riscv64_sifive_u": Rules(r"l(bu|hu|w|d)", r"s[bhwd]", (r"fence\s+i,ir",), r"fence\s+w,o",
                              r"\bf[ast]?\d+\b",
                              ("fence", "fence ir,ir", "fence ow,ow",
                               "fence", "fence ir,ir", "fence ow,ow")),
    "cortexm3_mps2": Rules(r"ldr[bh]?", r"str[bh]?", (r"dsb\s+sy",), r"dsb\s+sy",
                           r"\]!|\],|\b[dsq]\d+\b", ("dsb sy",) * 3 + ("dmb sy",) * 3),
    # the processor keeps the order
    "x86_64_pc": Rules(r"mov[bwlq]?|in[bwl]?", r"mov[bwlq]?|out[bwl]?", (), "", r"[xyz]mm",
                       ("mfence", "lfence", "sfence", "mfence")),
    # the compiler's own choice of instructions, on one processor without reordering
    "m68k_virt": Rules(r"movea?[bwl]", r"move[bwl]|clr[bwl]", (), "", r"@[+-]", ()),
    "ppc_e500": Rules(r"l(bz|hz|wz)x?", r"st[bhw]x?", (r"twi\s+0,", "isync"), "hwsync",
                      r"\bf\d+\b", ("hwsync",) * 5 + ("mbar 1",), True,
                      before_load="hwsync", before_relaxed="mbar"),
}

# How often a driver hands memory over, by which barrier; each needs an instruction of its own. (What
# it publishes by or observes in a register has that of the access.)
HAND_OVERS = {
    "fw_cfg.hpp": {"dma_rmb": 1},
    "nvme.hpp": {"dma_rmb": 1, "dma_mb": 1},
    "virtio_polled.hpp": {"dma_rmb": 1},
    "virtio_queue.hpp": {"dma_wmb": 1, "dma_mb": 1, "dma_rmb": 1},
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


def disassemble(listing):
    """What objdump -dl --inlines has listed."""
    instructions = []
    function, frames, is_new = "", (), True
    for line in listing.split("\n"):
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

    def all(self, file):
        if file not in self.files:
            self.files[file] = pathlib.Path(file).read_text().split("\n")
        return self.files[file]

    def line(self, place):
        return self.all(place[0])[place[1] - 1]


def is_written(instruction, sources):
    """Whether a leaf accessor or barrier of arch/ has this very instruction in its asm."""
    file = instruction.frames[0][0] if instruction.frames else ""
    if "/ioview/arch/" not in file:
        return False
    source = sources.line(instruction.frames[0])
    if file.endswith("generic.hpp") and "opaque<Place>(address)" in source:
        return bool(re.search(r"[(@]|\b0x", instruction.operands))  # of memory: no asm
    if "_launder(reinterpret_cast<Place*>(address)" in source:
        return bool(re.search(r"\(\w+\)", instruction.operands))  # the same
    match = WRITTEN.search(source)
    if not match:
        return False
    written = {re.split("[ %{]", part)[0] for part in match[1].split("\\n\\t")}
    if "x86" in file:  # objdump names operand sizes only where they are not plain
        return instruction.mnemonic.rstrip("bwlq") in {w.rstrip("bwlq") for w in written}
    return ALIASES.get(instruction.mnemonic, instruction.mnemonic) in written


def is_store(instruction, sources):
    return bool(re.search(r'\(address\)+ = value|=\w+"\(\*place\)|"out',
                          sources.line(instruction.frames[0])))


def scan_access(i, instructions, sources, rules):
    """What is wrong with the access at i: its form, and where it is in order the barrier beside."""
    access = instructions[i]
    if re.search(rules.refused, access.operands):
        return "no access by an address that is written back, or of a vector register"
    is_relaxed = access.is_from("/backend/relaxed_mmio.hpp")
    before = (rules.before_relaxed if is_relaxed else
              rules.before_store if is_store(access, sources) else rules.before_load)
    beside = instructions[i - 1].text if i > 0 else "nothing"
    if not re.match(before, beside):
        return f"{before} wanted before it, not {beside}"
    if is_relaxed and rules.before_store:
        if has_own_barrier(access):
            return scan_own_barrier(i, instructions, sources, rules)
        return scan_bulk(access, instructions)
    if is_relaxed:
        return ""
    if is_store(access, sources):
        return ""
    after = instructions[i + 1] if i + 1 < len(instructions) else access
    if access.frames == after.frames and f"({access.operands.split(',')[0]})" in after.operands:
        return ""  # the address, which the compiler has in memory
    for n, wanted in enumerate(rules.after_load, i + 1):
        beside = instructions[n].text if n < len(instructions) else "nothing"
        if not re.match(wanted, beside):
            return f"{wanted} wanted after it, not {beside}"
    return ""


def has_own_barrier(access):
    return access.is_from("/ioview/flush.hpp") or access.is_from("/dma/handover.hpp")


def scan_own_barrier(i, instructions, sources, rules):
    """A relaxed access that has a barrier of its own: before a store, after a load."""
    step = -1 if is_store(instructions[i], sources) else 1
    if step < 0 and rules.before_relaxed:
        step = -2  # behind that
    beside = instructions[i + step] if 0 <= i + step < len(instructions) else instructions[i]
    return "" if BARRIER.match(beside.mnemonic) else f"a barrier wanted, not {beside.text}"


def scan_bulk(access, instructions):
    """A relaxed access is one of many that have the barrier of one around all of them."""
    mmio = [n for n, (file, _) in enumerate(access.frames) if "/backend/mmio.hpp" in file]
    if not mmio:
        return "a relaxed access of its own"
    around = access.frames[mmio[-1] + 1:]
    beside = any(BARRIER.match(i.mnemonic) and i.is_from("/backend/mmio.hpp") and
                 i.frames[-len(around):] == around for i in instructions)
    return "" if beside else "no barrier beside the loop that it is in"


def loop_of(first, last, instructions):
    """Those of the address range that lead to its last one, the branch back: g++ may lay out a part
    of the loop behind what comes after it."""
    within = [i for i in instructions if first <= i.at <= last]
    leads = {last}
    for _ in within:
        before = len(leads)
        for here, behind in zip(reversed(within[:-1]), reversed(within[1:])):
            target = re.search(r"\b([0-9a-f]+) <", here.operands)
            jumps = target and re.match(r"b(?!l)|j|[ct]bn?z", here.mnemonic)
            falls = not re.fullmatch(r"j|b|b\.n|jmp|bra[bwl]?|ret|jr|rts|blr", here.mnemonic)
            if (jumps and int(target[1], 16) in leads) or (falls and behind.at in leads):
                leads.add(here.at)
        if len(leads) == before:
            break
    return [i for i in within if i.at in leads]


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
        if (access.is_from("/backend/relaxed_mmio.hpp") and is_written(access, sources) and
                not has_own_barrier(access)):
            around = [(last - first, first, last) for first, last in loops
                      if first <= access.at <= last]
            if around:
                found.add(min(around)[1:])
    wrong = [f"{b.at:x}: {b.text}: a barrier in the relaxed loop from {first:x} on"
             for first, last in sorted(found) for b in loop_of(first, last, instructions)
             if BARRIER.match(b.mnemonic)]
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
        own = [n for n, (file, _) in enumerate(frames) if file.endswith("/dma/handover.hpp")]
        if own and own[-1] + 1 < len(frames):  # one of them may be made of others
            kind = re.search(r"Fence::(\w+)", sources.line(frames[own[0]]))
            outer = frames[own[-1] + 1]
            if kind:
                places.add((pathlib.Path(outer[0]).name, outer[1], kind[1]))
    wrong = []
    for driver in sorted(drivers):
        kinds = [kind for name, _, kind in places if name == driver]
        counts = {kind: kinds.count(kind) for kind in kinds}
        wanted = HAND_OVERS.get(driver, {})
        if counts != wanted:
            wrong.append(f"{driver}: {counts}, wanted {wanted}")
    return len(places), wrong


def lines_lost(instructions, sources):
    """Of support/image.hpp, those that are said to stay and have no access to memory."""
    files = {f for i in instructions for f, _ in i.frames if f.endswith("/support/image.hpp")}
    if not files:
        return ["nothing of support/image.hpp"]
    kept = {i.frames[0] for i in instructions if re.search(r"[\[(@]", i.operands) and
            i.function.endswith(("_stay_before", "_stay_after"))}
    lost = []
    for file in files:
        lines = sources.all(file)
        for number, line in enumerate(lines, 1):
            if not line.endswith("// stays"):
                continue
            # g++ for the m68k has what is done last at the end of the function
            places = {(file, number), (file, number + (lines[number] == "}"))}
            if not places & kept:
                lost.append(f"{line.strip()}: no access")
    return lost


def scan(image, elf, triple, run, check):
    """All of it: run(command) gives what a tool has printed, check(what, failure) takes the
    outcomes."""
    rules = RULES[image]
    sources = Sources()
    listing = run([triple + "objdump", "-dl", "--inlines", "--no-show-raw-insn", elf])
    everything = disassemble(listing)
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
    check(f"{accesses} accesses singly, plainly, between their barriers", "; ".join(wrong[:5]))
    barriers = tuple(i.text.replace("\t", " ") for i in instructions
                     if i.function == "every_barrier")
    check("each barrier is what it is there",
          "" if barriers == rules.barriers else f"{barriers}, wanted {rules.barriers}")
    lost = lines_lost(everything, sources)
    check("no plain access moves across one of a device", "; ".join(lost))
    if rules.hand_overs:
        count, wrong = scan_hand_overs(everything, sources)
        check(f"{count} hand-overs of memory, each with its barrier", "; ".join(wrong))
    if rules.relaxed_loops:
        count, wrong = scan_relaxed_loops(everything, sources, rules)
        check(f"no barrier in the {count} relaxed loops", "; ".join(wrong[:5]))
    text = run([triple + "objdump", "-h", elf])
    sections = [name for name in ("init_array", "ctors", "eh_frame", "tbss") if "." + name in text]
    names = run([triple + "nm", "-C", elf])
    dynamic = re.findall(r"(__cxa_\w+|operator new.*|malloc|_Unwind_\w+)", names)
    check("no exceptions, heap or initialisation at run time", ", ".join(sections + dynamic))
