# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Looks for traps of the compiler in the assembly of addresses.cpp (gcc -S).
BEGIN {
    trap = "^[ \t]*(" traps() ")"
}
/^[a-z_0-9A-Z]+:/ {
    name = $1
}
name ~ /^[a-z]/ && /:/ {
    ++labels
}
$0 ~ trap {
    complain(name " " $0)
}
END {
    if (labels < 10)
        complain("only " labels " labels found")
    print title ": " (failed ? "a trap" : "no trap")
    exit failed
}
function complain(what) {
    print what
    failed = 1
}
# what assembly/ calls elsewhere
function begin_function() {}
function add(word, spelled) {}
function access(kind, width, spelled) {}
