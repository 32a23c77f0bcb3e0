// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Faulty<Backend>: wraps any view and does to its accesses what broken hardware does. Works in
// constant expressions. Addresses count from the start of what is wrapped.
//
//   io::testing::Memory<sizeof(Pl011)> mem;
//   io::testing::Faulty faulty{mem.view<Pl011>()};
//   faulty.unplug_after(3);                            // then all ones, and writes are lost
//   faulty.fail_access(2);                             // the second from now: io_error
//   faulty.stick<std::uint32_t>(0x18, 0x20, 0x20);     // these bits read so, whatever is there
//   faulty.delay<std::uint32_t>(0x18, 0x80, 0, 3);     // only for the next 3 reads: slow ready
//   faulty.tear_after(2, newer.view<Pl011>());         // then reads come from another memory
//   driver(faulty.view<Pl011>());

#include <ioview/error.hpp>
#include <ioview/io.hpp>
#include <ioview/io/backend_traits.hpp>
#include <ioview/testing/forwarding.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::testing {

template <class B, class T>
class FaultyView;
// The tag of FaultyView.
template <class B>
struct FaultyBackend : ForwardingBackend<FaultyView, B, Fails::by_itself> {};

// Views hold a pointer to it: it stays where it is while they are used. For one thread.
template <class B>
class Faulty : public Forwarding<Faulty<B>, FaultyBackend<B>> {
    using Base = Forwarding<Faulty, FaultyBackend<B>>;

public:
    static constexpr std::size_t most_stuck = 8;
    static constexpr const char* is_const =
        "ioview: Faulty::view: what is wrapped is const; view<const T>()";
    static constexpr const char* is_too_small =
        "ioview: Faulty::view: the target is larger than what is wrapped";

    // Without faults at first.
    using Base::Base;

    // ---- faults, each on top of the others ----

    // The device is gone: reads give all ones, writes are lost. try_ forms say so where the medium
    // can say it, as ConfigSpace does by its mechanism: no_device. Over one that cannot fail (Mmio,
    // PortIo, memory) they succeed, as there.
    constexpr void unplug() noexcept { unplug_at_ = accesses_; }
    // The same after so many more accesses.
    constexpr void unplug_after(std::size_t accesses) noexcept {
        unplug_at_ = accesses_ + accesses;
    }
    // try_ forms say that of a device that is gone, whatever the medium: Error{} for nothing at
    // all.
    constexpr void when_gone(Error error) noexcept {
        gone_ = error;
        says_gone_ = true;
    }
    // It is back.
    constexpr void plug_in() noexcept { unplug_at_ = never; }

    // The n-th access from now, 1 being the next, fails: it is not made, a plain read gives all
    // ones, try_ forms say error. One such wish at a time.
    constexpr void fail_access(std::size_t n, Error error = Error::io_error) noexcept {
        fail_at_ = n == 0 ? never : accesses_ + n - 1;
        error_ = error;
    }

    // The bits under mask of the W at an offset read as value for ever, however wide the access.
    // At most 8 such places, those of delay() included; more panic.
    template <std::unsigned_integral W>
    constexpr void stick(std::size_t offset,
                         std::type_identity_t<W> mask,
                         std::type_identity_t<W> value) noexcept {
        delay<W>(offset, mask, value, never);
    }
    // The same for the next so many reads that touch it: a device that is slow to be ready.
    template <std::unsigned_integral W>
    constexpr void delay(std::size_t offset,
                         std::type_identity_t<W> mask,
                         std::type_identity_t<W> value,
                         std::size_t reads) noexcept {
        if (stuck_count_ == most_stuck)
            panic("ioview: Faulty: too many stuck places");
        stuck_[stuck_count_++] = {offset, sizeof(W), mask, value, reads};
    }

    // After so many more accesses the others read newer, a view as large as the wrapped one: what
    // a device has written while a copy went on. Writes stay where they are.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    constexpr void tear_after(std::size_t accesses, const V& newer) noexcept {
        const auto memory = Base::region_of(newer.as_view());
        if (memory.size_bytes() < this->root().size_bytes())
            panic("ioview: Faulty::tear_after: the newer view is smaller");
        newer_ = memory;
        tear_at_ = accesses_ + accesses;
    }

    // Accesses so far, failed ones included.
    [[nodiscard]] constexpr std::size_t accesses() const noexcept { return accesses_; }

    // ---- one access, as the views make it ----

    // A failed read gives all ones, as a bus without an answer does.
    template <class W>
    constexpr W read(detail::ViewOf<B, W> behind) noexcept {
        return try_read<W>(behind).value_or(static_cast<W>(~W{0}));
    }
    template <class W>
    constexpr void write(detail::ViewOf<B, W> behind, W word) noexcept {
        static_cast<void>(try_write<W>(behind, word));
    }
    template <class W>
    [[nodiscard]] constexpr Result<W> try_read(detail::ViewOf<B, W> behind) noexcept {
        if (const Error fault = next_fault(detail::has_try_io_read<B, W>); fault != Error{})
            return fail(fault);
        if (is_gone())
            return static_cast<W>(~W{0});
        const std::size_t offset = this->offset_within(behind);
        Result<W> word = Base::template try_read<W>(
            accesses_ > tear_at_ ? detail::narrow<B, W>(newer_, offset) : behind);
        if (word)
            word = with_stuck_bits(offset, *word);
        return word;
    }
    template <class W>
    [[nodiscard]] constexpr Result<> try_write(detail::ViewOf<B, W> behind, W word) noexcept {
        if (const Error fault = next_fault(detail::has_try_io_write<B, W>); fault != Error{})
            return fail(fault);
        return is_gone() ? Result<>{} : Base::template try_write<W>(behind, word);
    }
    using typename Base::Bytes;
    [[nodiscard]] constexpr Result<> try_copy_out(Bytes behind, std::byte* to) noexcept {
        if (const Error fault = next_fault(detail::BackendTraits<B>::has_try_copy_from_io);
            fault != Error{})
            return fail(fault);
        const std::size_t offset = this->offset_within(behind);
        const std::size_t bytes = behind.size_bytes();
        if (is_gone()) {
            for (std::size_t i = 0; i < bytes; ++i)
                to[i] = std::byte{0xff};
            return {};
        }
        const auto done = Base::try_copy_out(
            accesses_ > tear_at_
                ? detail::narrow<B, std::byte[]>(newer_, offset, detail::Extent<std::byte[]>{bytes})
                : behind,
            to);
        for (std::size_t i = 0; done && i < bytes; ++i)
            to[i] = std::byte{with_stuck_bits(offset + i, static_cast<std::uint8_t>(to[i]))};
        return done;
    }
    [[nodiscard]] constexpr Result<> try_copy_in(Bytes behind, const std::byte* from) noexcept {
        if (const Error fault = next_fault(detail::BackendTraits<B>::has_try_copy_to_io);
            fault != Error{})
            return fail(fault);
        return is_gone() ? Result<>{} : Base::try_copy_in(behind, from);
    }

private:
    static constexpr std::size_t never = static_cast<std::size_t>(-1);
    struct Stuck {
        std::size_t offset = 0;
        std::size_t width = 0;
        std::uint64_t mask = 0;
        std::uint64_t value = 0;
        std::size_t reads = 0; // left
    };

    // Counts an access; what is wrong with it, or Error{}.
    constexpr Error next_fault(bool can_fail) noexcept {
        const std::size_t number = accesses_++;
        if (is_gone())
            return says_gone_ ? gone_ : can_fail ? error_when_gone<B>() : Error{};
        return number == fail_at_ ? error_ : Error{};
    }
    // Of the access that was counted last.
    constexpr bool is_gone() const noexcept { return accesses_ > unplug_at_; }

    // Where byte i of a word so wide has its bits.
    static constexpr unsigned shift(std::size_t width, std::size_t i) noexcept {
        const bool is_little = detail::BackendTraits<B>::order == std::endian::little;
        return static_cast<unsigned>(8 * (is_little ? i : width - 1 - i));
    }
    template <class W>
    constexpr W with_stuck_bits(std::size_t offset, W word) noexcept {
        std::uint64_t bits = word;
        for (std::size_t n = 0; n < stuck_count_; ++n) {
            Stuck& stuck = stuck_[n];
            const bool touches =
                offset < stuck.offset + stuck.width && stuck.offset < offset + sizeof(W);
            if (stuck.reads == 0 || !touches)
                continue;
            if (stuck.reads != never)
                --stuck.reads;
            for (std::size_t i = 0; i < stuck.width; ++i) {
                const std::size_t at = stuck.offset + i;
                if (at < offset || at >= offset + sizeof(W))
                    continue;
                const unsigned from = shift(stuck.width, i);
                const unsigned to = shift(sizeof(W), at - offset);
                const std::uint64_t mask = (stuck.mask >> from & 0xff) << to;
                const std::uint64_t value = (stuck.value >> from & 0xff) << to;
                bits = (bits & ~mask) | (value & mask);
            }
        }
        return static_cast<W>(bits);
    }

    typename Base::Region newer_ = this->root();
    std::size_t accesses_ = 0;
    std::size_t unplug_at_ = never;
    std::size_t fail_at_ = never;
    std::size_t tear_at_ = never;
    Error error_{};
    Error gone_{};
    bool says_gone_ = false;
    std::size_t stuck_count_ = 0;
    Stuck stuck_[most_stuck]{};
};

template <class V>
Faulty(const V&) -> Faulty<typename V::Backend>;

// What the methods of Faulty give.
template <class B, class T>
class FaultyView : public ForwardingView<Faulty<B>, FaultyBackend<B>, T> {
    using Base = ForwardingView<Faulty<B>, FaultyBackend<B>, T>;

public:
    using Base::Base;
};

} // namespace ioview::testing
