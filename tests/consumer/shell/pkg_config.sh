# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
cmake --install build --component headers --prefix "$PWD/prefix" >log
export PKG_CONFIG_PATH=$PWD/prefix/share/pkgconfig
# [use]
g++ -std=c++20 $(pkg-config --cflags ioview) main.cpp -o driver
# [/use]
./driver
pkg-config --exact-version="$VERSION" ioview
