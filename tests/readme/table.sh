#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Each row of the table marked <!-- table: benchmarks/codegen_table --> in README.md is one that the
# program prints here and now.
#   table.sh <project>
set -u
for compiler in g++ clang++-14 clang++-19 objdump; do
    command -v $compiler >/dev/null || { echo "skipped: no $compiler"; exit 77; }
done
[ "$(uname -m)" = x86_64 ] || { echo "skipped: not an x86-64 machine"; exit 77; }

printed=$("$1/benchmarks/codegen_table") || exit 1
rows=$(awk '/^<!-- table: benchmarks\/codegen_table -->/ { on = 1; next }
            on && !/^\|/ { exit } on' "$1/README.md")
[ -n "$rows" ] || { echo "README.md has no such table"; exit 1; }
status=0
while IFS= read -r row; do
    printf '%s\n' "$printed" | grep -qxF -- "$row" ||
        { echo "README.md has a row that is not printed: $row"; status=1; }
done <<ROWS
$rows
ROWS
exit $status
