# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Reads rules.cpp for what is expected, then its assembly (gcc -S) for what there is. Each function
# becomes a row of words: r8…r64, w8…w64 for loads and stores off the stack, and barriers as they
# are spelled. `arch` picks the table of what Mmio promises there (the kernel's readl and writel, and
# its barriers) and how instructions are read.
BEGIN {
    if (arch == "x86-64") {
        table("r@", "w@", "mfence", "lfence", "sfence", "mfence", "", "")
    } else if (arch == "i386") { # without SSE2
        table("r@", "w@", "lock", "lock", "lock", "lock", "", "")
    } else if (arch == "aarch64") {
        # The branch that depends on the value keeps delay loops behind the load.
        table("r@ dmb_oshld eor cbnz", "dmb_oshst w@", "dsb_sy", "dsb_ld", "dsb_st", "dmb_osh",
              "dmb_oshld", "dmb_oshst")
        meaning["after_reading"] = "dmb_oshld"
    } else if (arch == "riscv64") {
        table("r@ fence_i,ir", "fence_w,o w@", "fence_iorw,iorw", "fence_ir,ir", "fence_ow,ow",
              "fence_iorw,iorw", "fence_ir,ir", "fence_ow,ow")
        meaning["mmiowb"] = "fence_o,w"
    } else if (arch == "armv7") {
        table("r@ dsb_sy", "dsb_st w@", "dsb_sy", "dsb_sy", "dsb_st", "dmb_osh", "dmb_osh",
              "dmb_oshst")
    } else if (arch ~ /-m$/) {
        table("r@ dsb_sy", "dsb_sy w@", "dsb_sy", "dsb_sy", "dsb_sy", "dmb_sy", "dmb_sy",
              "dmb_sy")
    } else if (arch ~ /^armv6/) {
        table("r@ mcr", "mcr w@", "mcr", "mcr", "mcr", "mcr", "mcr", "mcr")
    } else if (arch == "s390x") {
        # for arch/generic.hpp: a full barrier (`bcr 14,0`) wherever there might be one
        table("r@ bcr", "bcr w@", "bcr", "bcr", "bcr", "bcr", "bcr", "bcr")
        meaning["mmiowb"] = "bcr"
    } else if (arch ~ /^powerpc/) {
        # The trap that is never taken needs the value, and isync lets nothing start before it.
        light = arch ~ /64/
        table("sync r@ twi isync", "sync w@", "sync", "sync", "sync", "sync",
              light ? "lwsync" : "sync", light ? "lwsync" : "eieio")
        meaning["before_reading"] = meaning["after_reading"] = meaning["mmiowb"] = "sync"
        for (width = 8; width <= 64; width *= 2) {
            meaning["~r" width] = "eieio r" width
            meaning["~w" width] = "eieio w" width
        }
    } else {
        print "no rules for " arch
        failed = 1
        exit
    }
}
function table(read, write, mb, rmb, wmb, dma_mb, dma_rmb, dma_wmb, width, wide) {
    for (width = 8; width <= 64; width *= 2) {
        meaning["r" width] = "r" width
        meaning["w" width] = "w" width
        meaning["~r" width] = "r" width
        meaning["~w" width] = "w" width
        wide = read
        sub(/@/, width, wide)
        meaning["R" width] = wide
        wide = write
        sub(/@/, width, wide)
        meaning["W" width] = wide
    }
    # the barriers of an access alone, as bulk copies have them
    sub(/^r@ ?/, "", read)
    sub(/ ?w@$/, "", write)
    meaning["before_reading"] = ""
    meaning["after_reading"] = read
    meaning["before_writing"] = write
    for (width = 8; width <= 32; width *= 2) {
        meaning["in" width] = "in" width
        meaning["out" width] = "out" width
    }
    meaning["mmiowb"] = ""
    meaning["mb"] = mb
    meaning["rmb"] = rmb
    meaning["wmb"] = wmb
    meaning["dma_mb"] = dma_mb
    meaning["dma_rmb"] = dma_rmb
    meaning["dma_wmb"] = dma_wmb
    # towards the registers of a device, where the barriers for memory may not do
    meaning["device_mb"] = arch ~ /^(armv|ppc|powerpc)/ ? mb : dma_mb
    meaning["device_rmb"] = arch ~ /^(armv|ppc|powerpc)/ ? rmb : dma_rmb
    meaning["device_wmb"] = arch ~ /^(armv|ppc|powerpc)/ ? wmb : dma_wmb
    # after a read back
    meaning["arrived"] = arch == "x86-64" || arch == "i386" ? "" : mb
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
    sub(/^[ \t]+/, "")
    sub(/[ \t]*(#|@[ A-Z]|\/\/).*$/, "")
    gsub(/[ \t]+/, " ")
    gsub(/, /, ",")
    sub(/ $/, "")
}
/^[a-z_][a-z0-9_]*:$/ {
    name = $0
    sub(/:$/, "", name)
    if (!(name in expected))
        name = ""
    else
        found[name] = ""
    next
}
/^\.L?func_end|^\.size/ {
    name = ""
}
/^[0-9.A-Za-z_$]+:$/ {
    label = $0
    sub(/:$/, "", label)
    next
}
name == "" || /^\./ || $0 == "" {
    next
}

function add(word) {
    found[name] = found[name] word " "
}
# A load or store with its width in bits.
function access(kind, width) {
    add(kind width)
}

{
    line = $0
    op = $1
    operands = $2
}
op ~ /^call/ || op == "bl" || op == "blx" {
    complain("a call: " line)
}

arch == "x86-64" || arch == "i386" {
    if (line ~ /%[xyz]mm/)
        complain("a vector register: " line)
    if (op ~ /fence$/)
        add(op)
    else if (op ~ /^lock/)
        add("lock")
    else if (op ~ /^(in|out)[bwl]$/)
        add(substr(op, 1, length(op) - 1) (op ~ /b$/ ? 8 : op ~ /w$/ ? 16 : 32))
    else if (operands !~ /\(/ || operands ~ /\(%[re][sb]p/ || op ~ /^(lea|nop|j|ret|push|pop)/)
        next
    else if (op ~ /^mov[bwlq]$/)
        access(operands ~ /\)$/ ? "w" : "r",
               op == "movb" ? 8 : op == "movw" ? 16 : op == "movl" ? 32 : 64)
    else if (op ~ /^mov[sz][bw][wlq]$/)
        access("r", substr(op, 5, 1) == "b" ? 8 : 16)
    else
        complain("more than a load or a store: " line)
    next
}

arch == "riscv64" {
    if (op == "fence")
        add("fence_" (NF > 1 ? operands : "iorw,iorw"))
    else if (operands !~ /\(/ || operands ~ /\(sp\)/)
        next
    else if (op ~ /^l[bhwd]u?$/)
        access("r", width_of(substr(op, 2, 1)))
    else if (op ~ /^s[bhwd]$/)
        access("w", width_of(substr(op, 2, 1)))
    else
        complain("more than a load or a store: " line)
    next
}
function width_of(letter) {
    return letter == "b" ? 8 : letter == "h" ? 16 : letter == "w" ? 32 : 64
}

arch == "s390x" {
    if (op == "bcr")
        add(op)
    else if (op == "la" || operands !~ /\(/ || operands ~ /\((%r[0-9]+,)?%r15\)/)
        next
    else if (op ~ /^l(y|f|hy?|b|lc|lh|g[fhb]?|lg[fhc])?$/)
        access("r", op ~ /[bc]$/ ? 8 : op ~ /hy?$/ ? 16 : op == "lg" ? 64 : 32)
    else if (op ~ /^st[gch]?y?$/)
        access("w", op ~ /c/ ? 8 : op ~ /h/ ? 16 : op ~ /g/ ? 64 : 32)
    else if (op ~ /^mv(i|hi|hhi|ghi)$/)
        access("w", op == "mvi" ? 8 : op == "mvhhi" ? 16 : op == "mvhi" ? 32 : 64)
    else
        complain("more than a load or a store: " line)
    next
}

# On 32 bits a view is handed over by its address: loads by an argument's register, or a
# copy of it, are no accesses.
arch == "powerpc" {
    split(operands, part, ",")
    argument = part[2] ~ /^0\([3-9]\)$/ ? substr(part[2], 3, 1) : ""
    is_argument = op == "lwz" && argument != "" && !((name, argument) in is_written)
    if (op == "mr" && !((name, part[2]) in is_written))
        delete is_written[name, part[1]] # still the argument
    else if (op !~ /^st|^cmp|^b|^mt/)
        is_written[name, part[1]]
    if (is_argument)
        next
}
arch ~ /^powerpc/ {
    if (op ~ /^(lw)?sync$|^eieio$|^isync$|^twi$/)
        add(op)
    else if (op ~ /^(addi|la|li|bc|b|m[tf])/ || operands ~ /\(1\)$/ ||
             operands !~ /\(/ && op !~ /^(l[bhwd]z?|st[bhwd])x$/)
        next
    else if (op ~ /^l(bz|hz|ha|wz|wa|d)x?$/)
        access("r", width_of(substr(op, 2, 1)))
    else if (op ~ /^st[bhwd]x?$/)
        access("w", width_of(substr(op, 3, 1)))
    else
        complain("more than a load or a store: " line)
    next
}

# AArch64 and Arm
op == "dmb" || op == "dsb" {
    add(op "_" (NF > 1 ? operands : "sy"))
    next
}
op == "mcr" {
    add(op)
    next
}
op == "eor" {
    split(operands, part, ",")
    if (part[2] == part[3])
        add("eor")
    next
}
op == "cbnz" {
    sub(/^[^,]*,/, "", operands)
    if (operands == "." || operands == label) # to itself
        add("cbnz")
    next
}
operands !~ /\[/ && op !~ /^v?(ld|st)m/ || operands ~ /\[sp/ || operands ~ /^sp!/ {
    next
}
{
    sub(/\.[wn]$/, "", op)
    if (arch ~ /^arm/)
        sub(/(eq|ne|cs|cc|hs|lo|mi|pl|hi|ls|ge|lt|gt|le)$/, "", op)
    if (operands ~ /\]!/ || operands ~ /\],/)
        complain("write-back addressing: " line)
    if (op !~ /^(ld|st)u?r[bh]?$/)
        complain("more than a load or a store: " line)
    else if (operands ~ /^[bhsdqv][0-9]/)
        complain("a vector register: " line)
    else
        access(op ~ /^ld/ ? "r" : "w",
               op ~ /b$/ ? 8 : op ~ /h$/ ? 16 : operands ~ /^x/ ? 64 : 32)
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
