// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A test of a driver, which runs where it is built.
#include "drivers/prime_cell.hpp"

#include <ioview/testing.hpp>

namespace io = ioview;
using io::testing::reads;
using prime_cell::ComponentId;

static bool the_first_byte_is_the_lowest() {
    io::testing::Script script{
        reads(ComponentId::at(3), ComponentId::from_raw(0xb1)),
        reads(ComponentId::at(2), ComponentId::from_raw(0x05)),
        reads(ComponentId::at(1), ComponentId::from_raw(0xf0)),
        reads(ComponentId::at(0), ComponentId::from_raw(0x0d)),
    };
    return prime_cell::component_id(script.view<prime_cell::PrimeCell>()) == 0xb105'f00d &&
           script.done();
}

int main() {
    return the_first_byte_is_the_lowest() ? 0 : 1;
}
