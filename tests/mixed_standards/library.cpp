// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "handed_over.hpp"

ioview::Result<> Device::member_of_a_class(int value) {
    if (value < 0)
        return ioview::fail(ioview::Error::busy);
    return {};
}
ioview::Result<int> made(int value) {
    return value;
}
int taken(ioview::Result<int> result) {
    return result.value_or(-1);
}
ioview::Result<int> kept = 3;
