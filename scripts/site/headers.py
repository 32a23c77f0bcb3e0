# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The headers as the reference shows them: a page for each header that is one to include, with all
that is declared in its private parts, comments, and no bodies.

The comments are plain ones, and doxygen 1.9.4 loses its way in constraints; so a page is also
written as declarations that doxygen reads, one a line, without what it stumbles over. What a reader
sees of a declaration is its text in the header.
"""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = ROOT / "include"

PRIVATE = re.compile(r"^// IWYU pragma: private, include <(.*)>$", re.M)
TYPE_HEAD = re.compile(r"(?:class|struct|union|enum(?:\s+(?:class|struct))?)\b")
NOT_PARAMETERS = ("requires", "alignas", "decltype", "noexcept", "__attribute__", "explicit",
                  "__typeof__")

# Said once for all classes: what is defaulted, the view of the whole, what an IoBase names, what
# ioview asks its own types by.
TOLD_ELSEWHERE = re.compile(r"=\s*default\s*$|\bas_view\(\) const|\boperator==|"
                            r"using (?:View|Backend|Target|Space|Base|Register)\s*=|"
                            r"\b(?:io_\w+|Io[A-Z]\w*)(?:\{[^}]*\}|\s*=.*)?$|\) ->", re.S)

# Private parts that declare nothing for a user, outside of a namespace detail.
INNER = ("testing/forwarding", "testing/garbage", "testing/gone", "testing/guarded_block",
         "testing/message", "testing/script_core", "testing/script_fault", "testing/script_text",
         "register/reading_acts")


@dataclass
class Item:
    kind: str  # function, type, enum, enumerator, macro, other
    text: str  # as written, without its body
    comment: list  # the lines of the comment that covers it
    file: str
    line: int
    namespace: str = ""
    follows: bool = False  # stands directly beneath the one before it, without a comment of its own
    is_told: bool = False  # by the comment that the header begins with: "Shadow: remembers what …"
    refusal: str = ""  # of a deleted function: what to write in its place
    also: str = ""  # of a macro: its long name
    members: list = field(default_factory=list)
    doc: object = None  # what doxygen made of it


@dataclass
class Header:
    name: str  # ioview/io.hpp
    opening: list  # the lines of the comment that a header begins with
    items: list = field(default_factory=list)
    parts: list = field(default_factory=list)  # private headers with items on this page


def mask(text):
    """The text with spaces for what is in comments and literals: no brace there is one."""
    out = list(text)
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"\((?:.*?)\)"|"(?:\\.|[^"\\\n])*"'
                         r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.S)
    for match in pattern.finditer(text):
        for i in range(*match.span()):
            if out[i] != "\n":
                out[i] = " "
    return "".join(out)


def close_of(code, start):
    """Where the bracket at start is closed."""
    depth = 0
    for i in range(start, len(code)):
        if code[i] in "([{":
            depth += 1
        elif code[i] in ")]}":
            depth -= 1
            if depth == 0:
                return i
    raise ValueError(f"never closed: {code[start:start + 80]}")


def angle_close_of(code, start):
    depth, i = 0, start
    while True:
        if code[i] in "([{":
            i = close_of(code, i)
        elif code[i] == "<":
            depth += 1
        elif code[i] == ">" and code[i - 1] != "-":
            depth -= 1
            if depth == 0:
                return i
        i += 1


def constraint_end(code, start):
    """The end of the constraint behind a `requires` of a template head: operands joined by && ||."""
    i = start
    while True:
        operand = re.compile(r"\s*!?\s*").match(code, i).end()
        if code[operand] == "(":
            i = close_of(code, operand) + 1
        elif expression := re.compile(r"requires\s*").match(code, operand):
            i = expression.end()
            if code[i] == "(":
                i = re.compile(r"\s*").match(code, close_of(code, i) + 1).end()
            i = close_of(code, i) + 1
        else:
            i = operand
            while name := re.compile(r"(?:::)?\w+").match(code, i):
                i = name.end()
                if template := re.compile(r"\s*<").match(code, i):
                    i = angle_close_of(code, template.end() - 1) + 1
        joint = re.compile(r"\s*(?:&&|\|\|)").match(code, i)
        if not joint:
            return i
        i = joint.end()


def without_head(code):
    """The masked declaration without template heads, their constraints and attributes."""
    while True:
        code = code.lstrip()
        if template := re.match(r"template\s*<", code):
            code = code[angle_close_of(code, template.end() - 1) + 1:]
        elif constraint := re.match(r"requires\b", code):
            code = code[constraint_end(code, constraint.end()):]
        elif code.startswith("[["):
            code = code[close_of(code, 0) + 1:]
        elif macro := re.match(r"IOVIEW_(?:INLINE_OPTIMISED|INLINE|NO_UNIQUE_ADDRESS)\b", code):
            code = code[macro.end():]
        else:
            return code


class Scanner:
    def __init__(self, path):
        self.name = path.relative_to(INCLUDE).as_posix()
        self.text = path.read_text()
        self.code = mask(self.text)
        self.hidden = []  # what is declared for ioview alone

    def line_of(self, position):
        return self.text.count("\n", 0, position) + 1

    def comment_at(self, start):
        """The comment lines from start on, and where they end: those at the same column."""
        column = start - (self.text.rfind("\n", 0, start) + 1)
        lines, i = [], start
        while True:
            end = self.text.find("\n", i)
            line = self.text[i:end].lstrip("/").removeprefix(" ").rstrip()
            if not re.match(r"clang-format o|NOLINT|IWYU pragma", line):
                lines.append(line)
            following = re.compile(r"\n( *)//").match(self.text, end)
            if not following or len(following[1]) != column:
                return lines, end
            i = following.end() - 2

    def opening(self):
        start = self.text.find("//", self.text.find("#pragma once"))
        lines, _ = self.comment_at(start)
        return lines[1:] if lines[0].startswith("Generated by ") else lines

    def scan(self, low, high, namespace, in_class=False, is_shown=True):
        items = []
        pending, hidden, last_end = None, not is_shown, None
        i = low
        while True:
            gap = re.compile(r"\s*").match(self.text, i, high)
            blank = gap[0].count("\n") > 1
            i = gap.end()
            if blank:
                pending, last_end = None, None
            if i >= high:
                return items
            if self.text.startswith("//", i):
                trails = last_end is not None and "\n" not in gap[0]
                lines, i = self.comment_at(i)
                if not trails:
                    pending = lines or pending
                elif items and not items[-1].comment:
                    items[-1].comment = lines
                continue
            if self.text[i] == "#":
                known = len(items)
                i = self.directive(i, high, items, pending)
                if len(items) > known:  # a comment above other directives is that of what follows
                    pending = None
                    last_end = i
                continue
            if opened := re.compile(r"(?:inline )?namespace ([\w:]+) \{").match(self.code, i):
                end = close_of(self.code, opened.end() - 1)
                inner = "::".join(filter(None, [namespace, opened[1]]))
                if is_public(inner) or is_methods(inner, self.name):
                    items += self.scan(opened.end(), end, inner)
                else:
                    self.hidden += self.scan(opened.end(), end, inner)
                i, pending, last_end = end + 1, None, None
                continue
            if opened := re.compile(r"extern\s*\{").match(self.code, i):
                i, pending = close_of(self.code, opened.end() - 1) + 1, None
                continue
            if in_class and (access := re.compile(r"(public|private|protected):").match(self.code, i)):
                hidden, i, pending, last_end = access[1] != "public", access.end(), None, None
                continue
            if self.code[i] == ";" or self.code[i] == "}":
                i += 1
                continue
            if macro := re.compile(r"[A-Z][A-Z_0-9]+\b(?!\s*::)\s*(\()?").match(self.code, i):
                if not macro[0].startswith(("IOVIEW_INLINE", "IOVIEW_NO_UNIQUE")):
                    i = macro.end()
                    if macro[1]:
                        i = close_of(self.code, i - 1) + 1
                    pending = None
                    continue
            start = i
            kind, head_end, i, body = self.declaration(i, high)
            if not hidden:
                self.add(items, kind, start, head_end, body, pending, namespace, last_end,
                         in_class)
            pending, last_end = None, i

    def declaration(self, start, high):
        """kind, end of the text to show, end of the declaration, and the body as a pair."""
        code = self.code
        stripped = without_head(code[start:high])
        offset = high - len(stripped)
        is_type = TYPE_HEAD.match(code, offset)
        seen_parameters, equals, initialisers = False, False, False
        word = re.compile(r"\w+")
        i = offset
        previous, before = "", ""  # tokens
        while i < high:
            c = code[i]
            if c.isspace():
                i += 1
                continue
            if c in "([":
                end = close_of(code, i)
                if c == "(" and previous not in NOT_PARAMETERS and not equals:
                    seen_parameters = True
                token = ("requires()" if previous == "requires" and
                         (before in ("requires", "&&", "||", "=", "!") ) else ")")
                before, previous, i = previous, token, end + 1
                continue
            if c == ";":
                return ("function" if seen_parameters else "other"), i, i + 1, None
            if c == "{":
                end = close_of(code, i)
                expression = previous in ("requires", "requires()")
                if is_type and not seen_parameters and not expression:
                    stop = code.find(";", end) + 1
                    kind = "enum" if is_type[0].startswith("enum") else "type"
                    return kind, i, stop, (i + 1, end)
                if expression or equals:
                    before, previous, i = previous, "}", end + 1
                    continue
                if initialisers and (word.fullmatch(previous) or previous == ">"):
                    before, previous, i = previous, "}", end + 1
                    continue
                if seen_parameters:
                    shown = initialisers or i
                    return "function", shown, end + 1, None
                before, previous, i = previous, "}", end + 1
                continue
            if c == ":" and code[i + 1] != ":" and code[i - 1] != ":" and seen_parameters and \
                    not initialisers:
                initialisers = i
            if c == "=" and code[i + 1] != "=" and code[i - 1] not in "=!<>" and not \
                    re.search(r"operator\s*$", code[:i]):
                equals = True
            if name := word.match(code, i):
                token = name[0]
                if token == "operator":  # its name is what follows
                    symbol = re.compile(r"operator\s*(\(\)|\[\]|[^\w\s(;]+|\w+)?").match(code, i)
                    before, previous, i = previous, "operator", symbol.end()
                    continue
                before, previous, i = previous, token, name.end()
                continue
            token = code[i:i + 2] if code[i:i + 2] in ("&&", "||") else c
            before, previous = previous, token
            i += len(token)
        raise ValueError(f"{self.name}:{self.line_of(start)}: never ends")

    def without_attributes(self, text):
        """The text without what a user need not read: how it is compiled."""
        text = re.sub(r"IOVIEW_(?:INLINE_OPTIMISED|INLINE|NO_UNIQUE_ADDRESS)\s+", "", text)
        text = re.sub(r"\s*\bIOVIEW_REFUSE_ELSEWHERE\b", "", text)
        while refused := re.search(r"\s*\bIOVIEW_REFUSE_(?:AS|CONSTANT|IDLE)\(", text):
            text = text[:refused.start()] + text[close_of(mask(text), refused.end() - 1) + 1:]
        return text

    def add(self, items, kind, start, head_end, body, comment, namespace, last_end, in_class):
        text = self.text[start:head_end].rstrip()
        bare = without_head(self.code[start:head_end])
        if re.match(r"static_assert|friend\b|FMT_", bare) or re.fullmatch(r"[\w:]+", bare.strip()):
            if not comment or re.match(r"static_assert", bare):
                return
        if kind == "other" and re.match(r"(class|struct|enum)\b[^=({]*$", bare):
            return  # declared only
        if namespace.endswith("::methods") and not in_class and kind != "type":
            return
        if not in_class and re.search(r"\s(?!std|detail)\w+::\w+[({]?", bare) and not comment and \
                re.search(r"\s(?!std::|detail::)\w+::\w+\s*(\(|\{|$)", bare.split("(")[0] + "("):
            return  # defined outside of its class, which has it
        if comment is None and (TOLD_ELSEWHERE.search(bare) or bare.startswith("using ") and "=" not in bare):
            return
        item = Item(kind, self.without_attributes(dedent(text, self.text, start)), comment or [], self.name,
                    self.line_of(start), namespace)
        item.follows = comment is None and last_end is not None and bool(items)
        if re.search(r"=\s*delete\s*$", self.code[start:head_end]):
            rest = self.text[start:self.text.find("\n", head_end)]
            said = re.findall(r"//\s*(.*)", rest)
            item.refusal = " ".join(said).removeprefix("ioview: ") or "-"
            item.text = re.sub(r"\s*//[^\n]*", "", item.text)
        elif refused := re.search(r"\s*\bIOVIEW_REFUSE(?:D|D_OF|_IF)\(", item.text):
            end = close_of(mask(item.text), refused.end() - 1)
            said = re.findall(r'"((?:\\.|[^"\\])*)"', item.text[refused.end():end])
            item.refusal = "".join(said).removeprefix("ioview: ") or "-"
            item.text = item.text[:refused.start()] + " = delete" + item.text[end + 1:]
        if body and kind == "type" and not re.match(r"struct (\w+Backend\b|\w+::)", bare):
            is_class = re.match(r"class\b", bare)
            item.members = self.scan(*body, namespace, in_class=True, is_shown=not is_class)
            fields = re.compile(r"(?:IO|IOVIEW)_FIELDS?\w*\(").search(self.code, *body)
            if fields:  # a register: its fields are what there is to see
                end = self.code.find(";", close_of(self.code, fields.end() - 1)) + 1
                line = self.text.rfind("\n", 0, fields.start()) + 1
                item.text += " {\n" + outdent(self.text[line:end], 4) + "\n}"
        elif body and kind == "enum":
            item.members = self.enumerators(*body, namespace)
        items.append(item)

    def enumerators(self, low, high, namespace):
        found = []
        if table := re.compile(r"\s*(\w+)\(\w+\)").match(self.code, low, high):
            # the first column of a table of rows, a macro: names of which the table says all
            rows = re.search(rf"#define {table[1]}\(row\)((?:[^\n]*\\\n)*[^\n]*)", self.text)[1]
            return [Item("enumerator", row, [], self.name, self.line_of(low), namespace)
                    for row in re.findall(r"row\((\w+),", rows)]
        for match in re.compile(r"(\w+)(?:\s*=\s*([^,}\n]+))?\s*(,|$)").finditer(self.code, low, high):
            trail = re.compile(r"[ ]*//\s*").match(self.text, match.end())
            above = re.search(r"((?:\n *//[^\n]*)+)\n *$", self.text[low:match.start()])
            comment = []
            if trail:
                comment, _ = self.comment_at(trail.start() + trail[0].find("//"))
            elif above:
                comment = [line.strip().lstrip("/").strip() for line in above[1].strip().split("\n")]
            text = self.text[match.start():match.end(1)]
            if match[2]:
                text += " = " + match[2].strip()
            found.append(Item("enumerator", text, comment, self.name, self.line_of(match.start()),
                              namespace))
        return found

    def directive(self, i, high, items, pending):
        end = i
        while True:
            end = self.text.find("\n", end)
            if end == -1 or self.text[end - 1] != "\\":
                break
            end += 1
        end = high if end == -1 or end > high else end
        if re.compile(r"#\s*(?:else|elif)").match(self.text, i):  # of branches the first
            depth = 0
            for line in re.compile(r"^#\s*(if|endif)[^\n]*$", re.M).finditer(self.text, end, high):
                if line[1] == "if":
                    depth += 1
                elif depth == 0:
                    return line.end()
                else:
                    depth -= 1
        define = re.compile(r"#\s*define (IO\w+(?:\([^)]*\))?)").match(self.text, i)
        if define and is_public_macro(re.match(r"\w+", define[1])[0]):
            items.append(Item("macro", "#define " + define[1], pending or [], self.name,
                              self.line_of(i), follows=pending is None and self.text[:i].count("\n") ==
                              self.text[:i].rstrip().count("\n") + 1 and bool(items) and
                              items[-1].kind == "macro"))
        return end


def is_public_macro(name):
    """What starts with IO_, its long form, and the version."""
    return name in public_macros()


@lru_cache
def public_macros():
    """{short or only name: long name or None}, in the order of the headers."""
    short, defined = {}, set()
    for path in paths():
        text = path.read_text()
        for name, rest in re.findall(r"^[ ]*#define (IO_\w+)(.*)$", text, re.M):
            alias = re.fullmatch(r" (IOVIEW_\w+)", rest)
            short[name] = alias[1] if alias else None
        defined |= set(re.findall(r"^[ ]*#define (IOVIEW_\w+)", text, re.M))
    macros = {}
    for name, alias in short.items():
        long = alias or "IOVIEW_" + name.removeprefix("IO_")
        macros[name] = long if long in defined else None
        if macros[name]:
            macros[long] = None
    for name in sorted(defined):
        if re.fullmatch(r"IOVIEW_(VERSION|VERSION_(MAJOR|MINOR|PATCH)|MAKE_VERSION)", name):
            macros[name] = None
    return macros


def paths():
    return sorted(INCLUDE.rglob("*.hpp"))


def pages():
    """{name: Header}: what is on each page, its private parts in the order of the includes."""
    scanners = {path.relative_to(INCLUDE).as_posix(): Scanner(path) for path in paths()
                if "/arch/" not in path.as_posix()}
    found, home, hidden = {}, {}, {}
    for name, scanner in scanners.items():
        private = PRIVATE.search(scanner.text)
        if private:
            home[name] = private[1]
        else:
            found[name] = Header(name, scanner.opening())
    for name, scanner in scanners.items():
        page = home.get(name, name)
        while page in home:
            page = home[page]
        items = scanner.scan(0, len(scanner.text), "")
        if name.removeprefix("ioview/").removesuffix(".hpp") in INNER:
            scanner.hidden, items = items, []
        for item in scanner.hidden:
            if item.kind == "type" and item.members:
                hidden.setdefault(type_name(item), item)
        opening = re.match(r"(\w+)(?:<[^>]*>)?(?:, (\w+))?:", scanner.opening()[0])
        for item in items:
            named = re.search(r"(?:class|struct|concept|using)\s+(?:alignas\(.*?\)\s*)?(\w+)", without_head(mask(item.text)))
            item.is_told = bool(opening and named and named[1] in opening.groups())
        items = join_macros(items)
        if page == name:
            found[page].items = items + found[page].items
        elif items:
            found[page].parts.append(Header(name, scanner.opening(), items))
    for header in found.values():
        for part in (header, *header.parts):
            for item in part.items:
                inherit(item, hidden)
    order = re.compile(r"^#include <(.*)>", re.M)
    for page, header in found.items():
        included = order.findall(scanners[page].text)
        header.parts.sort(key=lambda part: included.index(part.name) if part.name in included else 99)
    return found


def is_public(namespace):
    names = namespace.split("::")
    return names[0] == "ioview" and not {"arch", "detail"} & set(names)


def is_methods(namespace, name):
    """The methods of views are in mixins of detail."""
    return namespace == "ioview::detail::methods" and \
        re.fullmatch(r"ioview/io/(?!refused)\w+_methods\.hpp", name)


def type_name(item):
    found = re.match(r"(?:class|struct|union)\s+(?:(?:\[\[.*?\]\]|alignas\(.*?\))\s*)?([\w:]+)",
                     without_head(mask(item.text)))
    return found[1] if found else ""


def split_bases(item):
    """The head of a class before its bases, the bases, and what comes behind them."""
    masked = mask(item.text)
    offset = len(masked) - len(without_head(masked))
    colon = re.compile(r"\s(?<!:):(?!:)").search(masked, offset)
    if item.kind != "type" or not colon:
        return item.text, [], ""
    body = masked.find("{", colon.end())
    end = body if body != -1 else len(masked)
    bases, depth, start = [], 0, colon.end()
    for i in range(colon.end(), end + 1):
        if i == end or masked[i] == "," and depth == 0:
            bases.append(" ".join(item.text[start:i].split()))
            start = i + 1
        elif masked[i] in "<(":
            depth += 1
        elif masked[i] in ">)":
            depth -= 1
    return item.text[:colon.start()].rstrip(), bases, item.text[end:]


def inherit(item, hidden):
    """Gives a class the members that it has from bases which no page shows."""
    if item.kind != "type" or "Backend" in type_name(item):
        return
    is_class = re.match(r"class\b", without_head(mask(item.text)))
    _, bases, _ = split_bases(item)
    for base in bases:
        if is_class and not base.startswith("public "):
            continue
        base_name = re.split(r"<", base.removeprefix("public "))[0].split("::")[-1]
        inner = hidden.get(base_name)
        if inner is None or inner.namespace.endswith("::methods") or base_name.startswith("No"):
            continue
        inherit(inner, hidden)
        known = {member.text for member in item.members}
        said, kept = [], False  # whether the member before is one of the class's now
        for member in inner.members:
            said = member.comment or (said if member.follows else [])
            follows = bool(said)
            is_made = re.search(rf"~?\b{base_name}\s*\(", mask(member.text))
            if member.kind == "function" and follows and not is_made and not member.refusal and \
                    member.text not in known and not re.search(r"\bio_\w+\(", member.text):
                heads = not member.comment and not kept
                item.members.append(replace(member, namespace=item.namespace,
                                            comment=said if heads else member.comment,
                                            follows=member.follows and not heads))
                kept = True
            else:
                kept = False
    for member in item.members:
        inherit(member, hidden)


def join_macros(items):
    """The short name of a macro and its long one are one item, with the comment of the long one."""
    macros = {re.match(r"#define (\w+)", item.text)[1]: item for item in items if item.kind == "macro"}
    for short, long in public_macros().items():
        if long in macros and short in macros:
            one, other = macros[short], macros[long]
            one.comment, one.also = other.comment, long
            if "(" in other.text:
                one.text = other.text.replace(long, short)
            items = [item for item in items if item is not other]
    return items


def untold(items):
    """The items that no comment covers and one has to: not those whose names say it in the comment
    of their type, which are constructors, operators, data members and enumerators."""
    found = []
    for item in items:
        if item.refusal or item.comment or item.follows or item.is_told or \
                item.namespace.endswith("::methods") and item.kind == "type":
            found += untold_members(item)
        else:
            found.append(item)
    return found


def untold_members(item):
    name = re.search(r"(?:class|struct)\s+(\w+)", without_head(mask(item.text)))
    return [member for member in untold(item.members)
            if member.kind in ("type", "enum") or member.kind == "function" and
            not re.search(rf"\boperator\b|\b{name[1] if name else '-'}\(", mask(member.text))]


def outdent(text, spaces):
    return re.sub(rf"(?m)^ {{0,{spaces}}}", "    ", text) if spaces else text


def dedent(text, whole, start):
    column = start - (whole.rfind("\n", 0, start) + 1)
    return re.sub(rf"\n {{{column}}}", "\n", text)
