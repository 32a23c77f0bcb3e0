// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/register.hpp>
// Part of <ioview/register.hpp>, which is the one to include.
#pragma once
// What is said of a whole register behind its location: an access kind and a reset value, in any
// order, each optional.
//
//   struct Control : io::Register<Control, std::uint32_t, io::fixed<0x10>, io::reset<0x55>> { … };
//   bar.write(Control::reset().with_mode(3));

#include <ioview/register/access_kind.hpp>
#include <ioview/register/alias.hpp>
#include <ioview/register/field_map.hpp>

#include <cstdint>
#include <type_traits>

namespace ioview {

// What the register holds after a reset, a number as the manual prints it.
template <std::uint64_t Value>
struct reset {
    static constexpr std::uint64_t io_reset = Value;
};

namespace detail {

// Nothing, or what is not understood.
template <class... Options>
struct RegisterOptions {
    using Kind = read_write;
    static constexpr bool valid = sizeof...(Options) == 0;
};
template <class K>
    requires is_access<K>
struct RegisterOptions<K> {
    using Kind = K;
    static constexpr bool valid = true;
};

template <bool Valid>
struct CheckedOptions {
    static_assert(Valid,
                  "ioview: behind its location a register takes an access kind, like io::ro, and a "
                  "reset value, like io::reset<0x55>, each once");
    static constexpr bool ok = true;
};

template <bool Fits>
struct CheckedReset {
    static_assert(Fits, "ioview: the reset value of a register has more bits than its storage");
    static constexpr bool ok = true;
};
template <bool Stated>
struct StatedReset {
    static_assert(Stated,
                  "ioview: this register states no reset value; add io::reset<value> behind its "
                  "location, as the manual prints it");
    static constexpr bool ok = true;
};

// By io::reset, or by a member of the user's own; a field may be called like that.
template <class R>
inline constexpr bool states_reset =
    requires { R::Register::reset_value; } || requires { R::reset_value + 0; };
template <class R>
consteval std::uint64_t reset_value_of() noexcept {
    if constexpr (requires { R::Register::reset_value; })
        return R::Register::reset_value;
    else if constexpr (states_reset<R>)
        return R::reset_value;
    else
        return 0;
}

// Bits that are read as one field and written as another: fields that overlap in any other way do
// not compile. Not in the map of a register, which is made for more of them.
struct SharedBits {
    std::uint64_t seen = 0;
    std::uint64_t shared = 0;
    template <class, class... Fields>
    constexpr void fields(const char*) noexcept {
        ((shared |= seen & item_of<Fields>.bits, seen |= item_of<Fields>.bits), ...);
    }
};
template <class R>
inline constexpr std::uint64_t shared_bits = [] {
    using Under = typename AliasTarget<typename R::Register::Location>::Type;
    SharedBits bits;
    __builtin_bit_cast(R, typename R::Register::StoredAs()).io_visit(bits);
    if constexpr (!std::is_void_v<Under>) // what an alias says nothing of is what it is there
        bits.shared |= seen_by_alias(shared_bits<Under>,
                                     R::Register::Location::io_place,
                                     sizeof(R),
                                     R::Register::io_is_big) &
                       ~bits.seen;
    return bits.shared;
}();

// The value that a write starts from after a reset: bits that act when they are written, and
// reserved ones, are as an update would have them; what the manual prints of bits that are written
// as another field is what they are read as.
template <class R>
constexpr R reset_register() noexcept {
    using Storage = typename R::Register::Storage;
    static_assert(StatedReset<states_reset<R>>::ok);
    constexpr std::uint64_t ones = R::io_map.write_one;
    constexpr std::uint64_t drop = R::io_map.write_zero | ones | shared_bits<R>;
    return R::Register::from_raw(static_cast<Storage>((reset_value_of<R>() & ~drop) | ones));
}

} // namespace detail
} // namespace ioview
