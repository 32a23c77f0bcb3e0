# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Reads the tables of docs/ordering.md, the rows that accesses.cpp has functions for, then its
# assembly (gcc -S). Of a function counts what is a barrier or an access to memory off the stack, as
# the page spells it: barriers with their options, accesses by their mnemonic.
BEGIN {
    FS = "\n"
}

# --- the page: cells by row, in the tables that have the column ---
FNR == 1 {
    ++file
}
file == 1 && /^\|/ {
    count = split($0, cell, "|")
    if (!in_table)
        promises = plain(cell[4]) == "Linux"
    else if (promises)
        promised[plain(cell[2])] = 1
    if (!in_table) {
        wanted = 0
        for (i = 3; i < count; ++i)
            if (plain(cell[i]) == column)
                wanted = i
    } else if (wanted && cell[2] !~ /^-+$/) {
        key = plain(cell[2])
        if (key in said)
            complain(key ": two rows")
        said[key] = plain(cell[wanted])
    }
    in_table = 1
    next
}
file == 1 {
    in_table = 0
    next
}
function plain(text) {
    gsub(/[`*]/, "", text)
    gsub(/[ \t]+/, " ", text)
    sub(/^ /, "", text)
    sub(/ $/, "", text)
    return text
}

# --- the functions ---
file == 2 && /^\/\/ row: / {
    key = substr($0, 9)
    next
}
file == 2 && key != "" {
    match($0, /[a-z0-9_]+\(/)
    row[substr($0, RSTART, RLENGTH - 1)] = key
    key = ""
    next
}
file == 2 {
    next
}

# --- the assembly ---
{
    line = $0
    sub(/^[ \t]+/, "", line)
    sub(/[ \t]*(#|@[ A-Z]|\/\/).*$/, "", line)
    gsub(/[ \t]+/, " ", line)
    gsub(/, /, ",", line)
    sub(/ $/, "", line)
    # on Arm, an access on the condition that the address is aligned, which else is a panic
    if (line ~ /^(ldr|str)eq /)
        sub(/eq /, " ", line)
}
line ~ /^[a-z_][a-z0-9_]*:$/ {
    name = substr(line, 1, length(line) - 1)
    if (name in row)
        found[row[name]] = ""
    else
        name = ""
    next
}
line ~ /^\.L?func_end|^\.size/ {
    name = ""
}
line ~ /^[0-9.A-Za-z_$]+:$/ {
    label = substr(line, 1, length(line) - 1)
    next
}
name == "" || line ~ /^\./ || line == "" {
    next
}
{
    op = operands = line
    sub(/ .*/, "", op)
    sub(/^[^ ]* ?/, "", operands)
    word = meaning()
    if (word != "")
        found[row[name]] = found[row[name]] (found[row[name]] == "" ? "" : ", ") word
}
function is_memory(stack) {
    return operands ~ /\(/ && operands !~ stack
}
function meaning() {
    if (column == "x86-64" || column == "i386") {
        if (op ~ /fence$/)
            return op
        if (op ~ /^lock/)
            return "lock " (operands ~ /^add/ ? "add" : "?")
        if (op ~ /^(in|out)[bwl]$/)
            return substr(op, 1, length(op) - 1)
        if (!is_memory("\\(%[re]sp\\)") || op ~ /^(lea|ret|push|pop)/)
            return ""
        return op ~ /^mov[bwlq]$/ ? "mov" : op
    }
    if (column == "RISC-V") {
        if (op == "fence")
            return "fence " (operands == "" ? "iorw,iorw" : operands)
        return is_memory("\\(sp\\)") ? op : ""
    }
    if (column ~ /^PowerPC/) {
        if (op ~ /^(sync|lwsync|eieio|isync|twi)$/)
            return op
        return op ~ /^(l|st)[bhwd]/ && is_memory("\\(1\\)") ? op : ""
    }
    if (column == "other") {
        if (op == "bcr")
            return "full barrier"
        if (op == "la" || !is_memory("\\(%r15\\)"))
            return ""
        return op ~ /^l/ ? "load" : "store"
    }
    # AArch64 and Arm
    if (op == "dmb" || op == "dsb")
        return op (operands == "" || operands == "sy" && column == "Armv7-M" ? "" : " " operands)
    if (op == "mcr")
        return op
    if (op == "eor") {
        split(operands, part, ",")
        return part[2] == part[3] ? op : ""
    }
    if (op == "cbnz")
        return operands ~ /,\.$/ || operands ~ ("," label "$") ? op : ""
    return operands ~ /\[/ && operands !~ /\[sp/ ? op : ""
}
function complain(what) {
    print title ": " what
    failed = 1
}

END {
    for (key in found) {
        ++functions
        text = found[key] == "" ? "none" : found[key]
        if (print_)
            print key "|" text
        else if (!(key in said))
            complain(key ": no row on the page; found " text)
        else if (!(key in promised))
            complain(key ": nothing on the page says what it promises")
        else if (said[key] != text)
            complain(key ": the page says " said[key] "; found " text)
    }
    for (key in said)
        if (!print_ && !(key in found) && said[key] != "–")
            complain(key ": the page says " said[key] "; accesses.cpp has nothing of it")
    if (functions < 30)
        complain("only " functions + 0 " functions found")
    if (!print_)
        printf "%s: %d rows, %s as the page says\n", title, functions, failed ? "not all" : "all"
    exit failed
}
