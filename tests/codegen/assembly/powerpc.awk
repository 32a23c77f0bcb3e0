# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# PowerPC. The trap that is never taken needs the value, and isync lets nothing start before it.
function promises(light, width) {
    light = target ~ /64/
    promise("sync r@ twi isync", "sync w@", "sync", "sync", "sync", "sync",
            light ? "lwsync" : "sync", light ? "lwsync" : "eieio")
    for_memory_only()
    meaning["before_reading"] = meaning["after_reading"] = meaning["mmiowb"] = "sync"
    for (width = 8; width <= 64; width *= 2) {
        meaning["~r" width] = "eieio r" width
        meaning["~w" width] = "eieio w" width
    }
}
function traps() {
    return "trap"
}
# On 32 bits a view is handed over by its address: loads by an argument's register, or a copy of it,
# are no accesses.
function is_argument(part, argument, found) {
    split(operands, part, ",")
    argument = part[2] ~ /^0\([3-9]\)$/ ? substr(part[2], 3, 1) : ""
    found = op == "lwz" && argument != "" && !((name, argument) in is_written)
    if (op == "mr" && !((name, part[2]) in is_written))
        delete is_written[name, part[1]] # still the argument
    else if (op !~ /^st|^cmp|^b|^mt/)
        is_written[name, part[1]]
    return found
}
function read_instruction() {
    if (views_are_arguments && target == "powerpc" && is_argument())
        return
    if (op ~ /^(lw)?sync$|^eieio$|^isync$|^twi$/)
        add(op)
    else if (op ~ /^(addi|la|li|bc|b|m[tf])/ || operands ~ /\(1\)$/ ||
             operands !~ /\(/ && op !~ /^(l[bhwd]z?|st[bhwd])x$/)
        return
    else if (op ~ /^l(bz|hz|ha|wz|wa|d)x?$/)
        access("r", width_of(substr(op, 2, 1)))
    else if (op ~ /^st[bhwd]x?$/)
        access("w", width_of(substr(op, 3, 1)))
    else
        complain("more than a load or a store: " line)
}
