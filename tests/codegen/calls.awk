# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Reads the assembly of calls.cpp and counts, for each function written there, the calls that one run
# of it takes with those of what it calls. x86-64.
/^[A-Za-z_][A-Za-z0-9_.$]*:/ {
    name = $1
    sub(/:.*/, "", name)
    next
}
$1 ~ /^call/ && $2 !~ /^\*/ {
    callee = $2
    sub(/@.*/, "", callee)
    calls[name, ++number[name]] = callee
}
name !~ /^_Z/ && name !~ /^\./ && $1 ~ /^[a-z]/ {
    if (!(name in written)) {
        written[name] = 1
        order[++functions] = name
    }
}
function total(of, i, sum) {
    sum = 0
    for (i = 1; i <= number[of]; ++i)
        sum += 1 + total(calls[of, i])
    return sum
}
END {
    bad = 0
    for (k = 1; k <= functions; ++k) {
        name = order[k]
        count = total(name)
        if (count > most) {
            ++bad
            printf "%-24s %d calls, at most %d\n", name, count, most
            for (i = 1; i <= number[name]; ++i)
                printf "    %s\n", calls[name, i]
        } else if (verbose)
            printf "%-24s %d calls\n", name, count
    }
    if (functions < 12) {
        print "only " functions " functions found"
        ++bad
    }
    printf "%s: calls of %d accesses, %d of them more than %d\n", title, functions, bad, most
    exit bad != 0
}
