// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// One value over several registers, or fields of several, the most significant part first.
//
//   using Time = io::Joined<std::uint64_t, io::stable, TimeHigh, TimeLow>;
//   auto now = io::try_read_joined<Time>(timer);                       // never half of two times
//   using Ring = io::Joined<std::uint64_t, io::low_first, IO_PART(BaseHigh, address), BaseLow>;
//   io::write_joined<Ring>(queue, ring.dma_address());
//
// Several accesses are not one: the order in which a device wants them is part of the type. An
// 8-byte register in two accesses is lo_hi.hpp's.

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register.hpp>
#include <ioview/register/element.hpp> // IWYU pragma: export
#include <ioview/register/joined_access.hpp>
#include <ioview/register/joined_checks.hpp>

namespace ioview {

// The order of the accesses: each part once, the most significant first, or last. That is how
// values are read whose first access makes the device keep the rest (a latch), and those that do
// not change meanwhile; and how all are written.
struct high_first {};
struct low_first {};
// Of a counter that runs on: the upper parts, the lowest, the upper again, until they are as
// before. Not written: another Joined says how.
struct stable {};

// T: an unsigned integer, to which the parts add up at most. A part is a register with all its
// bits, io::element<R, i>, any other location without state, or a field, IO_PART(R, name). A field
// that is `unshifted` may be the last part: the bits below it are zero.
template <class T, class Order, class... Parts>
struct Joined {
    using IoJoined = Joined;
    using Value = T;
    static constexpr detail::JoinFault io_fault = detail::join_fault<T, Order, Parts...>();
    static_assert(detail::CheckedJoin<io_fault>::ok);
    // Bits of all parts together, with the zeros below the last.
    static constexpr unsigned width = detail::joined_width<io_fault, Parts...>();
};

// The value. Of media that cannot fail, and parts that are read once.
template <class J, IoBase V>
[[nodiscard]] IOVIEW_INLINE_OPTIMISED constexpr typename J::Value
read_joined(const V& io) noexcept {
    using Faults = detail::JoinedFaults<typename J::IoJoined>;
    using Checked = detail::CheckedJoin<Faults::template of_plain_read<typename V::Backend>>;
    constexpr auto fault = Faults::template in_target<typename V::Target>;
    static_assert(Checked::ok);
    static_assert(detail::CheckedAccess<fault>::ok);
    if constexpr (Checked::is_right && fault == detail::AccessFault::none)
        return detail::JoinedAccess<typename J::IoJoined>::read(io.as_view());
    else
        return {};
}

// The value, or the medium's error, after which nothing more is read; timed_out when the upper
// parts of a `stable` one changed in eight looks.
template <class J, IoBase V>
[[nodiscard]] constexpr Result<typename J::Value> try_read_joined(const V& io) noexcept {
    using Checked = detail::CheckedJoin<detail::JoinedFaults<typename J::IoJoined>::of_read>;
    static_assert(Checked::ok);
    if constexpr (Checked::is_right) {
        using Parts = detail::JoinedAccess<typename J::IoJoined>;
        return Parts::try_read(io.as_view(), typename Parts::Places{});
    } else {
        return typename J::Value{};
    }
}
// At places that are known at run time, one for each part: R::at(i), values of R::try_at(i).
// invalid_argument, and no access, where two lie over each other.
template <class J, IoBase V, detail::Location... L>
    requires(sizeof...(L) > 1)
[[nodiscard]] constexpr Result<typename J::Value> try_read_joined(const V& io,
                                                                  L... places) noexcept {
    using Checked = detail::CheckedJoin<detail::JoinedFaults<typename J::IoJoined>::of_read>;
    static_assert(Checked::ok);
    if constexpr (Checked::is_right) {
        using Parts = detail::JoinedAccess<typename J::IoJoined>;
        static_assert(detail::CheckedPlaces<Parts::template are_places_of<L...>>::ok);
        if (!detail::are_apart({{places.offset(), sizeof(typename L::Register)}...}))
            return fail(Error::invalid_argument);
        return Parts::try_read(io.as_view(), detail::Several<L...>{{places}...});
    } else {
        return typename J::Value{};
    }
}

// Each part is one write, or an update where its register has more than the part. A constant that
// needs more bits than the parts have is refused, as is a run-time value of a type that has more.
template <class J, IoBase V>
IOVIEW_INLINE_OPTIMISED constexpr void
write_joined(const V& io,
             typename detail::JoinedFaults<typename J::IoJoined>::Given value) noexcept {
    using Faults = detail::JoinedFaults<typename J::IoJoined>;
    using Checked = detail::CheckedJoin<Faults::template of_plain_write<typename V::Backend>>;
    constexpr auto fault = Faults::template in_target<typename V::Target>;
    static_assert(Checked::ok);
    static_assert(detail::CheckedAccess<fault>::ok);
    if constexpr (Checked::is_right && fault == detail::AccessFault::none)
        detail::JoinedAccess<typename J::IoJoined>::write(io.as_view(), value.get());
}

// overflow, and no access, when value has a bit that no part has; the medium's error, after which
// nothing more is written: the parts before it are.
template <class J, IoBase V, detail::NumberGiven N>
[[nodiscard]] constexpr Result<> try_write_joined(const V& io, N value) noexcept {
    using Checked = detail::CheckedJoin<detail::JoinedFaults<typename J::IoJoined>::of_write>;
    static_assert(Checked::ok);
    if constexpr (Checked::is_right) {
        using Parts = detail::JoinedAccess<typename J::IoJoined>;
        if (!Parts::takes(value))
            return fail(Error::overflow);
        return Parts::try_write(
            io.as_view(), static_cast<typename Parts::Bits>(value), typename Parts::Places{});
    } else {
        return {};
    }
}
// At places that are known at run time, as those of try_read_joined.
template <class J, IoBase V, detail::NumberGiven N, detail::Location... L>
    requires(sizeof...(L) > 1)
[[nodiscard]] constexpr Result<> try_write_joined(const V& io, N value, L... places) noexcept {
    using Checked = detail::CheckedJoin<detail::JoinedFaults<typename J::IoJoined>::of_write>;
    static_assert(Checked::ok);
    if constexpr (Checked::is_right) {
        using Parts = detail::JoinedAccess<typename J::IoJoined>;
        static_assert(detail::CheckedPlaces<Parts::template are_places_of<L...>>::ok);
        if (!detail::are_apart({{places.offset(), sizeof(typename L::Register)}...}))
            return fail(Error::invalid_argument);
        if (!Parts::takes(value))
            return fail(Error::overflow);
        return Parts::try_write(io.as_view(),
                                static_cast<typename Parts::Bits>(value),
                                detail::Several<L...>{{places}...});
    } else {
        return {};
    }
}

} // namespace ioview

// A field of a register as a part of a joined value: IO_PART(Register, field).
#define IOVIEW_JOINED_PART(register_, name)                                                        \
    ::ioview::detail::FieldPart<                                                                   \
        register_,                                                                                 \
        typename ::ioview::detail::Entry<register_>::Register::io_field_##name>
#ifndef IOVIEW_NO_SHORT_MACROS
#define IO_PART IOVIEW_JOINED_PART
#endif
