// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// relative_array: an array at an offset from each base of a family.
//
//   struct Mail : io::Register<Mail, std::uint32_t, io::relative_array<CpuBase, 0x20, 4, 4>> { … };
//   bar.read(Mail::of<Cpu0>().at(2));

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/register/array_index.hpp>
#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>
#include <ioview/register/relative.hpp>

#include <concepts>
#include <cstddef>

namespace ioview {
namespace detail {

template <class R, class Base>
struct BasedArray;

// One element of a relative register array at one base.
template <class R, class Base>
class BasedElementAt : public InBlock<typename LocationOf<R>::IoBlock> {
public:
    using Register = R;
    static constexpr std::size_t end = based_offset<R, Base> + extent_of<R>;
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t offset() const noexcept { return offset_; }

private:
    friend BasedArray<R, Base>;
    static constexpr std::size_t stride = place_of_register<R>.stride(0, sizeof(R));
    IOVIEW_INLINE explicit constexpr BasedElementAt(std::size_t index) noexcept
        : offset_(based_offset<R, Base> + index * stride) {}
    std::size_t offset_;
};
template <class R, class Base>
inline constexpr bool is_own_location<BasedElementAt<R, Base>> = true;

// A relative register array at one base: not yet a location.
template <class R, class Base>
struct BasedArray {
    static constexpr std::size_t count = place_of_register<R>.steps[0].count;

    // The element at a constant index, checked by the compiler.
    [[nodiscard]] IOVIEW_INLINE static constexpr BasedElementAt<R, Base>
    at(ArrayIndex<count> index) noexcept {
        return BasedElementAt<R, Base>(index.value);
    }
    // The element at an index of any integer type; out_of_bounds.
    template <std::integral I>
    [[nodiscard]] static constexpr Result<BasedElementAt<R, Base>> try_at(I index) noexcept {
        if (!index_is_below(index, count))
            return fail(Error::out_of_bounds);
        return BasedElementAt<R, Base>(static_cast<std::size_t>(index));
    }
};

struct RelativeArrayForm {
    using ElementForm = RelativeForm;
    template <bool HasOne>
    struct OnePlace {
        static_assert(HasOne,
                      "ioview: this register array is relative to a base; name an element with "
                      "R::of<Base>().at(i)");
        static constexpr bool ok = true;
    };
    template <class R>
    struct Locator : NoElements<R> {
        template <class Base>
        using Of = BasedArray<R, Base>;
    };
};

} // namespace detail

template <class Family,
          std::size_t Offset,
          std::size_t Count,
          std::size_t Stride = detail::natural_stride,
          class Block = void>
struct relative_array : detail::LocationNames<detail::RelativeArrayForm, Family, Block> {
    static constexpr detail::Place io_place{true, Offset, true, 1, {{Count, Stride}}};
};

} // namespace ioview
