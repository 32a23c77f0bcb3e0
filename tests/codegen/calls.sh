#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Counts the calls that one access takes in a debug build.
#   calls.sh [-v] <include directory> <at most> <compiler> [flag…]
set -u
verbose=0
[ "${1-}" = -v ] && verbose=1 && shift
here=$(dirname "$0")
include=$1 most=$2
shift 2
. "$here/lib.sh"
need awk "$@"

compile -S -o "$work/calls.s" "$here/calls.cpp" || exit 1
awk -v verbose="$verbose" -v most="$most" -v title="$*" -f "$here/calls.awk" "$work/calls.s"
