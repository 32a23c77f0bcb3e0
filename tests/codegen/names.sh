#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Who does not print has no names of fields and enumerators in the object file, and not a byte more
# than by hand.
#   names.sh <include directory> <compiler> [flag…]
set -u
here=$(dirname "$0")
include=$1
shift
. "$here/lib.sh"
need size "$@"

build() { # build <object> [flag…]
    object=$work/$1
    shift
    compile -g0 -DRAW_BY_HAND='"by_hand/x86-64.hpp"' -c -o "$object" "$@" "$here/names.cpp" || exit 1
}
bytes() { # text and data of an object, without its notes
    size -A "$work/$1" | awk '$1 ~ /^\.(text|rodata|data|bss|init_array|eh_frame)/ { n += $2 }
                              END { print n + 0 }'
}

build viewed.o
build by_hand.o -DBY_HAND
build named.o -DNAMED

grep -aq zebra "$work/named.o" || { echo "names are not found even where they are used"; exit 1; }
grep -aoE '[a-z_]*zebra[a-z_]*' "$work/viewed.o" && { echo "names in the object file"; exit 1; }
viewed=$(bytes viewed.o) by_hand=$(bytes by_hand.o)
echo "$*: $viewed bytes, by hand $by_hand"
[ "$by_hand" -gt 0 ] && [ "$viewed" -le "$by_hand" ]
