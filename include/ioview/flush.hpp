// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A write that is known to have arrived. Writes to a device are posted: on the way when the
// instruction is done. A read of the same device comes back after all that was written before it.
//
//   bar.write(Acknowledge{}.with_causes(causes));
//   io::flush<Causes>(bar);           // the line is down before the interrupt controller is told
//
// For acknowledging an interrupt before its handler ends, and for a reset before its delay starts.
// PCI Express 5.0, 2.4; Linux Documentation/driver-api/device-io.rst.

#include <ioview/arch/select.hpp>
#include <ioview/barrier.hpp>
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/io/fence.hpp>

#include <type_traits>

namespace ioview {

namespace detail {

template <class V>
concept ReadBackView = IoBase<V> && OneAccess<typename std::remove_cvref_t<V>::Target>;
template <class V>
concept NoReadBackView = !ReadBackView<V>;

// What may be read back for nothing but its arrival.
template <class T>
consteval bool reads_back() noexcept {
    if constexpr (RegisterValue<T>) {
        static_assert(T::io_map.readable,
                      "ioview: flush() reads, and this register is write only (io::wo); flush by "
                      "another register of the device");
        static_assert(!T::io_map.readable || T::io_map.consumed == 0,
                      "ioview: flush() reads, and reading this register has side effects (io::rc); "
                      "flush by another register of the device");
        return T::io_map.readable && T::io_map.consumed == 0;
    } else {
        return true;
    }
}

// Nothing that follows is done before the value has come.
IOVIEW_INLINE constexpr void wait_for_loads() noexcept {
    if (__builtin_is_constant_evaluated())
        return;
    if constexpr (arch::loads_are_waited_for)
        arch::compiler_barrier();
    else
        (arch::mb)();
}

// What read(view) gives, between that and what sends stores that wait to be gathered on their way.
// By the plain load where the view has one: the barrier that follows is stronger than its own.
template <class V, class Read>
IOVIEW_INLINE constexpr auto read_back(const V& io, Read read) noexcept {
    if constexpr (BackendTraits<typename V::Backend>::gathers)
        fence(Fence::wc_flush, io);
    const auto value = [&] {
        if constexpr (HasRelaxed<decltype(io.as_view())>)
            return read(io.as_view().relaxed());
        else
            return read(io.as_view());
    }();
    wait_for_loads();
    return value;
}
template <class V, class TryRead>
[[nodiscard]] constexpr Result<> try_read_back(const V& io, TryRead try_read) noexcept {
    if (const auto value = read_back(io, try_read); !value)
        return fail(value.error());
    return {};
}

template <class V>
using ReadBack = std::remove_const_t<typename V::Target>;

} // namespace detail

// Reads the value back, once, and drops it: all that was written to the device before has arrived,
// and nothing that follows begins earlier. A view or owner of one value, const or not, that the
// device lets be read: no write-only register, and none whose reading has side effects.
template <detail::ReadBackView V>
IOVIEW_INLINE constexpr void flush(const V& place) noexcept {
    if constexpr (detail::reads_back<detail::ReadBack<V>>())
        static_cast<void>(detail::read_back(place, [](auto view) { return view.read(); }));
}
// By the register R of a region or block.
template <detail::RegisterValue R, IoBase V>
IOVIEW_INLINE constexpr void flush(const V& block) noexcept {
    if constexpr (detail::reads_back<R>())
        static_cast<void>(
            detail::read_back(block, [](auto view) { return view.template read<R>(); }));
}
// By a register or word at a location: R::at(i), R::of<Base>().
template <IoBase V, detail::Location L>
IOVIEW_INLINE constexpr void flush(const V& block, L location) noexcept {
    if constexpr (detail::reads_back<typename L::Register>())
        static_cast<void>(detail::read_back(block, [=](auto view) { return view.read(location); }));
}

// The same for what can fail: the error of the medium, or of a location out of the region's bounds.
template <detail::ReadBackView V>
[[nodiscard]] constexpr Result<> try_flush(const V& place) noexcept {
    if constexpr (detail::reads_back<detail::ReadBack<V>>())
        return detail::try_read_back(place, [](auto view) { return view.try_read(); });
}
template <detail::RegisterValue R, IoBase V>
[[nodiscard]] constexpr Result<> try_flush(const V& block) noexcept {
    if constexpr (detail::reads_back<R>())
        return detail::try_read_back(block, [](auto view) { return view.template try_read<R>(); });
}
template <IoBase V, detail::Location L>
[[nodiscard]] constexpr Result<> try_flush(const V& block, L location) noexcept {
    if constexpr (detail::reads_back<typename L::Register>())
        return detail::try_read_back(block, [=](auto view) { return view.try_read(location); });
}

template <detail::NoReadBackView V>
void flush(const V&) IOVIEW_REFUSED(
    "ioview: flush() reads one value back; IO_PROJECT(block, member), flush<R>(block)");
template <detail::NoReadBackView V>
void try_flush(const V&) IOVIEW_REFUSED(
    "ioview: try_flush() reads one value back; IO_PROJECT(io, member), try_flush<R>(io)");

} // namespace ioview
