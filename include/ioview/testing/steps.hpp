// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/script.hpp>
// Part of <ioview/testing/script.hpp>, which is the one to include.
#pragma once
// The steps of a Script: the accesses that a driver is expected to make.
//
//   reads<std::uint32_t>(0x18, 0x20).times(2)      // by offset: width, offset, what the read gives
//   reads(Flags::from_raw(0x20)).any_times()       // by register: place and width are the type's
//   reads<Flags>()                                 // gives garbage
//   writes(Scratch::at(3), Scratch{}.with_value(1))
//   writes<Data>()                                 // any value
//   writes(Data{}.with_byte('A')).mask(0xff)       // compares these bits only
//   updates<Control>([](Control r) { return r.with_enable(true); })
//   reads<Flags>().fails(io::Error::io_error)
//   fences(io::Fence::dma_wmb)

#include <ioview/barrier.hpp>
#include <ioview/concepts.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register/location.hpp>
#include <ioview/testing/access.hpp>
#include <ioview/testing/message.hpp>
#include <ioview/testing/step.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview::testing {

// A read of a W at a byte offset, which gives value, or garbage.
template <detail::StepWord W>
constexpr Step reads(std::uint64_t offset, std::type_identity_t<W> value) noexcept {
    return {Op::read, sizeof(W), offset, detail::number_of<W>(value), false};
}
template <detail::StepWord W>
constexpr Step reads(std::uint64_t offset) noexcept {
    return {Op::read, sizeof(W), offset, 0, true};
}
// A write of value, or of any value, to a W at a byte offset.
template <detail::StepWord W>
constexpr Step writes(std::uint64_t offset, std::type_identity_t<W> value) noexcept {
    return {Op::write, sizeof(W), offset, detail::number_of<W>(value), false};
}
template <detail::StepWord W>
constexpr Step writes(std::uint64_t offset) noexcept {
    return {Op::write, sizeof(W), offset, 0, true};
}
// A read, which gives garbage, and a write that has value in these bits and gives all others back.
template <detail::StepWord W>
constexpr Step updates(std::uint64_t offset,
                       std::type_identity_t<W> bits,
                       std::type_identity_t<W> value) noexcept {
    Step step{Op::read, sizeof(W), offset, 0, true};
    step.is_update_ = true;
    step.set_mask_ = detail::number_of<W>(bits);
    step.set_value_ = detail::number_of<W>(value);
    return step;
}

} // namespace ioview::testing

namespace ioview::detail {

template <class R>
struct CheckedReads {
    static_assert(R::io_map.readable,
                  "ioview: this register is write only (io::wo): no driver can read it");
    static constexpr bool ok = true;
};
template <class R>
struct CheckedWrites {
    static_assert(R::io_map.writable,
                  "ioview: this register is read only (io::ro): no driver can write it");
    static constexpr bool ok = true;
};

} // namespace ioview::detail

namespace ioview::testing {

// The same at the place of a register: R::at(i), R::of<Base>(), or from the type alone.
template <detail::StepLocation L>
constexpr Step reads(L location, typename L::Register value) noexcept {
    using R = typename L::Register;
    static_assert(detail::CheckedReads<R>::ok);
    return {Op::read,
            sizeof(R),
            location.offset(),
            detail::number_of_register<R>(value),
            false,
            &detail::append_register<R>};
}
template <detail::StepLocation L>
constexpr Step reads(L location) noexcept {
    using R = typename L::Register;
    static_assert(detail::CheckedReads<R>::ok);
    return {Op::read, sizeof(R), location.offset(), 0, true, &detail::append_register<R>};
}
template <detail::RegisterValue R>
constexpr Step reads(R value) noexcept {
    return reads(typename R::Register::At{}, value);
}
template <detail::RegisterValue R>
constexpr Step reads() noexcept {
    return reads(typename R::Register::At{});
}

// A write of a register at its place, or of an element or at a base, with this value.
template <detail::StepLocation L>
constexpr Step writes(L location, typename L::Register value) noexcept {
    using R = typename L::Register;
    static_assert(detail::CheckedWrites<R>::ok);
    return {Op::write,
            sizeof(R),
            location.offset(),
            detail::number_of_register<R>(value),
            false,
            &detail::append_register<R>};
}
template <detail::StepLocation L>
constexpr Step writes(L location) noexcept {
    using R = typename L::Register;
    static_assert(detail::CheckedWrites<R>::ok);
    return {Op::write, sizeof(R), location.offset(), 0, true, &detail::append_register<R>};
}
template <detail::RegisterValue R>
constexpr Step writes(R value) noexcept {
    return writes(typename R::Register::At{}, value);
}
template <detail::RegisterValue R>
constexpr Step writes() noexcept {
    return writes(typename R::Register::At{});
}

// What region.update<R>(f) does: a read that gives garbage, then a write of what f makes of it,
// with all other bits as they were read. f captures nothing. Where no bit could survive, as in
// update() itself, there is no read.
template <detail::StepLocation L, class F>
constexpr Step updates(L location, F) noexcept {
    using R = typename L::Register;
    static_assert(detail::access_fault(detail::Does::update, R::io_map) ==
                      detail::AccessFault::none,
                  "ioview: update() refuses this register: no driver can call it");
    constexpr bool captures_nothing = std::is_empty_v<F> && std::is_default_constructible_v<F>;
    static_assert(captures_nothing,
                  "ioview: the function of an expected update captures nothing; give the bits and "
                  "their value instead: updates<std::uint32_t>(offset, bits, value)");
    if constexpr (!captures_nothing) {
        return writes(location);
    } else if constexpr (R::io_map.is_blind(sizeof(R) * 8)) {
        Step step = writes(location);
        step.value_ = detail::changed_by<R, F>(0);
        return step.mask(~std::uint64_t{0});
    } else {
        Step step{Op::read, sizeof(R), location.offset(), 0, true, &detail::append_register<R>};
        step.is_update_ = true;
        step.change_ = &detail::changed_by<R, F>;
        step.has_change_ = true;
        return step;
    }
}
template <detail::RegisterValue R, class F>
constexpr Step updates(F f) noexcept {
    return updates(typename R::Register::At{}, f);
}

// The barrier of publish() or its like, or one with a view, io::mb(view). A script that names none
// does not look at them.
constexpr Step fences(Fence kind) noexcept {
    return {Op::fence, 0, 0, static_cast<std::uint64_t>(kind), false};
}

// Steps in a row as one part of several scripts.
template <std::size_t N>
struct Sequence {
    Step steps[N];
};
template <class... Steps>
    requires(std::same_as<Steps, Step> && ...)
Sequence(Steps...) -> Sequence<sizeof...(Steps)>;

} // namespace ioview::testing
