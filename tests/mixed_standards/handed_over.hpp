// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Results that go from one file to another.
#include <ioview/ioview.hpp>

struct Device {
    static ioview::Result<> member_of_a_class(int value);
};
ioview::Result<int> made(int value);
int taken(ioview::Result<int> result);
extern ioview::Result<int> kept;
