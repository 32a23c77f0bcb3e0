#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiles rules.cpp and reads its assembly: which accesses and barriers there are, in what order,
# with what addressing.
#   rules.sh [-v] <include directory> <target> <compiler> [flag…]
# <target> is one of cmake/architectures.json. -v prints what was found. Exit status 77: the compiler is not
# there, or has no library for its target.
set -u
verbose=0
[ "${1-}" = -v ] && verbose=1 && shift
here=$(dirname "$0")
include=$1 target=$2
shift 2
. "$here/lib.sh"
need awk "$@"

compile -S -o "$work/rules.s" "$here/rules.cpp" || exit 1
# The processor has them. (Of clang's remarks that assembling needs fewer flags nothing is shown.)
$command_line -c -o "$work/rules.o" "$work/rules.s" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
find_arch_file
awk -v verbose="$verbose" -v target="$target" -v title="$*" -f "$here/assembly.awk" \
    -f "$here/assembly/$arch_file.awk" -f "$here/rules.awk" "$here/rules.cpp" "$work/rules.s"
