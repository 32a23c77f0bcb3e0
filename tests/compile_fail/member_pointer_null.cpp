// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (must be initialized by a constant expression|refuse_member)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Tx {
    std::uint32_t size, write_ptr;
};
constexpr auto tx = io::Mmio<Tx>::from_raw(io::MmioRaw<Tx>::at(0x1000));
#ifdef IOVIEW_FIXED
constexpr std::uint32_t Tx::*member = &Tx::write_ptr;
#else
constexpr std::uint32_t Tx::*member = nullptr;
#endif
constexpr auto view = io::project(tx, member);
