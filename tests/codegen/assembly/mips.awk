# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# MIPS, of which nothing is in order by itself: sync on either side.
function promises(width) {
    promise("sync r@ sync", "sync w@", "sync", "sync", "sync", "sync", "sync", "sync")
    meaning["mmiowb"] = "sync"
    for (width = 8; width <= 64; width *= 2) {
        meaning["~r" width] = "sync r" width
        meaning["~w" width] = "sync w" width
    }
}
function traps() {
    return "teq|break"
}
function read_instruction() {
    if (op ~ /^(jal|jalr|bal)$/)
        complain("a call: " line)
    else if (op == "sync")
        add(op)
    else if (operands !~ /\(/ || operands ~ /\((\$sp|\$29|\$fp)\)/ || op ~ /^(addiu|lui|li|la)$/)
        return
    else if (op ~ /^l([bhw]u?|d)$/)
        access("r", width_of(substr(op, 2, 1)))
    else if (op ~ /^s[bhwd]$/)
        access("w", width_of(substr(op, 2, 1)))
    else
        complain("more than a load or a store: " line)
}
