// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// banked: an array in each of several banks, which takes two indices; as the enable bits of a PLIC,
// of which each context has a row.
//
//   struct Enable : io::Register<Enable, std::uint32_t, io::banked<0x2000, 64, 0x80, 32>> { … };
//   bar.read(Enable::at(2).at(1));                  // bank, element
//   if (auto bank = Enable::try_at(context)) { auto word = bank->try_at(source / 32); … }

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

template <class R>
class BankOf;

// One element of one bank. Its end is that of the last element of the last bank.
template <class R>
class BankedElementAt : public InBlock<typename LocationOf<R>::IoBlock> {
public:
    using Register = R;
    static constexpr std::size_t end = place_of_register<R>.offset + extent_of<R>;
    [[nodiscard]] IOVIEW_INLINE constexpr std::size_t offset() const noexcept { return offset_; }

private:
    friend BankOf<R>;
    IOVIEW_INLINE explicit constexpr BankedElementAt(std::size_t offset) noexcept
        : offset_(offset) {}
    std::size_t offset_;
};
template <class R>
inline constexpr bool is_own_location<BankedElementAt<R>> = true;

// One bank: not yet a location.
template <class R>
class BankOf {
public:
    using Index = ArrayIndex<place_of_register<R>.steps[0].count>;
    IOVIEW_INLINE explicit constexpr BankOf(Index bank) noexcept : BankOf(bank.value) {}

    // The element at a constant index, checked by the compiler.
    [[nodiscard]] IOVIEW_INLINE constexpr BankedElementAt<R>
    at(ArrayIndex<place_of_register<R>.steps[1].count> index) const noexcept {
        return element(index.value);
    }
    // The element at an index of any integer type; out_of_bounds.
    template <std::integral I>
    [[nodiscard]] constexpr Result<BankedElementAt<R>> try_at(I index) const noexcept {
        if (!index_is_below(index, place_of_register<R>.steps[1].count))
            return fail(Error::out_of_bounds);
        return element(static_cast<std::size_t>(index));
    }

    template <std::integral I>
    [[nodiscard]] static constexpr Result<BankOf> try_bank(I bank) noexcept {
        if (!index_is_below(bank, place_of_register<R>.steps[0].count))
            return fail(Error::out_of_bounds);
        return BankOf(static_cast<std::size_t>(bank));
    }

private:
    IOVIEW_INLINE explicit constexpr BankOf(std::size_t bank) noexcept : bank_(bank) {}
    IOVIEW_INLINE constexpr BankedElementAt<R> element(std::size_t index) const noexcept {
        return BankedElementAt<R>(place_of_register<R>.offset_at({{bank_, index}}, sizeof(R)));
    }
    std::size_t bank_;
};

struct BankedForm {
    using ElementForm = FixedForm;
    template <bool HasOne>
    struct OnePlace {
        static_assert(HasOne,
                      "ioview: these are banks of registers; name an element with "
                      "R::at(bank).at(i), or with R::try_at(bank) and its try_at(i)");
        static constexpr bool ok = true;
    };
    template <class R>
    struct Locator : NoElements<R> {
        static constexpr bool is_array = true;
        using Element = BankOf<R>;
        using Index = typename Element::Index;
        template <std::integral I>
        [[nodiscard]] static constexpr Result<Element> try_at(I bank) noexcept {
            return Element::try_bank(bank);
        }
        template <class F>
        static constexpr void for_each(const F& f) {
            for (std::size_t bank = 0; bank != place_of_register<R>.steps[0].count; ++bank)
                for (std::size_t i = 0; i != place_of_register<R>.steps[1].count; ++i)
                    f(*Element::try_bank(bank)->try_at(i), Indices{{bank, i}});
        }
    };
};

} // namespace detail

// Banks of Count registers: BankStride bytes from a bank to the next, Stride from a register to the
// next. Either may be the greater one.
template <std::size_t Offset,
          std::size_t Banks,
          std::size_t BankStride,
          std::size_t Count,
          std::size_t Stride = detail::natural_stride,
          class Block = void>
struct banked : detail::LocationNames<detail::BankedForm, void, Block> {
    static constexpr detail::Place io_place{
        true, Offset, false, 2, {{Banks, BankStride}, {Count, Stride}}};
};

} // namespace ioview
