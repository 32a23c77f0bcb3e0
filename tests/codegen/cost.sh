#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiles corpus.cpp and compares each function made with ioview with its twin by hand, by number
# of instructions. Fails when ioview's has more, or when a part of it was left out of line.
#   cost.sh [-v] <include directory> <target> <objdump> <compiler> [flag…]
# -v prints the whole table; otherwise only what fails, and a summary. by_hand/<target>.hpp has what
# is written by hand, and names functions that are known to take so many more, with a compiler or
# at a level of it. Exit status 77: the
# compiler or the objdump is not there, or has no library for its target.
set -u
verbose=0
[ "${1-}" = -v ] && verbose=1 && shift
here=$(dirname "$0")
include=$1 target=$2 objdump=$3
shift 3
. "$here/lib.sh"
need "$objdump" "$@"

by_hand=$here/by_hand/$target.hpp
compiler=${1##*/}
case $compiler in g++-* | *-g++-*) compiler=${compiler%-*} ;; esac
for level; do :; done # the last flag
known=$(sed -n "s,^// known more (\($compiler\|$compiler $level\)): ,\1: ,p" "$by_hand" |
    sed 's/^[^:]*: //' | paste -sd, -)
compile "-DRAW_BY_HAND=\"by_hand/$target.hpp\"" -c -o "$work/corpus.o" "$here/corpus.cpp" || exit 1
"$objdump" -d -C --no-show-raw-insn "$work/corpus.o" >"$work/corpus.dis" || exit 1
awk -v verbose="$verbose" -v known_more="$known" -v title="$*" -f "$here/cost.awk" "$work/corpus.dis"
