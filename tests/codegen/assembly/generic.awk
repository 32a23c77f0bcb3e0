# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Where there is no file for the instruction set, seen on s390x: a full barrier (`bcr 14,0`)
# wherever there might be one.
function promises() {
    promise("r@ bcr", "bcr w@", "bcr", "bcr", "bcr", "bcr", "bcr", "bcr")
    meaning["mmiowb"] = "bcr"
}
function traps() {
    return "j[ \\t]+\\.\\+2|illegal|trap" # s390x, m68k
}
function read_instruction() {
    if (op == "bcr")
        add(op, "full barrier")
    else if (op == "la" || operands !~ /\(/ || operands ~ /\((%r[0-9]+,)?%r15\)/)
        return
    else if (op ~ /^l(y|f|hy?|b|lc|lh|g[fhb]?|lg[fhc])?$/)
        access("r", op ~ /[bc]$/ ? 8 : op ~ /hy?$/ ? 16 : op == "lg" ? 64 : 32, "load")
    else if (op ~ /^st[gch]?y?$/)
        access("w", op ~ /c/ ? 8 : op ~ /h/ ? 16 : op ~ /g/ ? 64 : 32, "store")
    else if (op ~ /^mv(i|hi|hhi|ghi)$/)
        access("w", op == "mvi" ? 8 : op == "mvhhi" ? 16 : op == "mvhi" ? 32 : 64, "store")
    else
        complain("more than a load or a store: " line)
}
