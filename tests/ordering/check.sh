#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiles accesses.cpp and compares the accesses and barriers of each function with what
# docs/ordering.md says in the column of that target.
#   check.sh [-p] <include directory> <page> <column> <target> <compiler> [flag…]
# -p prints what was found, a line for each row of the page, and compares nothing. Exit status 77:
# the compiler is not there, or has no library for its target.
set -u
print=0
[ "${1-}" = -p ] && print=1 && shift
here=$(dirname "$0")
include=$1 page=$2 column=$3 target=$4
shift 4
codegen=$here/../codegen
. "$codegen/lib.sh"
need awk "$@"

compile -O2 -S -o "$work/accesses.s" "$here/accesses.cpp" || exit 1
find_arch_file
awk -v print_="$print" -v column="$column" -v target="$target" -v title="$*" \
    -f "$codegen/assembly.awk" -f "$codegen/assembly/$arch_file.awk" -f "$here/check.awk" "$page" \
    "$here/accesses.cpp" "$work/accesses.s"
