#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What including the umbrella costs, and what a driver's two headers, by figures that are the same
# on every machine: the lines that the compiler gets to see, the templates that it instantiates,
# and the library headers that are known to be slow. Instructions and seconds are shown by
# benchmarks/include_cost and never tested.
#   include.sh <include directory> <compiler> [flag…]
set -u
here=$(dirname "$0")
include=$1
shift
. "$here/lib.sh"
. "$here/include_figures.sh"
need awk "$@"
write_includes

failed=0
compiler=$(name_of "$@")

# The figures move a little with every change: so many per cent are not asked about.
slack=3
judge() { # <program> <lines or templates> <figure> <committed figure>
    [ $(($3 * 100)) -le $(($4 * (100 + slack))) ] && return
    failed=1
    echo "$1: $3 $2, $(($3 - $4)) more than the $4 of include_figures.txt, and more than the" \
        "$slack % that pass without a word. Look for what became expensive; if it is worth that," \
        "write the line above into the file."
}
for program in driver umbrella; do
    lines=$(lines_of $program "$@") && templates=$(templates_of $program "$@") || exit 1
    echo "$compiler $program $lines $templates"
    committed=$(sed -n "s/^$compiler $program //p" "$here/include_figures.txt")
    if [ -z "$committed" ]; then
        echo "include_figures.txt has no line of $compiler and its library"
        continue
    fi
    judge $program lines "$lines" "${committed% *}"
    judge $program templates "$templates" "${committed#* }"
done

slow='functional memory algorithm string string_view vector optional variant tuple iterator ranges
chrono atomic iostream ostream iosfwd exception stdexcept typeinfo cstring cstdlib cmath'
refuse() { # <program> <library header>…
    compile -M -o "$work/$1.d" "$work/$1.cpp" || exit 1
    program=$1
    shift
    for header; do
        if grep -qE "c\+\+/([0-9.]+|v1)/$header( |\$)" "$work/$program.d"; then
            echo "$program: includes <$header>"
            failed=1
        fi
    done
}
refuse umbrella $slow
refuse driver $slow utility compare
exit $failed
