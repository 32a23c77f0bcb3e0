# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A machine for iov to look at: a tree like sysfs, made of five functions, and dumps of them."""
import pathlib


class Function:
    """The configuration space of one function, and what the kernel says of its BARs."""

    def __init__(self, address, size, vendor, device, class_code, revision=0):
        self.address = address
        self.config = bytearray(size)
        self.bars = {}  # number: (start, size, flags)
        self.contents = {}  # number: the bytes that resourceN has
        self.driver = None
        self.group = None
        self.put(0x00, vendor, 2).put(0x02, device, 2).put(0x08, class_code << 8 | revision, 4)
        self.last = 0x34
        self.last_extended = None

    def put(self, offset, value, size):
        self.config[offset : offset + size] = value.to_bytes(size, "little")
        return self

    def get(self, offset, size):
        return int.from_bytes(self.config[offset : offset + size], "little")

    def memory_bar(self, number, start, size, is_64_bit=False, is_prefetchable=False):
        low = start & 0xFFFFFFFF | (4 if is_64_bit else 0) | (8 if is_prefetchable else 0)
        self.put(0x10 + 4 * number, low, 4)
        if is_64_bit:
            self.put(0x14 + 4 * number, start >> 32, 4)
        flags = 0x200 | (0x100000 if is_64_bit else 0) | (0x2000 if is_prefetchable else 0)
        self.bars[number] = (start, size, flags | low & 0xF)
        return self

    def io_bar(self, number, start, size):
        self.put(0x10 + 4 * number, start | 1, 4)
        self.bars[number] = (start, size, 0x101)
        return self

    def capability(self, offset, number):
        self.put(0x06, self.get(0x06, 2) | 0x10, 2)
        self.put(offset, number, 1).put(self.last, offset, 1)
        self.last = offset + 1
        return self

    def extended(self, offset, number, version):
        self.put(offset, number | version << 16, 4)
        if self.last_extended is not None:
            last = self.last_extended
            self.put(last, self.get(last, 4) | offset << 20, 4)
        self.last_extended = offset
        return self


def network():
    f = Function("0000:00:03.0", 4096, 0x8086, 0x1572, 0x020000, 2)
    f.put(0x04, 0x0506, 2).put(0x06, 0x2A10, 2).put(0x0C, 0x4010, 2)
    f.put(0x2C, 0x11001AF4, 4).put(0x3C, 0x010B, 2)
    f.memory_bar(0, 0x40FE000000, 0x800000, True, True).memory_bar(3, 0xFD000000, 0x8000)
    f.capability(0x40, 0x01).put(0x42, 0xCBC3, 2).put(0x44, 0x8008, 2)
    f.capability(0x50, 0x05).put(0x52, 0x01B5, 2).put(0x54, 0xFEE00000, 4)
    f.put(0x58, 1, 4).put(0x5C, 0x4041, 2).put(0x60, 2, 4).put(0x64, 1, 4)
    f.capability(0x70, 0x11).put(0x72, 0x8080, 2).put(0x74, 3, 4).put(0x78, 0x1003, 4)
    f.capability(0xA0, 0x10).put(0xA2, 2, 2).put(0xA4, 0x10008CC2, 4)
    f.put(0xA8, 0x2810, 2).put(0xAA, 9, 2).put(0xAC, 0x00400C83, 4).put(0xB2, 0x1043, 2)
    f.extended(0x100, 0x01, 2).put(0x104, 0x00104000, 4).put(0x108, 0x00400000, 4)
    f.put(0x10C, 0x00462030, 4).put(0x110, 0x2041, 4).put(0x114, 0x2000, 4)
    f.put(0x118, 0x00A5, 4).put(0x11C, 0x4A000001, 4).put(0x120, 0x0100200F, 4)
    f.extended(0x148, 0x03, 1).put(0x14C, 0x0090FAFF, 4)
    f.driver, f.group = "i40e", "7"
    f.contents[0] = bytes(0x800000)
    return f


def nvme():
    f = Function("0000:00:04.0", 256, 0x1B36, 0x0010, 0x010802, 2)
    f.put(0x04, 0x0006, 2).put(0x2C, 0x11001AF4, 4).put(0x3C, 0x010B, 2)
    f.memory_bar(0, 0xFEBF0000, 0x4000, True)
    f.capability(0x40, 0x11).put(0x42, 0x0040, 2).put(0x44, 0x2000, 4).put(0x48, 0x3000, 4)
    f.capability(0x80, 0x10).put(0x82, 2, 2).put(0x84, 0x10008000, 4).put(0x8A, 0, 2)
    f.put(0x8C, 0x00000411, 4).put(0x92, 0x0011, 2)
    bar = bytearray(0x4000)
    for offset, size, value in (
        (0x00, 8, 0x004018200F0107FF),
        (0x08, 4, 0x00010400),
        (0x14, 4, 0x00460001),
        (0x1C, 4, 0x00000001),
        (0x24, 4, 0x00030003),
        (0x28, 8, 0x0000000101234000),
        (0x30, 8, 0x0000000101235000),
    ):
        bar[offset : offset + size] = value.to_bytes(size, "little")
    f.contents[0] = bytes(bar)
    return f


def edu():
    f = Function("0000:00:05.0", 256, 0x1234, 0x11E8, 0x00FF00, 0x10)
    f.put(0x04, 0x0002, 2).put(0x2C, 0x11001AF4, 4).put(0x3C, 0x010B, 2)
    f.memory_bar(0, 0xFEA00000, 0x100000)
    f.capability(0x40, 0x05).put(0x42, 0x0080, 2)
    bar = bytearray(0x100000)
    bar[0:4] = (0x010000ED).to_bytes(4, "little")
    bar[0x20:0x24] = (0x80).to_bytes(4, "little")
    bar[0x24:0x28] = (0x100).to_bytes(4, "little")
    f.contents[0] = bytes(bar)
    return f


def bridge():
    f = Function("0000:00:1c.0", 256, 0x1B36, 0x000C, 0x060400)
    f.put(0x04, 0x0007, 2).put(0x0C, 0x00010010, 4).put(0x18, 0x000101 << 8, 4)
    f.put(0x1C, 0xD1C1, 2).put(0x1E, 0x2000, 2).put(0x20, 0xFE90FE80, 4)
    f.put(0x24, 0x0001FFF1, 4).put(0x3C, 0x000B020A, 4)
    f.capability(0x40, 0x10).put(0x42, 0x0142, 2).put(0x44, 0x8001, 4)
    f.put(0x4C, 0x00411C11, 4).put(0x52, 0x2011, 2)
    f.capability(0x80, 0x0D).put(0x84, 0x1C011AF4, 4)
    return f


def disk():
    f = Function("0000:01:00.0", 256, 0x8086, 0x7010, 0x010180)
    f.put(0x04, 0x0005, 2).put(0x06, 0x0280, 2).put(0x0C, 0x2000, 2).io_bar(4, 0xC040, 16)
    f.contents[4] = bytes([0, 0, 0xEF, 0xBE]) + bytes(12)
    return f


def functions():
    return [network(), nvme(), edu(), bridge(), disk()]


def write_tree(root):
    """The tree below root, as the kernel has it below /sys."""
    root = pathlib.Path(root)
    for f in functions():
        directory = root / "bus/pci/devices" / f.address
        directory.mkdir(parents=True)
        (directory / "config").write_bytes(f.config)
        lines = [f.bars.get(i, (0, 0, 0)) for i in range(13)]
        (directory / "resource").write_text(
            "".join(
                f"0x{start:016x} 0x{start + size - 1 if size else 0:016x} 0x{flags:016x}\n"
                for start, size, flags in lines
            )
        )
        for number, contents in f.contents.items():
            (directory / f"resource{number}").write_bytes(contents)
        if f.driver:
            (directory / "driver").symlink_to(f"../../../bus/pci/drivers/{f.driver}")
        if f.group:
            (directory / "iommu_group").symlink_to(f"../../../kernel/iommu_groups/{f.group}")
    return root


def text_dump(chosen, size=4096):
    """What lspci -n -xxxx prints of these, and reads with -F."""
    text = ""
    for f in chosen:
        shown = f.config[:size]
        text += f"{f.address} {f.get(0x0a, 2):04x}: {f.get(0, 2):04x}:{f.get(2, 2):04x}\n"
        for at in range(0, len(shown), 16):
            text += f"{at:02x}: " + " ".join(f"{byte:02x}" for byte in shown[at : at + 16]) + "\n"
        text += "\n"
    return text
