# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs iov as people do, on a tree like sysfs and on saved files:  run.py IOV CASE

With --write instead of a case, the outputs that docs/iov.md quotes are written anew."""
import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from xml.etree import ElementTree

import machine

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SKIP = 77
CASES = {}


def case(function):
    CASES[function.__name__] = function
    return function


class Iov:
    def __init__(self, program, work):
        self.program = str(pathlib.Path(program).resolve())
        self.work = pathlib.Path(work)
        self.sys = machine.write_tree(self.work / "sys")

    def device(self, address):
        return self.sys / "bus/pci/devices" / address

    def __call__(self, *arguments, code=0, env=None, sysfs=None, **more):
        """Runs it, asks for that exit code, and gives (standard output, standard error)."""
        command = [self.program, "--sysfs", str(sysfs or self.sys), *map(str, arguments)]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", **(env or {})}
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=self.work,
                              stdin=more.pop("stdin", subprocess.DEVNULL), env=environment, **more)
        said = f"{' '.join(command)}\n{done.stdout}{done.stderr}exit code {done.returncode}"
        assert done.returncode == code, f"{said}, not {code}"
        assert "\x1b" not in done.stdout, f"colours, and no terminal: {said}"
        return done.stdout, done.stderr

    def json(self, *arguments, code=0):
        return json.loads(self(*arguments, "--json", code=code)[0])


def same(ours, theirs, what):
    assert ours == theirs, f"{what}:\n-- iov\n{ours}\n-- expected\n{theirs}"


def lspci(*arguments):
    if shutil.which("lspci") is None:
        return None
    done = subprocess.run(["lspci", *map(str, arguments)], capture_output=True, text=True,
                          env={"PATH": os.environ["PATH"], "LC_ALL": "C"})
    return done.stdout if done.returncode == 0 else None


# What docs/iov.md quotes: a file of expected/, and the command that prints it.
QUOTED = {
    "list": ["list"],
    "show": ["show", "00:03.0"],
    "fields": ["show", "00:05.0", "--fields"],
    "dump": ["dump", "00:04.0/bar0"],
    "maps": ["maps"],
    "read": ["read", "00:04.0/bar0@Status"],
    "trace": ["trace", str(HERE / "edu.log"), "--map", "edu"],
    "watch": ["watch", "00:04.0/bar0@Status", "--count", "3"],
    "update": ["update", "00:04.0/bar0@Config", "enable=0", "--dry-run"],
}


@case
def quoted(iov):
    for name, arguments in QUOTED.items():
        out, _ = iov(*arguments)
        if name == "watch": # whose last line is of this machine
            out = re.sub(r"in \d+\.\d+ s, \d+\.\d a", "in 1.000 s, 2.0 a", out)
        same(out, (HERE / "expected" / f"{name}.txt").read_text(), " ".join(arguments))


def write(iov):
    for name, arguments in QUOTED.items():
        (HERE / "expected").mkdir(exist_ok=True)
        out = re.sub(r"in \d+\.\d+ s, \d+\.\d a", "in 1.000 s, 2.0 a", iov(*arguments)[0])
        (HERE / "expected" / f"{name}.txt").write_text(out)


@case
def list_(iov):
    dump = iov.work / "all.txt"
    dump.write_text(machine.text_dump(machine.functions()))
    for ours, theirs in (([], ["-n"]), (["--names"], ["-nn"])):
        expected = lspci("-F", dump, *theirs)
        if expected is None:
            print("no lspci to compare with")
            break
        same(iov("list", *ours)[0], expected, f"lspci {theirs}")
        live = lspci(*theirs)
        if live:
            same(iov("list", *ours, sysfs="/sys")[0], live, f"lspci {theirs} of this machine")
    all_of_it = iov.json("list")
    assert [f["address"] for f in all_of_it] == [f.address for f in machine.functions()]
    net = all_of_it[0]
    same((net["vendor"], net["device"], net["class"], net["revision"], net["driver"],
          net["iommu_group"]), ("0x8086", "0x1572", "0x0200", "0x02", "i40e", "7"), "list --json")
    assert all_of_it[1]["driver"] is None
    # a segment that is not 0 is printed for all
    shutil.copytree(iov.device("0000:01:00.0"), iov.device("0001:01:00.0"))
    out, _ = iov("list")
    assert out.startswith("0000:00:03.0 ") and "\n0001:01:00.0 0101: 8086:7010\n" in out, out
    # one that cannot be read does not hide the others
    (iov.device("0001:01:00.0") / "config").write_bytes(b"short")
    out, errors = iov("list", code=3)
    assert len(out.splitlines()) == 5 and "0001:01:00.0/config: shorter" in errors, errors
    # a virtual function has its ids from the kernel
    (iov.device("0000:01:00.0") / "config").write_bytes(b"\xff" * 4 + bytes(252))
    (iov.device("0000:01:00.0") / "vendor").write_text("0x8086\n")
    (iov.device("0000:01:00.0") / "device").write_text("0x154c\n")
    (iov.device("0000:01:00.0") / "class").write_text("0x020000\n")
    virtual = iov.json("list", code=3)[4]
    same((virtual["vendor"], virtual["device"], virtual["class"]), ("0x8086", "0x154c", "0x0200"),
         "a virtual function")
    shutil.rmtree(iov.sys)
    _, errors = iov("list", code=3)
    assert "no PCI" in errors, errors


def said_by_lspci(*arguments):
    """Its lines, without the names of the database in the first, and what is zero there."""
    text = lspci(*arguments)
    if text is None:
        return None
    first, rest = text.split("\n", 1)
    first = re.sub(r" \[[^\]]*\]| \(prog-if 00( \[[^\]]*\])?\)", "", first)
    return [first, *rest.splitlines()]


def agrees(ours, theirs):
    """A line of ours is the line of lspci, or what it begins with."""
    return theirs.startswith(ours) and (len(ours) == len(theirs) or theirs[len(ours)] in " ,:")


@case
def show(iov):
    dump = iov.work / "all.txt"
    dump.write_text(machine.text_dump(machine.functions()))
    for f in machine.functions():
        text, errors = iov("show", "--file", dump, f.address)
        assert errors == "", errors
        expected = said_by_lspci("-F", dump, "-D", "-n", "-vv", "-s", f.address)
        if expected is None:
            print("no lspci to compare with")
            break
        lines = iter(expected)
        for line in text.splitlines():
            assert any(agrees(line, other) for other in lines), f"not in lspci: {line}\n{expected}"
    for address in [] if lspci("-n") is None else sorted(os.listdir("/sys/bus/pci/devices")):
        lines = iter(said_by_lspci("-D", "-n", "-vv", "-s", address))
        for line in iov("show", address, sysfs="/sys")[0].splitlines():
            assert any(agrees(line, other) for other in lines), f"{address}: not in lspci: {line}"

    assert "\tSubsystem: 1af4:1c01\n" in iov("show", "00:1c.0")[0], "a bridge's is in a capability"

    # the same function live, as its bytes, and as text
    live, _ = iov("show", "00:03.0")
    without_sizes = re.sub(r" \[size=\w+\]|\tKernel driver in use: i40e\n", "", live)
    assert without_sizes.count("\n") == live.count("\n") - 1
    same(iov("show", "--file", iov.device("0000:00:03.0") / "config", "00:03.0")[0], without_sizes,
         "of its bytes")
    same(iov("show", "--file", dump, "00:03.0")[0], without_sizes, "of the text of lspci")
    assert "[size=8M]" in live and "\t\tUESta:\tDLP- SDES- TLP- FCP- CmpltTO+" in live, live
    whole, _ = iov("show", "--file", dump)
    assert whole.count("Control:") == 5 and "\n\n0000:01:00.0 0101" in whole

    fields, _ = iov("show", "00:03.0", "--fields")
    assert re.search(r"^0x0004 command +0x0506 \{.*bus_master: 1, memory_space: 1", fields, re.M)
    assert re.search(r"^0x0104 aer.uncorrectable_status +0x00104000 \{.*unsupported_request: 1",
                     fields, re.M), fields
    made = iov.json("show", "00:03.0")
    names = {r["name"]: r for r in made["registers"]}
    same(names["msix.control"]["fields"],
         {"enable": "1", "function_mask": "0", "last_vector": "128"}, "msix.control")
    same(made["bars"][0], {"bar": 0, "address": "0x00000040fe000000", "size": 0x800000}, "bars")
    assert len(iov.json("show", "--file", dump)) == 5

    # what is saved or may be read of it is what is shown
    (iov.work / "short.txt").write_text(machine.text_dump([machine.network()], 64))
    out, errors = iov("show", "--file", "short.txt")
    assert "Region 0:" in out and "not saved" in errors, errors
    (iov.device("0000:00:03.0") / "config").write_bytes(bytes(machine.network().config[:256]))
    assert "[a0] Express" in iov("show", "00:03.0")[0]
    (iov.device("0000:00:03.0") / "config").write_bytes(b"\xff" * 256)
    assert "nothing answers" in iov("show", "00:03.0", code=3)[1]
    looped = machine.network()
    (iov.work / "looped").write_bytes(looped.put(looped.last, 0x40, 1).config)
    assert "broken: invalid_argument" in iov("show", "--file", "looped")[1]
    (iov.work / "none").write_text("no dump of anything\n")
    assert "neither 64" in iov("show", "--file", "none", code=3)[1]
    assert "is not in it" in iov("show", "--file", dump, "00:09.0", code=3)[1]
    assert "no such function" in iov("show", "00:09.0", code=3)[1]
    assert "no address" in iov("show", "00:03", code=2)[1]
    assert "which FUNCTION" in iov("show", code=2)[1]


@case
def dump(iov):
    text, _ = iov("dump", "00:04.0/bar0")
    assert "\n0x0014 Config          0x00460001 {completion_size: 4," in text, text
    # a name of the map, and what the device says that it is, are the same; of a file, too
    same(iov("dump", "0000:00:04.0/bar0", "--map", "nvme")[0], text, "--map nvme")
    bar = iov.device("0000:00:04.0") / "resource0"
    same(iov("dump", bar, "--map", "nvme")[0], text, "of a file")
    same(iov("dump", "00:03.0")[0], iov("show", "00:03.0", "--fields")[0], "of configuration space")
    same(iov("dump", iov.device("0000:00:03.0") / "config")[0], iov("dump", "00:03.0/config")[0],
         "of a saved configuration space")

    # an earlier one, and what differs
    (iov.work / "old.json").write_text(iov("dump", "00:04.0/bar0", "--json")[0])
    same(iov("dump", "00:04.0/bar0", "--diff", "old.json"), ("", ""), "nothing differs")
    contents = bytearray(machine.nvme().contents[0])
    contents[0x1C] = 2
    contents[0x24] = 7
    bar.write_bytes(contents)
    same(iov("dump", "00:04.0/bar0", "--diff", "old.json", code=1)[0],
         "Status.fatal: 0 -> 1\nStatus.ready: 1 -> 0\nAdminSizes.submission: 3 -> 7\n", "--diff")
    differences = iov.json("dump", "00:04.0/bar0", "--diff", "old.json", code=1)
    same((differences[1]["name"], differences[1]["before"], differences[1]["after"]),
         ("AdminSizes", "0x00030003", "0x00030007"), "--diff --json")
    for bad in ("{", "[]", '{"registers": [{}]}',
                '{"registers": [{"name": "a", "offset": "x", "value": "1"}]}'):
        (iov.work / "bad.json").write_text(bad)
        assert "no JSON" in (errors := iov("dump", "00:04.0/bar0", "--diff", "bad.json",
                                           code=3)[1]) or "no dump" in errors, errors

    # what reading would change is read when it is named, and only then; what is past the end is not
    (iov.work / "uart").write_bytes(bytes([0x41, 0x0F] + [0] * 0x3E))
    text, _ = iov("dump", "uart", "--map", "pl011")
    assert re.search(r"^0x0000 Dr +not read, reading it has an effect$", text, re.M), text
    assert re.search(r"^0x0004 Ecr +not read, it is write-only$", text, re.M), text
    assert re.search(r"^0x0044 Icr +not read, it is write-only$", text, re.M), text
    assert re.search(r"^0x0048 Dmacr +uart: 4 bytes at 0x48 are past its end", text, re.M), text
    text, _ = iov("dump", "uart", "--map", "pl011", "--with", "Dr")
    assert re.search(r"^0x0000 Dr +0x00000f41 {oe: 1, be: 1, pe: 1, fe: 1, data: 65}$", text, re.M)
    made = iov.json("dump", "uart", "--map", "pl011")
    assert made["registers"][0] == {"name": "Dr", "offset": "0x0000", "width": 32, "value": None,
                                    "why": "not read, reading it has an effect"}, made
    # a register of another name in the place of one that acts
    text, _ = iov("dump", "uart", "--map", "ns16550")
    assert re.search(r"^0x0000 Dll not read, reading what is there has an effect$", text, re.M), text

    for arguments, code, words in (
        (["00:03.0/bar0"], 2, "Say --map"),
        (["00:04.0/bar1"], 3, "no such BAR"),
        (["00:04.0/bar6"], 2, "/bar0 to /bar5"),
        (["01:00.0/bar4"], 2, "Say --map"),
        (["00:09.0/bar0"], 3, "no such function"),
        (["nowhere"], 3, "there is no such file"),
        (["uart"], 0, ""),
        ([bar], 2, "Say --map: edu, nvme"),
        ([bar, "--map", "vga"], 2, "no such map"),
        (["00:04.0", "--map", "nvme"], 2, "--map is for BARs and files"),
        (["00:04.0/bar0", "--with", "Dr"], 2, "has no such register"),
    ):
        _, errors = iov("dump", *arguments, code=code)
        assert words in errors, errors
    # reading is no reason to keep a driver's device from anybody
    (iov.device("0000:00:04.0") / "driver").symlink_to("../../drivers/nvme")
    iov("dump", "00:04.0/bar0")
    (iov.device("0000:00:04.0") / "config").write_bytes(machine.nvme().put(4, 4, 2).config)
    assert "memory_space=1` turns it on" in iov("dump", "00:04.0/bar0", code=3)[1]
    (iov.device("0000:00:04.0") / "config").write_bytes(machine.nvme().put(4, 5, 2).config)
    assert "memory_space=1` turns it on" in iov("dump", "00:04.0/bar0", code=3)[1]
    (iov.device("0000:01:00.0") / "config").write_bytes(machine.disk().put(4, 6, 2).config)
    assert "io_space=1` turns it on" in iov("read", "01:00.0/bar4@0", code=3)[1]
    bar.write_bytes(b"short")
    (iov.device("0000:00:04.0") / "config").write_bytes(machine.nvme().config)
    assert "shorter than the BAR" in iov("dump", "00:04.0/bar0", code=3)[1]
    all_maps = {each["name"]: each for each in iov.json("maps")}
    assert all_maps["nvme"]["registers"] == 8, all_maps
    for name, one in all_maps.items():
        root = ElementTree.fromstring(iov("maps", "--to-svd", name)[0].encode())
        registers = sum(int(r.findtext("dim") or 1) for r in root.findall(".//register"))
        assert registers == one["registers"], (name, registers)
        assert root.findtext("name") == name
    assert "none: no such map" in iov("maps", "--to-svd", "none", code=2)[1]


@case
def trace(iov):
    (iov.work / "log").write_text("uart: read32 0x18 Flags -> 0x90\nuart: write32 0x0 <- 0x41\n"
                                  "disk: dma_wmb\ndisk: write32 0x1000 <- 0x1\nthe end\n")
    maps = ["--map", "uart=pl011", "--map", "disk=nvme"]
    out, _ = iov("trace", "log", *maps)
    lines = out.splitlines()
    assert lines[0].startswith("uart: read32 0x18 Fr -> 0x00000090 {ri: 0, txfe: 1,"), out
    same(lines[1:], ["uart: write32 0x0 Dr <- 0x00000041 {oe: 0, be: 0, pe: 0, fe: 0, data: 65}",
                     "disk: dma_wmb", "disk: write32 0x1000 SubmissionTail <- 0x00000001 {tail: 1}",
                     "the end"], "trace")
    with open(iov.work / "log", encoding="ascii") as log:
        same(iov("trace", "-", *maps, stdin=log)[0], out, "of the standard input")
    made = iov.json("trace", "log", *maps)
    same(made[0]["fields"]["txfe"], "1", "trace --json")
    same(made[2], {"space": "disk", "op": "fence", "fence": "dma_wmb"}, "trace --json")
    same(made[4], {"text": "the end"}, "trace --json")
    assert "no such map" in iov("trace", "log", "--map", "vga", code=2)[1]
    assert "no such file" in iov("trace", "nowhere", code=3)[1]


@case
def watch(iov):
    bar = iov.device("0000:00:04.0") / "resource0"
    out, _ = iov("watch", "00:04.0/bar0@Status", "--count", "3", "--every", "1")
    lines = out.splitlines()
    same(lines[0], "00:04.0/bar0@Status: a look every 1 ms", "watch")
    same(lines[1], "    0.000 s  Status 0x00000001 {fatal: 0, ready: 1}", "watch")
    assert re.fullmatch(r"3 looks in 0\.\d{3} s, \d+\.\d a second; 0 changes", lines[2]), out

    # a change is seen while it runs; a signal ends it with a summary
    command = [iov.program, "--sysfs", str(iov.sys), "watch", "00:04.0/bar0", "--every", "5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout:
            if "AdminCompletion" in line:
                break
        with open(bar, "r+b") as file:
            file.seek(0x1C)
            file.write(b"\x02")
        same(running.stdout.readline().split(" s  ")[1],
             "Status fatal: 0 -> 1, ready: 1 -> 0\n", "a change")
        running.send_signal(2)
        assert re.match(r"\d+ looks in .* a second; 1 change$", running.stdout.read())
    assert running.returncode == 0

    out, _ = iov("watch", "00:04.0@command", "--count", "2", "--every", "0", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    same((lines[0]["register"], lines[0]["value"], lines[-1]["looks"]), ("command", "0x0006", 2),
         "watch --json")
    # a device that is pulled out while it is watched (here its file loses its pages) ends it
    command[-1] = "1"
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True) as running:
        running.stdout.readline()
        running.stdout.readline()
        os.truncate(bar, 0)
        _, errors = running.communicate(timeout=60)
        same((running.returncode, errors), (3, "iov: 0000:00:04.0/bar0: the device has gone\n"),
             "a device that has gone")
    bar.write_bytes(machine.nvme().contents[0])
    assert "write-only" in iov("watch", "00:04.0/bar0@SubmissionTail", code=2)[1]
    assert "misaligned" in iov("watch", "00:04.0@3", code=2)[1]


@case
def colours(iov):
    """At a terminal, what changed is highlighted, unless NO_COLOR or TERM says not to."""
    log = b""
    for environment, has_any in (({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False),
                                 ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({}, False)):
        bar = iov.device("0000:00:04.0") / "resource0"
        bar.write_bytes(machine.nvme().contents[0])
        ours, theirs = pty.openpty()
        command = [iov.program, "--sysfs", str(iov.sys), "watch", "00:04.0/bar0@Status",
                   "--every", "5"]
        with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL,
                              env={"PATH": os.environ["PATH"], **environment}) as running:
            log = b""
            while b"ready: 1}" not in log:
                log += os.read(ours, 1024)
            with open(bar, "r+b") as file:
                file.seek(0x1C)
                file.write(b"\x02")
            while b"ready: 1 -> 0" not in log:
                log += os.read(ours, 1024)
            running.send_signal(15)
            running.wait(timeout=60)
        os.close(ours)
        os.close(theirs)
        assert (b"\x1b[" in log) == has_any, (environment, log)


def answered(iov, answer, *arguments, code, meanwhile=lambda: None):
    """Runs it at a terminal where somebody answers; what is done meanwhile, is before the answer."""
    ours, theirs = pty.openpty()
    command = [iov.program, "--sysfs", str(iov.sys), *map(str, arguments)]
    with subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, text=True,
                          cwd=iov.work) as running:
        said = b""
        while b"[y/N]" not in said:
            said += os.read(ours, 1024)
        meanwhile()
        os.write(ours, answer)
        out = running.communicate(timeout=60)[0]
    os.close(theirs)
    os.close(ours)
    assert running.returncode == code, f"{command} {answer}: {out}{said}, {running.returncode}"
    return out


@case
def access(iov):
    bar = iov.device("0000:00:04.0") / "resource0"
    config = iov.device("0000:00:04.0") / "config"

    def word(path, offset, size=4):
        return int.from_bytes(path.read_bytes()[offset : offset + size], "little")

    # reads, by name and by offset, of each width
    same(iov("read", "00:04.0/bar0@Status")[0], "0x00000001 Status {fatal: 0, ready: 1}\n", "read")
    same(iov("read", "00:04.0/bar0@0x1c")[0], iov("read", "00:04.0/bar0@Status")[0], "by offset")
    for width, value in ((8, "0xff"), (16, "0x07ff"), (32, "0x0f0107ff")):
        same(iov("read", "00:04.0/bar0@0", "--width", width)[0], f"{value}\n", f"{width} bits")
    assert iov("read", "00:04.0/bar0@0")[0].startswith("0x004018200f0107ff Capabilities {")
    same(iov("read", "00:04.0@0", "--width", "32")[0], "0x00101b36\n", "configuration space")
    made = iov.json("read", "00:04.0/bar0@Version")
    same(made, {"source": "0000:00:04.0/bar0", "offset": "0x0008", "width": 32,
                "register": "Version", "value": "0x00010400",
                "fields": {"major": "1", "minor": "4", "tertiary": "0"}}, "--json")

    # ports
    same(iov("read", "01:00.0/bar4@2", "--width", "16")[0], "0xbeef\n", "of ports")
    iov("write", "01:00.0/bar4@4", "0x12345678", "--yes")
    assert word(iov.device("0000:01:00.0") / "resource4", 4) == 0x12345678
    assert "8, 16 and 32" in iov("read", "01:00.0/bar4@8", "--width", "64", code=2)[1]
    assert "past its end" in iov("read", "01:00.0/bar4@16", code=2)[1]

    # what cannot be read, and what is not
    (iov.work / "uart").write_bytes(bytes(range(64)))
    for location, more, words in (
        ("00:04.0/bar0@0x1002", [], "misaligned"),
        ("00:04.0/bar0@0x4000", [], "past its end"),
        ("00:04.0/bar0@0x3ffe", ["--width", "32"], "past its end"),
        ("00:04.0/bar0@0xffffffffffffffff", ["--width", "8"], "past its end"),
        ("00:04.0@0", ["--width", "64"], "8, 16 and 32"),
        ("00:04.0/bar0@0", ["--width", "24"], "no access of 24 bits"),
        ("00:04.0/bar0@0", ["--width", "12"], "12 is no width"),
        ("00:04.0/bar0@0", ["--width", "0"], "no access of 0 bits"),
        ("00:04.0/bar0@Nothing", [], "no register of nvme, which has Capabilities, Version"),
        ("00:04.0/bar0@Version", ["--width", "16"], "a register of 32 bits"),
        ("00:04.0/bar0@SubmissionTail", [], "write-only"),
        ("00:04.0/bar0", [], "no location"),
        ("@0", [], "no location"),
        ("uart@0", ["--map", "pl011"], "name it, if you mean that: @Dr"),
        ("uart@1", ["--map", "pl011", "--width", "8"], "name it"),
    ):
        assert words in (errors := iov("read", location, *more, code=2)[1]), errors
    same(iov("read", "uart@Dr", "--map", "pl011")[0],
         "0x03020100 Dr {oe: 0, be: 0, pe: 0, fe: 1, data: 0}\n", "what is named is meant")

    # a write says what it does, and does it when it is told yes
    before = bar.read_bytes()
    out, errors = iov("write", "00:04.0/bar0@Config", "0x00460000", code=5)
    same(out, "0000:00:04.0/bar0@0x14 Config: write32 0x00460000\n  enable: 1 -> 0\n", "write")
    assert "no terminal to ask at; --yes" in errors, errors
    iov("write", "00:04.0/bar0@Config", "0", "--dry-run")
    for answer in (b"n\n", b"\n", b"yeah\n", b"\x04"):
        answered(iov, answer, "write", "00:04.0/bar0@Config", "0", code=5)
    assert bar.read_bytes() == before
    answered(iov, b"y\n", "write", "00:04.0/bar0@Config", "0x12345678", code=0)
    assert word(bar, 0x14) == 0x12345678
    answered(iov, b"yes\n", "update", "00:04.0/bar0@Config", "enable=1", code=0)
    assert word(bar, 0x14) == 0x12345679
    answered(iov, b"y\n", "update", "00:04.0/bar0@Config", "enable=0", code=5,
             meanwhile=lambda: bar.write_bytes(before))
    assert bar.read_bytes() == before

    # each width, and nothing beside it
    for offset, width, value in ((0x101, 8, 0xA5), (0x102, 16, 0xBEEF), (0x104, 32, 0xDEADBEEF),
                                 (0x108, 64, 0x0123456789ABCDEF)):
        iov("write", f"00:04.0/bar0@{offset}", value, "--width", width, "--yes")
        assert word(bar, offset, width // 8) == value
    after = bytearray(before)
    after[0x101:0x110] = bar.read_bytes()[0x101:0x110]
    assert bar.read_bytes() == bytes(after)

    # updates, by field and by mask; bits that act when they are written stay harmless
    out, _ = iov("update", "00:05.0/bar0@Command", "direction=to_memory", "run=1", "--yes")
    same(out, "0000:00:05.0/bar0@0x98 Command: write32 0x00000003\n"
              "  direction: to_device -> to_memory\n  run: 0 -> 1\n", "update")
    iov("update", "00:05.0/bar0@0x98", "4", "--mask", "6", "--yes")
    assert word(iov.device("0000:00:05.0") / "resource0", 0x98) == 5
    net = iov.device("0000:00:03.0") / "config"
    out, _ = iov("update", "00:03.0@status", "received_master_abort=1", "--yes")
    assert "received_master_abort: 1 is written, which clears it\n" in out, out
    assert "target_abort" not in out, out
    assert word(net, 6, 2) == 0x2210, hex(word(net, 6, 2))
    made = iov.json("update", "00:04.0@command", "memory_space=0", "--yes")
    same((made["before"], made["value"], made["written"]), ("0x0006", "0x0004", True), "--json")
    assert word(config, 4, 2) == 4
    iov("write", "00:04.0@command", "6", "--yes")
    iov("write", "uart@0x20", "0x11", "--width", "8", "--yes")
    assert (iov.work / "uart").read_bytes()[0x1F:0x22] == bytes([0x1F, 0x11, 0x21])

    (iov.work / "text").write_text(machine.text_dump([machine.network()]))
    for arguments, code, words in (
        (["write", "00:04.0/bar0@Status", "1"], 2, "Status is read only"),
        (["write", "00:04.0/bar0@Config", "0x100000000"], 2, "does not fit 32 bits"),
        (["write", "00:04.0/bar0@Config", "one"], 2, "no number"),
        (["update", "00:04.0/bar0@SubmissionTail", "tail=1"], 2, "it is write-only"),
        (["update", "00:04.0/bar0@Config", "enable=2"], 2, "takes 0 to 0x1"),
        (["update", "00:04.0/bar0@Config", "nothing=2"], 2, "it has completion_size"),
        (["update", "00:04.0/bar0@0x100", "a=2"], 2, "no register is known there"),
        (["update", "00:04.0/bar0@Config", "2", "--mask", "1"], 2, "--mask is for one number"),
        (["update", "00:05.0/bar0@Status", "computing=1"], 2, "Status.computing is read only"),
        (["update", "uart@Dr", "data=1", "--map", "pl011"], 2, "reading it has an effect"),
        (["write", "00:03.0/bar0@0", "1"], 4, "the driver i40e has it"),
        (["write", "text@0", "1"], 2, "a text of lspci"),
    ):
        assert words in (errors := iov(*arguments, "--yes", code=code)[1]), errors
    iov("write", "00:03.0/bar0@0", "1", "--yes", "--shared")
    assert word(iov.device("0000:00:03.0") / "resource0", 0) == 1


@case
def permissions(iov):
    """What an ordinary user is told; as root, by becoming nobody."""
    if os.getuid() != 0:
        print("needs root, to become nobody")
        return SKIP
    copy = iov.work / "iov"
    shutil.copy(iov.program, copy)
    copy.chmod(0o755)
    iov.work.chmod(0o755)
    (iov.device("0000:00:03.0") / "config").chmod(0)
    iov.program = str(copy)
    _, errors = iov("show", "00:03.0", code=4, user=65534)
    assert "may not open it; run iov as root" in errors, errors
    (iov.device("0000:00:04.0") / "config").chmod(0o644)
    _, errors = iov("write", "00:04.0@command", "0", "--yes", code=4, user=65534)
    assert "configuration space may not be written: run iov as root" in errors, errors
    (iov.device("0000:00:04.0") / "resource0").chmod(0o600)
    _, errors = iov("dump", "00:04.0/bar0", code=4, user=65534)
    assert "resource0: this user may not open it; run iov as root" in errors, errors
    if os.path.exists("/sys/bus/pci/devices") and os.listdir("/sys/bus/pci/devices"):
        address = sorted(os.listdir("/sys/bus/pci/devices"))[-1]
        _, errors = iov("show", address, sysfs="/sys", user=65534)
        assert errors == "" or "CAP_SYS_ADMIN" in errors, errors
        _, errors = iov("read", f"{address}@0x40", sysfs="/sys", user=65534, code=4)
        assert "without CAP_SYS_ADMIN the kernel gives the first 64 bytes only" in errors, errors
    return 0


@case
def command_line(iov):
    out, _ = iov("--help")
    assert "Exit codes: 0 done" in out
    for name in re.findall(r"^  ([a-z]+) ", out.split("Subcommands:")[1], re.M):
        out, _ = iov(name, "--help")
        assert "Usage: iov " + name in out, out
    version = ".".join(re.findall(r"#define IOVIEW_VERSION_\w+ (\d+)",
                                  (ROOT / "include/ioview/version.hpp").read_text()))
    assert iov("--version")[0] == f"iov {version}\n", version
    iov(code=2)
    iov("nothing", code=2)
    iov("list", "--nothing", code=2)
    # a full disk is no success
    with open("/dev/full", "w", encoding="ascii") as full:
        command = [iov.program, "--sysfs", str(iov.sys), "list"]
        assert subprocess.run(command, stdout=full, stderr=subprocess.DEVNULL).returncode == 3


@case
def manual(iov):
    """The manual is sound and has each command, option and exit code."""
    page = (ROOT / "tools/iov/iov.1").read_text()
    if shutil.which("mandoc"):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", ROOT / "tools/iov/iov.1"],
                              capture_output=True, text=True)
        assert done.stdout == "" and done.returncode == 0, done.stdout
    plain = page.replace("\\-", "-")
    helps = [iov("--help")[0]]
    for name in re.findall(r"^  ([a-z]+) ", helps[0].split("Subcommands:")[1], re.M):
        assert re.search(rf"^\.(Nm|Cm|Ss|It Cm).* {name}\b", plain, re.M), f"{name}: not in iov.1"
        helps.append(iov(name, "--help")[0])
    for option in sorted(set(re.findall(r"--([a-z-]+)", "".join(helps)))):
        assert re.search(rf"Fl Fl?-?{option}\b|Fl -{option}\b", plain), f"--{option}: not in iov.1"


BASH = ROOT / "tools/iov/completion/iov.bash"
ZSH = ROOT / "tools/iov/completion/_iov"


def options_of_help(iov, *command):
    """Of a command, with those that all have."""
    text = iov("--help")[0] + iov(*command, "--help")[0]
    options = set(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", text, re.M))
    return options - {"--version"} if command else options


def commands_of_help(iov):
    return re.findall(r"^  ([a-z]+) ", iov("--help")[0].split("Subcommands:")[1], re.M)


@case
def completion(iov):
    """The words that bash offers."""
    script = r'''
        source "$1"; shift
        COMP_WORDS=("$@"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
        _iov; printf '%s\n' "${COMPREPLY[@]}"'''

    def offered(*words):
        done = subprocess.run(["bash", "-c", script, "bash", str(BASH), "iov", *words],
                              capture_output=True, text=True, cwd=iov.work,
                              env={"PATH": os.environ["PATH"]})
        assert done.returncode == 0 and done.stderr == "", done.stderr
        return done.stdout.split()

    check_offers(iov, offered)
    same(set(offered("")) - {w for w in offered("") if w[0] == "-"}, set(commands_of_help(iov)),
         "commands")
    assert "--mask" not in offered("write", "--")


@case
def completion_of_zsh(iov):
    """Its words, by what is written there; where there is a zsh, those that it offers, too."""
    text = re.sub(r"\[[^\]\n]*\]'?", " ", ZSH.read_text())  # without descriptions
    arrays = dict(re.findall(r"^    (\w+)=\(\n?(.*?)\)\n", text, re.M | re.S))
    same(set(re.findall(r"'(\w+):", arrays["commands"])), set(commands_of_help(iov)), "commands")
    branches = dict(re.findall(r"^    ([a-z]+|'')\)\n +arguments=\((.*?)\)\n +;;", text,
                               re.M | re.S))
    for command in ["''", *commands_of_help(iov)]:
        words = re.sub(r"\$(\w+)", lambda array: arrays[array[1]], branches[command])
        same(set(re.findall(r"--[a-z-]+", words)),
             options_of_help(iov, *[command] if command != "''" else []), f"options of {command}")

    if shutil.which("zsh") is None:
        print("no zsh to try it with")
        return

    def offered(*words):
        environment = {**os.environ, "TMPDIR": str(iov.work),
                       "PATH": f"{pathlib.Path(iov.program).parent}:{os.environ['PATH']}"}
        done = subprocess.run(["zsh", "-f", HERE / "completion.zsh", ZSH.parent,
                               " ".join(["iov", *words])],
                              capture_output=True, text=True, cwd=iov.work, env=environment,
                              timeout=60)
        assert done.returncode == 0 and done.stderr == "", done.stderr
        return done.stdout.split()

    subprocess.run(["zsh", "-n", ZSH], check=True)
    check_offers(iov, offered)
    assert offered("dump", "--map", "pl") == ["pl011", "pl031"]


def check_offers(iov, offered):
    for command in commands_of_help(iov):
        same(set(offered(command, "--")), options_of_help(iov, command), f"options of {command}")
    same(set(offered("--")), options_of_help(iov), "options")
    assert offered("l") == ["list"], offered("l")
    assert offered("--sysfs", str(iov.sys), "show", "0000:00:1") == ["0000:00:1c.0"]
    same(offered("--sysfs", str(iov.sys), "dump", "0000:00:04"),
         ["0000:00:04.0/config", "0000:00:04.0/bar0"], "spaces")
    same(sorted(offered("update", "00:04.0/bar0@Config", "--m")), ["--map", "--mask"], "options")
    (iov.work / "saved.txt").write_text("")
    assert offered("show", "--file", "saved") == ["saved.txt"]


def main():
    program, name = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="ioview-iov-") as work:
        iov = Iov(program, work)
        if name == "--write":
            write(iov)
            return 0
        return CASES[name](iov) or 0


if __name__ == "__main__":
    sys.exit(main())
