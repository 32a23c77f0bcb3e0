# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
command -v meson >/dev/null || { echo "SKIPPED: no meson here"; exit; }
cp ioview/tests/consumer/meson/meson.build .
mkdir subprojects
cp -r --parents ioview/meson.build ioview/include/ioview subprojects
# [subproject]
meson setup out
meson compile -C out
# [/subproject]
out/driver

# installed, by prefix and directories of all kinds, and found by the pkg-config file
rm -r subprojects
for places in "" "--includedir=inc/a --datadir=share/a" "--includedir=$PWD/abs --datadir=$PWD/data"; do
    rm -rf out prefix abs data installed
    mkdir prefix data
    # shellcheck disable=SC2086 # words
    meson setup installed ioview --prefix="$PWD/prefix" $places
    meson install -C installed >log
    pc=$(find "$PWD/prefix" "$PWD/data" -name ioview.pc)
    export PKG_CONFIG_PATH="${pc%/*}"
    pkg-config --exact-version="$VERSION" ioview
    meson setup out --wrap-mode=nofallback
    meson compile -C out
    out/driver
    g++ -std=c++20 $(pkg-config --cflags ioview) main.cpp -o by_pkg_config
    ./by_pkg_config
    # each header that CMake installs, and no other
    (cd ioview/include && find . -name '*.hpp' | sort) >want
    (cd "$(pkg-config --variable=includedir ioview)" && find . -type f | sort) >have
    diff want have
done
