// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// expect: (must be initialized by a constant expression|refuse_member)
#include <ioview/ioview.hpp>

namespace io = ioview;

struct Tx {
    std::uint32_t size, write_ptr;
};
struct More : Tx {
    std::uint8_t more;
};
constexpr auto tx = io::Mmio<Tx>::from_raw(io::MmioRaw<Tx>::at(0x1000));
#ifdef IOVIEW_FIXED
constexpr auto member = static_cast<std::uint32_t Tx::*>(&More::write_ptr);
#else
constexpr auto member = static_cast<std::uint8_t Tx::*>(&More::more);
#endif
constexpr auto view = io::project(tx, member);
