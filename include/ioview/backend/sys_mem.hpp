// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// SysMem<T>: system memory that somebody else reads or writes too. Every access is volatile, of
// exactly its width; there are no barriers (barrier.hpp, io::publish) and no byte swap.
//
//   auto ring = io::SysMem<Ring>::from_pointer(&shared);
//   IO_WRITE(ring, head, 1u);

#include <ioview/arch/select.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>
#include <ioview/span.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {

// The tag of SysMem: volatile accesses of whole words, up to the CPU's widest, without a barrier.
struct SysMemBackend {
    template <class T>
    using View = SysMem<T>;
    using Space = detail::CpuAddresses;

    template <class T>
    IOVIEW_INLINE static IoPtr<T> as_ptr(SysMem<T> view) noexcept {
        return {reinterpret_cast<std::uintptr_t>(view.bytes_), view.extent_};
    }
    // The pointer is moved, not made from an integer: it keeps its provenance.
    template <class T, class U>
    IOVIEW_INLINE static SysMem<U> project_view(SysMem<T> view, IoPtr<U> ptr) noexcept {
        const auto base = reinterpret_cast<std::uintptr_t>(view.bytes_);
        return SysMem<U>{view.bytes_ + static_cast<std::ptrdiff_t>(ptr.address - base), ptr.extent};
    }
    template <class T>
    IOVIEW_INLINE static SysMem<T> keep_sum(SysMem<T> view) noexcept {
        return SysMem<T>{__builtin_launder(view.bytes_), view.extent_};
    }

    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= arch::widest_access)
    IOVIEW_INLINE static W io_read(SysMem<W> view) noexcept {
        using Word [[gnu::may_alias]] = W;
#if IOVIEW_TSAN
        return __atomic_load_n(reinterpret_cast<Word*>(view.bytes_), __ATOMIC_RELAXED);
#else
        return *reinterpret_cast<const volatile Word*>(view.bytes_);
#endif
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= arch::widest_access)
    IOVIEW_INLINE static void io_write(SysMem<W> view, W word) noexcept {
        using Word [[gnu::may_alias]] = W;
#if IOVIEW_TSAN
        __atomic_store_n(reinterpret_cast<Word*>(view.bytes_), word, __ATOMIC_RELAXED);
#else
        *reinterpret_cast<volatile Word*>(view.bytes_) = word;
#endif
    }

    // For copies by the CPU's fastest instructions (io/copy.hpp).
    template <class T>
    IOVIEW_INLINE static std::byte* memory(SysMem<T> view) noexcept {
        return view.bytes_;
    }

#if IOVIEW_TSAN
    template <class T>
    static void io_fence(SysMem<T> view, Fence kind) noexcept {
        detail::tsan_fence(view.bytes_, kind);
    }
#endif
};

namespace detail {
// What SysMem<T>::as_ptr() gives.
template <class T, Kind = kind_of<T>>
struct PointerTo {
    using type = T*;
};
template <class T>
struct PointerTo<T, Kind::slice> {
    using type = ElementOf<T>*;
};
template <class T>
struct PointerTo<T, Kind::region> {
    using type = ConstAs<std::byte, T>*;
};
} // namespace detail

template <class T>
class SysMem : public Io<SysMem<T>, SysMemBackend, T> {
    using Base = detail::ConstAs<void, T>;
    using Pointer = typename detail::PointerTo<T>::type;

public:
    // An object or array; it must outlive the view. A misaligned pointer is a panic.
    [[nodiscard]] IOVIEW_INLINE static SysMem from_pointer(T* object) noexcept
        requires(detail::is_object<T> || detail::is_array<T>)
    {
        check_alignment(object);
        return SysMem{bytes_of(object), {}};
    }

    // A slice: the elements of span, which must outlive the view; panics as from_pointer.
    [[nodiscard]] IOVIEW_INLINE static SysMem
    from_span(Span<detail::ElementOf<std::conditional_t<detail::is_slice<T>, T, std::byte[]>>>
                  span) noexcept
        requires(detail::is_slice<T>)
    {
        check_alignment(span.data());
        return SysMem{bytes_of(span.data()), {span.size()}};
    }

    // A region of size bytes: out_of_bounds when that is less than its minimum, misaligned when
    // its base is not aligned as it says. Everything else in T is given as for from_pointer.
    [[nodiscard]] IOVIEW_INLINE static Result<SysMem> from_bytes(Base* base,
                                                                 std::size_t size) noexcept
        requires RegionTarget<T>
    {
        return checked(base, size, {size});
    }
    [[nodiscard]] IOVIEW_INLINE static Result<SysMem> from_bytes(Base* base,
                                                                 std::size_t size) noexcept
        requires(detail::is_object<T> || detail::is_array<T>)
    {
        return checked(base, size, {});
    }

    template <class P>
        requires RegionTarget<T>
    static SysMem from_pointer(P)
        IOVIEW_REFUSED("ioview: a region has a size; SysMem<T>::from_bytes(base, size)");
    template <class P>
        requires(detail::is_slice<T>)
    static SysMem from_pointer(P)
        IOVIEW_REFUSED("ioview: a slice has a count; SysMem<T>::from_span(span)");
    template <class P>
        requires((detail::is_object<T> || detail::is_array<T>) && !std::is_convertible_v<P, T*>)
    static SysMem from_pointer(P)
        IOVIEW_REFUSED("ioview: a pointer to another type; SysMem<const T> for one to const");
    template <class Span>
        requires(!detail::is_slice<T>)
    static SysMem from_span(Span&&)
        IOVIEW_REFUSED("ioview: from_span() makes a slice; from_pointer(&object) an object");

    [[nodiscard]] IOVIEW_INLINE constexpr SysMem as_view() const noexcept { return *this; }

    // The memory, for code that takes pointers: T* of an object or array, the first element of a
    // slice (size() of them), the first byte of a region (size_bytes()); const where T is. What is
    // done by it is plain: neither volatile nor of a stated width.
    [[nodiscard]] IOVIEW_INLINE Pointer as_ptr() const noexcept {
        return reinterpret_cast<Pointer>(bytes_);
    }

    friend bool operator==(SysMem a, SysMem b) noexcept {
        return a.bytes_ == b.bytes_ && a.extent_ == b.extent_;
    }

private:
    friend SysMemBackend;
    using Extent = detail::Extent<T>;

    IOVIEW_INLINE constexpr SysMem(std::byte* bytes, Extent extent) noexcept
        : bytes_(bytes), extent_(extent) {}

    [[nodiscard]] IOVIEW_INLINE static Result<SysMem>
    checked(Base* base, std::size_t size, Extent extent) noexcept {
        const Error fault = detail::fault_of<T>(reinterpret_cast<std::uintptr_t>(base), size);
        if (detail::failed(fault))
            return fail(fault);
        return SysMem{bytes_of(static_cast<detail::ConstAs<std::byte, T>*>(base)), extent};
    }

    IOVIEW_INLINE static void check_alignment(const volatile void* pointer) noexcept {
        if (!detail::is_aligned(reinterpret_cast<std::uintptr_t>(pointer), min_align_of<T>))
            panic("ioview: SysMem: the pointer is misaligned for its type");
    }

    // Views of const targets never write.
    template <class U>
    IOVIEW_INLINE static std::byte* bytes_of(U* object) noexcept {
        return reinterpret_cast<std::byte*>(const_cast<std::remove_cv_t<U>*>(object));
    }

    std::byte* bytes_;
    IOVIEW_NO_UNIQUE_ADDRESS Extent extent_;
};

} // namespace ioview
