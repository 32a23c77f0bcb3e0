// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// Register: a value of the register's bits, with the place it lives in as part of its type.
//
//   struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>> {
//       IO_FIELDS(bits(31, 16, divisor), bit(0, enable));
//   };

#include <ioview/config.hpp>
#include <ioview/io/register_access.hpp>
#include <ioview/io/register_checks.hpp>
#include <ioview/register/access_kind.hpp>
#include <ioview/register/field_map.hpp>
#include <ioview/register/fixed.hpp>
#include <ioview/register/location_form.hpp>
#include <ioview/register/place_checks.hpp>
#include <ioview/register/register_options.hpp>
#include <ioview/register/relative.hpp>
#include <ioview/register/stored_bits.hpp>
#include <ioview/register/unlocated.hpp>

#include <concepts>
#include <cstdint>

namespace ioview {
namespace detail {

// The bits of a fresh value: zero, but one where writing zero acts or is wrong.
template <class R>
inline constexpr auto fresh_bits =
    typename R::Register::StoredAs(static_cast<typename R::Register::Storage>(R::io_map.write_one));

// What all registers of one storage type and access kind share. Here and not in Register: g++ keeps
// the aliases of a fundamental type in a list that it walks, so that an alias in each register
// makes thousands of registers slow to compile.
template <class StoredAs_, class... Kinds>
struct RegisterTypes {
    static_assert(CheckedStorage<StoredAs_>::ok);
    static_assert(CheckedOptions<RegisterOptions<Kinds...>::valid>::ok);
    using IsIoRegister = void;
    using StoredAs = StoredAs_;
    using Storage = typename StoredBits<StoredAs_>::Native;
    using IoAccess = typename RegisterOptions<Kinds...>::Kind;
    static constexpr bool io_is_rw = IoAccess::io_access == Access::read_write;
    static constexpr bool io_has_no_idle = access_kind(IoAccess::io_access).idle == Idle::none;
    static constexpr bool io_is_big = is_big<StoredAs_>;
    static constexpr bool readable = access_kind(IoAccess::io_access).is_read();
    static constexpr bool writable = access_kind(IoAccess::io_access).is_written();

    // For IO_FIELDS: short names cost each field of each register less.
    template <int High, int Low, class... Options>
    using IoField = Field<Storage, High, Low, Options...>;
    template <int High, int Low, class... Options>
    using IoBits = BitsOfItem<Storage, High, Low, Options...>;

    // For IO_FIELDS; public, so that a register is a structural type.
    StoredAs io_stored_;
};

// The same of those that state a reset value.
template <class StoredAs_, std::uint64_t Value, class... Kinds>
struct RegisterTypes<StoredAs_, reset<Value>, Kinds...> : RegisterTypes<StoredAs_, Kinds...> {
    using Storage = typename RegisterTypes<StoredAs_, Kinds...>::Storage;
    static_assert(CheckedOptions<RegisterOptions<Kinds...>::valid>::ok);
    static_assert(CheckedReset<static_cast<Storage>(Value) == Value>::ok);
    static constexpr Storage reset_value = static_cast<Storage>(Value);
};
template <class StoredAs_, class Kind, std::uint64_t Value>
    requires is_access<Kind>
struct RegisterTypes<StoredAs_, Kind, reset<Value>> : RegisterTypes<StoredAs_, reset<Value>, Kind> {
};

} // namespace detail

// Self: the type that derives; StoredAs: std::uint8_t to std::uint64_t, or le<> or be<> of these;
// Location: io::fixed and so on; Kinds: the access kind of the whole register, rw if none is given,
// and io::reset<value>.
// A value is trivially copyable and as large as its storage. A field may be called like a member
// here and then hides it: Self::Register::at(i) still reaches that.
template <class Self, class StoredAs_, class Location_ = unlocated, class... Kinds>
class Register : public detail::RegisterTypes<StoredAs_, Kinds...> {
    using Types = detail::RegisterTypes<StoredAs_, Kinds...>;

public:
    using IoSelf = Self;
    using Location = Location_;
    static_assert(detail::CheckedPlace<
                  detail::place_fault_of<Location, sizeof(StoredAs_), alignof(StoredAs_)>>::ok);
    // What is asked of registers that are used; most registers of a device are declared and never
    // used. Plain: each bit is read and written, and holds what was written.
    static constexpr bool io_is_plain =
        Self::io_items.are_plain && Types::io_is_rw && !Location::io_is_alias;
    static constexpr const detail::FieldMap& io_map =
        detail::MapOf<io_is_plain>::template Type<Self>::map;
    // Of registers without IO_FIELDS.
    static constexpr detail::Items io_items{};
    template <class V>
    constexpr void io_visit(V&) {}

    constexpr Register() noexcept : Types{detail::fresh_bits<Self>} {}

    // The raw bits, in the CPU's order.
    [[nodiscard]] IOVIEW_INLINE constexpr typename Types::Storage raw() const noexcept {
        return detail::load_bits(this->io_stored_);
    }
    [[nodiscard]] IOVIEW_INLINE static constexpr Self
    from_raw(typename Types::Storage raw) noexcept {
        static_assert(detail::CheckedSelf<__is_base_of(Register, Self)>::ok);
        return __builtin_bit_cast(Self, StoredAs_(raw));
    }
    // What io::reset<value> states, for a write to start from: bits that act when they are written,
    // and reserved ones, are harmless, as in an update. reset_value is the number itself.
    [[nodiscard]] static constexpr Self reset() noexcept { return detail::reset_register<Self>(); }

    // A member: friends would all meet in one overload set, which a compiler searches for each.
    constexpr bool operator==(const Register& other) const noexcept {
        return detail::load_bits(this->io_stored_) == detail::load_bits(other.io_stored_);
    }

    // --- locations ---

    // The place of a register that its type alone tells.
    using At = detail::At<Self>;

    // An element of a register array; the index is a constant, checked by the compiler.
    template <class L = detail::Locator<Self>>
    [[nodiscard]] IOVIEW_INLINE static constexpr typename L::Element
    at(typename L::Index index) noexcept {
        static_assert(detail::CheckedSelf<__is_base_of(Register, Self)>::ok);
        return typename L::Element(index);
    }
    // An element of a register array; out_of_bounds.
    template <std::integral I, class L = detail::Locator<Self>>
    [[nodiscard]] static constexpr auto try_at(I index) noexcept {
        static_assert(detail::CheckedSelf<__is_base_of(Register, Self)>::ok);
        static_assert(
            L::is_array,
            "ioview: only a register array has try_at(); a relative one after of<Base>()");
        return L::try_at(index);
    }
    // A relative register, or register array, at one base of its family.
    template <class Base, class L = detail::Locator<Self>>
    [[nodiscard]] IOVIEW_INLINE static constexpr typename L::template Of<Base> of() noexcept {
        static_assert(detail::CheckedSelf<__is_base_of(Register, Self)>::ok);
        static_assert(detail::CheckedBase<Self, Base>::ok);
        return {};
    }

    // --- what an access does; readable and writable are in RegisterTypes ---

    static constexpr bool has_wo_field = Self::io_map.unreadable != 0;
    static constexpr bool reading_has_side_effect = Self::io_map.consumed != 0;
    // No bit of the old value can survive an update, so that it needs no read.
    static constexpr bool blind_update = Self::io_map.is_blind(sizeof(StoredAs_) * 8);
};

} // namespace ioview
