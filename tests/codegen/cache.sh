#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiles cache.cpp and looks at what maintains one cache line: one instruction, and the barrier
# behind it; nothing where devices see the caches.
#   cache.sh <include directory> <target> <compiler> [flag…]
set -u
here=$(dirname "$0")
include=$1 target=$2
shift 2
. "$here/lib.sh"
need sed "$@"

compile -S -o "$work/cache.s" "$here/cache.cpp" || exit 1
# The assembler knows them. (Of clang's remarks that it needs fewer flags nothing is shown.)
$command_line -c -o "$work/cache.o" "$work/cache.s" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }

# found <function>: its maintenance and barriers by short names, in one line
found() {
    sed -n "/^$1:/,/[.]size/p" "$work/cache.s" | tr '\t' ' ' | sed 's/^ *//; s/  */ /g; s/, */,/g' |
        sed -n 's/^dc \(c*i*vac\),.*/\1/p
            s/^mcr p15,#*0,r[0-9]*,c7,c10,#*1.*/cvac/p
            s/^mcr p15,#*0,r[0-9]*,c7,c6,#*1.*/ivac/p
            s/^mcr p15,#*0,r[0-9]*,c7,c14,#*1.*/civac/p
            /^str[.w]* .*sp/d
            s/^str[.w]* .*/store/p
            s/^[.]insn i \(15\|0x0f\),2,\(zero\|x0\),a[0-9],0.*/ivac/p
            s/^[.]insn i \(15\|0x0f\),2,\(zero\|x0\),a[0-9],1.*/cvac/p
            s/^[.]insn i \(15\|0x0f\),2,\(zero\|x0\),a[0-9],2.*/civac/p
            s/^\(dsb sy\|dsb\|fence iorw,iorw\|fence\)$/barrier/p' | tr '\n' ' '
}

failed=0
judge() { # <function> <expected>
    is=$(found "$1")
    [ "$is" = "$2" ] && return
    failed=1
    echo "$1 on $target: $is, expected: $2"
}
case $target in
armv7-m)
    judge clean_line "barrier store barrier "
    judge clean_and_invalidate_line "barrier store barrier "
    ;;
x86-64)
    for function in clean_line invalidate clean_and_invalidate_line; do
        judge $function ""
        count=$(sed -n "/^$function:/,/[.]size/p" "$work/cache.s" | grep -c "^[[:space:]][a-z]")
        [ "$count" = 1 ] || { failed=1; echo "$function: $count instructions, not just ret"; }
    done
    ;;
*)
    judge clean_line "cvac barrier "
    judge clean_and_invalidate_line "civac barrier "
    # In a loop, or in a function of its own; whether a line is whole, unit.cache asks.
    case " $(found ".*")" in
    *" ivac "*) ;;
    *) failed=1; echo "invalidate on $target: no ivac" ;;
    esac
    ;;
esac
exit $failed
