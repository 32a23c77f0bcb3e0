// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What odr_a.test.cpp and odr_b.test.cpp both have: types, and inline functions over the headers.
//
//   CHECK(shared_in_a() == shared_in_b());

#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include <cstdint>

namespace odr {

struct Entry {
    std::uint32_t address, flags;
};
struct Ring {
    std::uint32_t head;
    Entry entries[4];
};

// Macros in inline functions: lambdas of one function are one type in every file.
template <ioview::IoOf<Ring> View>
inline std::uint32_t next(View ring, std::size_t i) {
    IO_UPDATE(ring, head, [](auto v) { return v + 1; });
    const auto flags = IO_READ(ring, entries, try_at(i), flags);
    return flags ? *flags : IO_READ(ring, head);
}

using View = ioview::SysMem<Ring>;
using Function = std::uint32_t (*)(View, std::size_t);

// The addresses that a file sees: of a function over the headers, and of what the headers define.
struct Addresses {
    Function next;
    void (*panic)(const char*) noexcept;
    const char* (*to_string)(ioview::Error) noexcept;
    std::uint32_t (*read)(ioview::SysMem<std::uint32_t>) noexcept;
    friend bool operator==(const Addresses&, const Addresses&) = default;
};
Addresses in_a();
Addresses in_b();

} // namespace odr
