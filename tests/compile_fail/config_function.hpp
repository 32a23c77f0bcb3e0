// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A configuration mechanism for the refusals that are not about mechanisms.

#include <ioview/error.hpp>

#include <cstddef>
#include <cstdint>

struct Function {
    template <class W>
    ioview::Result<W> read(std::uint16_t) const {
        return static_cast<W>(~W{0});
    }
    template <class W>
    ioview::Result<> write(std::uint16_t, W) const {
        return {};
    }
    std::size_t size() const { return 4'096; }
};
