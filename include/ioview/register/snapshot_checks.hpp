// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register/snapshot.hpp>
// Part of <ioview/register/snapshot.hpp>, which is the one to include.
#pragma once
// What may be in the list of a snapshot, one read of it, and how two values of one register differ.
//
//   static_assert(snapshot_fault<V, Status, Errors>() == SnapshotFault::none);

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register/element.hpp>
#include <ioview/register/for_each_field.hpp>
#include <ioview/register/names.hpp>
#include <ioview/register/reading_acts.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace ioview {
template <class Entry>
struct with_side_effects;

namespace detail {

template <class E>
struct Stripped {
    using type = E;
    static constexpr bool may_act = false;
};
template <class E>
struct Stripped<with_side_effects<E>> {
    using type = E;
    static constexpr bool may_act = true;
};
template <class E>
using EntryRegister = typename Entry<typename Stripped<E>::type>::Register;
template <class E>
using EntryLocation = typename Entry<typename Stripped<E>::type>::Location;

// The number of an entry in a list; as many as there are where it is in none.
template <class E, class... Entries>
inline constexpr std::size_t entry_number = [] {
    std::size_t number = 0;
    bool is_found = false;
    ((is_found = is_found || std::same_as<E, Entries>, number += is_found ? 0 : 1), ...);
    return number;
}();

enum class SnapshotFault : std::uint8_t {
    none,
    no_entry,
    twice,
    write_only,
    acts,
    acts_beside,
    loses,
    medium,
};

template <class... E>
consteval bool entries_differ() noexcept {
    const std::size_t numbers[sizeof...(E) + 1] = {entry_number<E, E...>...};
    for (std::size_t i = 0; i != sizeof...(E); ++i)
        if (numbers[i] != i)
            return false;
    return true;
}
template <class... E>
consteval SnapshotFault list_fault() noexcept {
    if constexpr (!(IsEntry<E> && ...))
        return SnapshotFault::no_entry;
    else
        return entries_differ<E...>() ? SnapshotFault::none : SnapshotFault::twice;
}

template <class B, class R>
inline constexpr bool read_can_fail = has_try_io_read<B, typename Wire<R>::Word>;

// Reading E acts, or what else the block has there.
template <class E, class T>
consteval SnapshotFault acting_fault() noexcept {
    using R = EntryRegister<E>;
    if constexpr (!R::Register::readable)
        return SnapshotFault::write_only;
    else if constexpr (Stripped<E>::may_act)
        return SnapshotFault::none;
    else if constexpr (R::Register::reading_has_side_effect)
        return SnapshotFault::acts;
    else if constexpr (requires { typename T::RegisterList; } &&
                       Entry<typename Stripped<E>::type>::is_one_place)
        return reading_acts<typename T::RegisterList>(Entry<typename Stripped<E>::type>::offset,
                                                      sizeof(R))
                   ? SnapshotFault::acts_beside
                   : SnapshotFault::none;
    else
        return SnapshotFault::none;
}
// What a read clears is read last where a later one can fail.
template <class B, class E, class... Rest>
consteval bool loses_nothing() noexcept {
    if constexpr (sizeof...(Rest) == 0)
        return true;
    else
        return !(EntryRegister<E>::Register::reading_has_side_effect &&
                 (read_can_fail<B, EntryRegister<Rest>> || ...)) &&
               loses_nothing<B, Rest...>();
}
template <class V, class... E>
consteval SnapshotFault snapshot_fault() noexcept {
    SnapshotFault fault = list_fault<typename Stripped<E>::type...>();
    if constexpr ((IsEntry<typename Stripped<E>::type> && ...)) {
        using T = std::remove_const_t<typename V::Target>;
        ((fault = fault != SnapshotFault::none ? fault : acting_fault<E, T>()), ...);
        if (fault == SnapshotFault::none && !loses_nothing<typename V::Backend, E...>())
            fault = SnapshotFault::loses;
    }
    return fault;
}
template <class V, class... E>
consteval SnapshotFault plain_snapshot_fault() noexcept {
    const SnapshotFault fault = snapshot_fault<V, E...>();
    if constexpr ((IsEntry<typename Stripped<E>::type> && ...))
        if (fault == SnapshotFault::none &&
            (read_can_fail<typename V::Backend, EntryRegister<E>> || ...))
            return SnapshotFault::medium;
    return fault;
}
// Where the first of them lies wrong, if they are right otherwise.
template <class V, class... E>
consteval AccessFault snapshot_place_fault() noexcept {
    if constexpr (plain_snapshot_fault<V, E...>() == SnapshotFault::none)
        return first_fault_in<typename V::Target, EntryLocation<E>...>();
    else
        return AccessFault::none;
}

template <SnapshotFault F>
struct CheckedSnapshot {
    static_assert(F != SnapshotFault::no_entry,
                  "ioview: a snapshot is of registers, io::element<R, i> or other locations "
                  "without state");
    static_assert(F != SnapshotFault::twice,
                  "ioview: this register is in the snapshot twice; elements of an array are "
                  "io::element<R, i>");
    static_assert(F != SnapshotFault::write_only,
                  "ioview: a snapshot reads, and this register is write only (io::wo)");
    static_assert(F != SnapshotFault::acts,
                  "ioview: reading this register has an effect (io::rc); where a snapshot shall "
                  "have it, say io::with_side_effects<R>");
    static_assert(F != SnapshotFault::acts_beside,
                  "ioview: reading what else the block lists at this place has an effect; where a "
                  "snapshot shall have it, say io::with_side_effects<R>");
    static_assert(F != SnapshotFault::loses,
                  "ioview: what a snapshot clears by reading it is the last of the list, or an "
                  "error after it would lose it");
    static_assert(F != SnapshotFault::medium,
                  "ioview: an access to this medium can fail; use try_snapshot");
    static constexpr bool ok = true;
    static constexpr bool is_right = F == SnapshotFault::none;
};
template <bool Listed>
struct CheckedEntry {
    static_assert(Listed, "ioview: this register is not in the snapshot");
    static constexpr bool ok = true;
};

// One read. Bits that mean nothing would differ for nothing.
template <class R>
constexpr R meant(R read) noexcept {
    using Storage = typename R::Register::Storage;
    return R::Register::from_raw(
        static_cast<Storage>(read.R::Register::raw() & ~meaningless_bits<R>));
}
template <class View, class L, class R>
IOVIEW_INLINE_OPTIMISED constexpr Error take_one(View view, L place, R& value) noexcept {
    if constexpr (is_sure<L, View>) {
        value = meant<R>(view.read(place));
    } else {
        const auto read = view.try_read(place);
        if (!read)
            return read.error();
        value = meant<R>(*read);
    }
    return Error{};
}

template <class Name, class E>
constexpr Name name_of_entry() noexcept {
    Name name{type_name<EntryRegister<E>>()};
    if constexpr (requires { E::indices; }) {
        name.indices = E::indices;
        for (int i = 0; i != E::indices; ++i)
            name.index[i] = E::at.index[i];
    }
    return name;
}

// The same field of another value: found by its number, since a visit has the type of one value.
template <class Change, class V, class F>
struct OtherValue {
    const Change& change;
    const V& after;
    F& f;
    unsigned wanted;
    unsigned seen = 0;

    template <class Info, class U>
    constexpr void operator()(const Info&, const U& before) {
        if constexpr (std::same_as<U, V>)
            if (seen == wanted)
                f(change, before, after);
        ++seen;
    }
};

template <class Change, class R, class F>
constexpr void visit_changes(Change change, const R& before, const R& after, F& f) {
    using Storage = typename R::Register::Storage;
    const auto changed = static_cast<Storage>(before.R::Register::raw() ^ after.R::Register::raw());
    if (changed == 0)
        return;
    change.before = before.R::Register::raw();
    change.after = after.R::Register::raw();
    std::uint64_t visited = 0;
    unsigned number = 0;
    for_each_field(after, [&](const auto& field, const auto& value) {
        visited |= field.mask;
        if ((changed & field.mask) != 0) {
            change.field = field;
            for_each_field(before,
                           OtherValue<Change, std::remove_cvref_t<decltype(value)>, F>{
                               change, value, f, number});
        }
        ++number;
    });
    // Of a register without fields all bits, and of others what they have not shown.
    const auto mask =
        visited == 0 ? static_cast<Storage>(-1) : static_cast<Storage>(changed & ~visited);
    if (mask == 0)
        return;
    change.field = {};
    change.field.mask = mask;
    change.field.high = static_cast<unsigned>(63 - __builtin_clzll(mask));
    change.field.low = static_cast<unsigned>(__builtin_ctzll(mask));
    change.field.width = change.field.high - change.field.low + 1;
    f(change,
      static_cast<Storage>(before.R::Register::raw() & mask),
      static_cast<Storage>(after.R::Register::raw() & mask));
}

} // namespace detail
} // namespace ioview
