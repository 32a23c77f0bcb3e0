# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Renders docs/performance.md and its plots from docs/performance/data.
    page.py --render    writes them
    page.py --check [docs]   fails where they are not what the data gives
"""
import pathlib
import sys
from itertools import product

import plot
from table import ROOT, read

ENOUGH = 0.95  # of the speed by hand; less is worse, beyond what two runs differ by
PARTS = {"codegen": "instructions", "includes": "include cost", "registers": "registers",
         "growth": "growth", "peers": "other libraries", "copy": "copies, fills and FIFOs",
         "ring": "rings", "doubles": "doubles", "update": "-O0 and -Og", "sizes": "image size"}


def worse(text, is_worse=True):
    return f"**{text}** ▼" if is_worse else text


def table(head, rows):
    """Numbers to the right."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 1) + "|"]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)]) + "\n"


def unique(rows, *columns):
    found = dict.fromkeys(tuple(row[column] for column in columns) for row in rows)
    return [key[0] if len(columns) == 1 else key for key in found]


def times(of, to):
    return f"{of / to:.2f}"


# What is done to registers: in words, how it is written, what is measured.
WAYS = (("declared", "ioview", "declared"),
        ("declared as `IO_FIELD_TYPES`", "ioview IO_FIELD_TYPES", "declared"),
        ("updated", "ioview", "updated"),
        ("updated by `IO_MODIFY`", "ioview IO_MODIFY", "updated"),
        ("of `IO_FIELD_TYPES`, updated", "ioview IO_FIELD_TYPES", "updated"))


class Page:
    def __init__(self, data):
        self.data = {name: read(name, data) for name in [*PARTS, "machine", "parts"]}
        self.losses = []  # (what, where, how much)
        self.plots = {}

    def pick(self, part, **wanted):
        return [row for row in self.data[part]
                if all(row[column] == value for column, value in wanted.items())]

    def loses(self, what, where, how_much):
        self.losses.append((what, where, how_much))

    # --- instructions ---

    def codegen(self):
        rows, pairs = [], []
        for key in unique(self.data["codegen"], "architecture", "compiler", "level"):
            architecture, compiler, level = key
            functions = self.pick("codegen", architecture=architecture, compiler=compiler,
                                  level=level)
            ioview, by_hand = (sum(int(row[side]) for row in functions)
                               for side in ("ioview", "by_hand"))
            longer = [row for row in functions if int(row["ioview"]) > int(row["by_hand"])]
            shorter = [row for row in functions if int(row["ioview"]) < int(row["by_hand"])]
            rows.append([" ".join(key), len(functions), by_hand, worse(ioview, ioview > by_hand),
                         times(ioview, by_hand), worse(len(longer), bool(longer)), len(shorter)])
            pairs.append((f"{architecture} {compiler} {level}", [ioview, by_hand]))
            if longer:
                names = [f"{row['function']} {row['ioview']}/{row['by_hand']}" for row in longer]
                more = f" and {len(names) - 4} more" if len(names) > 4 else ""
                self.loses("instructions", " ".join(key), ", ".join(names[:4]) + more)
        self.plots["instructions"] = plot.bars("Instructions of the corpus", "all functions", pairs,
                                               ["ioview", "by hand"])
        return ("## Instructions\n\nEach function of `tests/codegen/corpus.cpp`, written with ioview "
                "and by hand, counted in the object code. `benchmarks/codegen_table -a` prints every "
                "function.\n\n![instructions](performance/instructions.svg)\n\n" +
                table(["target", "functions", "by hand", "ioview", "ratio", "longer", "shorter"],
                      rows))

    # --- compile time ---

    def cost(self, part, library, compiler, level, what, column="seconds", count="100"):
        """Over the include of the same library, but for text, which is all."""
        def value(kind):
            row = self.pick(part, library=library, compiler=compiler, level=level, what=kind,
                            registers=count)
            return float(row[0][column]) if row and row[0][column] else None
        whole, include = value(what), value("include")
        if column == "text" or what == "include" or whole is None:
            return whole
        return max(whole - include, 0.0)

    def registers(self):
        rows = []
        for compiler, level in unique(self.data["registers"], "compiler", "level"):
            for words, library, what in WAYS:
                cells = []
                for column, shown in (("seconds", "{:.3f}"), ("minstr", "{:.0f}")):
                    raw, ours = (self.cost("registers", of, compiler, level, what, column)
                                 for of in ("raw", library))
                    if raw is None or ours is None:
                        cells += ["", "", ""]
                        continue
                    ratio = times(ours, raw) if raw > 0 else "–"
                    cells += [shown.format(raw), shown.format(ours), worse(ratio, ours > raw)]
                    if column == "minstr" and ours > raw:
                        self.loses("compile time, 100 registers " + words, f"{compiler} {level}",
                                   f"{ratio} times the instructions of volatile accesses by hand")
                rows.append([f"{compiler} {level}, {words}", *cells])
        text = []
        for compiler in unique(self.data["registers"], "compiler"):
            for level, (words, library, _) in product(("-O0", "-O2"), WAYS[2:]):
                raw, ours = (self.cost("registers", of, compiler, level, "updated", "text")
                             for of in ("raw", library))
                if raw and ours:
                    text.append([f"{compiler} {level}, {words}", f"{raw:.0f}", f"{ours:.0f}",
                                 worse(times(ours, raw), ours > 1.02 * raw)])
                    if ours > 1.02 * raw:
                        self.loses("text of 100 registers " + words, f"{compiler} {level}",
                                   f"{times(ours, raw)} times the bytes")
        return ("## Registers\n\n100 registers of four fields, over the include: declared and not "
                "used, and with a function for each that updates a field, by a lambda and by "
                "`IO_MODIFY`. Seconds of processor time, "
                f"the least of {self.data['registers'][0]['runs']}; millions of instructions of the compiler proper, in valgrind, "
                "which do not vary with what else the machine does.\n\n" +
                table(["", "by hand, s", "ioview, s", "ratio", "by hand, M", "ioview, M", "ratio"],
                      rows) +
                "\nBytes of text, with an update of each:\n\n" +
                table(["", "by hand", "ioview", "ratio"], text) + "\n" + self.growth())

    def growth(self):
        counts = unique(self.data["growth"], "registers")
        compilers = unique(self.data["growth"], "compiler")
        rows, panels = [], []
        for compiler in compilers:
            series = {}
            for library in ("ioview", "raw"):
                points = [(int(row["registers"]), float(row["seconds"])) for row in
                          self.pick("growth", library=library, compiler=compiler)]
                series["by hand" if library == "raw" else library] = points
                rows.append([f"{compiler}, {'by hand' if library == 'raw' else library}",
                             *(f"{seconds:.2f}" for _, seconds in points)])
            panels.append((compiler + " -O2", series))
        self.plots["compile_time"] = plot.lines(
            "Seconds to compile registers with an update each, the include with them", panels,
            ["ioview", "by hand"], "registers")
        return ("How it grows, in seconds at -O2, the include with it:\n\n"
                "![compile time](performance/compile_time.svg)\n\n" +
                table(["registers", *counts], rows))

    def includes(self):
        head = list(self.data["includes"][0])
        return ("## Include cost\n\nThe library headers that it cannot do without (`std`), what a "
                "driver with `Mmio` and registers includes, and `<ioview/ioview.hpp>` (`umbrella`): "
                "lines after the preprocessor, templates instantiated, millions of instructions of "
                "the compiler and seconds; `benchmarks/include_cost`.\n\n" +
                table(head, [list(row.values()) for row in self.data["includes"]]))

    # --- other libraries ---

    def peers(self):
        libraries = unique(self.data["peers"], "library")
        versions = [f"{row} {version}" for row, version in unique(self.data["peers"], "library",
                                                                  "version") if version]
        rows, lost = [], {}
        for compiler in unique(self.data["peers"], "compiler"):
            for title, level, what, column, shown in (
                    ("include, s", "-O2", "include", "seconds", "{:.3f}"),
                    ("declared, s", "-O2", "declared", "seconds", "{:.3f}"),
                    ("updated, s", "-O2", "updated", "seconds", "{:.3f}"),
                    ("text at -O0, kB", "-O0", "updated", "text", "{:.1f}")):
                scale = 1000 if column == "text" else 1
                found = {library: self.cost("peers", library, compiler, level, what, column)
                         for library in libraries}
                found = {name: None if value is None else value / scale
                         for name, value in found.items()}
                better = [name for name in libraries if not name.startswith(("raw", "ioview")) and
                          found[name] is not None and found[name] < found["ioview"]]
                rows.append([f"{compiler}: {title}", *(
                    "–" if found[name] is None else
                    worse(shown.format(found[name]), name == "ioview" and bool(better))
                    for name in libraries)])
                for name in better:
                    lost.setdefault((title, name), []).append(
                        f"{shown.format(found['ioview'])} to {shown.format(found[name])} ({compiler})")
        for (title, name), found in lost.items():
            self.loses(f"beside {name}", title, "; ".join(found))
        return ("## Other libraries\n\nThe same 100 registers of four fields in each library's own "
                "spelling, compiled in turn, the least of "
                f"{self.data['peers'][0]['runs']}: the include alone; declared and not "
                "used, and with one update each, over the include, at -O2; text at -O0, with one "
                "update each. What they check differs: libarch, cppreg and MMIO++ mask a value that "
                "is too wide, ioview and umimmio refuse it.\n\n" +
                f"Versions: {', '.join(versions)}.\n\n" +
                table(["", *("by hand" if name == "raw" else name for name in libraries)], rows))

    # --- speed ---

    def ratio_cell(self, row):
        ratio = float(row["ratio"])
        return (worse(f"{ratio:.2f}", ratio < ENOUGH) +
                f" <sub>{float(row['low']):.2f}–{float(row['high']):.2f}</sub>")

    def lost_speed(self, part):
        """A line for each kind of work and medium: at which sizes, and the worst of all."""
        slow = {}
        for row in self.data[part]:
            if float(row["ratio"]) < ENOUGH:
                work = row["what"].replace("_to", "").replace("_from", "").replace("read_", "").replace(
                    "write_", "")
                slow.setdefault((work, row["of"]), []).append(row)
        for (work, of), rows in slow.items():
            worst = min(rows, key=lambda row: float(row["ratio"]))
            sizes = [int(row["size"]) for row in rows]
            name = plot.short if part == "copy" else str
            span = name(min(sizes)) + (f" to {name(max(sizes))}" if len(set(sizes)) > 1 else "")
            self.loses(f"speed: {work}", f"{of}; {span}",
                       f"{float(worst['ratio']):.2f} at worst: {float(worst['ioview_ns']):.1f} ns, by "
                       f"hand {float(worst['by_hand_ns']):.1f} ns ({worst['compiler']}, "
                       f"{name(int(worst['size']))})")

    def copies(self):
        sizes = unique(self.data["copy"], "size")
        text = ("## Copies, fills and FIFOs\n\nThe speed of ioview as a multiple of the best by hand: "
                "`memcpy` and `memset` for memory, loops of volatile words, four to a round, for "
                "devices, which are memory here. Medians of 21 turns, and their quartiles. "
                "`SysMem` has no access wider than the compiler may use (`-mavx` makes it 32 bytes) "
                "and touches no byte twice; `memcpy` looks up what the processor has, and does.\n\n"
                "![copies](performance/copy.svg)\n")
        names = ["SysMem copy_to", "SysMem copy_from", "SysMem fill", "Mmio copy_to",
                 "Mmio copy_from", "Mmio fill"]
        panels = []
        for compiler in unique(self.data["copy"], "compiler"):
            rows = [[f"{what}, {of}", *(next((self.ratio_cell(row) for row in self.pick(
                "copy", compiler=compiler, what=what, of=of, size=size)), "") for size in sizes)]
                    for what, of in sorted(unique(self.data["copy"], "what", "of"))]
            text += (f"\n<details><summary>{compiler}</summary>\n\n" +
                     table(["bytes", *map(lambda size: plot.short(int(size)), sizes)], rows) +
                     "\n</details>\n")
            panels.append((compiler, {name: [(int(row["size"]), float(row["ratio"])) for row in
                                             self.pick("copy", compiler=compiler, of=name.split()[0],
                                                       what=name.split()[1])] for name in names}))
        self.plots["copy"] = plot.lines("Speed as a multiple of the best by hand", panels, names,
                                        "bytes", log_x=True, y_most=2.5, level=1)
        self.lost_speed("copy")
        return text

    def ratios(self, part, what, words):
        compilers = unique(self.data[part], "compiler")
        rows = [[f"{name}, {size}", *(next((self.ratio_cell(row) for row in self.pick(
            part, compiler=compiler, what=name, of=of, size=size)), "") for compiler in compilers)]
                for name, of, size in unique(self.data[part], "what", "of", "size")]
        self.lost_speed(part)
        return words + table([what, *compilers], rows)

    def rings_and_doubles(self):
        return ("## Rings and doubles\n\n" + self.ratios(
            "ring", "slots", "Ring arithmetic, as a multiple of the speed by hand:\n\n") +
            self.ratios("doubles", "size", "\nDoubles: a view of `Memory` and a plain array, a "
                        "`Recorder` and a vector that the same is written to:\n\n"))

    def update(self):
        rows, lost = [], {}
        for what, of in unique(self.data["update"], "what", "of"):
            for level in unique(self.data["update"], "level"):
                cells = []
                for compiler in unique(self.data["update"], "compiler"):
                    row = self.pick("update", compiler=compiler, level=level, what=what, of=of)[0]
                    ours, raw = (float(row[side]) / int(row["size"])
                                 for side in ("ioview_ns", "by_hand_ns"))
                    slow = float(row["ratio"]) < ENOUGH
                    cells += [f"{raw:.2f}", f"{ours:.2f}", worse(times(ours, raw), slow)]
                    if slow:
                        lost.setdefault(f"{compiler} {level}", []).append(
                            (ours / raw, f"{ours:.1f} ns, by hand {raw:.1f} ns ({what}, {of})"))
                rows.append([f"{what}, {of}, {level}", *cells])
        for where, found in lost.items():
            ratio, words = max(found)
            self.loses("speed: an access of a register", where,
                       f"up to {ratio:.1f} times as long: {words}")
        compilers = unique(self.data["update"], "compiler")
        bars = []
        for compiler in compilers:
            for level in ("-O0", "-Og"):
                for row in self.pick("update", compiler=compiler, level=level, what="update one",
                                     of="SysMem"):
                    bars.append((f"{compiler} {level}", [float(row[side]) / int(row["size"]) for side
                                                         in ("ioview_ns", "by_hand_ns")]))
        self.plots["debug"] = plot.bars("Update of one register in a build for debugging", "ns", bars,
                                        ["ioview", "by hand"])
        libraries = unique(self.data["peers"], "library")
        self.plots["debug_text"] = plot.bars(
            "Text of 100 registers with an update each, at -O0", "kB",
            [(library if library != "raw" else "by hand",
              [None if (size := self.cost("peers", library, compiler, "-O0", "updated", "text"))
               is None else size / 1000 for compiler in unique(self.data["peers"], "compiler")])
             for library in libraries], unique(self.data["peers"], "compiler"))
        return ("## Builds for debugging\n\nNanoseconds an access at -O0 and -Og, and at -O2 to "
                "compare: of sixteen registers in a row, where nothing is waited for, and of one again "
                "and again (*update one*), where each update waits for the one before.\n\n"
                "![-O0](performance/debug.svg)\n\n![text at -O0](performance/debug_text.svg)\n\n" +
                table(["", *(f"{compiler} {column}" for compiler in compilers
                             for column in ("by hand", "ioview", "ratio"))], rows))

    # --- images ---

    def sizes(self):
        sections = unique(self.data["sizes"], "section")
        rows = []
        for driver, image in unique(self.data["sizes"], "driver", "image"):
            cells = []
            for section in sections:
                row = self.pick("sizes", driver=driver, image=image, section=section)[0]
                more = int(row["ioview"]) > int(row["by_hand"])
                cells.append(worse(f"{row['ioview']} / {row['by_hand']}", more))
                if more:
                    self.loses("image size", f"{driver}, {image}",
                               f"{section} {row['ioview']} bytes, in C {row['by_hand']}")
            rows.append([f"{driver}, {image}", *cells])
        return ("## Image size\n\nDrivers of `tests/hardware/sizes` at -Os, bytes of ioview / of a "
                "twin in C.\n\n" + table(["", *sections], rows))

    # --- the page ---

    def machine(self):
        return ("## Measured on\n\n" +
                table(["", ""], [[row["what"], row["which"]] for row in self.data["machine"]])
                .replace("--:", "---") +
                "\nFlags: `-std=c++20` (umimmio: `-std=c++23`) and the level named, nothing else; "
                "images also `-ffreestanding -fno-exceptions -fno-rtti`. *Others* is the number of "
                "processes that wanted a processor when a part began: above 0.5 its times are a "
                "first impression; counts of instructions, bytes and lines are exact.\n\n" +
                table(["part", "measured", "others"],
                      [[PARTS[row["part"]], row["date"], row["load"]] for row in self.data["parts"]]))

    def glance(self):
        """What is aimed at, and what is reached, a column for each compiler."""
        compilers = unique(self.data["update"], "compiler")
        rows = []

        def goal(words, value_of, limit, shown="{:.2f}", least=False):
            cells = []
            for compiler in compilers:
                value = value_of(compiler)
                bound = limit(compiler) if callable(limit) else limit
                cells.append("–" if value is None else worse(
                    shown.format(value), value < bound if least else value > bound))
            rows.append([words, *cells])

        def longer(compiler):
            found = [row for row in self.data["codegen"] if row["compiler"].endswith(compiler)]
            return sum(int(row["ioview"]) > int(row["by_hand"]) for row in found) if found else None

        def of_raw(library, what, level, column):
            def ratio(compiler):
                raw, ours = (self.cost("registers", of, compiler, level, what, column)
                             for of in ("raw", library))
                return ours / raw if raw and ours is not None else None
            return ratio

        def slowest(part, **wanted):
            def least(compiler):
                found = self.pick(part, compiler=compiler, **wanted)
                return min((float(row["ratio"]) for row in found), default=None)
            return least

        def update(level, what):
            return lambda compiler: max((float(row["ioview_ns"]) / float(row["by_hand_ns"])
                                         for row in self.pick("update", compiler=compiler,
                                                              level=level, what=what)),
                                        default=None)
        goal("functions with more instructions than by hand, all targets: 0", longer, 0, "{}")
        for words, library, what in WAYS[2:]:
            goal(f"100 registers {words}, -O2, instructions of the compiler: at most 3 (clang: 4) "
                 "times by hand", of_raw(library, what, "-O2", "minstr"),
                 lambda c: 3 if c == "g++" else 4)
            goal("their text at -O0: at most 1.5 (clang: 2) times by hand",
                 of_raw(library, what, "-O0", "text"), lambda c: 1.5 if c == "g++" else 2)
        for what, words in (("update one", "an update, of one register again and again"),
                            ("update", "an update, of sixteen registers"),
                            ("modify one", "an `IO_MODIFY`, of one register again and again"),
                            ("modify", "an `IO_MODIFY`, of sixteen registers")):
            goal(f"{words}, at -O0: at most 2 times as long as by hand", update("-O0", what), 2)
            goal(f"{words}, at -Og: at most 1.2 times", update("-Og", what), 1.2)
        goal("`SysMem`, 64 bytes copied: at least 0.95 of `memcpy`'s speed", lambda c: min(filter(
            None, (slowest("copy", of="SysMem", what=what, size="64")(c)
                   for what in ("copy_to", "copy_from"))), default=None), ENOUGH, least=True)
        goal("ring arithmetic: at least 0.95 of the speed by hand", slowest("ring"), ENOUGH,
             least=True)
        return table(["aim", *compilers], rows)

    def render(self):
        """The files, by their names below docs."""
        sections = [section() for section, parts in (
            (self.codegen, ["codegen"]), (self.copies, ["copy"]),
            (self.rings_and_doubles, ["ring", "doubles"]), (self.update, ["update", "peers"]),
            (self.registers, ["registers", "growth"]), (self.includes, ["includes"]),
            (self.peers, ["peers"]), (self.sizes, ["sizes"])) if all(map(self.data.get, parts))]
        self.losses.sort(key=lambda loss: loss[0])
        text = ("<!-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception -->\n"
                "<!-- Written by scripts/bench; a test compares it with docs/performance/data. -->\n"
                "# Performance\n\n"
                "What ioview costs beside the same written by hand, and beside other libraries. "
                "`scripts/bench` measures all of it again and writes this page; every figure is in "
                "[performance/data](performance/data). **Bold ▼ is where ioview is worse.**\n\n" +
                self.glance() + "\n## Where ioview is worse\n\n" +
                (table(["what", "where", "how much"], self.losses).replace("--:", "---")
                 if self.losses else "Nowhere, in what is measured here.\n") + "\n" +
                "\n".join(sections) + "\n" + self.machine())
        files = {"performance.md": text}
        files.update({f"performance/{name}.svg": text for name, text in self.plots.items()})
        return files


def main():
    docs = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs"
    if sys.argv[1:2] not in (["--render"], ["--check"]):
        sys.exit(__doc__)
    files = Page(docs / "performance/data").render()
    wrong = []
    for name, text in files.items():
        path = docs / name
        if sys.argv[1] == "--render":
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            wrong.append(name)
    if sys.argv[1] == "--check":
        wrong += [f"performance/{path.name}" for path in sorted((docs / "performance").glob("*.svg"))
                  if f"performance/{path.name}" not in files]
    if wrong:
        sys.exit("page: not what docs/performance/data gives: " + ", ".join(wrong) +
                 "; scripts/bench --render writes them")


main()
