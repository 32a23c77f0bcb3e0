// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Streaming<T, Direction, Dma>: memory of the driver's that is lent to a device and taken back,
// with the cache maintenance that this needs. The CPU has it as a Streaming, the device as a
// LentToDevice; each hand-over consumes the one and gives the other.
//
//   static io::StreamingBuffer<Message> buffer;
//   auto message = io::stream_to_device(dma, buffer);           // Result: the CPU's
//   (*message)->length = 4;
//   auto lent = std::move(*message).sync_for_device();          // the device's
//   bar.write(Source{}.with_address(lent.dma_address()));       // … it runs, and says it is done
//   auto again = std::move(lent).sync_for_cpu();
//
// A device that may still have the memory keeps it: std::move(lent).leak(), as with a Coherent.

#include <ioview/config.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/dma/factories.hpp>
#include <ioview/dma/loan.hpp>
#include <ioview/dma/streaming_buffer.hpp>
#include <ioview/dma/streaming_device.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/region.hpp>
#include <ioview/span.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace ioview {

template <class T, DmaDirection Direction, StreamingDma Dma>
class LentToDevice;

namespace detail {

template <class T, DmaDirection Direction, class Dma>
struct StreamingTarget {
    using Element = std::remove_const_t<DmaElementOf<T>>;
    static constexpr std::size_t line = known_line_size<CacheOf<Dma>>();
    static_assert(Direction != DmaDirection::none,
                  "ioview: nothing is transferred in direction none; say to_device, from_device "
                  "or bidirectional");
    static_assert(Direction == DmaDirection::to_device || !std::is_const_v<DmaElementOf<T>>,
                  "ioview: the device would write what is const; stream it to_device");
    static_assert(std::is_trivially_copyable_v<Element> && std::is_standard_layout_v<Element>,
                  "ioview: a device knows bytes only; stream types that are trivially copyable and "
                  "of standard layout, or a Span of them");
};

} // namespace detail

template <class T, DmaDirection Direction, StreamingDma Dma>
class Streaming {
    using Target = detail::StreamingTarget<T, Direction, Dma>;
    using Loan = detail::Loan<Direction, Dma>;
    using Element = detail::DmaElementOf<T>;
    static constexpr bool is_slice = detail::is_slice<T>;
    // What only the device fills is read.
    static constexpr bool is_read = Direction == DmaDirection::from_device;
    using Shown = std::conditional_t<is_read, const T, T>;
    using ShownElement = std::conditional_t<is_read, const Element, Element>;

    static_assert(sizeof(Target) != 0); // what it refuses is refused wherever this is named

public:
    // The driver's memory, which outlives this and is touched through it alone. misaligned where
    // it does not begin and end with a cache line: maintenance would take its neighbours along.
    // Where the mask does not reach, a bounce buffer of dma.allocate() is in its place; then errors
    // are those of allocate, else those of map. invalid_argument for no bytes.
    [[nodiscard]] static Result<Streaming> map(Dma& dma, T& memory) noexcept
        requires(!is_slice)
    {
        require_whole_lines<sizeof(T), Target::line>();
        return made(dma, of(&memory, sizeof(T), sizeof(T)), false);
    }
    [[nodiscard]] static Result<Streaming> map(Dma& dma, Span<Element> memory) noexcept
        requires is_slice
    {
        return made(dma, of(memory.data(), memory.size_bytes(), memory.size_bytes()), false);
    }
    template <std::size_t Line>
        requires(!is_slice)
    [[nodiscard]] static Result<Streaming> map(Dma& dma,
                                               StreamingBuffer<T, Line>& buffer) noexcept {
        require_whole_lines<Line, Target::line>();
        return made(
            dma, of(&detail::StreamingAccess::value(buffer), sizeof(T), sizeof buffer), false);
    }
    // By a bounce buffer in any case: memory that shares its lines, at the price of a copy.
    [[nodiscard]] static Result<Streaming> map_bounced(Dma& dma, T& memory) noexcept
        requires(!is_slice)
    {
        return made(dma, of(&memory, sizeof(T), sizeof(T)), true);
    }
    [[nodiscard]] static Result<Streaming> map_bounced(Dma& dma, Span<Element> memory) noexcept
        requires is_slice
    {
        return made(dma, of(memory.data(), memory.size_bytes(), memory.size_bytes()), true);
    }

    Streaming( // ioview: memory lent to a device has one owner at a time; std::move it
        const Streaming&) = delete;
    // What was moved from is empty; using it is a panic.
    Streaming(Streaming&&) noexcept = default;
    Streaming& operator=(Streaming&&) noexcept = default;
    ~Streaming() = default;

    // The memory itself, or a span of it; const where only the device writes.
    [[nodiscard]] Shown& operator*() const& noexcept
        requires(!is_slice)
    {
        return *reinterpret_cast<Shown*>(memory());
    }
    [[nodiscard]] Shown* operator->() const& noexcept
        requires(!is_slice)
    {
        return reinterpret_cast<Shown*>(memory());
    }
    [[nodiscard]] Span<ShownElement> operator*() const& noexcept
        requires is_slice
    {
        return {reinterpret_cast<ShownElement*>(memory()), loan_.bytes() / sizeof(Element)};
    }
    [[nodiscard]] std::size_t size_bytes() const noexcept { return loan_.bytes(); }
    // The device gets a copy, in memory that it reaches.
    [[nodiscard]] bool is_bounced() const noexcept { return loan_.is_bounced(); }

    // To the device: everything that the CPU stored is there for it, before any later access to the
    // device. This is empty then.
    [[nodiscard]] LentToDevice<T, Direction, Dma> sync_for_device() && noexcept {
        memory();
        loan_.lend();
        return LentToDevice<T, Direction, Dma>{std::move(loan_)};
    }
    void sync_for_device() &
        IOVIEW_REFUSED("ioview: this ends here; std::move(memory).sync_for_device()");
    void dma_address() const
        IOVIEW_REFUSED("ioview: the CPU has this memory; sync_for_device() gives it");

private:
    friend class LentToDevice<T, Direction, Dma>;

    explicit Streaming(Loan&& loan) noexcept : loan_(std::move(loan)) {}

    template <std::size_t Bytes, std::size_t Line>
    static constexpr void require_whole_lines() noexcept {
        static_assert(Bytes % Line == 0,
                      "ioview: it shares a cache line with what lies beside it; make it a "
                      "StreamingBuffer with lines of this size, or map_bounced()");
    }
    static detail::Lendable
    of(const void* memory, std::size_t bytes, std::size_t with_padding) noexcept {
        // const comes back with T, and what the device writes is not const
        return {static_cast<std::byte*>(const_cast<void*>(memory)),
                bytes,
                with_padding,
                alignof(Element)};
    }
    [[nodiscard]] static Result<Streaming>
    made(Dma& dma, detail::Lendable memory, bool is_to_bounce) noexcept {
        Result<Loan> loan = Loan::make(dma, memory, is_to_bounce);
        if (!loan)
            return fail(loan.error());
        return Result<Streaming>{Streaming{*std::move(loan)}};
    }

    std::byte* memory() const noexcept {
        if (loan_.empty())
            panic("ioview: a Streaming that was moved from is used");
        return loan_.cpu();
    }

    Loan loan_;
};

// Made by Streaming::sync_for_device(). When it goes, the memory is taken back first: the device
// has stopped, as for a Coherent; where nobody can tell, it is leaked.
template <class T, DmaDirection Direction, StreamingDma Dma>
class LentToDevice {
    using Loan = detail::Loan<Direction, Dma>;

public:
    LentToDevice( // ioview: what a device has is lent once; std::move it
        const LentToDevice&) = delete;
    LentToDevice(LentToDevice&&) noexcept = default;
    LentToDevice& operator=(LentToDevice other) noexcept {
        std::swap(loan_, other.loan_);
        return *this;
    }
    ~LentToDevice() {
        if (!loan_.empty())
            loan_.take_back();
    }

    // Where the device sees it; a panic once moved from.
    [[nodiscard]] DmaAddress dma_address() const noexcept { return loan().dma_address(); }
    [[nodiscard]] std::size_t size_bytes() const noexcept { return loan_.bytes(); }

    // Back to the CPU, after the load that told that the device is done: everything that the device
    // stored is there for later loads. This is empty then.
    [[nodiscard]] Streaming<T, Direction, Dma> sync_for_cpu() && noexcept {
        loan();
        loan_.take_back();
        return Streaming<T, Direction, Dma>{std::move(loan_)};
    }
    void sync_for_cpu() & IOVIEW_REFUSED("ioview: this ends here; std::move(lent).sync_for_cpu()");

    // Ends the ownership and keeps the mapping, because the device may still use it: one that does
    // not confirm that it has stopped. What the device may still use comes back: the driver's
    // memory, which then has to stay, or the bounce buffer.
    DmaRegion leak() && noexcept { return loan_.leak(); }
    void leak() & IOVIEW_REFUSED("ioview: leaking ends the owner; write std::move(lent).leak()");

    void operator*() const
        IOVIEW_REFUSED("ioview: the device has this memory; sync_for_cpu() first");
    void operator->() const
        IOVIEW_REFUSED("ioview: the members are lent to the device; sync_for_cpu() first");

private:
    friend class Streaming<T, Direction, Dma>;

    explicit LentToDevice(Loan&& loan) noexcept : loan_(std::move(loan)) {}

    const Loan& loan() const noexcept {
        if (loan_.empty())
            panic("ioview: a LentToDevice that was moved from is used");
        return loan_;
    }

    Loan loan_;
};

namespace detail {

// What memory is streamed as.
template <class Memory>
struct StreamedAs {
    using type = Memory;
};
template <class T, std::size_t Line>
struct StreamedAs<StreamingBuffer<T, Line>> {
    using type = T;
};
template <class T>
struct StreamedAs<Span<T>> {
    using type = T[];
};

// Streaming::map with T found out.
template <DmaDirection Direction>
struct Stream {
    template <StreamingDma Dma, class Memory>
    [[nodiscard]] auto operator()(Dma& dma, Memory& memory) const noexcept {
        return Streaming<typename StreamedAs<Memory>::type, Direction, Dma>::map(dma, memory);
    }
    template <StreamingDma Dma, class T>
    [[nodiscard]] auto operator()(Dma& dma, Span<T> memory) const noexcept {
        return Streaming<T[], Direction, Dma>::map(dma, memory);
    }
    template <class Dma, class T>
    void operator()(Dma&, const T&&) const
        IOVIEW_REFUSED("ioview: the memory would end before the device has it; give it a name");
    template <class Dma, class T>
    void operator()(const Dma&&, T&&) const IOVIEW_REFUSED(
        "ioview: the memory is mapped by the device, held by reference; keep it first");
};

} // namespace detail

// Of an object, an array, a StreamingBuffer or a Span, as Streaming::map: by who writes it during a
// transfer. The CPU has it first.
inline constexpr detail::Stream<DmaDirection::to_device> stream_to_device{};
inline constexpr detail::Stream<DmaDirection::from_device> stream_from_device{};
inline constexpr detail::Stream<DmaDirection::bidirectional> stream_both{};

} // namespace ioview
