#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What including the umbrella costs, by figures that are the same on every machine: the lines that
# the compiler gets to see, and the library headers that are known to be slow. Seconds are shown by
# benchmarks/include_cost and never tested.
#   include.sh <include directory> <compiler> [flag…]
set -u
here=$(dirname "$0")
include=$1
shift
. "$here/lib.sh"
need awk "$@"

# When this is too little, look for what became expensive before raising it.
most=23000
slow='functional memory algorithm string string_view vector optional variant tuple iterator ranges
chrono atomic iostream ostream iosfwd exception stdexcept typeinfo cstring cstdlib cmath'

echo '#include <ioview/ioview.hpp>' >"$work/umbrella.cpp"
compile -E -P -o "$work/umbrella.i" "$work/umbrella.cpp" || exit 1
compile -M -o "$work/umbrella.d" "$work/umbrella.cpp" || exit 1

failed=0
lines=$(wc -l <"$work/umbrella.i")
if [ "$lines" -gt $most ]; then
    echo "the umbrella is $lines lines after preprocessing, more than $most"
    failed=1
fi
for header in $slow; do
    if grep -qE "c\+\+/([0-9.]+|v1)/$header( |\$)" "$work/umbrella.d"; then
        echo "the umbrella includes <$header>"
        failed=1
    fi
done
echo "$*: $lines lines after preprocessing, at most $most"
exit $failed
