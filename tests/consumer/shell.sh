#!/bin/sh
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Runs a script of shell/ as a user would: in a directory that has a program and its test, ioview's
# sources as `ioview`, and its configured build as `build`. A line "SKIPPED: …" tells why not.
#   shell.sh <script> <ioview> <build> <directory>
set -eu
script=$1
rm -rf "$4"
mkdir -p "$4"
ln -s "$2" "$4/ioview"
ln -s "$3" "$4/build"
cd "$4"
cp ioview/tests/consumer/main.cpp .
cp ioview/tests/consumer/driver_test.cpp .
VERSION=$(sed -n 's/^#define IOVIEW_VERSION_[A-Z]* \([0-9]*\)$/\1/p' ioview/include/ioview/version.hpp | paste -sd.)
export VERSION
sh -eux "$script"
