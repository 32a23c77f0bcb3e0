# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# What the scripts here share; sourced with $here and $include set.

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

# need <tool> <compiler> [flag…]: keeps the compiler's command line in "compile", or skips
need() {
    command -v "$1" >/dev/null || { echo "SKIPPED: no $1"; exit 77; }
    shift
    command -v "$1" >/dev/null || { echo "SKIPPED: no $1"; exit 77; }
    command_line=$*
    # Merging equal functions would hide the cost of one of them.
    case $1 in
    *clang*) ;;
    *) command_line="$command_line -fno-ipa-icf" ;;
    esac
    printf '#include <version>\n#include <stdint.h>\n' >"$work/probe.cpp"
    $command_line -std=c++20 -fsyntax-only "$work/probe.cpp" 2>/dev/null ||
        { echo "SKIPPED: $1 has no library for this target"; exit 77; }
}

# Sets arch_file: which of include/ioview/arch/ is the target's, without .hpp.
find_arch_file() {
    printf '#include <ioview/arch/select.hpp>\n' >"$work/arch.cpp"
    arch_file=$($command_line -std=c++20 -I"$include" -M "$work/arch.cpp" | tr ' ' '\n' |
        sed -n 's,.*/arch/\([a-z0-9_]*\)\.hpp$,\1,p' | grep -v '^select$')
}

compile() {
    $command_line -std=c++20 -Wall -Wextra -Wno-invalid-offsetof -I"$include" -DIOVIEW_WARN_IN_MACROS \
        -fno-exceptions -fno-rtti -fno-asynchronous-unwind-tables -fno-stack-protector \
        -fno-pic "$@"
}
