// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Garbage memory with a recorder before it, little- or big-endian.
//
//   Recorded<64> ram;
//   ram.view<std::uint32_t>().write(1);
//   CHECK(ram.log() == Log{{wr, 0, 4, 1}});

#include <ioview/testing/memory.hpp>
#include <ioview/testing/recorder.hpp>

#include <bit>
#include <cstddef>
#include <type_traits>

using ioview::testing::Log;
// (read and write are taken by <unistd.h>, which Catch2 includes.)
inline constexpr auto rd = ioview::testing::Op::read;
inline constexpr auto wr = ioview::testing::Op::write;

template <std::size_t N, std::endian Order = std::endian::little>
struct Recorded {
    constexpr Recorded() noexcept = default;

    template <class T>
    constexpr auto view() noexcept {
        return recorder.template view<T>();
    }
    constexpr const Log& log() const noexcept { return recorder.log(); }
    constexpr bool untouched() const noexcept { return log().empty(); }
    constexpr unsigned char& operator[](std::size_t i) noexcept { return memory[i]; }
    // What is stored at an offset, as a number of the memory's order.
    template <class W>
    constexpr W word(std::size_t offset) const noexcept {
        W word = 0;
        for (std::size_t i = 0; i < sizeof(W); ++i) {
            const std::size_t place = Order == std::endian::little ? i : sizeof(W) - 1 - i;
            word = static_cast<W>(word | static_cast<W>(W{memory[offset + place]} << (8 * i)));
        }
        return word;
    }

    ioview::testing::Memory<N, Order> memory;
    ioview::testing::Recorder<ioview::testing::MemoryBackend<Order>> recorder{
        memory.template view<ioview::Region<>>()};
};

// A byte order as a type, for tests of both.
template <std::endian Value>
using Order = std::integral_constant<std::endian, Value>;
using Little = Order<std::endian::little>;
using Big = Order<std::endian::big>;
