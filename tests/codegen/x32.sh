#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# On x32, where a pointer is half a register and the other half holds anything, a string
# instruction gets whole registers: looks for the instruction that clears the rest of the count.
#   x32.sh <include directory> <compiler> [flag…]
# Exit status 77: the compiler is not there, or has no library for its target.
set -u
here=$(dirname "$0")
include=$1
shift
. "$here/lib.sh"
need grep "$@"

# What its library lacks is in that of 64 bits, but for one empty file.
directory_of() {
    printf '#include <%s>\n' "$1" | $command_line -E -M -x c++ - | tr ' ' '\n' |
        sed -n "s|/$1\$||p"
}
mkdir "$work/gnu" && : >"$work/gnu/stubs-x32.h" || exit 1
cat >"$work/move.cpp" <<'EOF'
#include <ioview/arch/select.hpp>
void move(std::byte* to, const std::byte* from, int, std::size_t bytes) {
    ioview::arch::move_memory(to, from, bytes); // the count is in the register that it is wanted in
}
EOF
compile -mx32 -ffreestanding -O2 -I"$work" -I"$(directory_of bits/c++config.h)" \
    -I"$(directory_of gnu/stubs.h)" -S -o "$work/move.s" "$work/move.cpp" || exit 1
grep -q 'rep movsb' "$work/move.s" && grep -qE 'movl[[:blank:]]+%ecx, *%ecx' "$work/move.s" ||
    { cat "$work/move.s"; exit 1; }
echo "$*: the count's upper half is cleared"
