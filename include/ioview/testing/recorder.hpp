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

#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>
#include <ioview/testing/access_log.hpp>
#include <ioview/testing/gone.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::testing {

template <class B, class T>
class RecorderView;

// The backend's own bulk copies, where it has them: each is one burst, and one line of the log.
template <class B>
struct RecordsCopyOut {};
template <class B>
    requires detail::BackendTraits<B>::has_copy_from_io
struct RecordsCopyOut<B> {
    static constexpr void copy_from_io(RecorderView<B, std::byte[]> view, std::byte* to) noexcept {
        view.note_burst(Op::read);
        B::copy_from_io(view.inner(), to);
    }
};
template <class B>
struct RecordsCopyIn {};
template <class B>
    requires detail::BackendTraits<B>::has_copy_to_io
struct RecordsCopyIn<B> {
    static constexpr void copy_to_io(RecorderView<B, std::byte[]> view,
                                     const std::byte* from) noexcept {
        view.note_burst(Op::write);
        B::copy_to_io(view.inner(), from);
    }
};
template <class B>
struct RecordsTryCopyOut {};
template <class B>
    requires detail::BackendTraits<B>::has_try_copy_from_io
struct RecordsTryCopyOut<B> {
    [[nodiscard]] static constexpr Result<> try_copy_from_io(RecorderView<B, std::byte[]> view,
                                                             std::byte* to) noexcept {
        view.note_burst(Op::read);
        return B::try_copy_from_io(view.inner(), to);
    }
};
template <class B>
struct RecordsTryCopyIn {};
template <class B>
    requires detail::BackendTraits<B>::has_try_copy_to_io
struct RecordsTryCopyIn<B> {
    [[nodiscard]] static constexpr Result<> try_copy_to_io(RecorderView<B, std::byte[]> view,
                                                           const std::byte* from) noexcept {
        view.note_burst(Op::write);
        return B::try_copy_to_io(view.inner(), from);
    }
};

// Reads and writes by B, and notes it.
template <class B>
struct RecorderBackend : RecordsCopyOut<B>,
                         RecordsCopyIn<B>,
                         RecordsTryCopyOut<B>,
                         RecordsTryCopyIn<B> {
    template <class T>
    using View = RecorderView<B, T>;
    static constexpr std::endian order = detail::BackendTraits<B>::order;
    static constexpr bool mixed_order = detail::BackendTraits<B>::mixed_order;
    static constexpr bool bulk_copy = detail::BackendTraits<B>::bulk_copy;
    static constexpr bool ordered = detail::BackendTraits<B>::ordered;
    static constexpr bool gathers = detail::BackendTraits<B>::gathers;
    static constexpr Error error_when_gone = testing::error_when_gone<B>();

    template <class T>
    IOVIEW_INLINE static constexpr IoPtr<T> as_ptr(RecorderView<B, T> view) noexcept {
        return B::as_ptr(view.inner_);
    }
    template <class T, class U>
    IOVIEW_INLINE static constexpr RecorderView<B, U> project_view(RecorderView<B, T> view,
                                                                   IoPtr<U> ptr) noexcept {
        return {B::project_view(view.inner_, ptr), view.notes_};
    }

    template <class W>
        requires detail::has_io_read<B, W>
    static constexpr W io_read(RecorderView<B, W> view) noexcept {
        const W word = B::template io_read<W>(view.inner_);
        view.note(Op::read, word);
        return word;
    }
    template <class W>
        requires detail::has_io_write<B, W>
    static constexpr void io_write(RecorderView<B, W> view, W word) noexcept {
        view.note(Op::write, word);
        B::template io_write<W>(view.inner_, word);
    }
    // A failed read is noted as the all ones that a plain read would have given.
    template <class W>
        requires detail::has_try_io_read<B, W>
    [[nodiscard]] static constexpr Result<W> try_io_read(RecorderView<B, W> view) noexcept {
        const Result<W> word = B::template try_io_read<W>(view.inner_);
        view.note(Op::read, word.value_or(static_cast<W>(~W{0})));
        return word;
    }
    template <class W>
        requires detail::has_try_io_write<B, W>
    [[nodiscard]] static constexpr Result<> try_io_write(RecorderView<B, W> view, W word) noexcept {
        view.note(Op::write, word);
        return B::template try_io_write<W>(view.inner_, word);
    }
    // The barrier of a hand-over is noted where it stands, and made.
    template <class T>
    static constexpr void io_fence(RecorderView<B, T> view, Fence kind) noexcept {
        view.notes_->log->push_back(fence_entry(kind, view.notes_->space));
        detail::fence(kind, view.inner_);
    }
};

// What the views of one recorder share.
struct RecorderNotes {
    std::uintptr_t origin;
    Log* log;
    Text space{};
};

template <class B, class T>
class RecorderView : public Io<RecorderView<B, T>, RecorderBackend<B>, T> {
public:
    [[nodiscard]] constexpr RecorderView as_view() const noexcept { return *this; }

    // The view that is recorded.
    [[nodiscard]] constexpr detail::ViewOf<B, T> inner() const noexcept { return inner_; }

private:
    friend RecorderBackend<B>;
    friend RecordsCopyOut<B>;
    friend RecordsCopyIn<B>;
    friend RecordsTryCopyOut<B>;
    friend RecordsTryCopyIn<B>;
    template <class>
    friend class Recorder;
    using Inner = detail::ViewOf<B, T>;

    constexpr RecorderView(Inner inner, RecorderNotes* notes) noexcept
        : inner_(inner), notes_(notes) {}

    constexpr void note(Op op, T word) const noexcept {
        notes_->log->push_back(
            {op, B::as_ptr(inner_).address - notes_->origin, sizeof(T), word, notes_->space});
    }
    constexpr void note_burst(Op op) const noexcept {
        const auto ptr = B::as_ptr(inner_);
        notes_->log->push_back(
            burst_entry(op, ptr.address - notes_->origin, ptr.size_bytes(), notes_->space));
    }

    Inner inner_;
    RecorderNotes* notes_;
};

// Views hold a pointer to the recorder: it stays where it is while they are used.
template <class B>
class Recorder {
public:
    using Backend = RecorderBackend<B>;

    // Records what goes through views made from inner, any view of the backend.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    constexpr explicit Recorder(const V& inner) noexcept : Recorder(inner, own_, {}) {}
    // The same into a log of the caller's, which other recorders may share; space is the name that
    // its accesses have there. Both outlive the recorder.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    constexpr Recorder(const V& inner, Log& log, Text space) noexcept
        : root_(region_of(inner.as_view())),
          notes_{root_.address(), &log, space},
          is_read_only_(detail::is_read_only<typename V::Target>) {}
    // clang-format off
    template <class V> requires(IoBase<V> && detail::is_owner<V>) explicit Recorder(const V&&, const auto&...) = delete; // ioview: the view would outlive its owner; give the owner a name
    // clang-format on
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    // What is recorded as a T, from its start on: an object, all of a slice, all as a region.
    // Panics when it is smaller than that.
    template <class T>
    [[nodiscard]] constexpr RecorderView<B, T> view() & noexcept {
        if (is_read_only_ && !detail::is_read_only<T>)
            panic("ioview: Recorder::view: what is recorded is const; view<const T>()");
        if (root_.size_bytes() < min_size_of<T>)
            panic("ioview: Recorder::view: the target is larger than what is recorded");
        return {detail::narrow<B, T>(root_, 0, detail::extent_for<T>(root_.size_bytes())), &notes_};
    }

    // A recorded twin of any view of the same backend.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    [[nodiscard]] constexpr auto wrap(const V& inner) & noexcept {
        return RecorderView<B, typename V::Target>{inner.as_view(), &notes_};
    }
    // clang-format off
    template <class T> void view() const&& = delete;      // ioview: the view would outlive its owner; give the owner a name
    template <class V> void wrap(const V&) const&& = delete; // ioview: the view would outlive its owner; give the owner a name
    // clang-format on

    // Every access so far, oldest first.
    [[nodiscard]] constexpr const Log& log() const noexcept { return *notes_.log; }
    constexpr void clear() noexcept { notes_.log->clear(); }

private:
    template <class V>
    static constexpr detail::ViewOf<B, Region<>> region_of(V view) noexcept {
        return detail::narrow<B, Region<>>(view, 0, {B::as_ptr(view).size_bytes()});
    }

    detail::ViewOf<B, Region<>> root_;
    Log own_;
    RecorderNotes notes_;
    bool is_read_only_;
};

template <class V>
Recorder(const V&) -> Recorder<typename V::Backend>;
template <class V>
Recorder(const V&, Log&, Text) -> Recorder<typename V::Backend>;

} // namespace ioview::testing
