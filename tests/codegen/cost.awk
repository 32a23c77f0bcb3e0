# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Reads `objdump -d -C --no-show-raw-insn` of corpus.o. Instructions are counted without nops and
# other padding; parts that g++ moves out of the way (name.cold) belong to their function.
BEGIN {
    n = split(known_more, items, ",")
    for (i = 1; i <= n; ++i) {
        split(items[i], item, "=")
        allowed[item[1]] = item[2]
    }
}
/^[0-9a-f]+ <.*>:$/ {
    label = $0
    sub(/^[0-9a-f]+ </, "", label)
    sub(/>:$/, "", label)
    if (label ~ /^[.$]/) # inside a function
        next
    name = label
    gsub(/\[abi:[A-Za-z0-9_]+\]/, "", name) # of functions that return a Result
    known = name ~ /^(viewed|twin)::[a-z0-9_]+\(/
    whose = name ~ /^viewed/ ? "viewed" : "twin"
    if (!known)
        strangers[name] = 1
    sub(/^[a-z]+::/, "", name)
    sub(/\(.*/, "", name)
    if (known && !(name in seen)) {
        seen[name] = 1
        order[++functions] = name
    }
    next
}
known && /^ *[0-9a-f]+:\t/ {
    instruction = $0
    sub(/^[^\t]*\t/, "", instruction)
    if (instruction ~ /^(data16 |cs )*(nop|nopw|nopl|nop\.|c\.nop|xchg +%ax,%ax|int3)/)
        next
    if (whose == "viewed")
        viewed[name]++
    else
        twin[name]++
}
END {
    bad = sum_viewed = sum_twin = 0
    printf "instructions, %s\n", title
    for (i = 1; i <= functions; ++i) {
        name = order[i]
        sum_viewed += viewed[name]
        sum_twin += twin[name]
        worse = viewed[name] > twin[name] + allowed[name]
        bad += worse
        if (!(name in twin) || !(name in viewed)) {
            printf "%-28s has no twin\n", name
            ++bad
        } else if (verbose || worse)
            printf "%-28s %4d  by hand %4d%s\n", name, viewed[name], twin[name],
                   worse ? "   MORE" : viewed[name] < twin[name] ? "   fewer" : ""
    }
    for (name in strangers) {
        printf "out of line: %s\n", name
        ++bad
    }
    printf "%d functions: %d instructions, by hand %d, ratio %.3f\n", functions, sum_viewed,
           sum_twin, sum_twin ? sum_viewed / sum_twin : 0
    if (functions < 24) {
        print "the corpus was not read"
        ++bad
    }
    exit bad != 0
}
