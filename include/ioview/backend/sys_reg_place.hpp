// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/backend/sys_reg.hpp>
// Part of <ioview/backend/sys_reg.hpp>, which is the one to include.
#pragma once
// Where a system register is, and the instructions that reach it: by number on RISC-V, x86 and
// AArch64, by its name in the assembler on all but x86.
//
//   io::csr<0x300>             io::msr<0xc000'0080>          io::arm64_reg<3, 3, 14, 0, 2>
//   IO_SYS_REG(PrimaskPlace, primask);                       io::sys_reg<PrimaskPlace>
//
// Nothing waits for what a write brings about (AArch64: an isb is the driver's to say).

#include <ioview/config.hpp>
#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {

// What a double tells registers apart by.
struct SysRegId {
    const char* kind = ""; // "csr", "msr", "arm64", or the name
    std::uint32_t number = 0;

    friend constexpr bool operator==(const SysRegId& a, const SysRegId& b) noexcept {
        const char* x = a.kind;
        const char* y = b.kind;
        for (; *x != '\0' && *x == *y; ++x, ++y) {
        }
        return *x == *y && a.number == b.number;
    }
};

namespace detail {

using XWord = std::conditional_t<sizeof(void*) == 8, std::uint64_t, std::uint32_t>;

// What is wrong with a register of the CPU.
enum class SysRegFault : std::uint8_t { none, not_the_cpus, width, read_only, csr, arm64 };

// A place: id; the widths in bytes that a register there may have; fault(written), for one that is
// written or not; Word, what an instruction is of; and on the instruction set that has it read()
// and write(), and set() and clear() where one instruction sets or clears bits. A driver for a CPU
// of 32 bits is tested on one of 64, too.

template <unsigned Number>
struct CsrPlace {
    using Word = XWord;
    static constexpr SysRegId id{"csr", Number};
    static constexpr bool has_width(std::size_t bytes) noexcept { return bytes == 4 || bytes == 8; }
    // The privileged specification, 2.1: what begins with two ones is read only.
    static constexpr SysRegFault fault(bool written) noexcept {
        return Number > 0xfff                 ? SysRegFault::csr
               : written && Number >> 10 == 3 ? SysRegFault::read_only
                                              : SysRegFault::none;
    }

#if IOVIEW_ARCH_RISCV
    IOVIEW_INLINE static Word read() noexcept {
        Word value;
        asm volatile("csrr %0, %1" : "=r"(value) : "i"(Number) : "memory");
        return value;
    }
    IOVIEW_INLINE static void write(Word value) noexcept {
        asm volatile("csrw %0, %1" ::"i"(Number), "rK"(value) : "memory");
    }
    IOVIEW_INLINE static void set(Word bits) noexcept {
        asm volatile("csrs %0, %1" ::"i"(Number), "rK"(bits) : "memory");
    }
    IOVIEW_INLINE static void clear(Word bits) noexcept {
        asm volatile("csrc %0, %1" ::"i"(Number), "rK"(bits) : "memory");
    }
#endif
};

template <std::uint32_t Number>
struct MsrPlace {
    using Word = std::uint64_t;
    static constexpr SysRegId id{"msr", Number};
    static constexpr bool has_width(std::size_t bytes) noexcept { return bytes == 8; }
    static constexpr SysRegFault fault(bool) noexcept { return SysRegFault::none; }

#if IOVIEW_ARCH_X86
    IOVIEW_INLINE static Word read() noexcept {
        std::uint32_t low = 0;
        std::uint32_t high = 0;
        asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(Number) : "memory");
        return Word{high} << 32 | low;
    }
    IOVIEW_INLINE static void write(Word value) noexcept {
        asm volatile("wrmsr" ::"c"(Number),
                     "a"(static_cast<std::uint32_t>(value)),
                     "d"(static_cast<std::uint32_t>(value >> 32))
                     : "memory");
    }
#endif
};

template <unsigned Op0, unsigned Op1, unsigned Crn, unsigned Crm, unsigned Op2>
struct Arm64Place {
    using Word = std::uint64_t;
    static constexpr SysRegId id{"arm64", Op0 << 14 | Op1 << 11 | Crn << 7 | Crm << 3 | Op2};
    static constexpr bool has_width(std::size_t bytes) noexcept { return bytes == 8; }
    static constexpr SysRegFault fault(bool) noexcept {
        const bool is_right =
            (Op0 == 2 || Op0 == 3) && Op1 <= 7 && Crn <= 15 && Crm <= 15 && Op2 <= 7;
        return is_right ? SysRegFault::none : SysRegFault::arm64;
    }

#if IOVIEW_ARCH_ARM64
    IOVIEW_INLINE static Word read() noexcept {
        Word value;
        asm volatile("mrs %0, S%c1_%c2_C%c3_C%c4_%c5"
                     : "=r"(value)
                     : "i"(Op0), "i"(Op1), "i"(Crn), "i"(Crm), "i"(Op2)
                     : "memory");
        return value;
    }
    IOVIEW_INLINE static void write(Word value) noexcept {
        asm volatile("msr S%c1_%c2_C%c3_C%c4_%c5, %x0" ::"rZ"(value),
                     "i"(Op0),
                     "i"(Op1),
                     "i"(Crn),
                     "i"(Crm),
                     "i"(Op2)
                     : "memory");
    }
#endif
};

struct NamedPlace {
    using Word = XWord;
    static constexpr bool has_width(std::size_t bytes) noexcept { return bytes == 4 || bytes == 8; }
    static constexpr SysRegFault fault(bool) noexcept { return SysRegFault::none; }
};

struct SysRegForm {
    template <bool HasOne>
    struct OnePlace {
        static_assert(HasOne,
                      "ioview: this is a register of the CPU; it is accessed by io::sys_regs, or "
                      "what a driver is given in its place");
        static constexpr bool ok = true;
    };
    template <class R>
    using Locator = NoElements<R>;
};

} // namespace detail

// The third argument of Register.
template <class PlaceType>
struct sys_reg : detail::LocationNames<detail::SysRegForm, void, void> {
    static constexpr detail::Place io_place{};
    using IoSysRegPlace = PlaceType;
};

// RISC-V, a CSR by its number; the register is of XLEN bits.
template <unsigned Number>
using csr = sys_reg<detail::CsrPlace<Number>>;
// x86, a model-specific register; of 64 bits.
template <std::uint32_t Number>
using msr = sys_reg<detail::MsrPlace<Number>>;
// AArch64, by the encoding that the Arm ARM lists as op0, op1, CRn, CRm, op2; of 64 bits.
template <unsigned Op0, unsigned Op1, unsigned Crn, unsigned Crm, unsigned Op2>
using arm64_reg = sys_reg<detail::Arm64Place<Op0, Op1, Crn, Crm, Op2>>;

} // namespace ioview

// Place becomes the place of the register that the assembler knows by this name: of AArch64, of
// Cortex-M (of 32 bits), a CSR. On x86 it has no accesses. At namespace scope.
#if IOVIEW_ARCH_RISCV
#define IOVIEW_SYS_REG_INSTRUCTIONS(name)                                                          \
    IOVIEW_INLINE static Word read() noexcept {                                                    \
        Word value;                                                                                \
        asm volatile("csrr %0, " #name : "=r"(value)::"memory");                                   \
        return value;                                                                              \
    }                                                                                              \
    IOVIEW_INLINE static void write(Word value) noexcept {                                         \
        asm volatile("csrw " #name ", %0" ::"rK"(value) : "memory");                               \
    }                                                                                              \
    IOVIEW_INLINE static void set(Word bits) noexcept {                                            \
        asm volatile("csrs " #name ", %0" ::"rK"(bits) : "memory");                                \
    }                                                                                              \
    IOVIEW_INLINE static void clear(Word bits) noexcept {                                          \
        asm volatile("csrc " #name ", %0" ::"rK"(bits) : "memory");                                \
    }
#elif IOVIEW_ARCH_ARM64 || IOVIEW_ARCH_ARM
#define IOVIEW_SYS_REG_INSTRUCTIONS(name)                                                          \
    IOVIEW_INLINE static Word read() noexcept {                                                    \
        Word value;                                                                                \
        asm volatile("mrs %0, " #name : "=r"(value)::"memory");                                    \
        return value;                                                                              \
    }                                                                                              \
    IOVIEW_INLINE static void write(Word value) noexcept {                                         \
        asm volatile("msr " #name ", %0" ::"r"(value) : "memory");                                 \
    }
#else
#define IOVIEW_SYS_REG_INSTRUCTIONS(name)
#endif
#define IO_SYS_REG(Place, name)                                                                    \
    struct Place : ::ioview::detail::NamedPlace {                                                  \
        [[maybe_unused]] static constexpr ::ioview::SysRegId id{#name};                            \
        IOVIEW_SYS_REG_INSTRUCTIONS(name)                                                          \
    }
