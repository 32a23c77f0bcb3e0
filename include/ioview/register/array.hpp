// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// array: Count registers, Stride bytes from one to the next (by default they touch).
//
//   struct Scratch : io::Register<Scratch, std::uint32_t, io::array<0x80, 64, 8>> { … };
//   bar.read(Scratch::at(7));

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/register/array_index.hpp>
#include <ioview/register/fixed.hpp>
#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>

#include <concepts>
#include <cstddef>

namespace ioview {
namespace detail {

// One element of a register array. Its end is that of the last element.
template <class R>
class ElementAt : public InBlock<typename LocationOf<R>::IoBlock> {
public:
    using Register = R;
    static constexpr std::size_t end = place_of_register<R>.offset + extent_of<R>;
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t offset() const noexcept { return offset_; }

    using Index = ArrayIndex<place_of_register<R>.steps[0].count>;
    IOVIEW_INLINE explicit constexpr ElementAt(Index index) noexcept : ElementAt(index.value) {}

    template <std::integral I>
    [[nodiscard]] static constexpr Result<ElementAt> try_at(I index) noexcept {
        if (!index_is_below(index, place_of_register<R>.steps[0].count))
            return fail(Error::out_of_bounds);
        return ElementAt(static_cast<std::size_t>(index));
    }

private:
    static constexpr std::size_t stride = place_of_register<R>.stride(0, sizeof(R));
    IOVIEW_INLINE explicit constexpr ElementAt(std::size_t index) noexcept
        : offset_(place_of_register<R>.offset + index * stride) {}
    std::size_t offset_;
};
template <class R>
inline constexpr bool is_own_location<ElementAt<R>> = true;

struct ArrayForm {
    using ElementForm = FixedForm;
    template <bool HasOne>
    struct OnePlace {
        static_assert(
            HasOne,
            "ioview: this is a register array; name an element with R::at(i) or R::try_at(i)");
        static constexpr bool ok = true;
    };
    template <class R>
    struct Locator : NoElements<R> {
        static constexpr bool is_array = true;
        using Element = ElementAt<R>;
        using Index = typename Element::Index;
        template <std::integral I>
        [[nodiscard]] static constexpr Result<Element> try_at(I index) noexcept {
            return Element::try_at(index);
        }
        template <class F>
        static constexpr void for_each(const F& f) {
            for (std::size_t i = 0; i != place_of_register<R>.steps[0].count; ++i)
                f(*Element::try_at(i), Indices{{i}});
        }
    };
};

} // namespace detail

template <std::size_t Offset,
          std::size_t Count,
          std::size_t Stride = detail::natural_stride,
          class Block = void>
struct array : detail::LocationNames<detail::ArrayForm, void, Block> {
    static constexpr detail::Place io_place{true, Offset, false, 1, {{Count, Stride}}};
};

} // namespace ioview
