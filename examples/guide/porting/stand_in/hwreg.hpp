// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
#pragma GCC system_header // old code is not warned about
// As much of the interface of Fuchsia's hwreg as the timer needs; the bodies are what a test needs.

#include <cstdint>

namespace hwreg {

class Mmio {
public:
    explicit Mmio(volatile void* base) : base_(static_cast<volatile char*>(base)) {}
    template <class T>
    T Read(std::uint32_t offset) const {
        return *reinterpret_cast<volatile T*>(base_ + offset);
    }
    template <class T>
    void Write(T value, std::uint32_t offset) const {
        *reinterpret_cast<volatile T*>(base_ + offset) = value;
    }

private:
    volatile char* base_;
};

template <class Derived, class T>
class RegisterBase {
public:
    std::uint32_t reg_addr = 0;
    T reg_value = 0;

    Derived& ReadFrom(Mmio* mmio) {
        reg_value = mmio->Read<T>(reg_addr);
        return static_cast<Derived&>(*this);
    }
    Derived& WriteTo(Mmio* mmio) {
        mmio->Write<T>(reg_value, reg_addr);
        return static_cast<Derived&>(*this);
    }

protected:
    T get(int high, int low) const {
        return static_cast<T>(reg_value >> low & ((T{2} << (high - low)) - 1));
    }
    Derived& set(int high, int low, T value) {
        const T mask = static_cast<T>(((T{2} << (high - low)) - 1) << low);
        reg_value = static_cast<T>((reg_value & ~mask) | value << low);
        return static_cast<Derived&>(*this);
    }
};

template <class R>
class RegisterAddr {
public:
    explicit RegisterAddr(std::uint32_t address) : address_(address) {}
    R FromValue(std::uint32_t value) const {
        R made;
        made.reg_addr = address_;
        made.reg_value = value;
        return made;
    }
    R ReadFrom(Mmio* mmio) const { return FromValue(0).ReadFrom(mmio); }

private:
    std::uint32_t address_;
};

#define DEF_FIELD(high, low, name)                                                                 \
    std::uint32_t name() const {                                                                   \
        return get(high, low);                                                                     \
    }                                                                                              \
    auto& set_##name(std::uint32_t value) {                                                        \
        return set(high, low, value);                                                              \
    }
#define DEF_BIT(bit, name) DEF_FIELD(bit, bit, name)

} // namespace hwreg
