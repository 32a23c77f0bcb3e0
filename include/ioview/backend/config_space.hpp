// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// ConfigSpace<Fn, T>: the configuration space of one PCI function, through any mechanism Fn.
// Addresses are offsets into it; numbers are as PCI defines them, little-endian.
//
//   auto cfg = io::ConfigSpace<SysfsFunction>::of(function);   // out_of_bounds below 4096 bytes
//   if (cfg) { auto vendor = cfg->try_read16(0x0); }           // a value, or the mechanism's error
//
// The plain read gives all ones when the mechanism fails, as a missing function does; the plain
// write drops the error. The try_ forms report it.

#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview {

namespace pci {
using Normal = Region<256>;     // PCI: configuration space of every function
using Extended = Region<4'096>; // PCI Express: with the extended capabilities
} // namespace pci

// A way to reach the configuration space of one function, one aligned access of 8, 16 or 32 bits
// at a time: read<W>(offset) -> Result<W>, write<W>(offset, value) -> Result<>, size() -> bytes.
// One that says `reads_only = true` is viewed as a const target only.
template <class Fn>
concept ConfigFunction = requires(const Fn& function, std::uint16_t offset) {
    { function.template read<std::uint8_t>(offset) } -> std::same_as<Result<std::uint8_t>>;
    { function.template read<std::uint16_t>(offset) } -> std::same_as<Result<std::uint16_t>>;
    { function.template read<std::uint32_t>(offset) } -> std::same_as<Result<std::uint32_t>>;
    { function.template write<std::uint32_t>(offset, std::uint32_t{}) } -> std::same_as<Result<>>;
    { function.size() } -> std::convertible_to<std::size_t>;
};

template <class Fn, class T = pci::Extended>
class ConfigSpace;

// The tag of ConfigSpace: an access is one read or write of the mechanism Fn, little-endian, of 8,
// 16 or 32 bits.
template <class Fn>
struct ConfigSpaceBackend {
    template <class T>
    using View = ConfigSpace<Fn, T>;
    static constexpr std::endian order = std::endian::little;
    static constexpr bool ordered = detail::BackendTraits<Fn>::ordered;
    // Of a function that was pulled out, for doubles: the mechanism may know no error for that.
    static constexpr Error error_when_gone = [] {
        if constexpr (requires { Fn::error_when_gone; })
            return Fn::error_when_gone;
        else
            return Error::no_device;
    }();

    template <class T>
    IOVIEW_INLINE static constexpr IoPtr<T> as_ptr(ConfigSpace<Fn, T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    IOVIEW_INLINE static constexpr ConfigSpace<Fn, U> project_view(ConfigSpace<Fn, T> view,
                                                                   IoPtr<U> ptr) noexcept {
        return ConfigSpace<Fn, U>{view.function_, ptr};
    }

    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] static constexpr Result<W> try_io_read(ConfigSpace<Fn, W> view) noexcept {
        return view.function_->template read<W>(static_cast<std::uint16_t>(view.ptr_.address));
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] static constexpr Result<> try_io_write(ConfigSpace<Fn, W> view, W word) noexcept {
        return view.function_->template write<W>(static_cast<std::uint16_t>(view.ptr_.address),
                                                 word);
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    static constexpr W io_read(ConfigSpace<Fn, W> view) noexcept {
        return try_io_read<W>(view).value_or(static_cast<W>(~W{0}));
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    static constexpr void io_write(ConfigSpace<Fn, W> view, W word) noexcept {
        static_cast<void>(try_io_write<W>(view, word));
    }
};

template <class Fn, class T>
class ConfigSpace : public Io<ConfigSpace<Fn, T>, ConfigSpaceBackend<Fn>, T> {
public:
    // The space of function, which must outlive the view; out_of_bounds when it has less than T
    // needs. The view ends where T does, whatever more the function has; a slice is all of it.
    [[nodiscard]] static constexpr Result<ConfigSpace> of(const Fn& function) noexcept {
        constexpr bool is_mechanism = ConfigFunction<Fn>;
        static_assert(is_mechanism,
                      "ioview: a configuration mechanism has read<W>(offset) -> Result<W>, "
                      "write<W>(offset, value) -> Result<> and size(), all const");
        if constexpr (requires { requires Fn::reads_only; })
            static_assert(detail::is_read_only<T>,
                          "ioview: the mechanism only reads; view a const target, as in "
                          "ConfigSpace<Fn, const pci::Normal>");
        static_assert(min_size_of<T> <= 4'096,
                      "ioview: configuration space ends at 4096 bytes; use pci::Extended or less");
        const std::size_t size = function.size();
        if (size < min_size_of<T>)
            return fail(Error::out_of_bounds);
        constexpr std::size_t most = min_size_of<T> != 0 ? min_size_of<T> : 4'096;
        return ConfigSpace{&function, {0, detail::extent_for<T>(size < most ? size : most)}};
    }
    // The view holds a pointer to the mechanism.
    [[nodiscard]] static Result<ConfigSpace> of(const Fn&&)
        IOVIEW_REFUSED("ioview: the mechanism must outlive the view; give it a name");

    [[nodiscard]] IOVIEW_INLINE constexpr ConfigSpace as_view() const noexcept { return *this; }

    // The mechanism that the view goes through.
    [[nodiscard]] constexpr const Fn& function() const noexcept { return *function_; }

    friend constexpr bool operator==(ConfigSpace a, ConfigSpace b) noexcept {
        return a.function_ == b.function_ && a.ptr_ == b.ptr_;
    }

private:
    friend ConfigSpaceBackend<Fn>;
    constexpr ConfigSpace(const Fn* function, IoPtr<T> ptr) noexcept
        : function_(function), ptr_(ptr) {}

    const Fn* function_;
    IoPtr<T> ptr_;
};

} // namespace ioview
