// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The CacheOps of the instruction set that is compiled for: Arm64CacheOps, ArmCacheOps,
// CortexMCacheOps, ZicbomCacheOps. Each is there on its own instruction set alone; x86 has none,
// its devices see the caches (NoCacheOps).
//
//   io::NonCoherentDma dma{io::Arm64CacheOps{}, uncached, io::DmaMask::of<32>()};
//
//                clean            invalidate       both             after
//   AArch64      dc cvac          dc ivac          dc civac         dsb sy
//   Armv7-A, -R  mcr c7, c10, 1   mcr c7, c6, 1    mcr c7, c14, 1   dsb sy
//   M profile    DCCMVAC          DCIMVAC          DCCIMVAC         dsb; one before, too
//   RISC-V       cbo.clean        cbo.inval        cbo.flush        fence iorw, iorw
//
// Sources: Linux arch/arm64/mm/cache.S, arch/arm/mm/cache-v7.S, arch/riscv/mm/dma-noncoherent.c;
// CMSIS core_cm7.h. An outer cache that these do not reach (PL310) needs CacheFunctions.

#include <ioview/arch/select.hpp>
#include <ioview/config.hpp>
#include <ioview/dma/cache.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview {

#if IOVIEW_ARCH_ARM64
// Privileged: dc ivac is refused at EL0.
class Arm64CacheOps : public detail::CacheByLine<Arm64CacheOps> {
public:
    // CTR_EL0.CWG; 128 where the CPU does not say, as Linux's ARCH_DMA_MINALIGN.
    [[nodiscard]] std::size_t line_size() const noexcept {
        const unsigned granule = (type() >> 24) & 0xf;
        return granule == 0 ? 128 : std::size_t{4} << granule;
    }

private:
    friend detail::CacheByLine<Arm64CacheOps>;

    static unsigned type() noexcept {
        std::uint64_t value;
        asm("mrs %0, ctr_el0" : "=r"(value));
        return static_cast<unsigned>(value);
    }
    static std::size_t step() noexcept { return std::size_t{4} << ((type() >> 16) & 0xf); }
    static void before() noexcept {}
    static void after() noexcept { (arch::mb)(); }
    static void clean_line(std::uintptr_t line) noexcept {
        asm volatile("dc cvac, %0" ::"r"(line) : "memory");
    }
    static void invalidate_line(std::uintptr_t line) noexcept {
        asm volatile("dc ivac, %0" ::"r"(line) : "memory");
    }
    static void clean_and_invalidate_line(std::uintptr_t line) noexcept {
        asm volatile("dc civac, %0" ::"r"(line) : "memory");
    }
};
#endif

#if IOVIEW_ARCH_ARM && __ARM_ARCH >= 7 && __ARM_ARCH_PROFILE != 'M'
// Privileged.
class ArmCacheOps : public detail::CacheByLine<ArmCacheOps> {
public:
    // CTR.CWG; where the CPU does not say, 64, the longest line of Armv7's own designs.
    [[nodiscard]] std::size_t line_size() const noexcept {
        const unsigned granule = (type() >> 24) & 0xf;
        return granule == 0 ? 64 : std::size_t{4} << granule;
    }

private:
    friend detail::CacheByLine<ArmCacheOps>;

    static unsigned type() noexcept {
        unsigned value;
        asm("mrc p15, 0, %0, c0, c0, 1" : "=r"(value));
        return value;
    }
    static std::size_t step() noexcept { return std::size_t{4} << ((type() >> 16) & 0xf); }
    static void before() noexcept {}
    static void after() noexcept { (arch::mb)(); }
    static void clean_line(std::uintptr_t line) noexcept {
        asm volatile("mcr p15, 0, %0, c7, c10, 1" ::"r"(line) : "memory");
    }
    static void invalidate_line(std::uintptr_t line) noexcept {
        asm volatile("mcr p15, 0, %0, c7, c6, 1" ::"r"(line) : "memory");
    }
    static void clean_and_invalidate_line(std::uintptr_t line) noexcept {
        asm volatile("mcr p15, 0, %0, c7, c14, 1" ::"r"(line) : "memory");
    }
};
#endif

#if IOVIEW_ARCH_ARM && __ARM_ARCH_PROFILE == 'M'
// Cortex-M7, -M55, -M85: an L1 data cache behind registers of the system control space.
class CortexMCacheOps : public detail::CacheByLine<CortexMCacheOps> {
public:
    static constexpr std::size_t known_line_size = 32;
    [[nodiscard]] static constexpr std::size_t line_size() noexcept { return known_line_size; }

private:
    friend detail::CacheByLine<CortexMCacheOps>;

    static constexpr std::uintptr_t dcimvac = 0xe000'ef5c;
    static constexpr std::uintptr_t dccmvac = 0xe000'ef68;
    static constexpr std::uintptr_t dccimvac = 0xe000'ef70;

    static constexpr std::size_t step() noexcept { return known_line_size; }
    // The operations are stores to a device, which memory's stores are not ordered with.
    static void before() noexcept { (arch::mb)(); }
    static void after() noexcept { (arch::mb)(); }
    static void clean_line(std::uintptr_t line) noexcept { arch::store(dccmvac, line); }
    static void invalidate_line(std::uintptr_t line) noexcept { arch::store(dcimvac, line); }
    static void clean_and_invalidate_line(std::uintptr_t line) noexcept {
        arch::store(dccimvac, line);
    }
};
#endif

#if IOVIEW_ARCH_RISCV
// Zicbom, encoded by numbers: the compiler need not be told of it. In modes below M where menvcfg
// (and senvcfg) permit it.
class ZicbomCacheOps : public detail::CacheByLine<ZicbomCacheOps> {
public:
    // A power of two: the devicetree's riscv,cbom-block-size, since no instruction tells.
    constexpr explicit ZicbomCacheOps(std::size_t block) noexcept : block_(block) {}
    [[nodiscard]] constexpr std::size_t line_size() const noexcept { return block_; }

private:
    friend detail::CacheByLine<ZicbomCacheOps>;

    std::size_t step() const noexcept { return block_; }
    static void before() noexcept {}
    static void after() noexcept { (arch::mb)(); }
    static void invalidate_line(std::uintptr_t line) noexcept {
        asm volatile(".insn i 0x0f, 2, x0, %0, 0" ::"r"(line) : "memory");
    }
    static void clean_line(std::uintptr_t line) noexcept {
        asm volatile(".insn i 0x0f, 2, x0, %0, 1" ::"r"(line) : "memory");
    }
    static void clean_and_invalidate_line(std::uintptr_t line) noexcept {
        asm volatile(".insn i 0x0f, 2, x0, %0, 2" ::"r"(line) : "memory");
    }

    std::size_t block_;
};
#endif

} // namespace ioview
