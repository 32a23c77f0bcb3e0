#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Compiles handlers.cpp, whose functions may use general registers alone, and looks for vector
# registers in its assembly; also in what is called there, but at -O0, where clang copies a structure
# by them.
#   handlers.sh <include directory> <compiler> [flag…]
# Exit status 77: the compiler is not there, or has no library for its target.
set -u
here=$(dirname "$0")
include=$1
shift
. "$here/lib.sh"
need awk "$@"

compile -Werror -S -o "$work/handlers.s" "$here/handlers.cpp" || exit 1
awk -v title="$*" '
    /^[a-z_0-9A-Z.$]+:/ { name = $1 }
    /^(macros|checked_steps|loops|registers|copies|polls):/ { ++found }
    title ~ /-O0$/ && name !~ /^[a-z]/ {
        next
    }
    /%[xyz]mm|%st|[, \t][vq][0-9]+\./ {
        print name " " $0
        failed = 1
    }
    END {
        if (found < 6) {
            print "only " found + 0 " functions found"
            failed = 1
        }
        print title ": " (failed ? "a vector register" : "general registers alone")
        exit failed
    }' "$work/handlers.s"
