#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# examples/baremetal as a user has it: copied, away from ioview's tree, booted by its one command,
# and then with a program of the user's that goes wrong in each way there is.
#   check.sh <ioview's sources>
set -euo pipefail
sources=$(realpath "$1")
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
for tool in aarch64-linux-gnu-g++ arm-none-eabi-g++ qemu-system-aarch64 qemu-system-arm; do
    if ! command -v $tool >/dev/null; then
        echo "SKIPPED: no $tool here"
        exit
    fi
done
command -v make >/dev/null || export CMAKE_GENERATOR=Ninja
work=$(mktemp -d)
ended() {
    local status=$?
    [ $status = 0 ] || tail -50 "$work/output"
    rm -rf "$work"
    exit $status
}
trap ended EXIT
cd "$work"
failed=0

# wants <what> <regex>: of the lines of $work/output
wants() {
    if ! grep -qE "^$2\$" "$work/output"; then
        echo "FAILED: $1: no line $2 in"
        tail -20 "$work/output"
        failed=1
    fi
}
says_all() {
    local lines
    lines=$(wc -l <"$here/console.expected")
    if ! diff "$here/console.expected" <(grep -A $((lines - 1)) '^component' output); then
        echo "FAILED: $1: does not say what console.expected has"
        failed=1
    fi
}

# --- ioview's sources beside the copy ---
copied() (
    ln -s "$sources" ioview
    # [copy]
    cp -r ioview/examples/baremetal firmware
    ln -s ../ioview firmware/ioview
    cd firmware
    cmake --workflow --preset aarch64_virt
    # [/copy]
)
copied >output 2>&1
says_all "the copy on aarch64_virt"

# --- its tests ---
on_the_host() (
    cd firmware
    # [host]
    cmake --workflow --preset host
    # [/host]
)
on_the_host >output 2>&1
wants "the copy's tests" '100% tests passed, 0 tests failed out of 1'

# --- ioview installed ---
installed() (
    cmake -S "$sources" -B build -DIOVIEW_BUILD_TESTS=OFF -DIOVIEW_BUILD_EXAMPLES=OFF \
        -DIOVIEW_BUILD_BENCHMARKS=OFF -DIOVIEW_BUILD_TOOLS=OFF
    cmake --install build --prefix "$work/prefix"
    cd firmware
    rm ioview
    export CMAKE_PREFIX_PATH=$work/prefix
    cmake --workflow --preset cortexm3_mps2
)
installed >output 2>&1
says_all "the copy on cortexm3_mps2"

# --- the driver of the guide's first chapter ---
cd firmware
ln -s ../ioview ioview
guide() {
    # [guide]
    cp ioview/examples/guide/drivers/dual_timer.hpp drivers/
    cp ioview/examples/guide/driver_tests.cpp tests/dual_timer.cpp
    cp ioview/examples/guide/board/main.cpp .
    cmake --workflow --preset host
    cmake --workflow --preset cortexm3_mps2
    # [/guide]
}
guide >"$work/output" 2>&1
wants "the guide's tests" '100% tests passed, 0 tests failed out of 2'
wants "the guide's driver on cortexm3_mps2" 'a millisecond'

# --- a program of the user's ---
cp "$here/user.cpp" main.cpp
# boot <board> <way>: into $work/output, with `status` at its end
boot() {
    echo "#define WAY $2" >way.hpp
    local status=0
    cmake --build --preset "$1.run" >"$work/output" 2>&1 || status=$?
    echo "status $((status != 0))" >>"$work/output"
}
for board in aarch64_virt cortexm3_mps2; do
    cp "$here/$board/interrupt.hpp" .
    boot $board 0
    wants "constructors of $board" 'constructed: 42'
    wants "an end of $board without an error" 'status 0'
    boot $board 1
    wants "an end of $board with an error" 'status 1'
    boot $board 4
    wants "an interrupt on $board" 'interrupted once'
    boot $board 2
    wants "a broken contract on $board" 'panic: ioview: .*'
    wants "a broken contract on $board" 'status 1'
    boot $board 3
    wants "an exception on $board" 'exception: cause 0x[0-9a-f]+ at 0x[0-9a-f]+'
    wants "an exception on $board" 'status 1'
    at=$(sed -n 's/^exception: .* at //p' "$work/output")
    function=$(nm build/$board/firmware.elf | sed -n 's/^\([0-9a-f]*\) . goes_wrong$/0x\1/p')
    ((function &= ~1)) # Thumb
    if ((at < function || at > function + 16)); then
        echo "FAILED: an exception on $board: at $at, but goes_wrong() is at $function"
        failed=1
    fi
done

# --- entered at EL2, as by many boards' firmware: the same exception as before ---
cp "$here/aarch64_virt/interrupt.hpp" .
boot aarch64_virt 3
timeout 60 qemu-system-aarch64 -M virt,virtualization=on -cpu cortex-a53 -m 128 -nodefaults \
    -display none -serial stdio -monitor none -semihosting-config enable=on,target=native \
    -kernel build/aarch64_virt/firmware.elf >"$work/output" 2>&1 || true
wants "an exception of a board entered at EL2" 'exception: cause 0x[0-9a-f]+ at 0x[0-9a-f]+'
[ $failed = 0 ] || exit 1
echo "the template boots"
