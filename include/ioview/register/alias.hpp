// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// alias: the place of another register, or of an element of a register array, read another way. An
// alias of a relative register is relative to the same family.
//
//   struct Status : io::Register<Status, std::uint32_t, io::alias<Scratch, 3>> { … };

#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>
#include <ioview/register/stored_bits.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview {

template <class Target, std::size_t... Index>
struct alias;

namespace detail {

// The register that a location is an alias of.
template <class Location>
struct AliasTarget {
    using Type = void;
};
template <class Target, std::size_t... Index>
struct AliasTarget<alias<Target, Index...>> {
    using Type = Target;
};

enum class AliasFault : std::uint8_t { none, of_nowhere, needs_index, takes_no_index, past_count };

// What is wrong with an alias of a register there, which names that many indices.
constexpr AliasFault alias_fault(const Place& place, int count, const Indices& at) noexcept {
    if (!place.is_somewhere)
        return AliasFault::of_nowhere;
    if (count != place.indices)
        return place.indices == 0 ? AliasFault::takes_no_index : AliasFault::needs_index;
    for (int i = 0; i < count; ++i)
        if (at.index[i] >= place.steps[i].count)
            return AliasFault::past_count;
    return AliasFault::none;
}

template <AliasFault F>
struct CheckedAlias {
    static_assert(F != AliasFault::of_nowhere,
                  "ioview: an alias names a register that has no location");
    static_assert(
        F != AliasFault::needs_index,
        "ioview: an alias of a register array names one element; write io::alias<R, index>");
    static_assert(F != AliasFault::takes_no_index,
                  "ioview: an alias takes an index of a register array only; write io::alias<R>");
    static_assert(F != AliasFault::past_count,
                  "ioview: the index of an alias is past the count of the register array");
    static constexpr bool ok = true;
};

// The form of an alias: that of an element, where it names one.
template <class Form, bool NamesElement>
struct AliasForm {
    using type = Form;
};
template <class Form>
    requires requires { typename Form::ElementForm; }
struct AliasForm<Form, true> {
    using type = typename Form::ElementForm;
};

template <class Target, std::size_t... Index>
using AliasNames = LocationNames<
    typename AliasForm<typename LocationOf<Target>::Form, sizeof...(Index) != 0>::type,
    typename LocationOf<Target>::IoFamily,
    typename LocationOf<Target>::IoBlock>;

} // namespace detail

template <class Target, std::size_t... Index>
struct alias : detail::AliasNames<Target, Index...> {
    static_assert(sizeof...(Index) <= 2, "ioview: an alias takes as many indices as the register");
    static_assert(
        detail::CheckedAlias<detail::alias_fault(
            detail::place_of_register<Target>, sizeof...(Index), detail::Indices{{Index...}})>::ok);

    static constexpr bool io_is_alias = true;
    static constexpr detail::Place io_place = [] {
        detail::Place place = detail::place_of_register<Target>;
        place.offset = place.offset_at(detail::Indices{{Index...}}, sizeof(Target));
        place.indices = 0;
        place.room = sizeof(Target);
        place.is_alias = true;
        place.under = &Target::io_map;
        place.under_is_big = detail::is_big<typename Target::Register::StoredAs>;
        return place;
    }();
};

} // namespace ioview
