# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""scripts/mutate: tries one-place changes of the headers (changes.py) against the tests.

A change is tried in three steps, each on a copy of the tree, and counts as killed by the first that
notices:

 1. The header alone. Not a program any more: invalid, and not counted; the words of one of its own
    static_asserts: killed.
 2. The unit tests that include the header, those first that run through the changed line and that
    speak of what stands around it, compiled by clang without optimisation and run. One that compiles no longer has noticed (its
    static_asserts, constant expressions and constraints are tests too), but for an error of another
    kind at the changed line itself, as of operands that have no such operator: that change is
    invalid as well, seen only where the template is instantiated. Then what must not compile
    (tests/compile_fail), as far as it speaks of the same things; before the unit tests where the
    change is in a static_assert or a concept.
 3. The generated code (tests/codegen, tests/handover) and the unit tests for other instruction sets
    on emulated processors, one of them big-endian and one of 32 bits.
"""

import argparse
import collections
import concurrent.futures
import dataclasses
import fcntl
import hashlib
import json
import math
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time

from changes import changes

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = pathlib.Path(os.environ.get("IOVIEW_MUTATE_DIR", ROOT / "build" / "mutate"))
TREE = OUT / "tree"
RESULTS = OUT / "results.jsonl"
ACCEPTED = ROOT / "tests" / "mutants" / "accepted.txt"
CLANG = "clang++-19"
VERSION = ".".join(re.findall(r"define IOVIEW_VERSION_\w+ (\d+)",
                              (ROOT / "include/ioview/version.hpp").read_text()))
FLAGS = ["-std=c++20", "-pthread", "-w", "-O0", "-g0", "-Wfatal-errors", "-fconstexpr-steps=20000000",
         f'-DIOVIEW_CONFIGURED_VERSION="{VERSION}"']


@dataclasses.dataclass
class Target:
    """A line of cmake/architectures.json that a g++ compiles for."""
    file: str        # of arch/
    compiler: list   # with flags
    clang: list      # flags of clang for it; None: not tried
    emulator: list   # of the unit tests


def read_targets():
    targets = {}
    table = json.loads((ROOT / "cmake" / "architectures.json").read_text())
    for row in table["vendor"]["ioview"]["targets"]:
        compilers = row["compilers"].split()
        if "g++" not in compilers:
            continue
        triplet = row.get("triplet")
        flags = row.get("flags", "").split()
        gcc = [triplet + "-g++" if triplet else "g++", *row.get("g++", "").split(), *flags]
        clang = [*([f"--target={triplet}"] if triplet else []), *row.get("clang", "").split(), *flags]
        emulator = []
        if "toolchain" in row:
            toolchain = ROOT / "cmake" / "toolchains" / (row["toolchain"] + ".cmake")
            emulator = re.findall(r"IOVIEW_CROSS_EMULATOR (\S+)\)", toolchain.read_text())
            TOOLCHAINS[row["toolchain"]] = row["name"]
        targets[row["name"]] = Target(row["file"], gcc, clang if "clang" in compilers else None,
                                     emulator)
    return targets


TOOLCHAINS = {}  # names of targets by files of cmake/toolchains
TARGETS = read_targets()
# where what a header holds is seen, if not in the test of its name
SEEN_IN = {"arch": "copy mmio sys", "message": "script recorder", "steps": "script", "x86": "port",
           "access": "io user recorder", "static": "io region", "wire": "endian", "path": "project",
           "refusals": "io", "element": "slices", "common": "io cast slices", "member": "project",
           "stored": "register bounded", "block": "dma locations", "base": "locations"}
RUN_LIMIT = 30  # seconds; the longest test takes three
COMPILE_LIMIT = 120


def run(command, limit, cwd=None):
    """(exit status or None where it took too long, what it said)"""

    def quiet():
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (4 << 30, 4 << 30))

    # a file, because a test's children may keep a pipe open
    log = OUT / "logs" / f"{threading.get_ident()}.log"
    with open(log, "w+b") as out:
        process = subprocess.Popen([str(c) for c in command], stdout=out, stderr=out,
                                   stdin=subprocess.DEVNULL, cwd=cwd, preexec_fn=quiet)
        try:
            status = process.wait(limit)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            try:  # what it started and left: its own session, nothing else
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
        out.seek(0)
        return status, out.read(1 << 20).decode(errors="replace")


WORD = re.compile(r"[A-Za-z_]\w{2,}")
COMMON = set("the and not that for are with this one its noexcept constexpr const return auto template "
             "class struct std size_t static_cast include ioview IOVIEW_INLINE nodiscard".split())


def words(text):
    return set(WORD.findall(text)) - COMMON


def parts(names):
    return {part for name in names for part in name.split("_") if len(part) > 3}


class Test:
    def __init__(self, name, path, text):
        self.name, self.path = name, path
        self.words = words(text)
        self.cost = 0.5 + len(text) / 6000  # seconds, until it is known
        self.includes = set()


class Bench:
    """The copy of the tree, what is compiled once, and the tests."""

    def __init__(self):
        (OUT / "logs").mkdir(parents=True, exist_ok=True)
        self.alone = open(OUT / "lock", "w")
        try:
            fcntl.flock(self.alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"mutate: there is another one at work in {OUT}")
        shutil.rmtree(TREE, ignore_errors=True)
        shutil.rmtree(OUT / "work", ignore_errors=True)
        files = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "include", "tests",
                                "examples", "benchmarks", "cmake", "scripts"], cwd=ROOT, check=True,
                               stdout=subprocess.PIPE, text=True).stdout.split("\n")
        for name in sorted(set(files) - {""}):
            if not (ROOT / name).is_file():
                continue
            (TREE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, TREE / name)
        self.include = TREE / "include"
        self.headers = {str(p.relative_to(self.include / "ioview")): p.read_text()
                        for p in sorted((self.include / "ioview").rglob("*.hpp"))}
        self.lock = threading.Lock()
        self.local = threading.local()
        self.thorough = False
        self.covers = {}
        self.good = {}  # what passes, and what does not, without a change
        self.costs_file = OUT / "costs.json"
        self.kills = collections.defaultdict(collections.Counter)
        self.active = {}
        # compiled once, as long as it stays as it is
        self.common = OUT / "common"
        key = hashlib.sha256(repr((FLAGS, TARGETS)).encode() + b"".join(
            p.read_bytes() for p in sorted((TREE / "tests" / "support").iterdir()))).hexdigest()
        if not (self.common / key).exists():
            shutil.rmtree(self.common, ignore_errors=True)
            self.common.mkdir()
            (self.common / key).touch()
        for name in ("catch2", "fmt"):  # found where a cross compiler does not look
            link = self.common / name
            if not link.exists():
                link.symlink_to(f"/usr/include/{name}")
        self.unit = [self.test(p) for p in sorted((TREE / "tests").rglob("*.test.cpp"))
                     if not p.name.startswith("odr_") and p.parent.name != "hardware"]
        self.unit += [self.test(TREE / "tests" / "hardware" / "drivers.test.cpp", "hardware.doubles"),
                      self.test(TREE / "tests" / "fuzz" / "main.cpp", "fuzz")]
        self.refusals = [self.test(p) for p in sorted((TREE / "tests" / "compile_fail").glob("*.cpp"))]
        if self.costs_file.exists():
            costs = json.loads(self.costs_file.read_text())
            for test in self.unit:
                test.cost = costs.get(test.name, test.cost)
        for test in self.refusals:  # messages have in words what headers have in names
            test.words |= parts(test.words)
        for tests in (self.unit, self.refusals):
            count = collections.Counter(w for t in tests for w in t.words)
            weights = {w: math.log(len(tests) / n) for w, n in count.items()}
            for test in tests:
                test.weights = weights

    def test(self, path, name=None):
        text = path.read_text()
        test = Test(name or path.name.removesuffix(".cpp").removesuffix(".test"), path, text)
        todo = [path]
        while todo:
            file = todo.pop()
            if file in test.includes:
                continue
            test.includes.add(file)
            for inner in re.findall(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', file.read_text(), re.M):
                for base in (file.parent, self.include, TREE / "tests", TREE / "examples", TREE):
                    if (base / inner).is_file():
                        todo.append((base / inner).resolve())
                        break
        # the local helpers of a test speak for it too
        for file in test.includes - {path}:
            if TREE / "tests" in file.parents or TREE / "examples" in file.parents:
                test.words |= words(file.read_text())
        return test

    def unchanged_since(self, result):
        """The tests that a change has survived before, but for those that are others now."""
        at = result.get("at", 0)
        return ["earlier"] + [t.name for t in self.unit if t.name in result["tried"]
                              and t.path.stat().st_mtime < at]

    def directory(self):
        if not hasattr(self.local, "directory"):
            self.local.directory = OUT / "work" / str(threading.get_ident())
            shutil.rmtree(self.local.directory, ignore_errors=True)
            (self.local.directory / "cwd").mkdir(parents=True)
        return self.local.directory

    def once(self, name, make):
        """A file that is made once for all runs; make(path) gives the command."""
        path = self.common / name
        with self.lock:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                status, said = run(make(path), 600)
                if status != 0:
                    sys.exit(f"mutate: cannot make {path}:\n{said}")
        return path

    # --- compilers ---

    def clang(self, overlay):
        return [CLANG, *FLAGS, *(["-I", overlay] if overlay else []), "-I", self.include, "-I",
                TREE / "tests"]

    def cross(self, target, overlay):
        return [*TARGETS[target].compiler, "-std=c++20", "-pthread", "-w", "-O0", "-g0", "-Wfatal-errors",
                "-D_FILE_OFFSET_BITS=64", "-DFMT_HEADER_ONLY", f'-DIOVIEW_CONFIGURED_VERSION="{VERSION}"',
                *(["-I", overlay] if overlay else []), "-I", self.include, "-I", TREE / "tests",
                "-isystem", self.common]

    def compile_unit_common(self):
        catch = TREE / "tests" / "support"
        self.once("libmain.so", lambda p: [
            CLANG, "-std=c++20", "-w", "-O0", "-fPIC", "-shared", "-I", TREE / "tests",
            catch / "catch_main.cpp", "-o", p])
        self.once("catch.pch", lambda p: [
            *self.clang(None), "-x", "c++-header", "-fpch-instantiate-templates",
            catch / "catch.hpp", "-o", p])

    def compile_unit(self, test, overlay, target):
        out = self.directory() / "test"
        out.unlink(missing_ok=True)
        catch = TREE / "tests" / "support"
        plain = test.name == "fuzz"
        if target == "x86-64":
            flags = ["-std=c++2b"] if ".cxx23" in test.name else []
            self.compile_unit_common()
            main = [] if plain else [self.common / "libmain.so"]
            pch = [] if plain or flags else ["-include-pch", self.common / "catch.pch"]
            command = [*self.clang(overlay), *flags, *pch, test.path, *main, "-fuse-ld=lld",
                       f"-Wl,-rpath,{self.common}", "-lfmt", "-o", out]
        else:
            main = [] if plain else [self.once(f"{target}/main.o", lambda p: [
                *self.cross(target, None), "-c", catch / "catch_main.cpp", "-o", p])]
            self.once(f"{target}/catch.hpp.gch", lambda p: [
                *self.cross(target, None), "-x", "c++-header", catch / "catch.hpp", "-o", p])
            pch = [] if plain else ["-include", self.common / target / "catch.hpp"]
            command = [*self.cross(target, overlay), *pch, test.path, *main, "-static", "-s",
                       "-o", out]
        return run(command, COMPILE_LIMIT)

    def try_unit(self, test, overlay, target="x86-64"):
        """None when it passes, else (how, what was said)."""
        start = time.time()
        status, said = self.compile_unit(test, overlay, target)
        if status != 0:
            return ("compile", said) if status is not None else ("time", "the compiler takes too long")
        emulator = TARGETS[target].emulator
        argument_lists = [["-a"]]
        if test.name == "fuzz":
            corpus = TREE / "tests" / "fuzz" / "corpus"
            argument_lists = [[a.name, *sorted(a.iterdir())] for a in sorted(corpus.iterdir())]
        for arguments in argument_lists:
            status, said = run([*emulator, self.directory() / "test", *arguments], RUN_LIMIT,
                               self.directory() / "cwd")
            if status is None:
                return "time", "the test takes too long"
            if status != 0:
                return "run", said
        if not overlay and target == "x86-64":
            test.cost = max(0.2, time.time() - start)
            with self.lock:
                self.costs_file.write_text(json.dumps({t.name: round(t.cost, 2) for t in self.unit}))
        return None

    def try_refusal(self, test, overlay, twin=True):
        text = test.path.read_text()
        if re.search(r"^// compilers: ", text, re.M):
            return None
        target = re.search(r"^// target: (\S+)", text, re.M)
        flags = re.search(r"^// flags: (.*)", text, re.M)
        lines = re.search(r"^// lines: (\d+)", text, re.M)
        # at first one compiler and the refused half only
        compilers = [[CLANG], ["g++"]] if twin else [[CLANG]]
        if target:
            compilers = [TARGETS[TOOLCHAINS[target[1]]].compiler]
        for compiler in compilers:
            command = ["env", "LC_ALL=C", *compiler, "-std=c++20", "-Wall", "-Wextra", "-fsyntax-only",
                       *(["-I", overlay] if overlay else []), "-I", self.include,
                       *(flags[1].split() if flags else []), test.path]
            status, said = run(command, COMPILE_LIMIT)
            if status == 0:
                return "accepted", "compiled, but must be refused"
            for expected in re.findall(r"^// expect: *(.*)", text, re.M):
                if not re.search(expected, said):
                    return "reason", f"refused for another reason than {expected}\n{said}"
            most = int(lines[1]) if lines else 25 if compiler == [CLANG] else 15
            if said.count("\n") > most:
                return "reason", "refused in too many words\n" + said
            status, said = run([*command, "-DIOVIEW_FIXED"], COMPILE_LIMIT) if twin else (0, "")
            if status != 0:
                return "twin", said
        return None

    def try_code(self, what, overlay):
        """The tests of generated code; `what` is their name here."""
        kind, _, target = what.partition(".")
        directory = TREE / "tests" / "codegen"
        include = overlay or self.include
        if kind == "rules":
            command = ["sh", directory / "rules.sh", include, target, *TARGETS[target].compiler, "-O2"]
        elif kind == "clang":
            command = ["sh", directory / "rules.sh", include, target, CLANG, *TARGETS[target].clang,
                       "-Os"]
        elif kind == "cost":
            command = ["sh", directory / "cost.sh", include, "x86-64", "objdump", "g++", "-O2"]
        elif kind == "calls":
            command = ["sh", directory / "calls.sh", include, "3", CLANG, "-O0"]
        elif kind == "names":
            command = ["sh", directory / "names.sh", include, "g++", "-O2"]
        elif kind == "handover":
            command = ["sh", TREE / "benchmarks" / "handover" / "instructions.sh", include]
        status, said = run(command, COMPILE_LIMIT)
        return None if status in (0, 77) else ("run", said)

    def passes_unchanged(self, name, attempt):
        """Whether a test passes without a change: else it says nothing of one."""
        with self.lock:
            event = self.good.get(name)
            mine = event is None
            if mine:
                event = self.good[name] = [threading.Event(), None]
        if mine:
            event[1] = attempt(None) is None
            if not event[1]:
                print(f"mutate: {name} fails without any change, and is left out", flush=True)
            event[0].set()
        event[0].wait()
        return event[1]

    # --- which tests run through a line ---

    def map_coverage(self, jobs, again):
        """{header: {line: names of the unit tests that execute it}}. What is only in the compiler's
        hands (types, concepts, constants) is executed by none."""
        file = OUT / "coverage.json"
        key = hashlib.sha256(b"".join(t.path.read_bytes() for t in self.unit) + b"".join(
            t.encode() for t in self.headers.values())).hexdigest()
        if file.exists():
            kept = json.loads(file.read_text())
            # lines of a header that has changed since may be off: they only order the tests
            if kept["key"] == key or again:
                self.covers = kept["covers"]
                return
        print("which test runs through which line", flush=True)
        covers = {}
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            for test, lines in zip(self.unit, pool.map(self.coverage_of, self.unit)):
                for header, number in lines:
                    covers.setdefault(header, {}).setdefault(str(number), []).append(test.name)
        file.write_text(json.dumps({"key": key, "covers": covers}))
        self.covers = covers

    def coverage_of(self, test):
        place = self.directory() / "covered"
        flags = ["-fprofile-instr-generate", "-fcoverage-mapping", "-DIOVIEW_TESTS_STATIC_AT_RUN_TIME"]
        main = [] if test.name == "fuzz" else [self.common / "libmain.so"]
        pch = [] if test.name == "fuzz" or ".cxx23" in test.name else [
            "-include-pch", self.common / "catch.pch"]
        self.compile_unit_common()
        status, _ = run([*self.clang(None), *(["-std=c++2b"] if ".cxx23" in test.name else []),
                         *pch, *flags, test.path, *main, "-fuse-ld=lld", f"-Wl,-rpath,{self.common}",
                         "-lfmt", "-o", place], COMPILE_LIMIT)
        arguments = []
        if test.name == "fuzz":
            attack = sorted((TREE / "tests" / "fuzz" / "corpus").iterdir())[0]
            arguments = [attack.name, *sorted(attack.iterdir())]
        if status == 0:
            run(["env", f"LLVM_PROFILE_FILE={place}.raw", place, *arguments], RUN_LIMIT * 2,
                self.directory() / "cwd")
            status, _ = run(["llvm-profdata-19", "merge", "-sparse", f"{place}.raw", "-o",
                             f"{place}.data"], 60)
        if status != 0:
            return []
        lcov = subprocess.run(["llvm-cov-19", "export", "-format=lcov", place,
                               f"-instr-profile={place}.data", str(self.include)],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        lines, header = [], None
        for line in lcov.split("\n"):
            if line.startswith("SF:"):
                header = line[3:].split("/include/ioview/")[-1]
            elif line.startswith("DA:") and not line.endswith(",0"):
                lines.append((header, int(line[3:].split(",")[0])))
        return lines

    # --- which lines are compiled for which target ---

    def lines_of(self, header, target):
        """The numbers of the lines that the compiler for a target sees; None: all."""
        if not re.search(r"^\s*#\s*(if|else|elif)", self.headers[header], re.M):
            return None
        with self.lock:
            if (header, target) in self.active:
                return self.active[header, target]
        path = self.include / "ioview" / header
        compiler = [CLANG] if target == "x86-64" else TARGETS[target].compiler
        process = subprocess.run([*compiler, "-std=c++20", "-E", "-dD", "-w", "-I", str(self.include),
                                  "-x", "c++", "-include", str(path), "/dev/null"],
                                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        lines, here, number = set(), False, 0
        for line in process.stdout.split("\n"):
            marker = re.match(r'#(?: line)? (\d+) "([^"]*)"', line)
            if marker:
                here, number = os.path.realpath(marker[2]) == str(path.resolve()), int(marker[1])
                continue
            if here and line.strip():
                lines.add(number)
            number += 1
        if header.startswith("arch/") and target == "x86-64" and header not in (
                "arch/x86.hpp", "arch/select.hpp"):
            lines = set()
        with self.lock:
            self.active[header, target] = lines
        return lines

    def targets(self, change):
        native = [name for name, target in TARGETS.items() if change.header == f"arch/{target.file}.hpp"]
        found = []
        for target in native or TARGETS:
            lines = self.lines_of(change.header, target)
            if lines is None or any(n in lines for n in range(change.line, change.last_line + 1)):
                found.append(target)
                if target == "x86-64":
                    break
        # a macro's lines are one
        before = self.headers[change.header].split("\n")[max(0, change.line - 2) : change.line]
        if not found and any(line.endswith("\\") for line in before):
            found = ["x86-64"]
        return found

    # --- one change ---

    def through(self, change):
        lines = self.covers.get(change.header, {})
        return {name for n in range(change.line, change.last_line + 1)
                for name in lines.get(str(n), [])}

    def ranked(self, tests, change, learn=True):
        near, far = words(change.context), words(self.headers[change.header])
        if tests is self.refusals:
            near |= parts(near)
        names = set(re.split(r"[/_.]", change.header)) - {"hpp", "detail", "testing"}
        names |= {w for n in names for w in SEEN_IN.get(n, "").split()}
        path = (self.include / "ioview" / change.header).resolve()
        kills = self.kills[change.header]
        through = self.through(change)
        total = sum(kills.values()) + 3

        def score(test):
            value = 3 * sum(test.weights[w] for w in near & test.words)
            value += 20 * sum(test.weights[w] for w in far & test.words) / (
                10 + sum(test.weights.get(w, 0) for w in far))
            value += 20 * len(names & set(re.split(r"[_.]", test.name)))
            value += 60 * kills[test.name] / total
            if test.name in through:
                value += 80
            return value / (0.5 + test.cost) ** 0.3 if learn else value

        return sorted((t for t in tests if path in t.includes), key=score, reverse=True)

    def judge(self, change, tried):
        directory = self.directory()
        overlay = directory / "include"
        shutil.rmtree(overlay, ignore_errors=True)
        place = overlay / "ioview" / change.header
        place.parent.mkdir(parents=True)
        place.write_text(change.text)
        targets = self.targets(change)
        if not targets:
            return "unbuilt", "", ""
        first = targets[0]

        alone = directory / "alone.cpp"
        alone.write_text(f"#include <ioview/{change.header}>\n")
        command = self.clang(overlay) if first == "x86-64" else self.cross(first, overlay)
        status, said = run([*command, "-fsyntax-only", alone], COMPILE_LIMIT)
        if status != 0:
            if re.search(r"static assertion failed|static_assert failed", said):
                return "killed", "static_assert", said
            return "invalid", "", said

        if first == "x86-64":
            return self.judge_here(change, overlay, tried)
        return self.judge_there(change, overlay, targets)

    def invalid_here(self, said, change):
        """An error at the changed line, of no kind that a test could be after."""
        error = re.search(r"^(.*?):(\d+):\d+: (?:fatal )?error: (.*)$", said, re.M)
        if not error or not error[1].endswith("include/ioview/" + change.header):
            return False
        if not change.line <= int(error[2]) <= change.last_line + 1:
            return False
        return not re.search(r"static assertion|static_assert|constant expression|constraint|no matching|"
                             r"deleted|noexcept|evaluates? to|integral constant", error[3])

    def first_unit(self, tests, change, overlay, target):
        for test in tests:
            result = self.try_unit(test, overlay, target)
            if result is None:
                continue
            how, said = result
            name = test.name if target == "x86-64" else f"{target}:{test.name}"
            if how == "compile" and self.invalid_here(said, change):
                return "invalid", name, said
            if self.passes_unchanged(name, lambda o: self.try_unit(test, o, target)):
                with self.lock:
                    self.kills[change.header][test.name] += 1
                return "killed", f"{'static ' if how == 'compile' else ''}unit.{name}", said
        return None

    def first_refusal(self, change, overlay, first, last, twins=True):
        for test in self.ranked(self.refusals, change, learn=False)[first:last]:
            result = self.try_refusal(test, overlay, twins)
            if result and self.passes_unchanged("refused." + test.name,
                                                lambda o: self.try_refusal(test, o)):
                how, said = result
                if how in ("twin", "reason") and self.invalid_here(said, change):
                    return "invalid", test.name, said
                return "killed", "refused." + test.name, said
        return None

    def first_code(self, names, overlay):
        for name in names:
            full = overlay
            if not (overlay / "whole").exists():
                # these take one directory: links for what has not changed
                for header in self.headers:
                    path = overlay / "ioview" / header
                    path.parent.mkdir(parents=True, exist_ok=True)
                    if not path.exists():
                        os.link(self.include / "ioview" / header, path)
                (overlay / "whole").touch()
            result = self.try_code(name, full)
            if result and self.passes_unchanged(name, lambda o: self.try_code(name, o)):
                return "killed", "codegen." + name, result[1]
        return None

    CODE_FIRST = re.compile(r"^(arch/|barrier|backend/|io/fence|dma/handover|flush)")

    def judge_here(self, change, overlay, tried):
        """The likeliest tests first; with what they have been, in `tried`, all others."""
        tests = self.ranked(self.unit, change)
        foreign = self.foreign(tests)
        refused_first = re.search(r"static_assert|concept |requires|consteval|= delete|_fault\(",
                                  change.context) and change.kind not in ("barrier", "order", "error")
        code_first = change.kind == "barrier" or self.CODE_FIRST.match(change.header)
        code = ["rules.x86-64", "rules.aarch64", "rules.riscv64", "handover"]
        steps = []
        if not tried:
            likely, cost = [], 0.0
            for test in tests:
                if len(likely) < 3 or cost + test.cost < 7:
                    likely.append(test)
                    cost += test.cost
                if len(likely) > 7:
                    break
            tried += [t.name for t in likely]
            if code_first:
                steps.append(lambda: self.first_code(code, overlay))
            if refused_first:
                steps.append(lambda: self.first_refusal(change, overlay, 0, 5, twins=False))
            steps.append(lambda: self.first_unit(likely, change, overlay, "x86-64"))
            steps.append(lambda: self.first_refusal(change, overlay, 0, 10, twins=False))
        else:
            others, cost = [], 0.0
            through = self.through(change)
            for test in sorted(tests, key=lambda t: t.name != "edges"):
                runs_it = test.name in through
                if test.name not in tried and (self.thorough or runs_it or cost < (8 if through else 25)):
                    others.append(test)
                    cost += 0 if runs_it else test.cost
            steps.append(lambda: self.first_code(
                code + ["clang.x86-64", "rules.armv7", "cost", "calls", "names"], overlay))
            steps.append(lambda: self.first_unit(others, change, overlay, "x86-64"))
            steps.append(lambda: self.first_refusal(
                change, overlay, 0, len(self.refusals) if self.thorough else 25))
            for target, count in (("s390x", 2), ("armv7", 1)):
                steps.append(lambda target=target, count=count: self.first_unit(
                    foreign[:count], change, overlay, target))
        for step in steps:
            result = step()
            if result:
                return result
        return "survived", "", ""

    @staticmethod
    def foreign(tests):
        return [t for t in tests if not re.search(r"^// (native|not-[\w-]+): ", t.path.read_text(), re.M)
                and "cxx23" not in t.name and t.cost < 6]

    def judge_there(self, change, overlay, targets):
        tests = self.foreign(self.ranked(self.unit, change))
        if change.header.startswith("arch/"):
            # what includes it does so by way of arch/select.hpp
            tests = self.foreign(sorted(self.unit, key=lambda t: (
                t.name not in ("barrier", "mmio", "sys_mem", "copy"), -len(t.includes) / t.cost)))
        for target in targets:
            compilers = ["rules"] if TARGETS[target].clang is None else ["rules", "clang"]
            result = self.first_code([f"{c}.{target}" for c in compilers], overlay)
            if result:
                return result
        result = self.first_code(["handover"], overlay)
        if result:
            return result
        for target in targets:
            if TARGETS[target].emulator:
                result = self.first_unit(tests[: 99 if self.thorough else 3], change, overlay, target)
                if result:
                    return result
        return "survived", "", ""


# --- what is tried, and what came of it ---


def sample(by_header, count, seed):
    """At least four of each header, the rest by their number; in a header the kinds take turns, so
    that the rare ones (barriers, orders, widths, errors) are all there."""
    total = sum(len(c) for c in by_header.values())
    chosen = []
    for found in by_header.values():
        if not found:
            continue
        quota = min(len(found), max(4, round(count * len(found) / total)))
        kinds = collections.defaultdict(list)
        for change in sorted(found, key=lambda c: c.order(seed)):
            kinds[change.kind].append(change)
        turns = []
        for kind in kinds.values():
            turns += [(i, change.order(seed), change) for i, change in enumerate(kind)]
        chosen += [change for _, _, change in sorted(turns, key=lambda t: t[:2])[:quota]]
    # the headers take turns as well: a run that is stopped has seen something of each
    return sorted(chosen, key=lambda c: c.order(seed))


def read_results():
    results = {}
    if RESULTS.exists():
        for line in RESULTS.read_text().split("\n"):
            if line:
                result = json.loads(line)
                results[result["key"]] = result
    return results


def read_accepted():
    """{(header, before, after, number among lines alike or None for all): reason}"""
    accepted, header, before, after, number = {}, "", "", "", None
    for line in ACCEPTED.read_text().split("\n") if ACCEPTED.exists() else []:
        if line.startswith("- "):
            before, number = line[2:], None
        elif line.startswith("+ "):
            after = line[2:]
        elif line.startswith("@ "):
            number = int(line[2:])
        elif line.startswith("= "):
            accepted[header, before, after, number] = line[2:]
        elif line and not line.startswith("#"):
            header = line
    return accepted


def reason_for(accepted, change):
    place = change.header, change.before, change.after
    return accepted.get((*place, change.number), accepted.get((*place, None)))


def report(by_header, wanted=None):
    accepted, results = read_accepted(), read_results()
    rows, survivors = [], []
    sums = collections.Counter()
    for header, found in by_header.items():
        row = collections.Counter()
        for change in found:
            result = results.get(change.key)
            if not result or wanted is not None and change.key not in wanted:
                continue
            row["tried"] += 1
            row["survived" if result["verdict"] == "open" else result["verdict"]] += 1
            sums["seconds"] += result["seconds"]
            by = result["by"]
            if result["verdict"] == "killed":
                sums["killed by " + re.sub(r"\..*", "", by)] += 1
                row[re.sub(r"\..*", "", by)] += 1
            if result["verdict"] in ("survived", "open"):
                reason = reason_for(accepted, change)
                row["explained"] += reason is not None
                survivors.append((change, reason))
        if row["tried"]:
            rows.append((header, row))
        sums.update({k: v for k, v in row.items()})
    print(f"\n{'header':<32} {'valid':>5} {'killed':>6} {'%':>4}   by unit static refused code  survived (explained)")
    for header, row in rows + [("all", sums)]:
        valid = row["killed"] + row["survived"]
        percent = f"{100 * row['killed'] / valid:.0f}" if valid else "-"
        static = row["static unit"] + row["static_assert"]
        print(f"{header:<32} {valid:>5} {row['killed']:>6} {percent:>4}   {row['unit']:>7} "
              f"{static:>6} {row['refused']:>7} {row['codegen']:>4}  {row['survived']:>8} ({row['explained']})")
    for title, wanted_reason in (("explained", True), ("not explained", False)):
        some = [(c, r) for c, r in survivors if (r is not None) == wanted_reason]
        if some:
            print(f"\nsurvivors, {title}:")
        for change, reason in some:
            print(f"{change.header}:{change.line}: {change.before} → {change.after}"
                  + (f"\n    {reason}" if reason else ""))
    valid = sums["killed"] + sums["survived"]
    if valid:
        print(f"\n{valid} changes of {sum(len(f) for f in by_header.values())} tried"
              f" ({sums['invalid']} more are no programs, {sums['unbuilt']} no target compiles):"
              f" {sums['killed']} killed, {100 * sums['killed'] / valid:.1f} %;"
              f" {sums['survived']} survived, {sums['explained']} of them explained;"
              f" {sums['seconds'] / max(1, sums['tried']):.1f} s each")
    return sums


# Of each of the kinds that matter most one: an order, a barrier, a bound, an error, two halves.
SELF_CHECK = [
    ("backend/mmio.hpp", "order", "arch::before_device_store(); arch::store<W>"),
    ("dma/handover.hpp", "barrier", "detail::handover_fence(Fence::dma_wmb, index); → ;"),
    ("io/one_access.hpp", "compare", "offset > size - bytes) → if (!is_wide_enough || offset >= size"),
    ("dma/ring.hpp", "error", 'panic("ioview: an index of a larger Ring than this one"); → ;'),
    ("io/halves.hpp", "order", "const W one = get<B, typename H::Half>(view, offset + first); const W other"),
]


def explains_nothing(sources):
    """What accepted.txt explains, and no line of a header can be changed to any more."""
    found = {}
    for header, before, after, number in read_accepted():
        if header not in found:
            found[header] = changes(header, sources.get(header, ""))
        if not any(c.before == before and c.after == after and number in (None, c.number)
                   for c in found[header]):
            yield f"{header}: {before} → {after}"


def self_check(bench):
    failed = False
    for text in explains_nothing(bench.headers):
        print(f"tests/mutants/accepted.txt explains a change that there is no more: {text}")
        failed = True
    for header, kind, text in SELF_CHECK:
        found = [c for c in changes(header, bench.headers[header])
                 if c.kind == kind and text in f"{c.before} → {c.after}"]
        if len(found) != 1:
            print(f"{header} has {len(found)} changes like {text}; name another one")
            failed = True
            continue
        # As when it is run by hand: the likely tests, and then others. How many are likely depends
        # on how long they took, and so on what else the machine did.
        tried = []
        verdict, by, _ = bench.judge(found[0], tried)
        if verdict == "survived":
            verdict, by, _ = bench.judge(found[0], tried)
        print(f"{verdict} by {by or 'nothing'}: {header}: {found[0].before} → {found[0].after}", flush=True)
        failed |= verdict != "killed"
    return failed


def main():
    parser = argparse.ArgumentParser(prog="scripts/mutate")
    parser.add_argument("header", nargs="*")
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--seed", default="1")
    for flag in ("all", "quick", "thorough", "retry", "report", "list", "self-check"):
        parser.add_argument("--" + flag, action="store_true")
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("--only", metavar="TEXT")
    parser.add_argument("--kind")
    options = parser.parse_args()

    sources = {str(p.relative_to(ROOT / "include" / "ioview")): p.read_text()
               for p in sorted((ROOT / "include" / "ioview").rglob("*.hpp"))}
    names = [h.removeprefix("include/").removeprefix("ioview/") for h in options.header]
    for name in names:
        if name not in sources:
            sys.exit(f"mutate: no header {name}")
    by_header = {h: changes(h, t) for h, t in sources.items() if not names or h in names}
    known = read_results()

    if options.report:
        report(by_header)
        return
    if options.self_check:
        sys.exit(self_check(Bench()))
    if options.retry:
        accepted = read_accepted()
        todo = [c for f in by_header.values() for c in f
                if known.get(c.key, {}).get("verdict") in ("survived", "open")
                and not reason_for(accepted, c)]
    else:
        todo = [c for f in by_header.values() for c in f] if options.all else sample(
            by_header, options.sample, options.seed)
    if options.kind:
        todo = [c for f in by_header.values() for c in f if c.kind == options.kind]
    if options.only:
        todo = [c for f in by_header.values() for c in f if options.only in f"{c.before} → {c.after}"]
        known = {}
    if options.list:
        for change in todo:
            print(f"{change.header}:{change.line}: {change.kind}: {change.before} → {change.after}")
        print(len(todo), "changes")
        return
    bench = Bench()
    bench.thorough = options.thorough
    for result in known.values():
        by = re.sub(r"^(static )?unit\.", "", result["by"])
        if result["verdict"] == "killed" and by != result["by"]:
            bench.kills[result["key"].split("|")[0]][by] += 1
    bench.map_coverage(options.j, options.retry or options.only)
    wanted = {c.key for c in todo}
    by_key = {c.key: c for f in by_header.values() for c in f}
    if not options.retry and not options.only:
        todo = [c for c in todo if c.key not in known]
    print(f"{len(wanted)} changes, {len(wanted) - len(todo)} of them tried before; seed {options.seed}",
          flush=True)

    def attempt(change, tried, last):
        start = time.time()
        verdict, by, said = bench.judge(change, tried)
        if verdict == "survived" and tried and not last:
            verdict = "open"
        result = {"key": change.key, "kind": change.kind, "verdict": verdict, "by": by,
                  "seconds": round(time.time() - start + spent.get(change.key, 0), 2),
                  "tried": tried, "at": time.time(), "said": said[-600:]}
        spent[change.key] = result["seconds"]
        with bench.lock:
            with open(RESULTS, "a") as out:
                out.write(json.dumps(result) + "\n")
            print(f"{verdict:<9} {result['seconds']:6.1f} s {by:<28} {change.header}:{change.line}: "
                  f"{change.before[:90]} → {change.after[:90]}", flush=True)

    # The likely tests for all of them, then the others for what those did not notice.
    spent = {}
    with concurrent.futures.ThreadPoolExecutor(options.j) as pool:
        first = [c for c in todo if not options.retry or known[c.key]["verdict"] == "survived"]
        for future in [pool.submit(attempt, change, [], False) for change in first]:
            future.result()
        known = {**known, **read_results()}
        accepted = read_accepted()
        left = [c for c in by_key.values() if known.get(c.key, {}).get("verdict") == "open"
                and c.key in wanted and not reason_for(accepted, c)]
        for future in [] if options.quick else [
                pool.submit(attempt, c, bench.unchanged_since(known[c.key]), True) for c in left]:
            future.result()
    report(by_header, wanted)


if __name__ == "__main__":
    main()
