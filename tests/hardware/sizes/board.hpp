// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The board of the twins, for ioview: its clock, and its devices by their addresses.

#include <ioview/ioview.hpp>

#include <cstdint>

extern "C" std::uint64_t board_now();
extern "C" void board_sleep(std::uint64_t us);

namespace {

namespace io = ioview;

struct Clock {
    [[nodiscard]] std::uint64_t now() const noexcept { return board_now(); }
    void sleep_for(std::uint64_t us) const noexcept { board_sleep(us); }
};

template <class T>
consteval io::Mmio<T> device(std::uintptr_t address) {
    return io::Mmio<T>::from_raw(*io::MmioRaw<T>::region(address, io::min_size_of<T>));
}

} // namespace
