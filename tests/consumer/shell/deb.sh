# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
command -v dpkg-shlibdeps >/dev/null || { echo "SKIPPED: no dpkg-dev here"; exit; }
for tool in iov ioview-gen; do
    [ -x build/tools/$tool/$tool ] || { echo "SKIPPED: $tool is not built"; exit; }
done
# [pack]
cpack --config build/CPackConfig.cmake -G DEB -B packages
# [/pack]
architecture=$(dpkg --print-architecture)
headers=packages/libioview-dev_${VERSION}_all.deb
tools=packages/ioview-tools_${VERSION}_$architecture.deb
field() { dpkg-deb --field "$@"; }
[ "$(find packages -maxdepth 1 -name "*.deb" | wc -l)" = 2 ]
[ "$(field "$headers" Package Architecture)" = "Package: libioview-dev
Architecture: all" ]
[ "$(field "$headers" Depends)" = "" ] # headers only
field "$tools" Depends | grep -w libc6 | grep libfmt

# as dpkg has it, in a system of its own; what they need is on this one
mkdir -p root/var/lib/dpkg
: >root/var/lib/dpkg/status
install="dpkg --root=$PWD/root --force-not-root --force-depends --log=log"
$install -i "$headers" "$tools"
(cd ioview/include && find . -name '*.hpp' | sort) >want
(cd root/usr/include && find . -type f | sort) >have
diff want have
for file in bin/iov bin/ioview-gen share/man/man1/iov.1.gz share/man/man1/ioview-gen.1.gz \
    share/doc/libioview-dev/copyright share/doc/ioview-tools/copyright \
    share/doc/libioview-dev/NEWS.gz \
    share/bash-completion/completions/iov share/cmake/ioview/ioview.cppm; do
    [ -f root/usr/$file ]
done
grep -q "LLVM Exceptions" root/usr/share/doc/libioview-dev/copyright
root/usr/bin/iov --version | grep -wF "$VERSION"
root/usr/bin/ioview-gen --version | grep -wF "$VERSION"
if readelf -S root/usr/bin/iov | grep debug_info; then exit 1; fi

# a consumer by each way, and a register map by the generator of the package
export PKG_CONFIG_PATH="$PWD/root/usr/share/pkgconfig"
g++ -std=c++20 $(pkg-config --cflags ioview) main.cpp -o by_pkg_config
./by_pkg_config
cp -r ioview/tests/ioview-gen/consumer .
cp ioview/tests/ioview-gen/svd/constructs.svd consumer/map.svd
cmake -S consumer -B out -DCMAKE_PREFIX_PATH="$PWD/root/usr"
grep "^IOVIEW_GEN:FILEPATH=$PWD/root/usr/bin/ioview-gen\$" out/CMakeCache.txt
cmake --build out
out/consumer

# and taken away again
$install -r libioview-dev ioview-tools
[ -z "$(find root/usr -type f)" ]
