// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Recorder<Backend>: wraps any view and logs each access that goes through it, in constant
// expressions too. Addresses count from the start of what is wrapped.
//
//   io::testing::Memory<sizeof(Pl011)> mem;
//   io::testing::Recorder recorder{mem.view<Pl011>()};
//   put(recorder.view<Pl011>(), 'A');
//   CHECK(recorder.log() == io::testing::Log{{read, 0x18, 4, 0}, {write, 0x0, 4, 'A'}});
//
// Several devices in one order, each by its name:
//
//   io::testing::Log log;
//   io::testing::Recorder uart{uart_view, log, "uart"};
//   io::testing::Recorder ram{ram_view, log, "ram"};

#if !__STDC_HOSTED__
#error "ioview/testing/recorder.hpp needs a hosted implementation"
#endif

#include <ioview/barrier.hpp>
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/register/names.hpp>
#include <ioview/testing/access.hpp>
#include <ioview/testing/access_log.hpp>
#include <ioview/testing/forwarding.hpp>

#include <concepts>
#include <cstddef>

namespace ioview::testing {

template <class B, class T>
class RecorderView;
// The tag of RecorderView.
template <class B>
struct RecorderBackend : ForwardingBackend<RecorderView, B> {};

// Views hold a pointer to the recorder: it stays where it is while they are used.
template <class B>
class Recorder : public Forwarding<Recorder<B>, RecorderBackend<B>> {
    using Base = Forwarding<Recorder, RecorderBackend<B>>;

public:
    static constexpr const char* is_const =
        "ioview: Recorder::view: what is recorded is const; view<const T>()";
    static constexpr const char* is_too_small =
        "ioview: Recorder::view: the target is larger than what is recorded";

    // Records what goes through views made from inner, any view of the backend.
    using Base::Base;
    // The same into a log of the caller's, which other recorders may share; space is the name that
    // its accesses have there. Both outlive the recorder.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    constexpr Recorder(const V& inner, Log& log, Text space) noexcept
        : Base(inner), log_(&log), space_(space) {}
    template <class V>
        requires(IoBase<V> && detail::is_owner<V>)
    Recorder(const V&& owner, Log&, Text)
        IOVIEW_REFUSED_OF(owner,
                          "ioview: a Recorder keeps a view; give the owner that it is of a name");

    using Base::wrap;
    // A recorded twin of any view of the same backend.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    [[nodiscard]] constexpr auto wrap(const V& inner) & noexcept {
        return RecorderView<B, typename V::Target>{inner.as_view(), this};
    }

    // Every access so far, oldest first.
    [[nodiscard]] constexpr const Log& log() const noexcept { return *log_; }
    constexpr void clear() noexcept { log_->clear(); }

    // ---- one access, as the views make it ----

    // The access itself, then its line in the log.
    template <class W>
    constexpr W read(detail::ViewOf<B, W> behind) noexcept {
        const W word = Base::template read<W>(behind);
        note(Op::read, behind, word);
        return word;
    }
    template <class W>
    constexpr void write(detail::ViewOf<B, W> behind, W word) noexcept {
        note(Op::write, behind, word);
        Base::template write<W>(behind, word);
    }
    // A failed read is noted as the all ones that a plain read would have given.
    template <class W>
    [[nodiscard]] constexpr Result<W> try_read(detail::ViewOf<B, W> behind) noexcept {
        const Result<W> word = Base::template try_read<W>(behind);
        note(Op::read, behind, word.value_or(static_cast<W>(~W{0})));
        return word;
    }
    template <class W>
    [[nodiscard]] constexpr Result<> try_write(detail::ViewOf<B, W> behind, W word) noexcept {
        note(Op::write, behind, word);
        return Base::template try_write<W>(behind, word);
    }
    // Each bulk copy of the backend's own is one burst, and one line of the log.
    using typename Base::Bytes;
    constexpr void copy_out(Bytes behind, std::byte* to) noexcept {
        note_burst(Op::read, behind);
        Base::copy_out(behind, to);
    }
    constexpr void copy_in(Bytes behind, const std::byte* from) noexcept {
        note_burst(Op::write, behind);
        Base::copy_in(behind, from);
    }
    [[nodiscard]] constexpr Result<> try_copy_out(Bytes behind, std::byte* to) noexcept {
        note_burst(Op::read, behind);
        return Base::try_copy_out(behind, to);
    }
    [[nodiscard]] constexpr Result<> try_copy_in(Bytes behind, const std::byte* from) noexcept {
        note_burst(Op::write, behind);
        return Base::try_copy_in(behind, from);
    }
    // The barrier of a hand-over is noted where it stands, and made.
    template <class V>
    constexpr void fence(V behind, Fence kind) noexcept {
        log_->push_back(fence_entry(kind, space_));
        Base::fence(behind, kind);
    }

private:
    template <class W>
    constexpr void note(Op op, detail::ViewOf<B, W> behind, W word) noexcept {
        log_->push_back({op, this->offset_within(behind), sizeof(W), word, space_});
    }
    constexpr void note_burst(Op op, Bytes behind) noexcept {
        log_->push_back(
            burst_entry(op, this->offset_within(behind), B::as_ptr(behind).size_bytes(), space_));
    }

    Log own_;
    Log* log_ = &own_;
    Text space_{};
};

template <class V>
Recorder(const V&) -> Recorder<typename V::Backend>;
template <class V>
Recorder(const V&, Log&, Text) -> Recorder<typename V::Backend>;

// What the methods of Recorder give.
template <class B, class T>
class RecorderView : public ForwardingView<Recorder<B>, RecorderBackend<B>, T> {
    using Base = ForwardingView<Recorder<B>, RecorderBackend<B>, T>;

public:
    using Base::Base;
};

} // namespace ioview::testing
