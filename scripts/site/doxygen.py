# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What doxygen makes of the comments: their text as HTML, with links to what they name.

Each page of the reference is written as declarations, one a line, and read back by that line.
"""

import re
import subprocess
import xml.etree.ElementTree as ET

import headers

CONFIGURATION = """\
INPUT = "{work}/headers"
RECURSIVE = YES
FILE_PATTERNS = *.hpp
OUTPUT_DIRECTORY = "{work}"
GENERATE_HTML = NO
GENERATE_LATEX = NO
GENERATE_XML = YES
XML_PROGRAMLISTING = NO
MARKDOWN_SUPPORT = NO
EXTRACT_STATIC = YES
QUIET = YES
WARN_IF_UNDOCUMENTED = NO
WARN_NO_PARAMDOC = NO
WARN_AS_ERROR = FAIL_ON_WARNINGS
HAVE_DOT = NO
SHOW_INCLUDE_FILES = NO
INLINE_INHERITED_MEMB = NO
LOOKUP_CACHE_SIZE = 2
NUM_PROC_THREADS = 0
"""

NOTHING = "ioview_says_nothing_here"  # keeps doxygen from leaving out what has no comment


def simple(item, masked):
    """The declaration without what doxygen 1.9.4 loses its way in: constraints, attributes, values,
    bases."""
    template = re.match(r"template\s*<", masked)
    head = "template " + item.text[template.end() - 1:headers.angle_close_of(
        masked, template.end() - 1) + 1] if template else ""
    bare = headers.without_head(masked)
    offset = len(masked) - len(bare)
    text = item.text[offset:]
    head = re.sub(r"//[^\n]*", "", head)
    # an argument's constraint is a type
    head = re.sub(r"(?<=[<,])\s*(?!class\b|auto\b|typename\b|template\b)[\w:]+(?:<[^<>]*>)?(?=\s+\w)",
                  lambda match: match[0] if re.search(
                      r"std::(size_t|uint\w+)|int|bool|unsigned|endian|Access|Direction|Format",
                      match[0]) else " class", head)
    if item.kind == "type":
        kind, name, special = re.match(
            r"(class|struct|union)\s+(?:(?:\[\[.*?\]\]|alignas\(.*?\))\s*)?([\w:]+)(<)?", bare).groups()
        if special:  # has a name of its own, for doxygen
            return "", f"{kind} {name.replace('::', '_')}_{item.line}"
        return head, f"{kind} {name.replace('::', '_')}"
    if concept := re.match(r"concept (\w+)", bare):
        return head, f"concept {concept[1]} = true"
    if alias := re.match(r"using (\w+)", bare):
        return head, f"using {alias[1]} = int"
    if item.kind == "other":
        declared = re.split(r"[={\[]", bare)[0].strip()
        if declared.endswith(">"):
            head, declared = "", f"special_{item.line}"
        name = re.search(r"(\w+)$", declared)
        is_static = "static " if bare.startswith("static") else ""
        return head, f"{is_static}int {name[1] if name else 'unnamed'}"
    text = re.sub(r"\[\[[^]]*\]\]|IOVIEW_INLINE\w*|//[^\n]*", " ", text)
    cut = re.search(r"\brequires\b", text)
    if cut:
        text = text[:cut.start()]
    text = re.sub(r"\bnoexcept(\([^()]*\))?", " ", text)
    text = re.sub(r"\b(consteval|constinit)\b", "constexpr", text)
    text = re.sub(r"\bvoid\((\w+)\)\(", r"void \1(", text)  # a name that a macro may have, too
    return head, re.sub(r"\s+", " ", text).strip()


def escaped(text):
    """Prose for doxygen: what is a command or HTML to it is text; `code` is <tt>."""
    pieces = re.split(r"(`[^`]+`)", text)
    return "".join(f"<tt>{escape(piece[1:-1])}</tt>" if piece.startswith("`") else escape(piece)
                   for piece in pieces)


def escape(text):
    text = re.sub(r"([\\@&<>#%$\"])", r"\\\1", text).replace("--", r"\--")
    return re.sub(r"(?<=>)::", r"\::", text)  # no name of one that is known


def blocks(lines):
    """(is_code, lines) of a comment: code is indented by two or more."""
    found = []
    for line in lines:
        is_code = line.startswith("  ") or (not line and bool(found) and found[-1][0])
        if not found or found[-1][0] != is_code:
            found.append((is_code, []))
        found[-1][1].append(line)
    return [(is_code, body) for is_code, body in found if any(line.strip() for line in body)]


def comment(lines):
    out = []
    for is_code, body in blocks(lines):
        if is_code:
            while body and not body[-1].strip():
                body.pop()
            indent = min(len(line) - len(line.lstrip()) for line in body if line.strip())
            out += ["@code{.cpp}"] + [line[indent:] for line in body] + ["@endcode"]
        else:
            out += [escaped(line) for line in body]
    return out


class Input:
    """One page as doxygen reads it; remembers which item is on which line."""

    def __init__(self, header):
        self.lines, self.items = [], {}
        self.header = header
        self.write("@file", *comment(header.opening))
        self.write_all(header.items)
        for part in header.parts:
            self.write_all(part.items)

    def write(self, *doc):
        self.lines += ["/// " + line for line in doc]

    def write_all(self, items):
        for item in items:
            if not item.refusal:
                spaces = item.namespace.replace("detail::", "").split("::") if item.namespace else []
                self.lines.append(" ".join(f"namespace {space} {{" for space in spaces))
                self.write_item(item, items)
                self.lines.append("}" * len(spaces))

    def write_item(self, item, siblings):
        lines = item.comment
        if item.follows and not lines:
            for other in siblings[:siblings.index(item)]:
                lines = other.comment or lines
        self.write(*comment(lines or [NOTHING]))
        self.items[len(self.lines) + 1] = item
        if item.kind == "macro":
            self.lines.append(item.text)
            return
        if item.kind == "enumerator":
            self.lines.append(item.text.split(" ")[0] + ",")
            return
        if item.kind == "enum":
            name = re.search(r"enum (?:class |struct )?(\w+)", item.text)[1]
            self.lines.append(f"enum class {name} {{")
            for member in item.members:
                self.write_item(member, item.members)
            self.lines.append("};")
            return
        head, text = simple(item, headers.mask(item.text))
        head = re.sub(r"\s+", " ", head)
        if item.kind == "type":
            self.lines.append(f"{head} {text} {{ public:")
            for member in item.members:
                if not member.refusal:
                    self.write_item(member, item.members)
            self.lines.append("};")
        else:
            self.lines.append(f"{head} {text};")


def run(pages, work):
    """Gives each item of the pages, and each page, its text by doxygen; its warnings stop all."""
    inputs = {}
    for name, header in pages.items():
        inputs[name] = Input(header)
        path = work / "headers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(inputs[name].lines) + "\n")
    (work / "Doxyfile").write_text(CONFIGURATION.format(work=work))
    done = subprocess.run(["doxygen", str(work / "Doxyfile")], capture_output=True, text=True)
    if done.returncode != 0 or done.stderr.strip():
        raise SystemExit("doxygen:\n" + done.stderr)
    seen = {}  # refid: item or header
    entities = []
    for path in sorted((work / "xml").glob("*.xml")):
        if path.name in ("index.xml", "Doxyfile.xml"):
            continue
        for compound in ET.parse(path).getroot().iter("compounddef"):
            entities.append(compound)
            entities += compound.iter("memberdef")
            entities += compound.iter("enumvalue")
    for entity in entities:
        location = entity.find("location")
        if entity.tag == "enumvalue" or location is None:
            continue
        name = location.get("file").removeprefix(str(work / "headers") + "/")
        if name not in inputs:
            continue
        if entity.tag == "compounddef" and entity.get("kind") == "file":
            inputs[name].header.doc = entity
            seen[entity.get("id")] = inputs[name].header
            continue
        item = inputs[name].items.get(int(location.get("line")))
        if item is None:
            continue
        item.doc = entity
        seen[entity.get("id")] = item
        if item.kind == "enum":
            for value in entity.iter("enumvalue"):
                for member in item.members:
                    if member.text.split(" ")[0] == value.find("name").text:
                        member.doc = value
                        seen[value.get("id")] = item
    missed = [item for page in inputs.values() for item in page.items.values() if item.doc is None]
    if missed:
        raise SystemExit("doxygen does not see:\n" + "\n".join(
            f"  {item.file}:{item.line}: {' '.join(item.text.split())[:90]}" for item in missed))
    return seen
