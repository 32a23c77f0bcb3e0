// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A bus for the refusals that are not about buses.

#include <ioview/backend/bus.hpp>

#include <cstddef>

struct I2c {
    ioview::Result<> read(ioview::Span<const std::byte> address, ioview::Span<std::byte> to);
    ioview::Result<> write(ioview::Span<const std::byte> address,
                           ioview::Span<const std::byte> from);
};
