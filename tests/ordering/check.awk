# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Reads the tables of docs/ordering.md, the rows that accesses.cpp has functions for, then its
# assembly (gcc -S). Of a function counts what is a barrier or an access to memory off the stack, as
# the page spells it: barriers with their options, accesses by their mnemonic.
# tests/codegen/assembly reads instructions.
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
        tells_promises = plain(cell[4]) == "Linux"
    else if (tells_promises)
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
    clean_line()
}
is_instruction(row) {
    read_instruction()
}
function begin_function() {
    found[row[name]] = ""
}
function add(word, spelled) {
    if (spelled == "") {
        spelled = word
        sub(/_/, " ", spelled)
    }
    found[row[name]] = found[row[name]] (found[row[name]] == "" ? "" : ", ") spelled
}
function access(kind, width, spelled) {
    add("", spelled == "" ? op : spelled)
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
