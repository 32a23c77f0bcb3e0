# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# AArch64. The branch that depends on the value keeps delay loops behind the load.
function promises() {
    promise("r@ dmb_oshld eor cbnz", "dmb_oshst w@", "dsb_sy", "dsb_ld", "dsb_st", "dmb_osh",
            "dmb_oshld", "dmb_oshst")
    meaning["after_reading"] = "dmb_oshld"
}
function traps() {
    return "brk"
}
function read_instruction(part) {
    if (op == "dmb" || op == "dsb")
        add(op "_" operands)
    else if (op == "eor") {
        split(operands, part, ",")
        if (part[2] == part[3])
            add(op)
    } else if (op == "cbnz") {
        sub(/^[^,]*,/, "", operands)
        if (operands == "." || operands == label) # to itself
            add(op)
    } else if (operands !~ /\[/ && op !~ /^v?(ld|st)m/ || operands ~ /\[sp/ || operands ~ /^sp!/)
        return
    else {
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
}
