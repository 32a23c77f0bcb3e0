#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The instructions of the hand-overs and of flush beside those of a barrier and an access
# by hand, for each target whose compiler is there. Fails where ioview has more.
#   instructions.sh [include directory]
set -u
here=$(dirname "$0")
include=${1-$here/../../include}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

printf '%-34s' "instructions, ioview / by hand"
set --
others=$(for by_hand in $("$here/../../scripts/architectures" by_hand); do
    triplet=${by_hand#*:} flags=${by_hand##*:}
    [ -n "$flags" ] || echo "${by_hand%%:*}:${triplet%:*}-g++" # those of a compiler as it comes
done)
for target in x86-64:g++ x86-64:clang++-14 x86-64:clang++-19 $others; do
    compiler=${target#*:}
    command -v "$compiler" >/dev/null || continue
    by_hand="-DRAW_BY_HAND=\"by_hand/${target%:*}.hpp\""
    "$compiler" -std=c++20 -O2 -S -fno-exceptions -fno-asynchronous-unwind-tables -fno-ipa-icf \
        -fno-stack-protector -fcf-protection=none "$by_hand" -I"$include" -o "$work/$#.s" \
        "$here/pairs.cpp" 2>"$work/errors" ||
        "$compiler" -std=c++20 -O2 -S -fno-exceptions -fno-asynchronous-unwind-tables \
            -fno-stack-protector "$by_hand" -I"$include" -o "$work/$#.s" "$here/pairs.cpp" ||
        exit 1
    printf ' %16s' "${target%:*} ${compiler##*-linux-gnu-}"
    set -- "$@" "$work/$#.s"
done
echo
[ $# -gt 0 ] || { echo "SKIPPED: no compiler"; exit 77; }

# A function is what lies between its label and its .size; in there, all but labels, directives and
# comments is an instruction.
awk '
function ending(file) { if (!(file in place)) { place[file] = ++files } return place[file] }
/^_ZN[0-9]+[a-z_]+(6viewed|4twin)/ {
    label = $1
    sub(/:.*/, "", label)
    match(label, /^_ZN[0-9]+/)
    length_ = substr(label, 4, RLENGTH - 3) + 0
    name = substr(label, RLENGTH + 1, length_)
    side = label ~ /6viewed/ ? "viewed" : "twin"
    inside = 1
    if (!(name in known)) { known[name] = 1; names[++count] = name }
    f = ending(FILENAME)
    next
}
/^[ \t]*\.size/ { inside = 0 }
inside && !/^[ \t]*([.#]|\/\/|$)/ && !/:[ \t]*([#\/].*)?$/ && !/^[^ \t]/ {
    line = $0
    gsub(/[ \t]+/, " ", line)
    sub(/ *(#|\/\/).*/, "", line)
    n[f, name, side]++
    text[f, name, side] = text[f, name, side] line "\n"
}
END {
    for (i = 1; i <= count; ++i) {
        name = names[i]
        printf "%-34s", name
        for (f = 1; f <= files; ++f) {
            same = text[f, name, "viewed"] == text[f, name, "twin"]
            printf " %16s", n[f, name, "viewed"] " / " n[f, name, "twin"] (same ? " same" : "     ")
            if (n[f, name, "viewed"] > n[f, name, "twin"] || n[f, name, "twin"] == 0) {
                bad = 1
                report = report name "\n ioview\n" text[f, name, "viewed"] " by hand\n" text[f, name, "twin"]
            }
        }
        print ""
    }
    if (bad) { printf "\n%s", report; exit 1 }
}' "$@"
