# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The registers and fields of a CMSIS-SVD file as a table: a second reader, which shares nothing with
ioview-gen but the schema.

  rows = svd_table.rows(path)      a peripheral's name, what lies at each offset, and enumerators

Every list and array is expanded. What ioview-gen leaves out by the rules of docs/ioview-gen.md is left
out here, too: what has no place, and bits past the register.
"""
import collections
import re
import xml.etree.ElementTree as ElementTree

Field = collections.namedtuple("Field", "offset register name high low access write read")
Register = collections.namedtuple("Register", "offset size name reset access")
# Of a field of a register, whichever index that has.
Value = collections.namedtuple("Value", "register field high low name value any usage")
ACCESS = {"write": "write-only", "read": "read-only", "read-writeonce": "read-writeOnce",
          "writeonce": "writeOnce"}
MOST = 65536


def number(text, default=None):
    text = (text or "").strip().lower().lstrip("+")
    try:
        if text.startswith("0x"):
            return int(text[2:], 16)
        if text.startswith("0b"):
            return int(text[2:], 2)
        if text.startswith("#"):
            return int(text[1:], 2)
        return int(text, 10)
    except ValueError:
        return default


def same(name, is_first=True):
    """A name as far as all spellings of it agree: letters alone, as numbers move into indices. No
    identifier begins with a digit, which gets an n before it."""
    letters = re.sub(r"[^a-z0-9]", "", name.lower())
    n = "n" if is_first and letters[:1].isdigit() else ""
    return n + re.sub(r"[0-9]", "", letters)


def spelled(name):
    """The name of an enumerator, without what parts its words."""
    letters = re.sub(r"[^a-z0-9]", "", name.lower())
    return "n" + letters if letters[:1].isdigit() else letters or "unnamed"


def pattern(text):
    """A number, and the bits that may be either; None for none."""
    bits = re.fullmatch(r"(?:#|0[bB])([01xX]+)", text or "")
    if not bits:
        value = number(text)
        return None if value is None else (value, 0)
    return (int(re.sub("[xX]", "0", bits[1]), 2),
            int("".join("1" if b in "xX" else "0" for b in bits[1]), 2))


class Svd:
    def __init__(self, path):
        self.values = set()
        self.root = ElementTree.parse(path).getroot()
        self.above = {child: parent for parent in self.root.iter() for child in parent}
        self.named = collections.defaultdict(list)
        for element in self.root.iter():
            if element.tag in ("peripheral", "cluster", "register", "field", "enumeratedValues"):
                self.named[element.tag, self.text(element, "name")].append(element)

    @staticmethod
    def text(element, tag):
        child = element.find(tag)
        return None if child is None else " ".join((child.text or "").split())

    def around(self, element):
        while element in self.above:
            element = self.above[element]
            yield element

    def chain(self, element):
        """The element, and what it is derived from."""
        chain = [element]
        while "derivedFrom" in chain[-1].attrib:
            name = chain[-1].attrib["derivedFrom"].strip()
            wanted = [e for e in self.named[element.tag, name] if e is not chain[-1]]
            if not wanted and "." in name:
                wanted = self.named[element.tag, name.split(".")[-1]]
                for part in name.split(".")[:-1]:
                    wanted = [e for e in wanted if any(
                        self.text(a, "name") == part for a in self.around(e))]
            if not wanted:
                break
            mine = set(self.around(chain[-1]))
            best = max(wanted, key=lambda e: len(mine.intersection(self.around(e))))
            assert best not in chain
            chain.append(best)
        return chain

    def get(self, chain, tag):
        for element in chain:
            text = self.text(element, tag)
            if text is not None:
                return text
        return None

    @staticmethod
    def members(chain, holder, tags):
        found = []
        for element in reversed(chain):
            at = element.find(holder) if holder else element
            inherited = len(found)
            for child in ([] if at is None else at):
                if child.tag not in tags:
                    continue
                name = (child.findtext("name") or "").split()
                before = [i for i, other in enumerate(found[:inherited])
                          if (other.findtext("name") or "").split() == name
                          and other.tag == child.tag]
                if before:
                    found[before[-1]] = child
                else:
                    found.append(child)
        return found

    def properties(self, chain, given):
        made = dict(given)
        for tag in ("size", "access", "resetValue", "resetMask", "modifiedWriteValues", "readAction"):
            text = self.get(chain, tag)
            if text is None:
                continue
            made[tag] = number(text, made.get(tag)) if tag in ("size", "resetValue", "resetMask") \
                else ACCESS.get(text, text)
        return made

    def instances(self, chain):
        """Of a list or an array: how far each is from the first, and its index."""
        count = number(self.get(chain, "dim"))
        if count is None:
            return [(0, "")]
        if not 0 < count <= MOST:
            return []
        step = number(self.get(chain, "dimIncrement"), 0)
        said = (self.get(chain, "dimIndex") or "").replace(" ", "")
        letters = re.fullmatch(r"([A-Za-z])-([A-Za-z])", said)
        names = said.split(",") if "," in said or count == 1 and said else \
            [chr(c) for c in range(ord(letters[1]), ord(letters[2]) + 1)] if letters else []
        if len(names) != count:
            names = [str(i) for i in range(count)]
        return [(i * step, names[i]) for i in range(count)]


def kinds(access, write, read):
    """What ioview knows of it: (suffix of the name, access, write action, read action) for each."""
    if access in ("write-only", "writeOnce"):
        return [("", "write-only", "", "")]
    if read:
        first = [("", "read-only", "", "clear")]
        return first if access == "read-only" else first + [("write", "write-only", "", "")]
    if access == "read-only":
        return [("", "read-only", "", "")]
    if access == "read-writeOnce" or write in ("clear", "set"):
        return [("", "read-only", "", ""), ("write", "write-only", "", "")]
    return [("", "read-write", "" if write == "modify" else write, "")]


def bits_of(svd, chain):
    for element in chain:
        if element.find("bitRange") is not None:
            match = re.fullmatch(r"\[(\w+):(\w+)\]", svd.text(element, "bitRange"))
            return (number(match[1]), number(match[2])) if match else None
        if element.find("lsb") is not None:
            return number(svd.get(chain, "msb")), number(svd.get(chain, "lsb"))
        if element.find("bitOffset") is not None:
            low = number(svd.text(element, "bitOffset"))
            width = number(svd.get(chain, "bitWidth") or "1")
            return (low + width - 1, low) if low is not None and width else None
    return None


def storage(size):
    """Bits of one access, and how many of them."""
    for bits in (8, 16, 32, 64):
        if size <= bits:
            return bits, 1
    return 32, (size + 31) // 32


def enumerators(svd, field, width, access):
    """Each name, value, bits that may be either, and usage, of all lists of a field."""
    holder = next((e for e in field if e.find("enumeratedValues") is not None), None)
    found = {}
    for element in [] if holder is None else holder.findall("enumeratedValues"):
        chain = svd.chain(element)
        usage = svd.get(chain, "usage") or "read-write"
        if (usage, access) in (("read", "read-only"), ("write", "write-only"), ("write", "writeOnce")):
            usage = "read-write"
        listed = next((e for e in chain if e.find("enumeratedValue") is not None), None)
        for one in [] if listed is None else listed.findall("enumeratedValue"):
            name, value = svd.text(one, "name"), pattern(svd.text(one, "value"))
            is_default = svd.text(one, "isDefault") in ("true", "1")
            if not name or value is None or (is_default and one.find("value") is None):
                continue
            value, either = value
            value &= (1 << width) - 1 if value < 0 else -1
            if (value | either) >> width:
                continue
            key = (spelled(name), value, either)
            found[key] = usage if found.get(key, usage) == usage else "read-write"
    return [(*key, usage) for key, usage in found.items()]


def fields(svd, chain, given, offset, path, size):
    seen = set()
    for element in Svd.members(chain, "fields", ("field",)):
        field = svd.chain(element)
        name, place = svd.get(field, "name"), bits_of(svd, field)
        if not name or place is None or None in place or place[0] < place[1]:
            continue
        properties = svd.properties(field, given)
        for shift, index in svd.instances(field):
            high, low = place[0] + shift, place[1] + shift
            if low >= size:
                continue
            high = min(high, size - 1)
            values = enumerators(svd, field, high - low + 1, properties["access"])
            for suffix, access, write, read in kinds(properties["access"],
                                                     properties.get("modifiedWriteValues", "modify"),
                                                     properties.get("readAction")):
                row = Field(offset, path, same(name.replace("%s", index)) + suffix, high, low, access,
                            write, read)
                key = row + (name, index)
                if key not in seen:
                    seen.add(key)
                    svd.values.update(Value(row.register, row.name, high, low, *one) for one in values)
                    yield row


def walk(svd, chain, holder, given, base, path):
    for element in Svd.members(chain, holder, ("register", "cluster")):
        own = svd.chain(element)
        name, at = svd.get(own, "name"), number(svd.get(own, "addressOffset"))
        if not name or at is None:
            continue
        properties = svd.properties(own, given)
        for shift, index in svd.instances(own):
            offset = base + at + shift
            inner = path + same(name.replace("%s", index), is_first=not path)
            if element.tag == "cluster":
                yield from walk(svd, own, None, properties, offset, inner)
            else:
                yield from register(svd, own, properties, offset, inner)


def register(svd, own, properties, offset, path):
    size = properties.get("size", 32)
    size = 32 if not 0 < size <= 4096 else size
    bits, words = storage(size)
    if offset % (bits // 8) or offset >= 1 << 32:
        return
    mask = (1 << min(size, bits)) - 1
    reset = properties.get("resetValue")
    defined = properties.get("resetMask", -1)
    whole = (1 << bits) - 1
    stated = None if reset is None or words > 1 or not defined & whole else reset & defined & mask
    found = list(fields(svd, own, properties, offset, path, size)) if words == 1 else []
    kind = kinds(properties["access"], properties.get("modifiedWriteValues", "modify"),
                 properties.get("readAction"))
    if not found and len(kind) > 1:
        found = [Field(offset, path, "value" + k[0], bits - 1, 0, *k[1:]) for k in kind]
    for word in range(words):
        yield Register(offset + 4 * word, bits, path, stated, None if found else kind[0][1:])
    yield from found


def rows(path):
    """Of each peripheral that has registers of its own."""
    svd = Svd(path)
    given = svd.properties([svd.root], {"size": 32, "access": "read-write"})
    for element in svd.root.iter("peripheral"):
        chain = svd.chain(element)
        states = any(element.find(tag) is not None for tag in
                     ("registers", "size", "access", "resetValue", "resetMask", "protection"))
        if len(chain) > 1 and not states:
            continue
        name = svd.get(chain, "name")
        if name:
            svd.values = set()
            found = list(walk(svd, chain, "registers", svd.properties(chain, given), 0, ""))
            yield name, found, svd.values
