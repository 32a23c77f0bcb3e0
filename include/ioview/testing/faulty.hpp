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

#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>
#include <ioview/testing/gone.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::testing {

template <class B, class T>
class FaultyView;
template <class B>
class Faulty;

// The backend's own bulk copies, where it has them: each is one access.
template <class B>
struct FaultyCopyOut {};
template <class B>
    requires(detail::BackendTraits<B>::has_copy_from_io ||
             detail::BackendTraits<B>::has_try_copy_from_io)
struct FaultyCopyOut<B> {
    [[nodiscard]] static constexpr Result<> try_copy_from_io(FaultyView<B, std::byte[]> view,
                                                             std::byte* to) noexcept {
        return view.faulty_->read_burst(view.inner_, to);
    }
};
template <class B>
struct FaultyCopyIn {};
template <class B>
    requires(detail::BackendTraits<B>::has_copy_to_io ||
             detail::BackendTraits<B>::has_try_copy_to_io)
struct FaultyCopyIn<B> {
    [[nodiscard]] static constexpr Result<> try_copy_to_io(FaultyView<B, std::byte[]> view,
                                                           const std::byte* from) noexcept {
        return view.faulty_->write_burst(view.inner_, from);
    }
};

// Reads and writes by B, as far as the fault lets them.
template <class B>
struct FaultyBackend : FaultyCopyOut<B>, FaultyCopyIn<B> {
    template <class T>
    using View = FaultyView<B, T>;
    static constexpr std::endian order = detail::BackendTraits<B>::order;
    static constexpr bool mixed_order = detail::BackendTraits<B>::mixed_order;
    static constexpr bool bulk_copy = detail::BackendTraits<B>::bulk_copy;
    static constexpr bool ordered = detail::BackendTraits<B>::ordered;
    static constexpr bool gathers = detail::BackendTraits<B>::gathers;
    static constexpr Error error_when_gone = testing::error_when_gone<B>();

    template <class T>
    static constexpr IoPtr<T> as_ptr(FaultyView<B, T> view) noexcept {
        return B::as_ptr(view.inner_);
    }
    template <class T, class U>
    static constexpr FaultyView<B, U> project_view(FaultyView<B, T> view, IoPtr<U> ptr) noexcept {
        return {B::project_view(view.inner_, ptr), view.faulty_};
    }

    template <class W>
        requires detail::has_io_read<B, W>
    [[nodiscard]] static constexpr Result<W> try_io_read(FaultyView<B, W> view) noexcept {
        return view.faulty_->template read<W>(view.inner_);
    }
    template <class W>
        requires detail::has_io_write<B, W>
    [[nodiscard]] static constexpr Result<> try_io_write(FaultyView<B, W> view, W word) noexcept {
        return view.faulty_->template write<W>(view.inner_, word);
    }
    // A failed read gives all ones, as a bus without an answer does.
    template <class W>
        requires detail::has_io_read<B, W>
    static constexpr W io_read(FaultyView<B, W> view) noexcept {
        return try_io_read<W>(view).value_or(static_cast<W>(~W{0}));
    }
    template <class W>
        requires detail::has_io_write<B, W>
    static constexpr void io_write(FaultyView<B, W> view, W word) noexcept {
        static_cast<void>(try_io_write<W>(view, word));
    }
    template <class T>
    static constexpr void io_fence(FaultyView<B, T> view, Fence kind) noexcept {
        detail::fence(kind, view.inner_);
    }
};

template <class B, class T>
class FaultyView : public Io<FaultyView<B, T>, FaultyBackend<B>, T> {
public:
    [[nodiscard]] constexpr FaultyView as_view() const noexcept { return *this; }

private:
    friend FaultyBackend<B>;
    friend FaultyCopyOut<B>;
    friend FaultyCopyIn<B>;
    friend Faulty<B>;
    constexpr FaultyView(detail::ViewOf<B, T> inner, Faulty<B>* faulty) noexcept
        : inner_(inner), faulty_(faulty) {}

    detail::ViewOf<B, T> inner_;
    Faulty<B>* faulty_;
};

// Views hold a pointer to it: it stays where it is while they are used. For one thread.
template <class B>
class Faulty {
public:
    using Backend = FaultyBackend<B>;
    static constexpr std::size_t most_stuck = 8;

    // Without faults at first.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    constexpr explicit Faulty(const V& inner) noexcept
        : root_(region_of(inner.as_view())),
          newer_(root_),
          is_read_only_(detail::is_read_only<typename V::Target>) {}
    // clang-format off
    template <class V> requires(IoBase<V> && detail::is_owner<V>) explicit Faulty(const V&&) = delete; // ioview: the view would outlive its owner; give the owner a name
    // clang-format on
    Faulty(const Faulty&) = delete;
    Faulty& operator=(const Faulty&) = delete;

    // What is wrapped as a T, from its start on: an object, all of a slice, all as a region. Panics
    // when it is smaller than that.
    template <class T>
    [[nodiscard]] constexpr FaultyView<B, T> view() & noexcept {
        if (is_read_only_ && !detail::is_read_only<T>)
            panic("ioview: Faulty::view: what is wrapped is const; view<const T>()");
        if (root_.size_bytes() < min_size_of<T>)
            panic("ioview: Faulty::view: the target is larger than what is wrapped");
        return {detail::narrow<B, T>(root_, 0, detail::extent_for<T>(root_.size_bytes())), this};
    }

    // clang-format off
    template <class T> void view() const&& = delete; // ioview: the view would outlive its owner; give the owner a name
    // clang-format on

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
        const auto memory = region_of(newer.as_view());
        if (memory.size_bytes() < root_.size_bytes())
            panic("ioview: Faulty::tear_after: the newer view is smaller");
        newer_ = memory;
        tear_at_ = accesses_ + accesses;
    }

    // Accesses so far, failed ones included.
    [[nodiscard]] constexpr std::size_t accesses() const noexcept { return accesses_; }

private:
    friend FaultyBackend<B>;
    friend FaultyCopyOut<B>;
    friend FaultyCopyIn<B>;
    static constexpr std::size_t never = static_cast<std::size_t>(-1);
    struct Stuck {
        std::size_t offset = 0;
        std::size_t width = 0;
        std::uint64_t mask = 0;
        std::uint64_t value = 0;
        std::size_t reads = 0; // left
    };

    template <class V>
    static constexpr detail::ViewOf<B, Region<>> region_of(V view) noexcept {
        return detail::narrow<B, Region<>>(view, 0, detail::Extent<Region<>>{view.size_bytes()});
    }

    // Counts an access; what is wrong with it, or Error{}.
    constexpr Error next_fault(bool can_fail) noexcept {
        const std::size_t number = accesses_++;
        if (is_gone())
            return says_gone_ ? gone_ : can_fail ? error_when_gone<B>() : Error{};
        return number == fail_at_ ? error_ : Error{};
    }
    // Of the access that was counted last.
    constexpr bool is_gone() const noexcept { return accesses_ > unplug_at_; }

    template <class W>
    [[nodiscard]] constexpr Result<W> read(detail::ViewOf<B, W> inner) noexcept {
        if (const Error fault = next_fault(detail::has_try_io_read<B, W>); fault != Error{})
            return fail(fault);
        if (is_gone())
            return static_cast<W>(~W{0});
        const std::size_t offset = B::as_ptr(inner).address - B::as_ptr(root_).address;
        Result<W> word = accesses_ > tear_at_ ? read_inner<W>(detail::narrow<B, W>(newer_, offset))
                                              : read_inner<W>(inner);
        if (word)
            word = with_stuck_bits(offset, *word);
        return word;
    }
    template <class W>
    [[nodiscard]] constexpr Result<> write(detail::ViewOf<B, W> inner, W word) noexcept {
        if (const Error fault = next_fault(detail::has_try_io_write<B, W>); fault != Error{})
            return fail(fault);
        if (is_gone())
            return {};
        if constexpr (detail::has_try_io_write<B, W>) {
            return B::template try_io_write<W>(inner, word);
        } else {
            B::template io_write<W>(inner, word);
            return {};
        }
    }
    template <class W>
    [[nodiscard]] static constexpr Result<W> read_inner(detail::ViewOf<B, W> inner) noexcept {
        if constexpr (detail::has_try_io_read<B, W>)
            return B::template try_io_read<W>(inner);
        else
            return B::template io_read<W>(inner);
    }

    [[nodiscard]] constexpr Result<> read_burst(detail::ViewOf<B, std::byte[]> inner,
                                                std::byte* to) noexcept {
        if (const Error fault = next_fault(detail::BackendTraits<B>::has_try_copy_from_io);
            fault != Error{})
            return fail(fault);
        const std::size_t offset = B::as_ptr(inner).address - B::as_ptr(root_).address;
        const std::size_t bytes = inner.size_bytes();
        if (is_gone()) {
            for (std::size_t i = 0; i < bytes; ++i)
                to[i] = std::byte{0xff};
            return {};
        }
        const Error error =
            accesses_ > tear_at_
                ? detail::burst_out<B, detail::OnError::stop>(newer_, offset, to, bytes)
                : detail::burst_out<B, detail::OnError::stop>(inner, 0, to, bytes);
        for (std::size_t i = 0; error == Error{} && i < bytes; ++i)
            to[i] = std::byte{with_stuck_bits(offset + i, static_cast<std::uint8_t>(to[i]))};
        return detail::as_result(error);
    }
    [[nodiscard]] constexpr Result<> write_burst(detail::ViewOf<B, std::byte[]> inner,
                                                 const std::byte* from) noexcept {
        if (const Error fault = next_fault(detail::BackendTraits<B>::has_try_copy_to_io);
            fault != Error{})
            return fail(fault);
        if (is_gone())
            return {};
        return detail::as_result(
            detail::burst_in<B, detail::OnError::stop>(inner, 0, from, inner.size_bytes()));
    }

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

    detail::ViewOf<B, Region<>> root_;
    detail::ViewOf<B, Region<>> newer_;
    bool is_read_only_;
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

} // namespace ioview::testing
