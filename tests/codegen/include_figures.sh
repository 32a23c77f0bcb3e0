# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What an include costs by figures that are the same on every machine; sourced with $work and
# $include set by include.sh and benchmarks/include_cost. A program is one of:
#   nothing    not even a library header
#   std        the library headers that ioview cannot do without
#   driver     what a driver with Mmio and registers includes
#   umbrella   <ioview/ioview.hpp>

write_includes() {
    : >"$work/nothing.cpp"
    printf '#include <%s>\n' cstddef cstdint bit concepts new type_traits >"$work/std.cpp"
    printf '#include <ioview/%s.hpp>\n' backend/mmio register >"$work/driver.cpp"
    echo '#include <ioview/ioview.hpp>' >"$work/umbrella.cpp"
}

# lines_of <program> <compiler> [flag…]: what the compiler gets to see
lines_of() {
    program=$1
    shift
    "$@" -std=c++20 -I"$include" -E -P "$work/$program.cpp" | grep -c .
}

# templates_of <program> <compiler> [flag…]: on clang the instantiations of classes and functions,
# on g++ the specialisations that it keeps of classes, functions and variables
templates_of() {
    program=$1
    shift
    if "$@" --version | grep -q clang; then
        "$@" -std=c++20 -I"$include" -ftime-trace -ftime-trace-granularity=0 -c \
            -o "$work/$program.o" "$work/$program.cpp"
        tr '{' '\n' <"$work/$program.json" | grep -cE '"name":"Instantiate(Class|Function)"'
    else
        "$@" -std=c++20 -I"$include" -fsyntax-only -fmem-report "$work/$program.cpp" 2>&1 |
            awk '/_specializations: size/ { n += $4 } END { print n + 0 }'
    fi
}

# instructions_of <program> <compiler> [flag…]: millions that the compiler proper executes at -O2
instructions_of() {
    program=$1
    shift
    compiler_proper=$("$@" -std=c++20 -O2 -I"$include" -### -c -o "$work/$program.o" \
        "$work/$program.cpp" 2>&1 | grep -E 'cc1plus|"-cc1"' | head -n 1 | tr -d '"')
    valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null \
        $compiler_proper 2>&1 |
        awk '/I +refs:/ { gsub(/,/, "", $NF); printf "%.0f\n", $NF / 1e6 }'
}

# As in "gcc 12" or "clang 19"
name_of() {
    printf '__GNUC__ __clang_major__\n' | "$@" -E -P -x c - |
        awk '{ print $2 == "__clang_major__" ? "gcc " $1 : "clang " $2 }'
}
