#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiles corpus.cpp and compares each function made with ioview with its twin by hand, by number
# of instructions. Fails when ioview's has more, or when a part of it was left out of line.
#   cost.sh [-v] [-k <name>=<more>,…] <include directory> <objdump> <compiler> [flag…]
# -v prints the whole table; otherwise only what fails, and a summary. -k names functions that are
# known to take so many more. Exit status 77: the compiler or the objdump is not there, or has no
# library for its target.
set -u
verbose=0 known=
[ "${1-}" = -v ] && verbose=1 && shift
[ "${1-}" = -k ] && known=$2 && shift 2
here=$(dirname "$0")
include=$1 objdump=$2
shift 2
. "$here/lib.sh"
need "$objdump" "$@"

compile -c -o "$work/corpus.o" "$here/corpus.cpp" || exit 1
"$objdump" -d -C --no-show-raw-insn "$work/corpus.o" >"$work/corpus.dis" || exit 1
awk -v verbose="$verbose" -v known_more="$known" -v title="$*" -f "$here/cost.awk" "$work/corpus.dis"
