// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Several registers read one after the other, to keep, to compare and to print.
//
//   auto before = io::try_snapshot<Status, Errors, io::element<Queue, 0>>(bar);
//   …
//   auto after = io::try_snapshot<Status, Errors, io::element<Queue, 0>>(bar);
//   io::diff(*before, *after).for_each([](const io::FieldChange& change, auto was, auto is) { … });
//   fmt::print("{}\n", io::diff(*before, *after));        // Status.state: idle -> busy
//
// Each register is read once, in the order of the list. What is read last may be younger than what
// was read first: a snapshot is no single access. format/snapshot.hpp prints it.

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register.hpp>
#include <ioview/register/element.hpp> // IWYU pragma: export
#include <ioview/register/for_each_field.hpp>
#include <ioview/register/names.hpp>
#include <ioview/register/snapshot_checks.hpp>
#include <ioview/support/declared.hpp>

#include <cstddef>
#include <cstdint>

namespace ioview {

// In the list of a snapshot: reading this register has an effect (io::rc), which is meant.
template <class Entry>
struct with_side_effects {
    using IoEntry = Entry;
};

// A register of a snapshot as it is printed: its name, and of an element its indices.
struct EntryName {
    Text name;
    unsigned indices = 0;
    std::size_t index[2] = {};
};

// A field whose value differs. Bits that belong to no field that a driver reads are one without a
// name.
struct FieldChange {
    EntryName entry;
    FieldInfo field;
    std::uint64_t before = 0; // the bits of the whole register
    std::uint64_t after = 0;
};

// The values of registers, each an R, io::element<R, i> or another location without state. Bits
// that mean nothing when they are read (io::wo) are zero.
template <class... Entries>
class Snapshot {
    static_assert(detail::CheckedSnapshot<detail::list_fault<Entries...>()>::ok);

public:
    // The value of one of the entries.
    template <class E>
    [[nodiscard]] constexpr auto get() const noexcept {
        constexpr std::size_t number = detail::entry_number<E, Entries...>;
        static_assert(detail::CheckedEntry<number != sizeof...(Entries)>::ok);
        if constexpr (number != sizeof...(Entries))
            return detail::value_of_number<number>(values_);
    }

    // f(EntryName, value) for each, in the order of the list.
    template <class F>
    constexpr void for_each(F&& f) const {
        each(f, detail::IndicesTo<sizeof...(Entries)>{});
    }

    [[nodiscard]] constexpr bool operator==(const Snapshot& other) const noexcept {
        return equal(other, detail::IndicesTo<sizeof...(Entries)>{});
    }

    // The error of the first read that fails; nothing is read after it.
    template <class View, class... Places>
    [[nodiscard]] static constexpr Result<Snapshot> io_take(View view, Places... places) noexcept {
        return take(view, detail::IndicesTo<sizeof...(Entries)>{}, places...);
    }

private:
    detail::Several<detail::EntryRegister<Entries>...> values_{};

    template <class F, std::size_t... N>
    constexpr void each(F& f, detail::Integers<std::size_t, N...>) const {
        (f(detail::name_of_entry<EntryName, Entries>(), detail::value_of_number<N>(values_)), ...);
    }
    template <std::size_t... N>
    constexpr bool equal(const Snapshot& other,
                         detail::Integers<std::size_t, N...>) const noexcept {
        return (
            (detail::value_of_number<N>(values_) == detail::value_of_number<N>(other.values_)) &&
            ...);
    }
    template <class View, std::size_t... N, class... Places>
    [[nodiscard]] static constexpr Result<Snapshot>
    take(View view, detail::Integers<std::size_t, N...>, Places... places) noexcept {
        Snapshot made;
        Error error{};
        static_cast<void>(
            ((error = detail::take_one(
                  view,
                  places,
                  static_cast<detail::Numbered<N, detail::EntryRegister<Entries>>&>(made.values_)
                      .value),
              !detail::failed(error)) &&
             ...));
        if (detail::failed(error))
            return fail(error);
        return made;
    }
};

// The type of a snapshot of these registers, elements and bases.
template <class... Entries>
using SnapshotOf = Snapshot<typename detail::Stripped<Entries>::type...>;

// Result<SnapshotOf<Entries...>>: the registers, or the medium's error. Half a snapshot is none.
template <class... Entries, IoBase V>
    requires(sizeof...(Entries) > 0)
[[nodiscard]] constexpr auto try_snapshot(const V& io) noexcept {
    using Checked = detail::CheckedSnapshot<detail::snapshot_fault<V, Entries...>()>;
    static_assert(Checked::ok);
    if constexpr (Checked::is_right)
        return SnapshotOf<Entries...>::io_take(io.as_view(), detail::EntryLocation<Entries>{}...);
    else
        return Result<Snapshot<>>{};
}
// SnapshotOf<Entries...>: of media that cannot fail.
template <class... Entries, IoBase V>
    requires(sizeof...(Entries) > 0)
[[nodiscard]] IOVIEW_INLINE_OPTIMISED constexpr auto snapshot(const V& io) noexcept {
    using Checked = detail::CheckedSnapshot<detail::plain_snapshot_fault<V, Entries...>()>;
    constexpr auto fault = detail::snapshot_place_fault<V, Entries...>();
    static_assert(Checked::ok);
    static_assert(detail::CheckedAccess<fault>::ok);
    if constexpr (Checked::is_right && fault == detail::AccessFault::none)
        return *SnapshotOf<Entries...>::io_take(io.as_view(), detail::EntryLocation<Entries>{}...);
    else
        return Snapshot<>{};
}
// Result<Snapshot<…>>: at places that are known at run time, R::at(i) or values of R::try_at(i), of
// different registers. They are named by their registers.
template <IoBase V, detail::Location... L>
    requires(sizeof...(L) > 0)
[[nodiscard]] constexpr auto try_snapshot(const V& io, L... places) noexcept {
    using Checked = detail::CheckedSnapshot<detail::snapshot_fault<V, typename L::Register...>()>;
    static_assert(Checked::ok);
    if constexpr (Checked::is_right)
        return Snapshot<typename L::Register...>::io_take(io.as_view(), places...);
    else
        return Result<Snapshot<>>{};
}

// Two snapshots of the same registers, and what differs.
template <class... Entries>
struct SnapshotDiff {
    Snapshot<Entries...> before;
    Snapshot<Entries...> after;

    // No register differs.
    [[nodiscard]] constexpr bool is_empty() const noexcept { return before == after; }

    // f(FieldChange, value before, value after) for each field that differs, in the order of the
    // registers and of their fields. Values are what getters yield; of bits without a field
    // numbers, in their place.
    template <class F>
    constexpr void for_each(F&& f) const {
        (detail::visit_changes(FieldChange{detail::name_of_entry<EntryName, Entries>(), {}, 0, 0},
                               before.template get<Entries>(),
                               after.template get<Entries>(),
                               f),
         ...);
    }
};
template <class... Entries>
[[nodiscard]] constexpr SnapshotDiff<Entries...> diff(const Snapshot<Entries...>& before,
                                                      const Snapshot<Entries...>& after) noexcept {
    return {before, after};
}

} // namespace ioview
