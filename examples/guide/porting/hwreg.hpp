// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#pragma GCC system_header // old code is not warned about
// The timer by Fuchsia's hwreg.

#include "stand_in/hwreg.hpp"

namespace by_hwreg {

// [hwreg]
class Control : public hwreg::RegisterBase<Control, std::uint32_t> {
public:
    DEF_FIELD(9, 8, clock)
    DEF_FIELD(6, 4, prescaler)
    DEF_BIT(0, enable)
    static auto Get() { return hwreg::RegisterAddr<Control>(0x00); }
};
class Load : public hwreg::RegisterBase<Load, std::uint32_t> {
public:
    DEF_FIELD(31, 0, ticks)
    static auto Get() { return hwreg::RegisterAddr<Load>(0x04); }
};
class Status : public hwreg::RegisterBase<Status, std::uint32_t> {
public:
    DEF_BIT(1, overrun)
    DEF_BIT(0, expired)
    static auto Get() { return hwreg::RegisterAddr<Status>(0x0c); }
};

inline void start(hwreg::Mmio* mmio, std::uint32_t ticks) {
    Load::Get().FromValue(0).set_ticks(ticks).WriteTo(mmio);
    Control::Get().ReadFrom(mmio).set_clock(1).set_prescaler(5).set_enable(1).WriteTo(mmio);
}
inline void acknowledge(hwreg::Mmio* mmio) {
    Status::Get().ReadFrom(mmio).set_expired(1).WriteTo(mmio);
}
// [/hwreg]

} // namespace by_hwreg
