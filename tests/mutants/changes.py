# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What scripts/mutate changes in a header: changes(header, text) gives every one-place change.

Works on tokens, not on a syntax tree: clang-format puts blanks around binary operators and none
inside template brackets, which tells `a < b` from `A<b>`. A change that is no program (a type
error, say) is left to the compiler to refuse.
"""

import collections
import hashlib
import re

Token = collections.namedtuple("Token", "text start end")


class Change:
    def __init__(self, header, kind, text, edits):
        self.header, self.kind, self.edits = header, kind, sorted(edits)
        out, at = [], 0
        for start, end, new in self.edits:
            out += [text[at:start], new]
            at = end
        self.text = "".join(out) + text[at:]
        self.start, self.end = self.edits[0][0], max(e for _, e, _ in self.edits)
        self.line = text.count("\n", 0, self.start) + 1
        self.last_line = text.count("\n", 0, self.end) + 1
        begin = text.rfind("\n", 0, self.start) + 1
        tail = text.find("\n", self.end)
        self.before = squeeze(text[begin:tail])
        self.after = squeeze(self.text[begin : tail + len(self.text) - len(text)])
        # the lines around it, by which tests are chosen
        lines = text.split("\n")
        self.context = "\n".join(lines[max(0, self.line - 9) : self.last_line + 6])
        self.number = 0  # of changes that look alike

    @property
    def key(self):
        return f"{self.header}|{self.before}|{self.after}|{self.number}"

    def order(self, seed):
        return hashlib.sha256(f"{seed}|{self.key}".encode()).hexdigest()


def squeeze(text):
    return " ".join(text.replace("\\\n", "\n").split())


def apart(one, two):
    """Two statements without calls of which neither speaks of what the other changes."""
    changed = []
    for text in (one, two):
        void = re.fullmatch(r"(static_cast<void>\(\w+\)(, )?)+;", text)
        swap = re.fullmatch(r"std::swap\((\w+), \w+\.\w+\);", text)
        step = re.fullmatch(r"(?:\+\+|--)(\w+);", text)
        assigned = re.match(r"([\w.>-]+?)(?:\[\w+\])? [-+|&^*]?= (?!.*\w\()", text, re.S)
        if void:
            return True
        if not (swap or step or assigned):
            return False
        changed.append((swap or step or assigned)[1])
    return changed[0] not in two and changed[1] not in one


PIECE = re.compile(
    r"""//[^\n]*|/\*.*?\*/|R"\((?:.*?)\)"|"(?:\\.|[^"\\\n])*"|
        (?<![0-9a-zA-Z_])'(?:\\.|[^'\\\n])+'|
        0[xX][0-9a-fA-F']+[uUlL]*|0[bB][01']+[uUlL]*|\d[\d']*[uUlL]*|[A-Za-z_]\w*|
        <<=|>>=|<=>|->\*|->|::|<<|>>|<=|>=|==|!=|&&|\|\||\+=|-=|&=|\|=|\^=|\*=|/=|%=|\+\+|--|\.\.\.|
        \#\#|[^\s\w]""",
    re.X | re.S,
)


def tokens(text):
    """All but comments, and of preprocessor lines only what macros stand for."""
    found = []
    hidden = []
    for line in re.finditer(r"^[ \t]*#[ \t]*(\w+)((?:\\\n|[^\n])*)", text, re.M):
        end = line.end()
        if line[1] == "define":
            end = line.start(2) + re.match(r"\s*\w+(\([^)]*\))?", line[2]).end()
        hidden.append((line.start(), end))
    at = 0
    for piece in PIECE.finditer(text):
        while hidden and hidden[0][1] <= piece.start():
            hidden.pop(0)
        if hidden and hidden[0][0] <= piece.start():
            continue
        if piece[0].startswith(("//", "/*")) or piece[0] == "\\":
            continue
        found.append(Token(piece[0], piece.start(), piece.end()))
    return found


SWAPS = {
    "compare": {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="},
    "logic": {"&&": "||", "||": "&&"},
    "mask": {"&": "|", "|": "&", "&=": "|=", "|=": "&=", "^": "|"},
    "shift": {"<<": ">>", ">>": "<<", "<<=": ">>=", ">>=": "<<="},
    "arithmetic": {"+": "-", "-": "+", "+=": "-=", "-=": "+=", "*": "/", "/": "*", "%": "/"},
}
WIDER = {"8": "16", "16": "32", "32": "64", "64": "32"}
OTHER_BARRIER = {
    "dma_rmb": "dma_wmb",
    "dma_wmb": "dma_rmb",
    "dma_mb": "dma_rmb",
    "rmb": "wmb",
    "wmb": "rmb",
    "mb": "rmb",
    "mmiowb": None,
    "wc_flush": None,
    "after_device_load": None,
    "before_device_store": None,
    "compiler_barrier": None,
    "io_fence": None,
    "fence": None,
    "handover_fence": None,
    "wait_for_loads": None,
}
OPENING = {"(": ")", "[": "]", "{": "}"}
CLOSING = {v: k for k, v in OPENING.items()}
NO_EXPRESSION = set(
    """return using static_assert typedef template class struct union friend static constexpr
    consteval inline const auto break continue goto throw case enum explicit operator requires
    namespace public private protected default void concept extern IOVIEW_INLINE bool int unsigned
    char new delete typename""".split()
)


class Source:
    def __init__(self, header, text):
        self.header, self.text = header, text
        self.tokens = tokens(text)
        self.match = {}
        stack = []
        for i, token in enumerate(self.tokens):
            if token.text in OPENING:
                stack.append(i)
            elif token.text in CLOSING and stack and self.tokens[stack[-1]].text == CLOSING[token.text]:
                self.match[i] = stack.pop()
                self.match[self.match[i]] = i
        self.found = []

    def is_at(self, i):
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def spaced(self, i):
        token = self.tokens[i]
        return self.text[token.start - 1].isspace() and self.text[token.end].isspace()

    def add(self, kind, *edits):
        self.found.append(Change(self.header, kind, self.text, edits))

    def replace(self, kind, i, new):
        self.add(kind, (self.tokens[i].start, self.tokens[i].end, new))

    def operators(self):
        for i, token in enumerate(self.tokens):
            if self.is_at(i - 1) == "operator":
                continue
            for kind, swaps in SWAPS.items():
                if token.text not in swaps or not self.spaced(i):
                    continue
                if token.text == "<" and self.is_at(i - 1) in ("template", "operator"):
                    continue
                if self.is_at(i - 1) in ("=", ",", "(", "return", "auto", "typename", "..."):
                    continue  # unary, a declarator, or a fold
                if token.text in ("&", "&&", "*") and self.is_at(i + 1) in ("=", ",", ")", "..."):
                    continue
                self.replace(kind, i, swaps[token.text])
            after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
            # not the filler argument of a macro
            if token.text == "~" and re.match(r"[\w(]", self.text[token.end]):
                destructor = re.match(r"~[A-Z]\w*\(", self.text[token.start :])
                if not destructor:
                    self.replace("mask", i, "")
            if token.text == "!" and after and after.start == token.end:
                self.replace("negate", i, "")
            if token.text in ("if", "while"):
                start = i + 1 + (self.is_at(i + 1) == "constexpr")
                end = self.match.get(start)
                if self.is_at(start) == "(" and end:
                    self.negate(start, end)
            if re.match(r"\d", token.text):
                self.constant(i)

    def negate(self, start, end):
        # an if with an initialiser: only its condition
        for i in range(start + 1, end):
            if self.tokens[i].text == ";":
                start = i
        first, last = self.tokens[start].end, self.tokens[end].start
        if ":" not in [t.text for t in self.tokens[start:end]]:
            self.add("negate", (first, first, "!(" if self.text[first] != " " else " !("),
                     (last, last, ")"))

    def constant(self, i):
        text = self.tokens[i].text
        digits = re.match(r"(0[xX])?[0-9a-fA-F']+?(?=[uUlL]*$)|0[bB][01']+(?=[uUlL]*$)", text)
        if not digits:
            return
        value = int(digits[0].replace("'", ""), 0) if text != "0" else 0
        suffix = text[digits.end() :]
        show = hex if text[:2] in ("0x", "0X") else bin if text[:2] in ("0b", "0B") else str
        # Sizes are powers of two: above n is above n + 1, or at least n is at least n - 1.
        size = re.search(r"(?:sizeof\([^()]*\)|\bMax) (<=?|>=?) $",
                         self.text[max(0, self.tokens[i].start - 60) : self.tokens[i].start])
        same_above = size and size[1] in ("<=", ">") and value > 1
        same_below = size and size[1] in ("<", ">=") and value > 2
        if not same_above:
            self.replace("constant", i, show(value + 1) + suffix)
        if value > 0 and not same_below:
            self.replace("constant", i, show(value - 1) + suffix)

    def widths(self):
        for i, token in enumerate(self.tokens):
            number = re.fullmatch(r"uint(8|16|32|64)_t", token.text)
            if number:
                # a template argument of what is called or made: get<B, std::uint32_t>(
                rest = self.text[token.end : token.end + 120]
                called = re.match(r"(?:, *[\w:]+(?:<[\w:, ]*>)?)*>+(?:\(|\{|,|\n)", rest)
                start = self.text.rfind("\n", 0, token.start)
                if called and not re.search(r"\b(template|concept)\b", self.text[start : token.start]):
                    self.replace("width", i, f"uint{WIDER[number[1]]}_t")
            call = re.fullmatch(r"((?:try_)?(?:read|write)|le|be)(8|16|32|64)", token.text)
            if call and self.is_at(i + 1) == "(" and self.is_at(i - 1) in (".", "->", "::", "return", "="):
                self.replace("width", i, call[1] + WIDER[call[2]])

    # --- statements ---

    def statements(self):
        """(first, core, last) token indices of what ends in a semicolon inside function bodies;
        core is where the statement begins after `if (…)` and the like."""
        for i, token in enumerate(self.tokens):
            if token.text != ";":
                continue
            j = i - 1
            while j >= 0:
                text = self.tokens[j].text
                if text in (";", "{", "("):
                    break
                if text == "}" and j + 1 < i and re.match(r"\w|\*|\+\+|--|\[", self.is_at(j + 1)):
                    break
                if text in CLOSING:
                    if j not in self.match:
                        break
                    j = self.match[j]
                j -= 1
            first = core = j + 1
            if self.is_at(j) == "(" or first >= i or not self.in_function(first):
                continue
            while self.is_at(core) in ("if", "else", "while", "for", "case", "default", "public",
                                       "private", "protected", "[["):
                if self.is_at(core) in ("case", "default", "public", "private", "protected"):
                    while self.is_at(core) != ":":
                        core += 1
                    core += 1
                    continue
                was_else = self.is_at(core) == "else"
                core += 1
                if was_else:
                    continue
                core += self.is_at(core) == "constexpr"
                core = self.match.get(core, core) + 1
                while self.is_at(core) == "[":  # [[likely]]
                    core = self.match[core] + 1
            if core < i:
                yield first, core, i

    def in_function(self, i):
        """Whether the innermost braces around i are a function's or a statement's."""
        depth, j = 0, i - 1
        while j >= 0:
            if self.tokens[j].text in CLOSING and j in self.match:
                j = self.match[j]
            elif self.tokens[j].text == "{":
                break
            j -= 1
        if j < 0:
            return False
        k = j - 1
        while k >= 0 and self.tokens[k].text not in (";", "{", "}"):
            k -= 1
        head = self.text[self.tokens[k].end if k >= 0 else 0 : self.tokens[j].start]
        head = re.sub(r"//[^\n]*", "", head)
        head = re.sub(r"template\s*<[^{;]*?>\s*(?=\n|requires|class|struct|\[)", "", head)
        head = re.sub(r"<[^<>]*>", "", head)
        return not re.search(r"\b(class|struct|union|enum|namespace|concept)\b", head) and bool(
            re.search(r"\)|else|do\b|\]", head))

    def source_of(self, first, last):
        return self.text[self.tokens[first].start : self.tokens[last].end]

    def is_expression(self, core, last):
        name = self.is_at(core)
        if not re.match(r"[A-Za-z_*+\-(]", name) or name in NO_EXPRESSION:
            return False
        if self.is_at(last - 1) in ("delete", "default"):
            return False
        text = self.source_of(core, last)
        if re.match(r"[\w:]+(<[^;=()]*>)?[&* ]+\w+ *(=|;|\{|\[)", text) and not re.match(
                r"[\w.:>-]+ *([-+|&^]?=|<<=|>>=)", text):
            return False  # a declaration
        return bool(re.search(r"\(|=|\+\+|--", text))

    def is_reading_declaration(self, core, last):
        text = self.source_of(core, last)
        return bool(re.match(r"(const )?(auto|[\w:]+(<[^;=()]*>)?)&? +\w+ *= .*\(", text, re.S)
                    and self.is_at(core) not in ("using", "static", "constexpr", "return"))

    def by_statement(self):
        previous = None
        for first, core, last in self.statements():
            start, end = self.tokens[core].start, self.tokens[last].end
            text = self.text[start:end]
            guarded = core != first
            # (mb)() too: in parentheses, or a macro of that name would be called
            call = re.match(r"\(?(?:[\w]+::)*(?:template )?(\w+)(?:<[^()]*>)?\)?\(", text)
            if call and call[1] in OTHER_BARRIER:
                self.add("barrier", (start, end, ";"))
                if OTHER_BARRIER[call[1]]:
                    at = start + call.start(1)
                    self.add("barrier", (at, at + len(call[1]), OTHER_BARRIER[call[1]]))
            if call and call[1] in ("panic", "refuse", "panic_at"):
                self.add("error", (start, end, ";"))
            if re.match(r"return (?:ioview::)?(?:detail::)?fail\(", text):
                self.add("error", (start, end, ";" if guarded else "return {};"))
            elif re.match(r"return Error::\w+;", text):
                self.add("error", (start, end, "return Error{};"))
            elif re.match(r"return (fault|error|\w+\.error\(\));", text):
                self.add("error", (start, end, "return {};"))
            if re.match(r"asm volatile\(", text):
                self.assembly(start, end, text)
            this = None
            if not guarded and (self.is_expression(core, last) or text.startswith("asm ")
                                or self.is_reading_declaration(core, last)):
                this = (first, start, end)
                if previous and previous[0] == first:
                    one, two = self.text[previous[1] : previous[2]], text
                    between = self.text[previous[2] : start]
                    if squeeze(one) != squeeze(two) and "#" not in between and not apart(one, two):
                        self.add("order", (previous[1], previous[2], two), (start, end, one))
            previous = (last + 1, start, end) if this else None

        # the barrier that a fence names
        for i, token in enumerate(self.tokens):
            if token.text == "Fence" and self.is_at(i + 1) == "::":
                name = self.is_at(i + 2)
                if OTHER_BARRIER.get(name):
                    self.replace("barrier", i + 2, OTHER_BARRIER[name])

    def assembly(self, start, end, text):
        barrier = '""' in text or re.search(r"fence|dsb|dmb|mcr", text)
        if barrier:
            self.add("barrier", (start, end, ";"))
        # without an output it is volatile anyhow, and with one to volatile memory it is kept anyhow
        if re.search(r'"[=+][^mQ"]*"', text):
            self.add("barrier", (start, end, text.replace("asm volatile", "asm", 1)))
        # still with colons: for g++ an asm without any changes all memory
        self.add("barrier", (start, end, re.sub(r'\s*:+\s*"memory"\)',
                                                ")" if "(" in text[text.index('"') :] else " ::)",
                                                text)))
        for old, new in (("dsb", "dmb"), ("oshld", "oshst"), ("oshst", "oshld"), ("dsb ld", "dsb st"),
                         ("dsb st", "dsb ld"), ("fence i,", "fence o,"), ("fence w,", "fence r,"),
                         ("ldrb", "ldrh"), ("strb", "strh"), ("ldrh", "ldrb"), ("strh", "strb"),
                         ("lfence", "sfence"), ("sfence", "lfence"), ("mfence", "lfence")):
            if re.search(rf'"{old}|\\t{old}', text):
                self.add("barrier" if "f" in new or "d" == new[0] else "width",
                         (start, end, text.replace(old, new, 1)))


def changes(header, text):
    source = Source(header, text)
    source.operators()
    source.widths()
    source.by_statement()
    alike = collections.Counter()
    out, seen = [], set()
    for change in sorted(source.found, key=lambda c: (c.start, c.kind, c.text)):
        if change.text in seen or change.text == text:
            continue
        seen.add(change.text)
        change.number = alike[change.before, change.after]
        alike[change.before, change.after] += 1
        out.append(change)
    return out
