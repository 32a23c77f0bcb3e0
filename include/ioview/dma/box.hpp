// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// CoherentBox<T, Dma>: memory for a device while the CPU alone has it. It has no DMA address yet,
// so plain references are safe; share() hands it over and ends them.
//
//   auto box = io::CoherentBox<Ring, MyDma>::zeroed(dma);            // Result
//   (*box)->tail = 4;
//   io::Coherent<Ring, MyDma> ring = std::move(*box).share();

#include <ioview/config.hpp>
#include <ioview/dma/block.hpp>
#include <ioview/dma/coherent.hpp>
#include <ioview/dma/factories.hpp>
#include <ioview/dma/refused_methods.hpp>
#include <ioview/error.hpp>
#include <ioview/region.hpp>
#include <ioview/span.hpp>

#include <concepts>
#include <cstddef>
#include <new>
#include <utility>

namespace ioview {

template <class T, DmaDevice Dma>
class CoherentBox : public detail::DmaFactories<CoherentBox<T, Dma>, T, Dma>,
                    detail::methods::NoReferencesIntoATemporary {
    using Refused = detail::methods::NoReferencesIntoATemporary;
    using Element = detail::DmaElementOf<T>;
    static constexpr bool is_slice = detail::is_slice<T>;
    static constexpr bool is_object = detail::is_object<T>;

public:
    using Refused::operator*;
    using Refused::operator->;
    using Refused::operator[];

    CoherentBox(const CoherentBox&) = delete; // ioview: a box of memory has one owner; std::move it
    // What was moved from, or shared, is empty; using it is a panic.
    CoherentBox(CoherentBox&&) noexcept = default;
    CoherentBox& operator=(CoherentBox other) noexcept {
        block_ = std::move(other.block_);
        return *this;
    }
    ~CoherentBox() = default;

    // The object or array itself; a span of the elements of a slice.
    [[nodiscard]] T& operator*() & noexcept
        requires(!is_slice)
    {
        return *reinterpret_cast<T*>(memory());
    }
    [[nodiscard]] const T& operator*() const& noexcept
        requires(!is_slice)
    {
        return *reinterpret_cast<const T*>(memory());
    }
    [[nodiscard]] Span<Element> operator*() & noexcept
        requires is_slice
    {
        return {first(), size()};
    }
    [[nodiscard]] Span<const Element> operator*() const& noexcept
        requires is_slice
    {
        return {first(), size()};
    }
    [[nodiscard]] T* operator->() & noexcept
        requires is_object
    {
        return reinterpret_cast<T*>(memory());
    }
    [[nodiscard]] const T* operator->() const& noexcept
        requires is_object
    {
        return reinterpret_cast<const T*>(memory());
    }

    // Elements of an array or a slice; an index past the end is a panic.
    template <std::integral I>
        requires(!is_object)
    [[nodiscard]] Element& operator[](I index) & noexcept {
        return first()[inside(index)];
    }
    template <std::integral I>
        requires(!is_object)
    [[nodiscard]] const Element& operator[](I index) const& noexcept {
        return first()[inside(index)];
    }
    [[nodiscard]] std::size_t size() const noexcept
        requires(!is_object)
    {
        return size_bytes() / sizeof(Element);
    }
    [[nodiscard]] std::size_t size_bytes() const noexcept { return block_.bytes(); }

    // Makes element index of args, in place; out_of_bounds, and nothing made, when there is none.
    template <std::integral I, class... Args>
        requires(!is_object)
    [[nodiscard]] Result<> init_at(I index, Args&&... args) noexcept {
        const std::size_t i = detail::to_size(index);
        if (i >= size())
            return fail(Error::out_of_bounds);
        if constexpr (std::is_constructible_v<Element, Args...>)
            ::new (static_cast<void*>(first() + i)) Element(static_cast<Args&&>(args)...);
        else
            ::new (static_cast<void*>(first() + i)) Element{static_cast<Args&&>(args)...};
        return {};
    }

    // From here on a device may know it: no plain reference may be used any more.
    [[nodiscard]] Coherent<T, Dma> share() && noexcept {
        return Coherent<T, Dma>{std::move(block_)};
    }
    void share() & IOVIEW_REFUSED("ioview: sharing ends the box; write std::move(box).share()");

private:
    friend detail::DmaFactories<CoherentBox, T, Dma>;

    explicit CoherentBox(detail::DmaBlock<Dma> block) noexcept : block_(std::move(block)) {}

    std::byte* memory() const noexcept {
        if (block_.empty())
            panic("ioview: a CoherentBox that was moved from or shared is used");
        return block_.cpu();
    }
    Element* first() const noexcept { return reinterpret_cast<Element*>(memory()); }
    template <std::integral I>
    std::size_t inside(I index) const noexcept {
        const std::size_t i = detail::to_size(index);
        if (i >= size())
            panic("ioview: CoherentBox[i]: the index is past the end");
        return i;
    }

    detail::DmaBlock<Dma> block_;
};

} // namespace ioview
