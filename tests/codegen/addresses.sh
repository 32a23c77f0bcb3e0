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
awk -v title="$*" '
    /^[a-z_0-9A-Z]+:/ { name = $1 }
    name ~ /^[a-z]/ && /:/ { ++labels }
    /^[ \t]*(trap|ud2|illegal|udf|brk|ebreak|unimp|\.inst|j[ \t]+\.\+2|\.(word|long|short)[ \t]+0x(e7f000f0|e7ffdefe|deff|defe))/ {
        print name " " $0
        failed = 1
    }
    END {
        if (labels < 10) {
            print "only " labels " labels found"
            failed = 1
        }
        print title ": " (failed ? "a trap" : "no trap")
        exit failed
    }' "$work/addresses.s"
