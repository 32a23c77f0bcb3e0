#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Takes each name that complete.cpp wants out of the compiler's own file of arch/, one by one, and
# looks for the message that says which one is missing.
#   lacking.sh <include directory> <compiler> [flag…]
# Exit status 77: the compiler is not there.
set -u
here=$(dirname "$0")
original=$1
shift
include=$original
. "$here/../codegen/lib.sh"
need sed "$@"

find_arch_file
include=$work/include
mkdir "$include"
cp -R "$original/ioview" "$include/"
failed=0 count=0
for name in $(sed -n 's/^ *\(CONSTANT\|FUNCTION\|ANY\)(\([a-z_]*\),.*/\2/p' "$here/complete.cpp") \
    move_memory fill_memory; do
    count=$((count + 1))
    # calls and all: nothing else in the file may be what is missing
    sed "s/\\b$name\\b/another_name/g" "$original/ioview/arch/$arch_file.hpp" \
        >"$include/ioview/arch/$arch_file.hpp"
    compile -fsyntax-only "$here/complete.cpp" >"$work/said" 2>&1 &&
        { echo "$name is not missed"; failed=1; }
    grep -q "arch/: .*\\b$name\\b.* is not as .*promises, or is missing" "$work/said" ||
        { echo "$name is missing, and nothing says so:"; head -5 "$work/said"; failed=1; }
done
[ $count -gt 15 ] || { echo "only $count names found"; failed=1; }
[ $failed -eq 1 ] || echo "$*: $count names, each missed by name"
exit $failed
