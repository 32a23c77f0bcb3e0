// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/script.hpp>
// Part of <ioview/testing/script.hpp>, which is the one to include.
#pragma once
// Step: one access that a driver is expected to make, how often, and with which value.
//
//   Step step = reads(Flags::from_raw(0x20)).any_times();      // steps.hpp makes them

#include <ioview/barrier.hpp>
#include <ioview/concepts.hpp>
#include <ioview/io/register_access.hpp>
#include <ioview/register/location.hpp>
#include <ioview/testing/access.hpp>
#include <ioview/testing/message.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::detail {

using Change = std::uint64_t (*)(std::uint64_t read);

template <class W>
concept StepWord = OneAccess<W> && !RegisterValue<W>;

// The number that a value of V is on the wire of a Script, which is little-endian.
template <class V>
constexpr std::uint64_t number_of(V value) noexcept {
    return in_order<V, std::endian::little>(Wire<V>::encode(value));
}
template <class V>
constexpr V value_of(std::uint64_t number) noexcept {
    using Word = typename Wire<V>::Word;
    return Wire<V>::decode(in_order<V, std::endian::little>(static_cast<Word>(number)));
}

template <class R>
constexpr std::uint64_t number_of_register(R value) noexcept {
    using Stored = typename R::Register::StoredAs;
    return number_of<Stored>(__builtin_bit_cast(Stored, value));
}

// What update(f) writes after it has read a number.
template <class R, class F>
constexpr std::uint64_t changed_by(std::uint64_t number) {
    using Stored = typename R::Register::StoredAs;
    constexpr std::uint64_t ones = R::io_map.write_one;
    constexpr std::uint64_t drop = R::io_map.write_zero | ones;
    const R before = __builtin_bit_cast(R, update_bits(value_of<Stored>(number), drop, ones));
    return number_of_register<R>(F{}(before));
}

template <class L>
concept StepLocation = Location<L> && RegisterValue<typename L::Register>;

} // namespace ioview::detail

namespace ioview::testing {

// One expectation. The functions below make it; its modifiers return a changed copy.
class [[nodiscard]] Step {
public:
    static constexpr unsigned forever = static_cast<unsigned>(-1);

    constexpr Step() noexcept = default;

    // Exactly n times in a row, for polls.
    constexpr Step times(unsigned n) const noexcept { return repeated(n, n); }
    // As often as the driver likes, also never.
    constexpr Step any_times() const noexcept { return repeated(0, forever); }
    constexpr Step at_least(unsigned n) const noexcept { return repeated(n, forever); }
    constexpr Step at_most(unsigned n) const noexcept { return repeated(0, n); }

    // Of a write: only the bits of m are compared. Of a read, or the read of an update: only they
    // are given, and the others are garbage.
    constexpr Step mask(std::uint64_t m) const noexcept {
        Step step = *this;
        step.mask_ = m & step.all_ones();
        return step;
    }
    // Of an update: the read gives these bits under the mask, and garbage in the others.
    constexpr Step reading(std::uint64_t value, std::uint64_t m) const noexcept {
        Step step = mask(m);
        step.value_ = value;
        return step;
    }
    // The medium reports an error: try_ forms return it, a plain read gives all ones. An update
    // ends with its read.
    constexpr Step fails(Error error) const noexcept {
        Step step = *this;
        step.error_ = error;
        return step;
    }
    // In the space of that name: through views made by script.view<T>("uart").
    constexpr Step in(Text space) const noexcept {
        Step step = *this;
        step.space_ = space;
        return step;
    }

private:
    friend class ScriptCore;
    friend class ScriptText;
    template <detail::StepWord W>
    friend constexpr Step reads(std::uint64_t offset, std::type_identity_t<W> value) noexcept;
    template <detail::StepWord W>
    friend constexpr Step reads(std::uint64_t offset) noexcept;
    template <detail::StepWord W>
    friend constexpr Step writes(std::uint64_t offset, std::type_identity_t<W> value) noexcept;
    template <detail::StepWord W>
    friend constexpr Step writes(std::uint64_t offset) noexcept;
    template <detail::StepWord W>
    friend constexpr Step updates(std::uint64_t offset,
                                  std::type_identity_t<W> bits,
                                  std::type_identity_t<W> value) noexcept;
    template <detail::StepLocation L>
    friend constexpr Step reads(L location, typename L::Register value) noexcept;
    template <detail::StepLocation L>
    friend constexpr Step reads(L location) noexcept;
    template <detail::StepLocation L>
    friend constexpr Step writes(L location, typename L::Register value) noexcept;
    template <detail::StepLocation L>
    friend constexpr Step writes(L location) noexcept;
    template <detail::StepLocation L, class F>
    friend constexpr Step updates(L location, F) noexcept;
    friend constexpr Step fences(Fence kind) noexcept;

    constexpr Step(Op op,
                   std::size_t width,
                   std::uint64_t address,
                   std::uint64_t value,
                   bool any,
                   detail::AppendName name = nullptr) noexcept
        : address_(address),
          value_(value),
          mask_(any ? 0 : ones(width)),
          name_(name),
          op_(op),
          width_(static_cast<std::uint8_t>(width)) {}

    constexpr Step repeated(unsigned least, unsigned most) const noexcept {
        Step step = *this;
        step.least_ = least;
        step.most_ = most;
        return step;
    }
    static constexpr std::uint64_t ones(std::size_t width) noexcept {
        return width == 0 ? ~std::uint64_t{0} : ~std::uint64_t{0} >> (64 - 8 * width);
    }
    constexpr std::uint64_t all_ones() const noexcept { return ones(width_); }
    // What an update must write after it has read a number.
    constexpr std::uint64_t updated(std::uint64_t number) const noexcept {
        // not by change_ itself: g++'s sanitizers compare no function in a constant expression
        return has_change_ ? change_(number) : (number & ~set_mask_) | (set_value_ & set_mask_);
    }

    std::uint64_t address_ = 0;
    std::uint64_t value_ = 0; // of a read or write, under the mask
    std::uint64_t mask_ = 0;
    std::uint64_t set_mask_ = 0; // of an update that has no change_
    std::uint64_t set_value_ = 0;
    detail::Change change_ = nullptr;
    detail::AppendName name_ = nullptr;
    Text space_{};
    unsigned least_ = 1;
    unsigned most_ = 1;
    Op op_ = Op::read;
    bool is_update_ = false;
    bool has_change_ = false;
    std::uint8_t width_ = 0;
    Error error_{};
};

} // namespace ioview::testing
