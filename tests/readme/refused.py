#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles a file of mistakes that a document shows, each line alone that stands below

    // refused: <text>

and fails where a compiler accepts it, or refuses it in other words (a blank, a hyphen and an
underscore are one: what g++ prints as a name, clang prints as a sentence). Without all of these lines the
file has to compile, so that a line is refused for what it does:

    refused.py <file> <include directory> <compiler>…
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

MARK = re.compile(r"^\s*// refused: (.*)$")


def plain(text):
    return re.sub(r"[_-]", " ", text)


def compile_text(compiler, text, source, include):
    """Exit code and what is said of the text, as if it stood in source's place."""
    run = subprocess.run(
        [compiler, "-std=c++20", "-Wall", "-Wextra", f"-I{include}", f"-I{source.parent}",
         "-fsyntax-only", "-x", "c++", "-"],
        input=text, capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"})
    return run.returncode, run.stderr


def main():
    source = pathlib.Path(sys.argv[1]).resolve()
    include, compilers = sys.argv[2], sys.argv[3:]
    lines = source.read_text().split("\n")
    mistakes = [i for i, line in enumerate(lines[:-1]) if MARK.match(line)]
    if not mistakes or not compilers:
        print(f"{source.name}: no mistakes, or no compiler")
        return 1

    def only(kept):
        return "\n".join("" if i - 1 in mistakes and i != kept else line
                         for i, line in enumerate(lines))

    def judge(compiler, mistake):
        name = f"{pathlib.Path(compiler).name}: {source.name}"
        if mistake is None:
            code, said = compile_text(compiler, only(None), source, include)
            return f"{name}: without the mistakes:\n{said}" if code else ""
        code, said = compile_text(compiler, only(mistake + 1), source, include)
        place, wanted = f"{name}:{mistake + 2}", MARK.match(lines[mistake])[1]
        if code == 0:
            return f"{place}: accepted: {lines[mistake + 1].strip()}"
        return "" if plain(wanted) in plain(said) else f"{place}: not in these words: {wanted}\n{said}"

    tasks = [(compiler, mistake) for compiler in compilers for mistake in [None, *mistakes]]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        faults = [fault for fault in pool.map(lambda task: judge(*task), tasks) if fault]
    for fault in faults:
        print(fault)
    print(f"{len(mistakes)} mistakes refused by {len(compilers)} compilers, {len(faults)} faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
