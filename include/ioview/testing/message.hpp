// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/script.hpp>
// Part of <ioview/testing/script.hpp>, which is the one to include.
#pragma once
// Message: what a double says of an access, in characters of its own, with the names of registers.
//
//   Message message;
//   message << "expected " << Text{…} << Hex{0x18};        // message.c_str()

#include <ioview/barrier.hpp>
#include <ioview/register/block.hpp>
#include <ioview/register/names.hpp>
#include <ioview/register/place_checks.hpp>
#include <ioview/testing/access.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::testing {

struct Hex {
    std::uint64_t value;
};
struct Dec {
    std::uint64_t value;
};

// What is longer than its room ends there.
class Message {
public:
    constexpr Message& operator<<(Text text) noexcept {
        for (std::size_t i = 0; i < text.size && size_ < room; ++i)
            text_[size_++] = text.data[i];
        return *this;
    }
    constexpr Message& operator<<(Hex number) noexcept {
        return (*this << "0x").digits(number.value, 16);
    }
    constexpr Message& operator<<(Dec number) noexcept { return digits(number.value, 10); }

    [[nodiscard]] constexpr const char* c_str() const noexcept { return text_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] constexpr operator Text() const noexcept { return {text_, size_}; }

private:
    constexpr Message& digits(std::uint64_t value, unsigned base) noexcept {
        char last[20]{};
        std::size_t count = 0;
        do {
            last[count++] = "0123456789abcdef"[value % base];
            value /= base;
        } while (value != 0);
        while (count != 0 && size_ < room)
            text_[size_++] = last[--count];
        return *this;
    }

    static constexpr std::size_t room = 1'023;
    char text_[room + 1]{};
    std::size_t size_ = 0;
};

} // namespace ioview::testing

namespace ioview::detail {

// As the function is called that makes it.
constexpr Text name_of(Fence kind) noexcept {
    switch (kind) {
    case Fence::dma_rmb:
        return "dma_rmb";
    case Fence::dma_wmb:
        return "dma_wmb";
    case Fence::dma_mb:
        return "dma_mb";
    case Fence::mb:
        return "mb";
    case Fence::rmb:
        return "rmb";
    case Fence::wmb:
        return "wmb";
    case Fence::mmiowb:
        return "mmiowb";
    case Fence::wc_flush:
        return "wc_flush";
    }
    return "no barrier";
}

// Appends the names of what is at an address; nothing where it has none.
using AppendName = void (*)(testing::Message&, testing::Op, std::uint64_t address);

// The element of R at an address, where its type alone tells its places.
template <class R>
constexpr bool find_element(std::uint64_t address, Indices& found) {
    constexpr const Place& place = R::Register::Location::io_place;
    if constexpr (!place.is_somewhere || place.is_relative)
        return false; // at a base that nobody knows here
    else
        return place.find(static_cast<std::size_t>(address), sizeof(R), found);
}

// Scratch, or Scratch[3] of an array.
template <class R>
constexpr void append_register(testing::Message& message, testing::Op, std::uint64_t address) {
    message << type_name<R>();
    Indices at;
    if (find_element<R>(address, at))
        for (int i = 0; i < R::Register::Location::io_place.indices; ++i)
            message << "[" << testing::Dec{at.index[i]} << "]";
}

template <class R>
constexpr bool lies_at(testing::Op op, std::uint64_t address) {
    Indices at;
    const bool fits_op = op == testing::Op::read ? R::io_map.readable : R::io_map.writable;
    return fits_op && find_element<R>(address, at);
}

// The registers that Block lists, "Receive/DivisorLow" where several share the place.
template <class Block>
constexpr void append_listed(testing::Message& message, testing::Op op, std::uint64_t address) {
    if constexpr (requires { typename Block::RegisterList; }) {
        bool is_first = true;
        Block::RegisterList::for_each([&]<class R>(std::type_identity<R>) {
            if (!lies_at<R>(op, address))
                return;
            if (!is_first)
                message << "/";
            append_register<R>(message, op, address);
            is_first = false;
        });
    }
}

} // namespace ioview::detail

namespace ioview::testing {

// uart: read32 0x18 Flags -> 0x20. The value may be left out, and names is null where none are
// known.
constexpr void append(Message& message,
                      const Access& access,
                      bool with_value = true,
                      detail::AppendName names = nullptr) {
    if (access.space.size != 0)
        message << access.space << ": ";
    if (access.op == Op::fence) {
        message << detail::name_of(static_cast<Fence>(access.value));
        return;
    }
    if (access.width == 0) {
        message << (access.op == Op::read ? "read " : "write ") << Dec{access.value} << " bytes at "
                << Hex{access.address};
        return;
    }
    message << (access.op == Op::read ? "read" : "write") << Dec{std::uint64_t{8} * access.width}
            << " " << Hex{access.address};
    if (names != nullptr) {
        Message name;
        names(name, access.op, access.address);
        if (!name.empty())
            message << " " << Text(name);
    }
    if (with_value)
        message << (access.op == Op::read ? " -> " : " <- ") << Hex{access.value};
}

} // namespace ioview::testing
