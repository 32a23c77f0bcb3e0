// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "handed_over.hpp"

int main() {
    const bool is_right = made(5).value_or(0) == 5 && !Device::member_of_a_class(-1) &&
                          taken(ioview::fail(ioview::Error::busy)) == -1 && *kept == 3;
    return is_right ? 0 : 1;
}
