#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Boots Debian's kernel in QEMU with one static program as init for each guest, and judges it.

    tests/guests/run.py [--build DIR] [--only GUEST]…

The kernel is downloaded and unpacked, not installed; kernel modules that a guest asks for are
loaded by its program. A guest says one line a check, as the boards do (tests/hardware/run.py), and
ends with a status; one that hangs is ended after a while, and the check it was in is named. Ends
with `N passed, M failed`.
"""
import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests/hardware"))
from emulated import FIRST_SEED, HALF, Failure, half, judge_disk, listen, run  # noqa: E402

TIME_LIMIT = 150  # seconds, for one guest; the longest takes 40 on two busy cores
PASSED = 33      # QEMU's status when the program gives 16 to isa-debug-exit

FLAGS = """-std=c++20 -O2 -g0 -static -pthread -Wall -Wextra -Wpedantic -Wconversion -Wshadow
    -Wvolatile -Werror""".split()
QEMU = """qemu-system-x86_64 -accel tcg -cpu qemu64 -m 256 -nodefaults -display none
    -serial stdio -monitor none -no-reboot -device isa-debug-exit,iobase=0xf4,iosize=4""".split()
# loglevel: lines of the kernel's own, of an IOMMU that blocks for one, would be within the guest's;
# no_timer_check: on a busy machine its timer seems not to work
APPEND = "console=ttyS0 loglevel=3 panic=-1 tsc=unstable no_timer_check"
PLAIN = ["-M", "q35"]


@dataclasses.dataclass
class Guest:
    name: str            # <name>.cpp
    least: int           # checks
    machine: list = dataclasses.field(default_factory=lambda: PLAIN)
    devices: list = dataclasses.field(default_factory=list)
    modules: tuple = ()  # what they depend on comes by itself
    append: str = ""     # to the kernel's command line
    blocked: str = ""    # what QEMU's IOMMU has to say that it blocked
    writes: bool = True  # the second half of its disk, if it has one
    disk_bytes: int = 6 << 20  # as hardware/checks/nvme.hpp has it
    programs: tuple = ()  # of this machine, with the libraries that they need; iov is built


# functions of every kind that iov prints more of: bridges, both kinds of BAR, MSI, MSI-X, PCI
# Express with advanced error reporting
SEVERAL = [*"""-device edu,addr=4 -device nvme-subsys,id=s0 -device nvme,serial=ioview,subsys=s0
    -device pcie-root-port,id=root0,chassis=1 -device e1000e,bus=root0
    -device pcie-root-port,id=root1,chassis=2 -device pcie-pci-bridge,id=bridge,bus=root1
    -device rtl8139,bus=bridge,addr=1 -device virtio-rng-pci -device qemu-xhci""".split()]
# what device and memory are between
IOMMU = ["-M", "q35,kernel-irqchip=off", "-device", "intel-iommu"]
EDU = ["-device", "edu"]
NVME = ["-drive", "file={disk},format=raw,if=none,id=d0", "-device", "nvme,serial=ioview,drive=d0"]
# of which a driver has to say that it knows of an IOMMU
MODERN = "disable-legacy=on,iommu_platform=on"
VIRTIO = ["-device", f"virtio-rng-pci,{MODERN}", "-drive", "file={disk},format=raw,if=none,id=d0",
          "-device", f"virtio-blk-pci,drive=d0,{MODERN}"]
GUESTS = [
    Guest("iov", 20, devices=SEVERAL, programs=("iov", "lspci", "setpci")),
    Guest("listing", 3, devices=EDU),
    Guest("sysfs_edu", 25, devices=EDU),
    Guest("vfio_edu", 46, IOMMU, EDU, ("vfio_iommu_type1", "vfio-pci"), "intel_iommu=on",
          r"translation failure \(dev=00:01:00, iova=0x1000\)"),
    Guest("removal", 9, IOMMU, EDU, ("vfio_iommu_type1", "vfio-pci"), "intel_iommu=on"),
    Guest("guide_user_space", 5, IOMMU, EDU, ("vfio_iommu_type1", "vfio-pci"), "intel_iommu=on"),
    # behind a conventional bridge, which makes one group of them
    Guest("vfio_group", 10, IOMMU,
          ["-device", "pcie-pci-bridge,id=b0", "-device", "edu,bus=b0,addr=1",
           "-device", "virtio-rng-pci,bus=b0,addr=2"],
          ("vfio_iommu_type1", "vfio-pci", "virtio_pci"), "intel_iommu=on"),
    # the first says a figure, and is not judged by it: what else the host does is in it
    Guest("nvme_reads", 2, IOMMU, NVME, ("vfio_iommu_type1", "vfio-pci"), "intel_iommu=on",
          writes=False),
    Guest("nvme_instructions", 3, [*IOMMU, "-icount", "shift=0"], NVME,
          ("vfio_iommu_type1", "vfio-pci"), "intel_iommu=on", writes=False),
    Guest("vfio_nvme", 29, IOMMU, NVME, ("vfio_iommu_type1", "vfio-pci"), "intel_iommu=on",
          r"translation failure \(dev=00:01:00, iova=0x40000000\)"),
    Guest("sysfs_nvme", 25, devices=NVME),
    Guest("sysfs_virtio", 27, devices=VIRTIO, disk_bytes=2 << 20),
    Guest("vfio_virtio", 34, IOMMU, VIRTIO, ("vfio_iommu_type1", "vfio-pci"), "intel_iommu=on",
          r"translation failure \(dev=00:01:00, iova=0x40000000\)", disk_bytes=2 << 20),
]


# --- the kernel ---

def fetch_kernel(build_dir):
    """The folder of Debian's current kernel, unpacked; downloaded where it is not there yet."""
    depends = run(["apt-cache", "depends", "linux-image-amd64"])
    package = re.search(r"Depends: (linux-image-\S+)", depends)
    if not package:
        raise Failure("apt knows no linux-image-amd64: run apt-get update")
    folder = build_dir / package[1]
    if not folder.exists():
        # complete before it has its name
        begun = build_dir / f"{package[1]}.{os.getpid()}"
        begun.mkdir(parents=True)
        run(["apt-get", "download", package[1]], cwd=begun)
        deb = next(begun.glob("*.deb"))
        run(["dpkg-deb", "-x", deb, begun])
        deb.unlink()
        try:
            begun.rename(folder)
        except OSError:  # another run was faster
            shutil.rmtree(begun)
    return folder


def module_files(kernel, names):
    """The files of these modules, each after those that it depends on."""
    files = {f.stem.replace("-", "_"): f for f in kernel.glob("lib/modules/*/kernel/**/*.ko")}
    wanted = []

    def want(name):
        name = name.replace("-", "_")
        if name not in files:
            raise Failure(f"the kernel has no module {name}")
        depends = re.search(rb"\0depends=([^\0]*)\0", files[name].read_bytes())
        for needed in filter(None, depends[1].decode().split(",") if depends else []):
            want(needed)
        if files[name] not in wanted:
            wanted.append(files[name])

    for name in names:
        want(name)
    return wanted


# --- building ---

def build_program(guest, build_dir):
    program = build_dir / guest.name
    compiler = ["ccache"] if shutil.which("ccache") else []
    flags = [f for f in FLAGS if f != "-static"]
    run([*compiler, "g++", *flags, "-I", ROOT / "include", "-c", HERE / f"{guest.name}.cpp",
         "-o", f"{program}.o"])
    run(["g++", *FLAGS, f"{program}.o", "-o", program])
    return program


def build_iov():
    """The tool, as it is built for this machine: by scripts/test already, where that runs this."""
    run(["cmake", "--preset", "gcc"], cwd=ROOT)
    run(["cmake", "--build", "--preset", "gcc", "--target", "iov"], cwd=ROOT)
    return ROOT / "build/gcc/tools/iov/iov"


def files_of(name):
    """(place, bytes or None for a folder) of a program and of each library that it loads."""
    program = build_iov() if name == "iov" else pathlib.Path(shutil.which(name) or name)
    libraries = re.findall(r"(/\S+) \(0x", run(["ldd", program]))
    places = {f"/usr/bin/{name}": program, **{library: library for library in libraries}}
    entries = {}
    for place, file in places.items():
        for folder in reversed(pathlib.PurePath(place[1:]).parents):
            entries.setdefault(str(folder), None)
        entries[place[1:]] = pathlib.Path(file).read_bytes()
    del entries["."]
    return entries


def archive(entries):
    """A cpio archive of the kind that the kernel unpacks (newc): of folders, and files with bytes."""
    def entry(number, name, mode, data):
        fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
        head = b"070701" + b"".join(b"%08x" % f for f in fields) + name.encode() + b"\0"
        return padded(head) + padded(data)

    def padded(data):
        return data + bytes(-len(data) % 4)

    body = b"".join(entry(number, name, 0o040755 if data is None else 0o100755, data or b"")
                    for number, (name, data) in enumerate(entries, 1))
    return body + entry(0, "TRAILER!!!", 0, b"")


def build_initrd(guest, program, kernel, build_dir):
    entries = [(folder, None) for folder in ("sys", "proc", "dev", "modules")]
    entries.append(("init", program.read_bytes()))
    for number, file in enumerate(module_files(kernel, guest.modules)):
        entries.append((f"modules/{number:02}-{file.name}", file.read_bytes()))
    entries += {place: data for name in guest.programs
                for place, data in files_of(name).items()}.items()
    initrd = build_dir / f"{guest.name}.initrd"
    initrd.write_bytes(archive(entries))
    return initrd


# --- running ---

def run_guest(guest, kernel, build_dir):
    """(device, what, failure or "") of each check."""
    initrd = build_initrd(guest, build_program(guest, build_dir), kernel, build_dir)
    disk = build_dir / f"{guest.name}.disk"
    disk.write_bytes(half(FIRST_SEED) + bytes(guest.disk_bytes - HALF))
    devices = [d.format(disk=disk) for d in guest.devices]
    command = [*QEMU, *guest.machine, *devices,
               "-kernel", str(next(kernel.glob("boot/vmlinuz-*"))), "-initrd", str(initrd),
               "-append", f"{APPEND} {guest.append}"]
    said = listen(command, TIME_LIMIT, PASSED, build_dir / f"{guest.name}.log")
    checks = said.checks + [("guest", "ends by itself, with its exit status", said.ending)]
    if devices != guest.devices:
        checks.append(("disk", "afterwards, byte for byte", judge_disk(disk, guest.writes)))
    if guest.blocked:
        checks.append(("guest", "QEMU's IOMMU blocked what it had to",
                       "" if re.search(guest.blocked, said.errors) else said.errors))
    checks.append(("guest", f"at least {guest.least} checks",
                   "" if len(said.checks) >= guest.least else f"only {len(said.checks)}"))
    return checks


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--build", type=pathlib.Path, default=ROOT / "build/guests")
    arguments.add_argument("--only", action="append", help="a guest's name, or a part of it")
    given = arguments.parse_args()
    build_dir = given.build.resolve()
    build_dir.mkdir(parents=True, exist_ok=True)
    guests = [g for g in GUESTS if not given.only or any(o in g.name for o in given.only)]

    kernel = fetch_kernel(build_dir)
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for guest, future in [(g, pool.submit(run_guest, g, kernel, build_dir)) for g in guests]:
            try:
                checks = future.result()
            except Failure as failure:
                checks = [("guest", "builds and runs", str(failure))]
            bad = [c for c in checks if c[2]]
            print(f"{guest.name}: {len(checks) - len(bad)} of {len(checks)} checks passed")
            log = build_dir / f"{guest.name}.log"
            for figure in re.findall("^figure: (.*)$", log.read_text(), re.M) if not bad else ():
                print(f"  {figure}")
            for device, what, failure in bad:
                print(f"  FAILED {device}: {what}: {failure}")
            passed += len(checks) - len(bad)
            failed += len(bad)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failed_to_start:
        sys.exit(f"run.py: {failed_to_start}")
