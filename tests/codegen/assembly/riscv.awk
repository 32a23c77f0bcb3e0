# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# RISC-V.
function promises() {
    promise("r@ fence_i,ir", "fence_w,o w@", "fence_iorw,iorw", "fence_ir,ir", "fence_ow,ow",
            "fence_iorw,iorw", "fence_ir,ir", "fence_ow,ow")
    meaning["mmiowb"] = "fence_o,w"
}
function traps() {
    return "ebreak|unimp"
}
function read_instruction() {
    if (op == "fence")
        add("fence_" (operands == "" ? "iorw,iorw" : operands))
    else if (operands !~ /\(/ || operands ~ /\(sp\)/)
        return
    else if (op ~ /^l[bhwd]u?$/)
        access("r", width_of(substr(op, 2, 1)))
    else if (op ~ /^s[bhwd]$/)
        access("w", width_of(substr(op, 2, 1)))
    else
        complain("more than a load or a store: " line)
}
