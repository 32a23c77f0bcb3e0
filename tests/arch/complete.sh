#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Whether the target of a compiler has its file of arch/, and that file all that complete.cpp wants.
#   complete.sh <include directory> <file of arch/, without .hpp> <compiler> [flag…]
# Exit status 77: the compiler is not there, or has no library for its target.
set -u
here=$(dirname "$0")
include=$1 wanted=$2
shift 2
. "$here/../codegen/lib.sh"
need sed "$@"

find_arch_file
[ "$arch_file" = "$wanted" ] || {
    echo "$*: takes arch/$arch_file.hpp; cmake/architectures.json says arch/$wanted.hpp." \
        "It is picked in include/ioview/config.hpp and arch/select.hpp."
    exit 1
}
compile -Wpedantic -Werror -fsyntax-only "$here/complete.cpp"
