# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Shows that each test which docs/design/defects.md cites fails once the protection is gone.

  defects.py            tries every line of the page
  defects.py R3 F8      tries these
  defects.py --check    only whether page, table and tests belong together

The table is defects.txt, one change at least for each line and for each test cited there:

  R3 tests/resource.test.cpp "the test case"
  = what is taken out
  @ include/ioview/resource/io_mem.hpp
  - what stands there, just once, whatever its spaces and line breaks are
  + what stands there instead; nothing where the text is only taken out

More than one @ or pair of - and + change more than one place. The file cited says how it is tried:

  tests/*.test.cpp         compiled with the change, the case fails
  tests/compile_fail/      what must be refused is accepted with the change, and so is its twin
  tests/codegen/rules.cpp  the rules find fault with the code for aarch64
  scripts/lint             its first stage, the format, does

With `! <regex>` what is said has to match that, and then it may be the compiler that says it.
Without the change each passes. What was shown is not tried again until a file that was part of it,
or its text in the table, has changed.
"""

import argparse
import fcntl
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
PAGE = ROOT / "docs" / "design" / "defects.md"
CLANG = "clang++-19"  # half of g++'s time, and no trouble with precompiled headers (g++ 12)
CROSS = "aarch64-linux-gnu-g++"
FORMAT = "clang-format-16"
SKIPPED = 77
VERSION = ".".join(re.findall(r"define IOVIEW_VERSION_\w+ (\d+)",
                              (ROOT / "include/ioview/version.hpp").read_text()))


def flags():
    return ["-std=c++20", "-O0", "-g0", "-w", "-pthread", "-fconstexpr-steps=20000000",
            # a mistake that the compiler would find in another case is then that case's alone
            "-DIOVIEW_TESTS_STATIC_AT_RUN_TIME",
            f'-DIOVIEW_CONFIGURED_VERSION="{VERSION}"']


# --- page and table ---


class Fault(Exception):
    pass


class Entry:
    """One change and the test that has to notice it."""

    def __init__(self, name, file, case):
        self.name, self.file, self.case = name, file, case
        self.why, self.said = "", None
        self.edits = []  # (file, words before, text after)

    def __str__(self):
        return f'{self.name}: {self.file}' + (f' "{self.case}"' if self.case else "")

    def cites(self):
        return self.name, self.file, self.case

    def place(self):
        """A name for files of its own."""
        text = repr((self.cites(), self.edits))
        return f"{self.name}.{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def read_table(text):
    entries, file, before, after = [], None, None, None

    def done():
        nonlocal before, after
        if before is not None:
            entries[-1].edits.append((file, " ".join(before), "\n".join(after)))
        before = after = None

    for number, line in enumerate(text.split("\n"), 1):
        head = re.fullmatch(r'([A-Z]\d+) (\S+?)(?: "(.*)")?', line)
        mark, rest = line[:1], line[2:]
        if head:
            done()
            entries.append(Entry(*head.groups()))
            file = None
        elif not line or mark == "#":
            done()
        elif not entries or mark not in "=@!-+" or line[1:2] not in ("", " "):
            raise Fault(f"defects.txt:{number}: not a line of the table: {line}")
        elif mark == "=":
            entries[-1].why += (" " if entries[-1].why else "") + rest
        elif mark == "!":
            entries[-1].said = rest
        elif mark == "@":
            done()
            file = rest
        elif file is None:
            raise Fault(f"defects.txt:{number}: before this stands no @ with a file")
        elif mark == "-":
            if after:
                done()
            before, after = (before or []) + [rest], []
        elif before is None:
            raise Fault(f"defects.txt:{number}: before this stands nothing that it replaces")
        else:
            after.append(rest)
    done()
    for entry in entries:
        if not entry.edits or not entry.why:
            raise Fault(f"{entry}: the table says not what is taken out, or not why")
    return entries


def read_page(text):
    """(name, file, case or None) of each test that a line of the page cites."""
    cited = []
    for line in text.split("\n"):
        row = re.fullmatch(r"\| ([A-Z]\d+) \|(?:[^|]*\|){2}([^|]*)\|", line)
        if line.startswith("| ") and re.match(r"\| [A-Z]\d", line) and not row:
            raise Fault(f"not a line of four columns: {line}")
        if not row:
            continue
        found = []
        for file, cases in re.findall(r'`([^`]+)`((?:[:,] "[^"]+")*)', row[2]):
            found += [(row[1], file, case) for case in re.findall(r'"([^"]+)"', cases) or [None]]
        if not found:
            raise Fault(f"{row[1]} cites no test")
        if any(name == row[1] for name, _, _ in cited):
            raise Fault(f"{row[1]} is two lines")
        cited += found
    return cited


def cases_of(text):
    """{name: whether it is one for each of several types}"""
    found = re.findall(r'\b(TEMPLATE_)?TEST_CASE\w*\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)', text)
    return {"".join(re.findall(r'"((?:[^"\\]|\\.)*)"', name)): bool(template) for template, name in found}


def changed(entry):
    """{file: its text after the change}"""
    texts = {}
    for file, before, after in entry.edits:
        if file not in texts:
            if not (ROOT / file).is_file():
                raise Fault(f"{entry}: there is no file {file}")
            texts[file] = (ROOT / file).read_text()
        words = before.split()
        # between words at least one space, or none where neither is part of a name
        pattern = re.escape(words[0])
        for one, two in zip(words, words[1:]):
            pattern += (r"\s+" if re.search(r"\w$", one) and re.match(r"\w", two) else r"\s*")
            pattern += re.escape(two)
        found = list(re.finditer(pattern, texts[file]))
        if len(found) != 1:
            raise Fault(f"{entry}: {file} has {len(found)} times, not once, what is to be changed:\n"
                        f"    {before}\n  The code has changed: make tests/mutants/defects.txt say what "
                        "protects it now.")
        start, end = found[0].span()
        texts[file] = texts[file][:start] + after + texts[file][end:]
    return texts


def check(entries, cited):
    faults = []
    tried = {e.cites() for e in entries}
    for name, file, case in cited:
        what = f'{name}: {file}' + (f' "{case}"' if case else "")
        if not (ROOT / file).is_file():
            faults.append(f"{what}: no such file")
        elif case and case not in cases_of((ROOT / file).read_text()):
            faults.append(f"{what}: no such test case")
        elif not case and file.endswith(".test.cpp"):
            faults.append(f"{what}: which test case?")
        if (name, file, case) not in tried:
            faults.append(f"{what}: docs/design/defects.md cites it; tests/mutants/defects.txt has no "
                          "change that it notices")
    for entry in entries:
        if entry.cites() not in cited:
            faults.append(f"{entry}: only in tests/mutants/defects.txt, not in docs/design/defects.md")
        try:
            changed(entry)
        except Fault as fault:
            faults.append(str(fault))
    return faults


# --- trying one ---


def run(command, limit=120, cwd=None):
    """(exit status or None where it took too long, what it said)"""
    try:
        done = subprocess.run([str(c) for c in command], stdout=subprocess.PIPE, cwd=cwd,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=limit,
                              env={**os.environ, "LC_ALL": "C"}, errors="replace")
        return done.returncode, done.stdout
    except subprocess.TimeoutExpired:
        return None, "it takes too long"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


class Bench:
    def __init__(self, work, tests, main):
        self.work, self.tests, self.main = work, tests, main
        self.linker = ["-fuse-ld=lld"] if shutil.which("ld.lld") else []
        self.built = {}  # test: program, without a change
        self.work.mkdir(parents=True, exist_ok=True)
        tools = [shutil.which(t) for t in (CLANG, "g++", CROSS, FORMAT)]
        self.tools = repr([(t, os.stat(t).st_size, os.stat(t).st_mtime) for t in tools if t])

    def once(self, name, sources, command):
        """A file made once for all tests; command(path) makes it."""
        key = hashlib.sha256("".join([self.tools, *flags(), *map(digest, sources)]).encode())
        path = self.work / "common" / key.hexdigest()[:16] / name
        with open(self.work / "common.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                status, said = run(command(path), 600)
                if status != 0:
                    raise Fault(f"cannot make {path}:\n{said}")
        return path

    def catch(self):
        support = ROOT / "tests" / "support"
        return self.once("catch.pch", [support / "catch.hpp"], lambda p: [
            CLANG, *flags(), "-x", "c++-header", "-fpch-instantiate-templates", support / "catch.hpp",
            "-o", p])

    def catch_main(self):
        main = ROOT / "tests" / "support" / "catch_main.cpp"
        return self.main or self.once("main.o", [main], lambda p: [
            CLANG, *flags(), "-c", "-I", ROOT / "tests", main, "-o", p])

    # --- a copy of what the test needs, with the change ---

    def tree(self, entry, texts):
        """With `texts` in the place of what stands there."""
        place = self.work / entry.place()
        shutil.rmtree(place, ignore_errors=True)
        for part in ("include", "examples", "tests/support", "tests/codegen"):
            shutil.copytree(ROOT / part, place / part)
        todo = [ROOT / entry.file]
        while todo:  # the test, and what lies beside it
            file = todo.pop()
            copy = place / file.relative_to(ROOT)
            if copy.exists() and file != ROOT / entry.file:
                continue
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(file, copy)
            for inner in re.findall(r'^\s*#\s*include\s*"([^"]+)"', file.read_text(), re.M):
                for base in (file.parent, ROOT / "tests"):
                    if (base / inner).is_file():
                        todo.append((base / inner).resolve())
                        break
        for file, text in texts.items():
            (place / file).write_text(text)
        return place

    # Each of these: None where the test passes, else what was found. The files that had a part in it
    # are in tree / "used".

    def unit(self, tree, entry):
        program = tree / "test"
        status, said = run([
            CLANG, *flags(), "-MD", "-MF", tree / "used", "-include-pch", self.catch(),
            "-I", tree / "include", "-I", tree / "tests", tree / entry.file, self.catch_main(),
            "-lfmt", *self.linker, "-o", program])
        if status != 0:
            return "compile", said
        return self.case(program, entry, tree)

    def case(self, program, entry, cwd):
        name = re.sub(r'([\\,\["])', r"\\\1", entry.case)
        if cases_of((ROOT / entry.file).read_text()).get(entry.case):
            name += " - *"
        status, said = run([program, name], 30, cwd)
        if status is None:
            return "time", said
        if "No test cases matched" in said:
            return "missing", said
        return None if status == 0 else ("case", said)

    def refusal(self, tree, entry):
        text = (tree / entry.file).read_text()
        target = re.search(r"^// target: (\S+)", text, re.M)
        extra = re.search(r"^// flags: (.*)", text, re.M)
        only = re.search(r"^// compilers: (.*)", text, re.M)
        compiler = (f"{target[1]}-linux-gnu-g++" if target else
                    "g++" if only and CLANG not in only[1].split() else CLANG)
        if not shutil.which(compiler):
            return "skipped", f"no {compiler}"
        command = [compiler, "-std=c++20", "-w", "-fsyntax-only", "-MD", "-MF", tree / "used", "-I",
                   tree / "include", *(extra[1].split() if extra else []), tree / entry.file]
        status, said = run([*command, "-DIOVIEW_FIXED"])
        if status != 0:
            return "twin", said
        status, said = run(command)
        if status == 0:
            return "accepted", "what must be refused is accepted"
        for expected in re.findall(r"^// expect: *(.*)", text, re.M):
            if not re.search(expected, said, re.S):
                return "reason", said
        return None

    def rules(self, tree, entry):
        if not shutil.which(CROSS):
            return "skipped", f"no {CROSS}"
        files = [*(tree / "include").rglob("*.hpp"), *(tree / "tests" / "codegen").iterdir()]
        (tree / "used").write_text(": " + " ".join(str(f) for f in files))
        status, said = run(["sh", tree / "tests/codegen/rules.sh", tree / "include", "aarch64", CROSS,
                            "-O2"])
        if status == 77:
            return "skipped", said
        return None if status == 0 else ("rules" if "; found" in said else "compile", said)

    def format(self, tree, entry):
        if not shutil.which(FORMAT):
            return "skipped", f"no {FORMAT}"
        command = [FORMAT, "--dry-run", "-Werror"]
        if " ".join(command) not in (tree / entry.file).read_text():
            raise Fault(f"{entry}: does not say {' '.join(command)} any more")
        shutil.copy2(ROOT / ".clang-format", tree)
        files = [tree / file for file in {file for file, _, _ in entry.edits}]
        (tree / "used").write_text(": " + " ".join(str(f) for f in [*files, tree / ".clang-format"]))
        status, said = run([*command, *files])
        return None if status == 0 else ("format", said)

    def kind(self, entry):
        if entry.file.endswith(".test.cpp"):
            return self.unit, "case"
        if entry.file.startswith("tests/compile_fail/"):
            return self.refusal, "accepted"
        if entry.file == "tests/codegen/rules.cpp":
            return self.rules, "rules"
        if entry.file == "scripts/lint":
            return self.format, "format"
        raise Fault(f"{entry}: nobody knows how to run such a test")

    def show(self, entry):
        """True when it is shown, False when skipped; a Fault when it is not so."""
        attempt, wanted = self.kind(entry)
        stamp = self.work / f"{entry.place()}.shown"
        key = hashlib.sha256(repr((self.tools, digest(HERE / "defects.py"), entry.cites(), entry.edits,
                                   entry.said)).encode()).hexdigest()
        if stamp.exists():
            old = json.loads(stamp.read_text())
            if old["key"] == key and all(digest(ROOT / f) == d for f, d in old["files"].items()):
                print(f"{entry}\n    as shown before")
                return True
        start = time.time()
        texts = changed(entry)
        self.passes(entry, attempt)
        tree = self.tree(entry, texts)
        how, said = attempt(tree, entry) or (None, "")
        if how == "skipped":
            print(f"{entry}\n    SKIPPED: {said}")
            return False
        if how is None:
            raise Fault(f"{entry}: passes without its protection ({entry.why})\n  tried in {tree}")
        expected = (re.search(entry.said, said) and how in (wanted, "compile") if entry.said
                    else how == wanted)
        if not expected:
            raise Fault(f"{entry}: the change is no test of it ({how}), tried in {tree}\n{said[-3000:]}")
        used = {os.path.relpath(os.path.realpath(f), os.path.realpath(tree))
                for f in (tree / "used").read_text().replace("\\\n", " ").split(":", 1)[1].split()}
        missing = [f for f in texts if f not in used]
        if missing and wanted == "case":
            raise Fault(f"{entry}: the test does not include {missing[0]}")
        files = {f for f in used if not f.startswith("..") and (ROOT / f).is_file()} | {entry.file, *texts}
        stamp.write_text(json.dumps({"key": key, "files": {f: digest(ROOT / f) for f in sorted(files)}}))
        shutil.rmtree(tree)
        print(f"{entry}\n    fails without: {entry.why} ({time.time() - start:.1f} s)")
        return True

    def passes(self, entry, attempt):
        """Without the change; unit tests are built already where --tests says where."""
        result = "missing", ""
        if attempt == self.unit:
            for program in filter(None, (self.built.get(entry.file), self.tests)):
                result = self.case(program, entry, self.work)
                if not result or result[0] != "missing":
                    break
        if result and result[0] == "missing":
            tree = self.tree(entry, {})
            result = attempt(tree, entry)
            if attempt == self.unit and (tree / "test").exists():
                self.built[entry.file] = self.work / f"unchanged.{pathlib.Path(entry.file).stem}"
                shutil.move(tree / "test", self.built[entry.file])
            shutil.rmtree(tree)
        if result and result[0] != "skipped":
            raise Fault(f"{entry}: fails, though nothing was changed\n{result[1][-3000:]}")


def main():
    parser = argparse.ArgumentParser(prog="scripts/mutate --defects")
    parser.add_argument("name", nargs="*")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--table", type=pathlib.Path, default=HERE / "defects.txt")
    parser.add_argument("--tests", type=pathlib.Path, help="the unit tests, built already")
    parser.add_argument("--main", type=pathlib.Path, help="support/catch_main.cpp, compiled already")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / "build" / "mutate" / "defects")
    options = parser.parse_args()
    try:
        entries = read_table(options.table.read_text())
        cited = read_page(PAGE.read_text())
    except Fault as fault:
        sys.exit(f"defects: {fault}")
    if options.check:
        faults = check(entries, cited)
        print(*faults, sep="\n")
        print(f"{len({c[0] for c in cited})} lines, {len(cited)} tests cited, {len(entries)} changes")
        sys.exit(bool(faults))
    unknown = set(options.name) - {e.name for e in entries}
    if unknown:
        sys.exit(f"defects: no line {', '.join(sorted(unknown))}")
    if not shutil.which(CLANG):
        print(f"SKIPPED: no {CLANG}")
        sys.exit(SKIPPED)
    bench = Bench(options.work.resolve(), options.tests, options.main)
    failed = skipped = False
    for entry in entries:
        if options.name and entry.name not in options.name:
            continue
        try:
            skipped |= not bench.show(entry)
        except Fault as fault:
            print(fault, flush=True)
            failed = True
    sys.exit(1 if failed else SKIPPED if skipped else 0)


if __name__ == "__main__":
    main()
