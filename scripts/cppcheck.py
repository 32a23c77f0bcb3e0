#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""cppcheck of the headers, and of the examples and benchmarks that use them.

    scripts/cppcheck.py        prints what it finds; ends with 1 where there is any

cppcheck 2.10 knows neither __VA_OPT__ nor requires-expressions nor the template head of a lambda, and
gives a file up at the first of them. So g++ expands the macros first, with the standard headers
empty, and what is left of the other two is taken out; lines keep their numbers.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
# Looked at for faults, not for style.
OPTIONS = ["--enable=warning,performance,portability", "--std=c++20", "--language=c++", "--quiet",
           "--max-configs=1", "--error-exitcode=1", "--inline-suppr",
           "--template={file}:{line}: {message} [{id}]"]
# What is not so, and why.
SUPPRESSED = {}


def balanced(text, start, pair):
    """The end of what is in brackets from start on."""
    depth = 0
    for at in range(start, len(text)):
        depth += {pair[0]: 1, pair[1]: -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    raise ValueError(text[start : start + 80])


def expression_end(text, start):
    """The end of the requires-expression that starts there, or None where a clause does."""
    end = re.compile(r"requires\s*").match(text, start).end()
    if text[end] == "(":
        end = re.compile(r"\s*").match(text, balanced(text, end, "()")).end()
    return balanced(text, end, "{}") if text[end] == "{" else None


def simpler(text):
    # a clause behind a function's parameters
    at = 0
    while found := re.compile(r"\s+requires\b").search(text, at):
        at = found.end()
        if not re.search(r"(\)|\bconst|\bnoexcept|&)$", text[max(0, found.start() - 30) : found.start()]):
            continue
        end, depth = found.end(), 0
        while depth or not re.compile(r"[{;]|(?<!:):(?!:)").match(text, end):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            if re.compile(r"\brequires\b").match(text, end):
                end = expression_end(text, end)
            else:
                end += 1
        text = text[: found.start()] + kept_lines(text[found.start() : end]) + text[end:]
    # an expression
    at = 0
    while found := re.compile(r"\brequires\b").search(text, at):
        at = found.end()
        if end := expression_end(text, found.start()):
            at = found.start()
            text = text[:at] + "true" + kept_lines(text[at:end]) + text[end:]
    # What is asked at compile time: Concept<T> && … is taken for a comparison.
    at = 0
    while found := re.compile(r"\bif constexpr\s*\(").search(text, at):
        end = balanced(text, found.end() - 1, "()")
        at = found.start()
        text = text[:at] + "if (true)" + kept_lines(text[at:end]) + text[end:]
    # […]<class T>(…)
    at = 0
    while found := re.compile(r"\](\s*)<\s*(class|typename|std::)").search(text, at):
        end = balanced(text, found.end(1), "<>")
        if re.compile(r"\s*\(").match(text, end):
            text = text[: found.start() + 1] + kept_lines(text[found.start() : end]) + text[end:]
        at = found.start() + 1
    return text


def kept_lines(text):
    """The line ends and line markers of what is taken out."""
    return "\n".join(line if line.startswith("# ") else "" for line in text.split("\n"))


def main():
    headers = sorted((ROOT / "include").rglob("*.hpp"))
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        stubs = work / "stubs"
        for path in [*headers, *(ROOT / "examples").rglob("*.[ch]pp"), *(ROOT / "benchmarks").glob("*.cpp")]:
            for name in re.findall(r"^\s*#\s*include\s*<([^>]+)>", path.read_text(), re.M):
                if not name.startswith("ioview/"):
                    (stubs / name).parent.mkdir(parents=True, exist_ok=True)
                    (stubs / name).touch()
        everything = work / "headers.cpp"
        everything.write_text("".join(
            f"#include <{h.relative_to(ROOT / 'include')}>\n" for h in headers if h.parent.name != "arch"
        ))
        sources = [everything, *sorted((ROOT / "examples").rglob("*.cpp")),
                   *sorted((ROOT / "benchmarks").glob("*.cpp"))]

        def run(source):
            expanded = subprocess.run(
                ["g++", "-std=c++20", "-E", "-nostdinc", "-nostdinc++", "-DFMT_BEGIN_NAMESPACE=",
                 "-DFMT_END_NAMESPACE=", "-I", "include", "-I", "examples", "-isystem", stubs, source],
                cwd=ROOT, capture_output=True, text=True)
            if expanded.returncode:
                return expanded.stderr
            output = work / f"{source.stem}.expanded.cpp"
            output.write_text(simpler(expanded.stdout))
            done = subprocess.run(
                ["cppcheck", *OPTIONS, *(f"--suppress={s}" for s in SUPPRESSED), output],
                cwd=ROOT, capture_output=True, text=True)
            return done.stdout + done.stderr

        with ThreadPoolExecutor(2) as pool:
            findings = sorted({line for out in pool.map(run, sources) for line in out.splitlines()})
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)


main()
