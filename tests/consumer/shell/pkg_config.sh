# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
prefix=$PWD/prefix
# [install]
cmake -S ioview -B out -DIOVIEW_BUILD_TESTS=OFF
cmake --install out --component headers --prefix "$prefix"
# [/install]
export PKG_CONFIG_PATH="$prefix/share/pkgconfig"
# [use]
g++ -std=c++20 $(pkg-config --cflags ioview) main.cpp -o driver
# [/use]
./driver
pkg-config --exact-version="$VERSION" ioview
