#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiles rules.cpp for x86 in both dialects of the assembler: the object code is the same.
#   dialects.sh <include directory> <objdump> <compiler> [flag…]
# Exit status 77: the compiler or the objdump is not there, or has no library for its target.
set -u
here=$(dirname "$0")
include=$1 objdump=$2
shift 2
. "$here/lib.sh"
need "$objdump" "$@"

for dialect in att intel; do
    compile -masm=$dialect -c -o "$work/rules.o" "$here/rules.cpp" || exit 1
    "$objdump" -d --no-show-raw-insn "$work/rules.o" >"$work/$dialect" || exit 1
done
lines=$(wc -l <"$work/att")
[ "$lines" -ge 200 ] || { echo "only $lines lines of object code"; exit 1; }
diff "$work/att" "$work/intel" || exit 1
echo "$*: $lines lines in either dialect"
