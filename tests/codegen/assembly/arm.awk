# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# 32-bit Arm: Armv8-A, Armv7-A, the M profile, and before Armv7.
function promises() {
    if (target ~ /-m$/)
        promise("r@ dsb_sy", "dsb_sy w@", "dsb_sy", "dsb_sy", "dsb_sy", "dmb_sy", "dmb_sy",
                "dmb_sy")
    else if (target ~ /^armv6/)
        promise("r@ mcr", "mcr w@", "mcr", "mcr", "mcr", "mcr", "mcr", "mcr")
    else if (target ~ /^armv8/)
        promise("r@ dsb_ld", "dsb_st w@", "dsb_sy", "dsb_ld", "dsb_st", "dmb_osh", "dmb_oshld",
                "dmb_oshst")
    else
        promise("r@ dsb_sy", "dsb_st w@", "dsb_sy", "dsb_sy", "dsb_st", "dmb_osh", "dmb_osh",
                "dmb_oshst")
    for_memory_only()
}
function traps() {
    return "udf|\\.inst|\\.(word|long|short)[ \\t]+0x(e7f000f0|e7ffdefe|deff|defe)"
}
function read_instruction() {
    if (op == "dmb" || op == "dsb")
        add(op "_" (operands == "" ? "sy" : operands),
            operands == "" || operands == "sy" && target ~ /-m$/ ? op : "")
    else if (op == "mcr")
        add(op)
    else if (operands !~ /\[/ && op !~ /^v?(ld|st)m/ || operands ~ /\[sp/ || operands ~ /^sp!/)
        return
    else {
        sub(/\.[wn]$/, "", op)
        # on the condition that the address is aligned, which else is a panic
        sub(/(eq|ne|cs|cc|hs|lo|mi|pl|hi|ls|ge|lt|gt|le)$/, "", op)
        if (operands ~ /\]!/ || operands ~ /\],/)
            complain("write-back addressing: " line)
        if (op !~ /^(ld|st)u?r[bh]?$/)
            complain("more than a load or a store: " line)
        else if (operands ~ /^[bhsdqv][0-9]/)
            complain("a vector register: " line)
        else
            access(op ~ /^ld/ ? "r" : "w", op ~ /b$/ ? 8 : op ~ /h$/ ? 16 : 32)
    }
}
