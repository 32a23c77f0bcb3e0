#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiles addresses.cpp, in which device addresses are 0 or small, and looks for traps of the
# compiler in its assembly. Warnings are errors.
#   addresses.sh <include directory> <compiler> [flag…]
# Exit status 77: the compiler is not there, or has no library for its target.
set -u
here=$(dirname "$0")
include=$1
shift
. "$here/lib.sh"
need awk "$@"

compile -Werror -Wpedantic -Wconversion -Wshadow -S -o "$work/addresses.s" "$here/addresses.cpp" ||
    exit 1
find_arch_file
awk -v title="$*" -f "$here/assembly.awk" -f "$here/assembly/$arch_file.awk" -f "$here/addresses.awk" \
    "$work/addresses.s"
