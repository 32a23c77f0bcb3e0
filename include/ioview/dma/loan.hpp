// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/dma/streaming.hpp>
// Part of <ioview/dma/streaming.hpp>, which is the one to include.
#pragma once
// What a Streaming and a LentToDevice hand to each other: memory as a device sees it, or a bounce
// buffer in its place, with the cache maintenance of each hand-over.
//
//   auto loan = detail::Loan<DmaDirection::to_device, MyDma>::make(dma, memory, false);

#include <ioview/arch/select.hpp>
#include <ioview/dma/block.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/dma/streaming_device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace ioview::detail {

template <class Dma>
using CacheOf = std::remove_cvref_t<decltype(std::declval<const Dma&>().cache())>;

// The line size that is the same on every machine; 1 where there is none to know.
template <class Cache>
consteval std::size_t known_line_size() noexcept {
    if constexpr (requires { Cache::known_line_size; })
        return Cache::known_line_size;
    else
        return 1;
}

// Of the driver's memory: bytes to transfer, and whole lines with the padding behind them.
struct Lendable {
    std::byte* cpu;
    std::size_t bytes;
    std::size_t with_padding;
    std::size_t alignment;
};

template <DmaDirection Direction, StreamingDma Dma>
class Loan {
    static constexpr bool device_writes = Direction != DmaDirection::to_device;

public:
    // misaligned where the memory shares a line with something else, unless it is to bounce; else
    // the errors of map, or those of a bounce buffer.
    [[nodiscard]] static Result<Loan> make(Dma& dma, Lendable memory, bool is_to_bounce) noexcept {
        if (memory.bytes == 0)
            return fail(Error::invalid_argument);
        if (is_to_bounce)
            return bounced(dma, memory);
        const std::size_t line = dma.cache().line_size();
        if (((reinterpret_cast<std::uintptr_t>(memory.cpu) | memory.with_padding) & (line - 1)) !=
            0)
            return fail(Error::misaligned);
        const Result<DmaAddress> address = dma.map(memory.cpu, memory.bytes, Direction);
        if (!address)
            return fail(address.error());
        if (!dma.mask().contains(*address, memory.bytes)) {
            dma.unmap(*address, memory.bytes, Direction);
            return bounced(dma, memory);
        }
        Loan loan{dma, memory};
        loan.address_ = *address;
        return Result<Loan>{std::move(loan)};
    }

    Loan(Loan&& other) noexcept
        : dma_(std::exchange(other.dma_, nullptr)),
          memory_(std::exchange(other.memory_, Lendable{nullptr, 0, 0, 1})),
          address_(other.address_),
          bounce_(std::move(other.bounce_)) {}
    Loan& operator=(Loan&& other) noexcept {
        Loan taken{std::move(other)}; // first, so that assigning to itself keeps the mapping
        std::swap(dma_, taken.dma_);
        std::swap(memory_, taken.memory_);
        std::swap(address_, taken.address_);
        std::swap(bounce_, taken.bounce_);
        return *this;
    }
    ~Loan() {
        if (dma_ != nullptr && !is_bounced())
            dma_->unmap(address_, memory_.bytes, Direction);
    }

    // What the CPU has stored is seen by the device. Also where only the device writes: a line left
    // dirty would be written over what it writes, and what it leaves out would be old.
    void lend() noexcept {
        if (is_bounced())
            __builtin_memcpy(bounce_.cpu(), memory_.cpu, memory_.bytes);
        if (is_cached())
            dma_->cache().clean(place(), lines());
        (arch::dma_wmb)();
    }
    // What the device has stored is seen by the CPU; what its caches fetched meanwhile is dropped.
    void take_back() noexcept {
        (arch::dma_rmb)();
        if constexpr (device_writes) {
            if (is_cached())
                dma_->cache().invalidate(place(), lines());
            if (is_bounced())
                __builtin_memcpy(memory_.cpu, bounce_.cpu(), memory_.bytes);
        }
    }
    // Lets go of it as it is, mapped; the Dma is told, if it has leaked().
    DmaRegion leak() noexcept {
        if (dma_ == nullptr)
            return DmaRegion{nullptr, 0};
        Dma& dma = *std::exchange(dma_, nullptr);
        if (is_bounced())
            return bounce_.leak();
        const DmaRegion region{memory_.cpu, address_};
        if constexpr (HearsOfLeaks<Dma>)
            dma.leaked(region, memory_.bytes);
        return region;
    }

    [[nodiscard]] bool empty() const noexcept { return dma_ == nullptr; }
    [[nodiscard]] bool is_bounced() const noexcept { return !bounce_.empty(); }
    [[nodiscard]] std::byte* cpu() const noexcept { return memory_.cpu; }
    [[nodiscard]] std::size_t bytes() const noexcept { return memory_.bytes; }
    [[nodiscard]] DmaAddress dma_address() const noexcept {
        return is_bounced() ? bounce_.dma_address() : address_;
    }

private:
    static constexpr bool is_coherent = requires { requires CacheOf<Dma>::is_coherent; };

    Loan(Dma& dma, Lendable memory) noexcept : dma_(&dma), memory_(memory) {}

    [[nodiscard]] static Result<Loan> bounced(Dma& dma, Lendable memory) noexcept {
        const std::size_t line = allocates_coherent<Dma>() ? 1 : dma.cache().line_size();
        const std::size_t align = line < memory.alignment ? memory.alignment : line;
        const std::size_t bytes = (memory.bytes + (line - 1)) & ~(line - 1);
        Result<DmaBlock<Dma>> block = DmaBlock<Dma>::allocate(dma, bytes, align, {});
        if (!block)
            return fail(block.error());
        Loan loan{dma, memory};
        loan.bounce_ = *std::move(block);
        return Result<Loan>{std::move(loan)};
    }

    // Between the CPU and what the device sees is a cache.
    [[nodiscard]] bool is_cached() const noexcept {
        return !is_coherent && !(is_bounced() && allocates_coherent<Dma>());
    }
    [[nodiscard]] std::byte* place() const noexcept {
        return is_bounced() ? bounce_.cpu() : memory_.cpu;
    }
    [[nodiscard]] std::size_t lines() const noexcept {
        return is_bounced() ? bounce_.bytes() : memory_.with_padding;
    }

    Dma* dma_;
    Lendable memory_;
    DmaAddress address_ = 0;
    DmaBlock<Dma> bounce_{};
};

} // namespace ioview::detail
