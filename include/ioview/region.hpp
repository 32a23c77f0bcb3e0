// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What a view is of: untyped regions, objects, arrays and slices, with their sizes.
//
//   using Bar = io::Region<0x1000>;              // at least 4 KiB, base aligned to 4
//   static_assert(io::min_size_of<Bar> == 0x1000);

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/fwd.hpp>
#include <ioview/support/integer.hpp>
#include <ioview/support/std_name.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {

// An untyped region: at least MinSize bytes, more at run time, at a base aligned to Align.
// Never instantiated; derive to name the region of one device: struct Pl011 : Region<0x1000> {};
template <std::size_t MinSize = 0, std::size_t Align = 4>
struct Region {
    static constexpr std::size_t region_min_size = MinSize;
    static constexpr std::size_t region_align = Align;
    static_assert((Align & (Align - 1)) == 0 && Align != 0,
                  "ioview: the alignment of a Region is a power of two; write 1, 2, 4, 8, …");
    Region() = delete; // ioview: a Region only names a size; view one, as in Mmio<Region<0x100>>
};

namespace detail {

enum class Kind : std::uint8_t { region, slice, array, object };

// Sizes of a target; Element is what an index step reaches.
template <class T>
struct Target {
    static constexpr Kind kind = Kind::object;
    static constexpr std::size_t min_size = sizeof(T);
    static constexpr std::size_t min_align = alignof(T);
};

template <class T>
    requires requires { T::region_min_size; } &&
             std::derived_from<T, Region<T::region_min_size, T::region_align>>
struct Target<T> {
    static constexpr Kind kind = Kind::region;
    static constexpr std::size_t min_size = T::region_min_size;
    static constexpr std::size_t min_align = T::region_align;
};

template <class T>
struct Target<T[]> {
    static constexpr Kind kind = Kind::slice;
    static constexpr std::size_t min_size = 0;
    static constexpr std::size_t min_align = alignof(T);
    using Element = T;
};

template <class T, std::size_t N>
    requires(sizeof(T) != 0)
struct Target<T[N]> {
    static constexpr Kind kind = Kind::array;
    static constexpr std::size_t min_size = sizeof(T[N]);
    static constexpr std::size_t min_align = alignof(T);
    static constexpr std::size_t count = N;
    using Element = T;
};

// No bytes, as GNU's zero-length arrays have none. Io refuses them; a region of nothing draws the
// fewest other errors.
template <class T>
    requires(sizeof(T) == 0)
struct Target<T> {
    static constexpr Kind kind = Kind::region;
    static constexpr std::size_t min_size = 0;
    static constexpr std::size_t min_align = alignof(T);
    static constexpr bool has_no_bytes = true;
};
template <class T>
inline constexpr bool has_no_bytes = requires { Target<T>::has_no_bytes; };

// std::array, told by its name: including <array> costs as much as all of ioview's own
// declarations.
template <template <class, std::size_t> class A, class T, std::size_t N>
    requires(is_std<A<T, N>>("array<") && sizeof(A<T, N>) == sizeof(T[N]))
struct Target<A<T, N>> : Target<T[N]> {};
template <template <class, std::size_t> class A, class T, std::size_t N>
    requires(is_std<A<T, N>>("array<") && sizeof(A<T, N>) == sizeof(T[N]))
struct Target<const A<T, N>> : Target<const T[N]> {};

template <class T>
inline constexpr Kind kind_of = Target<T>::kind;
// The same as questions. Enumerations are not compared where they are asked often: clang looks at
// every built-in operator for each == of them.
template <class T>
inline constexpr bool is_region = int(kind_of<T>) == int(Kind::region);
template <class T>
inline constexpr bool is_slice = int(kind_of<T>) == int(Kind::slice);
template <class T>
inline constexpr bool is_array = int(kind_of<T>) == int(Kind::array);
template <class T>
inline constexpr bool is_object = int(kind_of<T>) == int(Kind::object);

template <class T>
using ElementOf = typename Target<T>::Element;

// A region that no device has named.
template <class T>
inline constexpr bool is_plain_region = false;
template <std::size_t MinSize, std::size_t Align>
inline constexpr bool is_plain_region<Region<MinSize, Align>> = true;
template <class T>
inline constexpr bool is_plain_region<const T> = is_plain_region<T>;

// A T, each element of it or a member of it is const (then it is not assigned to): it is not
// written as a whole, by whatever type it is seen.
template <class T>
inline constexpr bool is_read_only =
    std::is_const_v<T> ||
    (std::is_class_v<T> && !std::is_assignable_v<T&, const T&> && !std::is_assignable_v<T&, T>);
template <class T>
    requires(!std::is_const_v<T> && requires { typename Target<T>::Element; })
inline constexpr bool is_read_only<T> = is_read_only<ElementOf<T>>;

// A U in the place of a T: const where that is.
template <class U, class T>
using ConstAs = std::conditional_t<is_read_only<T>, const U, U>;

// What is known at run time only: nothing of an object, the count of a slice, the size of a region.
template <class T, Kind = kind_of<T>>
struct Extent {
    IOVIEW_INLINE static constexpr std::size_t bytes() noexcept { return Target<T>::min_size; }
    friend constexpr bool operator==(Extent, Extent) = default;
};

template <class T>
struct Extent<T, Kind::slice> {
    std::size_t count = 0;
    IOVIEW_INLINE constexpr std::size_t bytes() const noexcept {
        return count * sizeof(ElementOf<T>);
    }
    friend constexpr bool operator==(Extent, Extent) = default;
};

template <class T>
struct Extent<T, Kind::region> {
    std::size_t size = 0;
    IOVIEW_INLINE constexpr std::size_t bytes() const noexcept { return size; }
    friend constexpr bool operator==(Extent, Extent) = default;
};

// All of a T that fits into so many bytes.
template <class T>
constexpr Extent<T> extent_for(std::size_t bytes) noexcept {
    if constexpr (is_slice<T>)
        return {bytes / sizeof(ElementOf<T>)};
    else if constexpr (is_region<T>)
        return {bytes};
    else
        return {};
}

// An offset or index of any integer type; what does not fit (negative, too wide) becomes the
// greatest value, which is past every end.
template <Integer I>
IOVIEW_INLINE constexpr std::size_t to_size(I value) noexcept {
    if constexpr (!never_loses<std::size_t, bits_of<std::size_t>, I>) {
        if (!value_fits<bits_of<std::size_t>>(false, value))
            return static_cast<std::size_t>(-1);
    }
    return static_cast<std::size_t>(value);
}

// For conditions that clang asks of any type.
template <class I>
constexpr std::size_t constant_offset(const I& offset) noexcept {
    if constexpr (std::integral<I>)
        return to_size(offset);
    else
        return 0;
}

// index is one of count. Where the count is known and not beyond the index's type, one comparison
// in that type sees negative ones too.
template <class T, std::integral I>
IOVIEW_INLINE constexpr bool is_index(I index, std::size_t count) noexcept {
    if constexpr (is_array<T> && std::is_signed_v<I>) {
        using Unsigned = std::make_unsigned_t<I>;
        if constexpr (Target<T>::count <= static_cast<Unsigned>(-1) / 2)
            return !(index < 0 || index >= static_cast<I>(Target<T>::count));
    }
    return to_size(index) < count;
}

// An index that is_index() has accepted: not negative, so that either extension is right.
template <std::integral I>
IOVIEW_INLINE constexpr std::size_t to_offset(I index) noexcept {
    return static_cast<std::size_t>(index);
}

// offset + bytes <= size, without overflow.
IOVIEW_INLINE constexpr bool
fits(std::size_t offset, std::size_t bytes, std::size_t size) noexcept {
    return !(size < bytes || offset > size - bytes);
}

IOVIEW_INLINE constexpr bool is_aligned(std::uintptr_t address, std::size_t align) noexcept {
    return (address & (align - 1)) == 0;
}

} // namespace detail

// T is an untyped region: Region<…>, or a type derived from it.
template <class T>
concept RegionTarget = detail::is_region<T>;

// Bytes that every T has: the size of an object or array, 0 of a slice, MinSize of a region.
template <class T>
inline constexpr std::size_t min_size_of = detail::Target<T>::min_size;

// The alignment that the base of every T has.
template <class T>
inline constexpr std::size_t min_align_of = detail::Target<T>::min_align;

namespace detail {
template <class T>
IOVIEW_INLINE constexpr Error fault_of(std::uintptr_t base, std::size_t size) noexcept {
    if (size < min_size_of<T>)
        return Error::out_of_bounds;
    if (size != 0 && base > static_cast<std::uintptr_t>(-1) - (size - 1))
        return Error::out_of_bounds;
    if (!is_aligned(base, min_align_of<T>))
        return Error::misaligned;
    return Error{};
}
} // namespace detail

// Where a T is: an integer address in the space of its backend (a CPU address, a port, an offset
// into configuration space) and the extent that T needs at run time. Never dereferenced.
template <class T>
struct IoPtr {
    std::uintptr_t address = 0;
    IOVIEW_NO_UNIQUE_ADDRESS detail::Extent<T> extent{};

    // Bytes there: of the type, or of the extent.
    IOVIEW_INLINE constexpr std::size_t size_bytes() const noexcept { return extent.bytes(); }
    friend constexpr bool operator==(const IoPtr&, const IoPtr&) = default;
};

// A raw device address with its type, before anybody promised that it is mapped: it has no
// accessors. Copied and stored freely; becomes a view through Mmio<T>::from_raw().
template <class T>
class MmioRaw {
    using Extent = detail::Extent<T>;

public:
    // An object or array at address, as integer. The caller vouches for the alignment, which is
    // checked in constant expressions and by try_at().
    [[nodiscard]] IOVIEW_INLINE static constexpr MmioRaw at(std::uintptr_t address) noexcept
        requires(detail::is_object<T> || detail::is_array<T>)
    {
        if (__builtin_is_constant_evaluated() && !detail::is_aligned(address, min_align_of<T>))
            panic("ioview: MmioRaw::at: the address is misaligned for its type");
        return MmioRaw{{address, {}}};
    }

    // misaligned, or out_of_bounds when the object would run past the top of the address space.
    [[nodiscard]] IOVIEW_INLINE static constexpr Result<MmioRaw>
    try_at(std::uintptr_t address) noexcept
        requires(detail::is_object<T> || detail::is_array<T>)
    {
        return checked({address, {}});
    }

    // A slice of count elements; errors as try_at().
    [[nodiscard]] IOVIEW_INLINE static constexpr Result<MmioRaw> slice(std::uintptr_t address,
                                                                       std::size_t count) noexcept
        requires(detail::is_slice<T>)
    {
        if (count > static_cast<std::size_t>(-1) / sizeof(detail::ElementOf<T>))
            return fail(Error::out_of_bounds);
        return checked({address, Extent{count}});
    }

    // A region of size bytes; out_of_bounds when that is less than T's minimum.
    [[nodiscard]] IOVIEW_INLINE static constexpr Result<MmioRaw> region(std::uintptr_t address,
                                                                        std::size_t size) noexcept
        requires RegionTarget<T>
    {
        return checked({address, Extent{size}});
    }

    template <int = 0>
        requires RegionTarget<T>
    static MmioRaw at(std::uintptr_t)
        IOVIEW_REFUSED("ioview: a region is at an address and has a size; region(address, size)");
    template <int = 0>
        requires(detail::is_slice<T>)
    static MmioRaw at(std::uintptr_t)
        IOVIEW_REFUSED("ioview: a slice is at an address and has a count; slice(address, count)");
    template <int = 0>
        requires(!RegionTarget<T>)
    static Result<MmioRaw> region(std::uintptr_t, std::size_t) IOVIEW_REFUSED(
        "ioview: this target is no region; at(address), or slice(address, count) of a slice");

    // What it was made of.
    [[nodiscard]] constexpr std::uintptr_t address() const noexcept { return ptr_.address; }
    [[nodiscard]] constexpr std::size_t size_bytes() const noexcept { return ptr_.size_bytes(); }
    [[nodiscard]] constexpr IoPtr<T> ptr() const noexcept { return ptr_; }

private:
    IOVIEW_INLINE constexpr explicit MmioRaw(IoPtr<T> ptr) noexcept : ptr_(ptr) {}

    [[nodiscard]] IOVIEW_INLINE static constexpr Result<MmioRaw> checked(IoPtr<T> ptr) noexcept {
        const Error fault = detail::fault_of<T>(ptr.address, ptr.size_bytes());
        if (detail::failed(fault))
            return fail(fault);
        return MmioRaw{ptr};
    }

    IoPtr<T> ptr_;
};

} // namespace ioview
