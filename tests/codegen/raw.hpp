// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What a careful driver author writes by hand: one inline-assembly load or store with a foldable
// offset, and the barriers of readl and writel around it. The twins of corpus.cpp are made of it.
//
//   std::uint32_t v = raw::read<std::uint32_t>(base + 0x10);

#include <cstdint>

namespace raw {

using Address = std::uintptr_t;

template <class W>
inline volatile W& place(Address address) {
    return *reinterpret_cast<volatile W*>(address);
}

} // namespace raw

#include RAW_BY_HAND // "by_hand/<target>.hpp"

namespace raw {

// readl and writel class.
template <class W>
[[gnu::always_inline]] inline W read(Address a) {
    const W v = load<W>(a);
    after_read(v);
    return v;
}
template <class W>
[[gnu::always_inline]] inline void write(Address a, W v) {
    before_write();
    store<W>(a, v);
}

} // namespace raw
