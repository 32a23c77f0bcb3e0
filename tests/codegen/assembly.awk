# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What rules.awk and tests/ordering/check.awk share: how compilers write assembly. Beside this file
# goes assembly/<file of include/ioview/arch>.awk, which knows one instruction set:
#   traps()             a regex of what compilers stop a program with
#   promises()          what Mmio and the barriers promise for `target`: a call of promise()
#   read_instruction()  of `op`, `operands`, `line` (and `label`, the last one) calls for what is a
#                       barrier or an access to memory off the stack
#     add(word [, spelled])                   a barrier; spelled: on the page, if otherwise
#     access("r" or "w", bits [, spelled])    a load or a store; spelled: if not by its mnemonic
#     complain(text)                          what must not be there
function clean_line() {
    line = $0
    sub(/^[ \t]+/, "", line)
    sub(/[ \t]*(#|@[ A-Z]|\/\/).*$/, "", line)
    gsub(/[ \t]+/, " ", line)
    gsub(/, /, ",", line)
    sub(/ $/, "", line)
}
# Sets name where a function of `known` begins, and label; whether the line is an instruction of it.
function is_instruction(known) {
    if (line ~ /^[a-z_][a-z0-9_]*:$/) {
        name = substr(line, 1, length(line) - 1)
        if (name in known)
            begin_function()
        else
            name = ""
        return 0
    }
    if (line ~ /^\.L?func_end|^\.size/)
        name = ""
    if (line ~ /^[0-9.A-Za-z_$]+:$/) {
        label = substr(line, 1, length(line) - 1)
        return 0
    }
    if (name == "" || line ~ /^\./ || line == "")
        return 0
    op = operands = line
    sub(/ .*/, "", op)
    sub(/^[^ ]* ?/, "", operands)
    return 1
}
function width_of(letter) {
    return letter == "b" ? 8 : letter == "h" ? 16 : letter == "w" ? 32 : 64
}

# What a read and a write in order are (@ is the width), and the barriers, as rules.awk has words for
# them. What else is said of the target follows in `meaning`.
function promise(read, write, mb, rmb, wmb, dma_mb, dma_rmb, dma_wmb, width, wide) {
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
    meaning["before_reading"] = meaning["after_reading"] = read
    sub(/ ?r@.*/, "", meaning["before_reading"])
    sub(/.*r@ ?/, "", meaning["after_reading"])
    meaning["before_writing"] = write
    sub(/ ?w@$/, "", meaning["before_writing"])
    for (width = 8; width <= 32; width *= 2) {
        meaning["in" width] = "in" width
        meaning["out" width] = "out" width
    }
    meaning["mmiowb"] = ""
    meaning["mb"] = mb
    meaning["rmb"] = rmb
    meaning["wmb"] = wmb
    meaning["dma_mb"] = meaning["device_mb"] = dma_mb
    meaning["dma_rmb"] = meaning["device_rmb"] = dma_rmb
    meaning["dma_wmb"] = meaning["device_wmb"] = dma_wmb
    meaning["arrived"] = mb # after a read back
}
# Towards the registers of a device the barriers for memory do not do.
function for_memory_only() {
    meaning["device_mb"] = meaning["mb"]
    meaning["device_rmb"] = meaning["rmb"]
    meaning["device_wmb"] = meaning["wmb"]
}
