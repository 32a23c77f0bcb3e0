#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What README.md says that g++ answers is what it prints:  mistakes.py <project>

Each row of its table of mistakes has the message as the text of a link to the program in
tests/compile_fail/ that is refused with it.
"""
import pathlib
import re
import shutil
import subprocess
import sys

root = pathlib.Path(sys.argv[1])
if not shutil.which("g++"):
    print("skipped: no g++")
    sys.exit(77)

rows = re.findall(r"\| \[([^\]]+)\]\((tests/compile_fail/\w+\.cpp)\) \|", (root / "README.md").read_text())
failed = len(rows) < 6
if failed:
    print(f"README.md has {len(rows)} such rows")
for message, program in rows:
    printed = subprocess.run(["g++", "-std=c++20", "-Wall", "-Iinclude", "-Itests/compile_fail", "-fsyntax-only", program],
                             cwd=root, capture_output=True, text=True).stderr
    if message.replace("`", "") not in printed:
        failed = True
        print(f"{program}: g++ does not say “{message}”, but\n{printed}")
print(f"{len(rows)} messages looked for")
sys.exit(failed)
