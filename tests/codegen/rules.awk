# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Reads rules.cpp for what is expected, then its assembly (gcc -S) for what there is. Each function
# becomes a row of words: r8…r64, w8…w64 for loads and stores off the stack, and barriers as they
# are spelled, `_` for a blank. What Mmio promises for `target` (the kernel's readl and writel, and
# its barriers), and how its instructions are read, is in assembly/.
BEGIN {
    views_are_arguments = 1
    promises()
}

# The expectation as a regular expression over words that each end in a blank.
function pattern(text, words, n, i, out, word, close_) {
    n = split(text, words, " ")
    out = "^"
    for (i = 1; i <= n; ++i) {
        word = words[i]
        if (sub(/^\(/, "", word))
            out = out "("
        close_ = sub(/\)\+$/, "", word)
        if (!(word in meaning))
            complain(text ": what is " word "?")
        if (meaning[word] != "")
            out = out meaning[word] " "
        if (close_)
            out = out ")+"
    }
    return out "$"
}
function complain(what) {
    print (name == "" ? "" : name ": ") what
    failed = 1
}

FNR == NR {
    if ($1 == "//" && $2 == "expect" && $3 ~ /:$/) {
        key = $3
        sub(/:$/, "", key)
        text = $0
        sub(/^[^:]*: */, "", text)
        expected[key] = text
    }
    next
}

{
    clean_line()
}
is_instruction(expected) {
    if (op ~ /^call/ || op == "bl" || op == "blx")
        complain("a call: " line)
    read_instruction()
}
function begin_function() {
    found[name] = ""
}
function add(word, spelled) {
    found[name] = found[name] word " "
}
function access(kind, width, spelled) {
    add(kind width)
}

END {
    name = ""
    count = 0
    for (key in found) {
        ++count
        name = key
        if (found[key] !~ pattern(expected[key]))
            complain("expected " expected[key] ", which is " pattern(expected[key]) "; found " \
                     found[key])
        else if (verbose)
            printf "%-26s %s\n", key, found[key]
    }
    name = ""
    if (count < 40)
        complain("only " count " functions found")
    printf "%s: %d functions %s\n", title, count, failed ? "and a broken rule" : "as the rules say"
    exit failed
}
