// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/recorder.hpp>
// Part of <ioview/testing/recorder.hpp>, which is the one to include.
#pragma once
// Forwarding: what doubles have in common that stand before a view of any backend, before one
// another too, and let pass all that they do not change.
//
//   template <class B, class T> class CounterView;
//   template <class B> struct CounterBackend : ForwardingBackend<CounterView, B> {};
//   template <class B> class Counter : public Forwarding<Counter<B>, CounterBackend<B>> { … };
//   template <class B, class T>
//   class CounterView : public ForwardingView<Counter<B>, CounterBackend<B>, T> { … };
//
// Both classes inherit the constructor. A Counter hides those of the functions at the end of
// Forwarding that it changes. The hook `memory` is not forwarded: no access would be seen.

#include <ioview/barrier.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/io/backend_traits.hpp>
#include <ioview/io/copy_across.hpp>
#include <ioview/io/copy_hooks.hpp>
#include <ioview/io/fence.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/testing/gone.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::testing {

// Whose errors the try_ forms report. One that fails by itself has them over every backend.
enum class Fails : std::uint8_t { as_behind, by_itself };

// ---- hooks that are there where the backend behind has them ----

template <class View, bool Has>
struct ForwardsCopyOut {};
template <class View>
struct ForwardsCopyOut<View, true> {
    static constexpr void copy_from_io(View view, std::byte* to) noexcept {
        view.forwarder().copy_out(view.inner(), to);
    }
};
template <class View, bool Has>
struct ForwardsCopyIn {};
template <class View>
struct ForwardsCopyIn<View, true> {
    static constexpr void copy_to_io(View view, const std::byte* from) noexcept {
        view.forwarder().copy_in(view.inner(), from);
    }
};
template <class View, bool Has>
struct ForwardsTryCopyOut {};
template <class View>
struct ForwardsTryCopyOut<View, true> {
    [[nodiscard]] static constexpr Result<> try_copy_from_io(View view, std::byte* to) noexcept {
        return view.forwarder().try_copy_out(view.inner(), to);
    }
};
template <class View, bool Has>
struct ForwardsTryCopyIn {};
template <class View>
struct ForwardsTryCopyIn<View, true> {
    [[nodiscard]] static constexpr Result<> try_copy_to_io(View view,
                                                           const std::byte* from) noexcept {
        return view.forwarder().try_copy_in(view.inner(), from);
    }
};
// What the backend behind does around a copy is done; the accesses in it are the double's, by the
// view that it has.
template <template <class, class> class DoubleView, class B, bool Has>
struct ForwardsReading {};
template <template <class, class> class DoubleView, class B>
struct ForwardsReading<DoubleView, B, true> {
    template <class T, class F>
    static constexpr auto reading(DoubleView<B, T> view, F&& f) noexcept {
        return B::reading(view.inner(), [&](auto) noexcept { return f(view); });
    }
};
template <template <class, class> class DoubleView, class B, bool Has>
struct ForwardsWriting {};
template <template <class, class> class DoubleView, class B>
struct ForwardsWriting<DoubleView, B, true> {
    template <class T, class F>
    static constexpr auto writing(DoubleView<B, T> view, F&& f) noexcept {
        return B::writing(view.inner(), [&](auto) noexcept { return f(view); });
    }
};

// ---- the tag ----

template <template <class, class> class DoubleView,
          class B,
          Fails Errors = Fails::as_behind,
          class Traits = detail::BackendTraits<B>,
          class Bytes = DoubleView<B, std::byte[]>,
          bool ByItself = Errors == Fails::by_itself>
struct ForwardingBackend
    : ForwardsCopyOut<Bytes, Traits::has_copy_from_io && !ByItself>,
      ForwardsCopyIn<Bytes, Traits::has_copy_to_io && !ByItself>,
      ForwardsTryCopyOut<Bytes,
                         Traits::has_try_copy_from_io || (Traits::has_copy_from_io && ByItself)>,
      ForwardsTryCopyIn<Bytes, Traits::has_try_copy_to_io || (Traits::has_copy_to_io && ByItself)>,
      ForwardsReading<DoubleView, B, Traits::has_reading>,
      ForwardsWriting<DoubleView, B, Traits::has_writing> {
    // What the double stands before.
    using Behind = B;
    template <class T>
    using View = DoubleView<B, T>;
    using Space = typename decltype(detail::space_of<B>())::type;
    static constexpr std::endian order = Traits::order;
    static constexpr bool mixed_order = Traits::mixed_order;
    static constexpr bool bulk_copy = Traits::bulk_copy;
    static constexpr bool ordered = Traits::ordered;
    static constexpr bool gathers = Traits::gathers;
    static constexpr Error error_when_gone = testing::error_when_gone<B>();

    template <class T>
    IOVIEW_INLINE static constexpr IoPtr<T> as_ptr(DoubleView<B, T> view) noexcept {
        return B::as_ptr(view.inner());
    }
    template <class T, class U>
    IOVIEW_INLINE static constexpr DoubleView<B, U> project_view(DoubleView<B, T> view,
                                                                 IoPtr<U> ptr) noexcept {
        return {B::project_view(view.inner(), ptr), &view.forwarder()};
    }

    template <class W>
        requires detail::has_io_read<B, W>
    static constexpr W io_read(DoubleView<B, W> view) noexcept {
        return view.forwarder().template read<W>(view.inner());
    }
    template <class W>
        requires detail::has_io_write<B, W>
    static constexpr void io_write(DoubleView<B, W> view, W word) noexcept {
        view.forwarder().template write<W>(view.inner(), word);
    }
    template <class W>
        requires(ByItself ? detail::has_io_read<B, W> : detail::has_try_io_read<B, W>)
    [[nodiscard]] static constexpr Result<W> try_io_read(DoubleView<B, W> view) noexcept {
        return view.forwarder().template try_read<W>(view.inner());
    }
    template <class W>
        requires(ByItself ? detail::has_io_write<B, W> : detail::has_try_io_write<B, W>)
    [[nodiscard]] static constexpr Result<> try_io_write(DoubleView<B, W> view, W word) noexcept {
        return view.forwarder().template try_write<W>(view.inner(), word);
    }
    template <class T>
    static constexpr void io_fence(DoubleView<B, T> view, Fence kind) noexcept {
        view.forwarder().fence(view.inner(), kind);
    }
};

// ---- the view ----

template <class Double, class Tag, class T>
class ForwardingView : public Io<detail::ViewOf<Tag, T>, Tag, T> {
    using View = detail::ViewOf<Tag, T>;
    using Inner = detail::ViewOf<typename Tag::Behind, T>;

public:
    constexpr ForwardingView(Inner inner, Double* forwarder) noexcept
        : inner_(inner), forwarder_(forwarder) {}

    [[nodiscard]] constexpr View as_view() const noexcept {
        return static_cast<const View&>(*this);
    }
    // The same place without the double.
    [[nodiscard]] constexpr Inner inner() const noexcept { return inner_; }
    [[nodiscard]] constexpr Double& forwarder() const noexcept { return *forwarder_; }

private:
    Inner inner_;
    Double* forwarder_;
};

// ---- the double ----

// Views hold a pointer to it: it stays where it is while they are used. Offsets count from the
// start of what is behind.
template <class Double, class Tag>
class Forwarding : ioview::detail::methods::NoTypedViewsOfATemporary {
    using B = typename Tag::Behind;

public:
    using ioview::detail::methods::NoTypedViewsOfATemporary::view;
    using ioview::detail::methods::NoTypedViewsOfATemporary::wrap;
    using Backend = Tag;

    // Before inner, any view of the backend.
    template <class V>
        requires(IoBase<V> && std::same_as<typename V::Backend, B>)
    constexpr explicit Forwarding(const V& inner) noexcept
        : root_(region_of(inner.as_view())),
          is_read_only_(detail::is_read_only<typename V::Target>) {}
    template <class V>
        requires(IoBase<V> && detail::is_owner<V>)
    explicit Forwarding(const V&& owner)
        IOVIEW_REFUSED_OF(owner,
                          "ioview: a double keeps a view of what is behind it; give that a name");
    Forwarding(const Forwarding&) = delete;
    Forwarding& operator=(const Forwarding&) = delete;

    // What is behind as a T, from its start on: an object, all of a slice, all as a region. Panics
    // when it is smaller than that.
    template <class T>
    [[nodiscard]] constexpr detail::ViewOf<Tag, T> view() & noexcept {
        if (is_read_only_ && !detail::is_read_only<T>)
            panic(Double::is_const);
        if (root_.size_bytes() < min_size_of<T>)
            panic(Double::is_too_small);
        return {detail::narrow<B, T>(root_, 0, detail::extent_for<T>(root_.size_bytes())),
                static_cast<Double*>(this)};
    }

    // ---- one access, as the views make it: what a double hides, it changes ----

    template <class W>
    constexpr W read(detail::ViewOf<B, W> behind) noexcept {
        return B::template io_read<W>(behind);
    }
    template <class W>
    constexpr void write(detail::ViewOf<B, W> behind, W word) noexcept {
        B::template io_write<W>(behind, word);
    }
    template <class W>
    [[nodiscard]] constexpr Result<W> try_read(detail::ViewOf<B, W> behind) noexcept {
        if constexpr (detail::has_try_io_read<B, W>)
            return B::template try_io_read<W>(behind);
        else
            return B::template io_read<W>(behind);
    }
    template <class W>
    [[nodiscard]] constexpr Result<> try_write(detail::ViewOf<B, W> behind, W word) noexcept {
        if constexpr (detail::has_try_io_write<B, W>)
            return B::template try_io_write<W>(behind, word);
        B::template io_write<W>(behind, word);
        return {};
    }
    // The backend's own bulk copies: each is one access.
    using Bytes = detail::ViewOf<B, std::byte[]>;
    constexpr void copy_out(Bytes behind, std::byte* to) noexcept { B::copy_from_io(behind, to); }
    constexpr void copy_in(Bytes behind, const std::byte* from) noexcept {
        B::copy_to_io(behind, from);
    }
    [[nodiscard]] constexpr Result<> try_copy_out(Bytes behind, std::byte* to) noexcept {
        return detail::as_result(
            detail::burst_out<B, detail::OnError::stop>(behind, 0, to, behind.size_bytes()));
    }
    [[nodiscard]] constexpr Result<> try_copy_in(Bytes behind, const std::byte* from) noexcept {
        return detail::as_result(
            detail::burst_in<B, detail::OnError::stop>(behind, 0, from, behind.size_bytes()));
    }
    template <class V>
    constexpr void fence(V behind, Fence kind) noexcept {
        detail::fence(kind, behind);
    }

protected:
    using Region = detail::ViewOf<B, ioview::Region<>>;
    template <class V>
    static constexpr Region region_of(V view) noexcept {
        return detail::narrow<B, ioview::Region<>>(view, 0, {B::as_ptr(view).size_bytes()});
    }
    // All that is behind.
    [[nodiscard]] constexpr Region root() const noexcept { return root_; }
    template <class V>
    [[nodiscard]] constexpr std::uintptr_t offset_within(V behind) const noexcept {
        return B::as_ptr(behind).address - B::as_ptr(root_).address;
    }

private:
    Region root_;
    bool is_read_only_;
};

} // namespace ioview::testing
