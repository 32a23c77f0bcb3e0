# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# x86 and x86-64.
function promises() {
    if (target == "i386") # without SSE2
        promise("r@", "w@", "lock", "lock", "lock", "lock", "", "")
    else
        promise("r@", "w@", "mfence", "lfence", "sfence", "mfence", "", "")
    meaning["arrived"] = ""
}
function traps() {
    return "ud2"
}
function read_instruction(bits) {
    if (line ~ /%[xyz]mm/)
        complain("a vector register: " line)
    if (op ~ /fence$/)
        add(op)
    else if (op ~ /^lock/)
        add("lock", "lock " (operands ~ /^add/ ? "add" : "?"))
    else if (op ~ /^(in|out)[bwl]$/) {
        bits = op ~ /b$/ ? 8 : op ~ /w$/ ? 16 : 32
        sub(/[bwl]$/, "", op)
        add(op bits, op)
    } else if (operands !~ /\(/ || operands ~ /\(%[re][sb]p/ || op ~ /^(lea|nop|j|ret|push|pop|rep$)/)
        return
    else if (op ~ /^mov[bwlq]$/)
        access(operands ~ /\)$/ ? "w" : "r",
               op == "movb" ? 8 : op == "movw" ? 16 : op == "movl" ? 32 : 64, "mov")
    else if (op ~ /^mov[sz][bw][wlq]$/)
        access("r", substr(op, 5, 1) == "b" ? 8 : 16)
    else
        complain("more than a load or a store: " line)
}
