// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/dma/coherent.hpp>
// Part of <ioview/dma/coherent.hpp>, which is the one to include.
#pragma once
// How a Coherent and a CoherentBox come to be: zeroed, from_value, from_span, generate.
//
//   class Coherent : public detail::DmaFactories<Coherent<T, Dma>, T, Dma> { … };

#include <ioview/config.hpp>
#include <ioview/dma/block.hpp>
#include <ioview/dma/device.hpp>
#include <ioview/dma/refused_methods.hpp>
#include <ioview/error.hpp>
#include <ioview/region.hpp>
#include <ioview/span.hpp>

#include <concepts>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace ioview::detail {

// What a T consists of: its elements, or itself.
template <class T, Kind = kind_of<T>>
struct DmaElement {
    using type = T;
};
template <class T>
struct DmaElement<T, Kind::array> {
    using type = ElementOf<T>;
};
template <class T>
struct DmaElement<T, Kind::slice> {
    using type = ElementOf<T>;
};
template <class T>
using DmaElementOf = typename DmaElement<T>::type;

template <class T, class Dma>
struct DmaTarget {
    using Element = DmaElementOf<T>;
    static_assert(!is_region<T>,
                  "ioview: coherent memory is of an object, an array or a slice; take std::byte[] "
                  "for untyped bytes");
    static_assert(!std::is_const_v<Element>,
                  "ioview: coherent memory of a const type could never be filled; drop the const");
    static_assert(std::is_trivially_copyable_v<Element> && std::is_standard_layout_v<Element>,
                  "ioview: a device knows bytes only; share types that are trivially copyable and "
                  "of standard layout");
    static_assert(!std::is_empty_v<Element> || is_region<T>,
                  "ioview: the type is empty, there is nothing to share with a device");
    static_assert(alignof(Element) <= max_dma_alignment<Dma>(),
                  "ioview: the type is aligned more strictly than this DMA device allocates; lower "
                  "alignas, or declare Dma::max_alignment where it can do more");
    static_assert(allocates_coherent<Dma>(),
                  "ioview: the CPU caches what this DMA device allocates and the device does not "
                  "look there; lend by Streaming, or declare Dma::allocates_uncached");
};

template <class Self, class T, class Dma>
struct DmaFactories : methods::NoMemoryOfATemporary<Dma> {
    using methods::NoMemoryOfATemporary<Dma>::from_span;
    using methods::NoMemoryOfATemporary<Dma>::from_value;
    using methods::NoMemoryOfATemporary<Dma>::generate;
    using methods::NoMemoryOfATemporary<Dma>::zeroed;

    // All bytes zero. The attributes come last, always.
    [[nodiscard]] static Result<Self> zeroed(Dma& dma, DmaAttrs attrs = {}) noexcept
        requires(!is_slice<T>)
    {
        return made(dma, min_size_of<T>, attrs, zero);
    }
    // count elements: invalid_argument for none, no_memory when they cannot all be addressed.
    template <std::integral N>
        requires(is_slice<T>)
    [[nodiscard]] static Result<Self> zeroed(Dma& dma, N count, DmaAttrs attrs = {}) noexcept {
        return made(dma, bytes_for(to_size(count)), attrs, zero);
    }

    // A copy of value, byte by byte.
    [[nodiscard]] static Result<Self>
    from_value(Dma& dma, const T& value, DmaAttrs attrs = {}) noexcept
        requires(!is_slice<T>)
    {
        return made(dma, sizeof(T), attrs, [&](std::byte* place, std::size_t) {
            __builtin_memcpy(place, &value, sizeof(T));
        });
    }
    // A copy of span; errors as for zeroed.
    [[nodiscard]] static Result<Self>
    from_span(Dma& dma, Span<const DmaElementOf<T>> span, DmaAttrs attrs = {}) noexcept
        requires(is_slice<T>)
    {
        return made(dma, span.size_bytes(), attrs, [&](std::byte* place, std::size_t bytes) {
            __builtin_memcpy(place, span.data(), bytes);
        });
    }

    // Made in place, one after the other, without a copy on the stack: an object of f(), the
    // elements of an array or slice of f(i). What they leave unwritten is zero, so that nothing old
    // of the allocator's is shown to the device.
    template <class F>
        requires(is_object<T> && std::invocable<F&>)
    [[nodiscard]] static Result<Self> generate(Dma& dma, F&& f, DmaAttrs attrs = {}) noexcept {
        return made(dma, sizeof(T), attrs, [&](std::byte* place, std::size_t bytes) {
            zero_gaps(place, bytes);
            ::new (static_cast<void*>(place)) T(f());
        });
    }
    template <class F>
        requires(is_array<T> && std::invocable<F&, std::size_t>)
    [[nodiscard]] static Result<Self> generate(Dma& dma, F&& f, DmaAttrs attrs = {}) noexcept {
        return made(dma, min_size_of<T>, attrs, elements(f));
    }
    template <std::integral N, class F>
        requires(is_slice<T> && std::invocable<F&, std::size_t>)
    [[nodiscard]] static Result<Self>
    generate(Dma& dma, N count, F&& f, DmaAttrs attrs = {}) noexcept {
        return made(dma, bytes_for(to_size(count)), attrs, elements(f));
    }

    template <int = 0>
        requires(is_slice<T>)
    static void zeroed(Dma&, DmaAttrs = {})
        IOVIEW_REFUSED("ioview: a slice needs its count: zeroed(dma, count)");

private:
    // What cannot be addressed becomes what no allocation can be.
    static constexpr std::size_t bytes_for(std::size_t count) noexcept {
        constexpr auto greatest = static_cast<std::size_t>(-1);
        constexpr auto size = sizeof(DmaElementOf<T>);
        return count > greatest / size ? greatest : count * size;
    }

    static void zero(std::byte* place, std::size_t bytes) noexcept {
        __builtin_memset(place, 0, bytes);
    }
    static void zero_gaps(std::byte* place, std::size_t bytes) noexcept {
        if constexpr (!std::has_unique_object_representations_v<DmaElementOf<T>>)
            zero(place, bytes);
    }
    template <class F>
    static auto elements(F& f) noexcept {
        return [&f](std::byte* place, std::size_t bytes) {
            using Element = DmaElementOf<T>;
            zero_gaps(place, bytes);
            for (std::size_t i = 0; i < bytes / sizeof(Element); ++i)
                ::new (static_cast<void*>(place + i * sizeof(Element))) Element(f(i));
        };
    }

    // Nobody else knows the memory yet, so it is filled by plain stores.
    template <class Fill>
    [[nodiscard]] static Result<Self>
    made(Dma& dma, std::size_t bytes, DmaAttrs attrs, const Fill& fill) noexcept {
        using Block = DmaBlock<Dma>;
        constexpr std::size_t align = alignof(typename DmaTarget<T, Dma>::Element);
        Result<Block> block = Block::allocate(dma, bytes, align, attrs);
        if (!block)
            return fail(block.error());
        fill(block->cpu(), bytes);
        return Result<Self>{Self{*std::move(block)}};
    }
};

} // namespace ioview::detail
