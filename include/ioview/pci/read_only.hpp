// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// ReadOnly<Fn>: a configuration mechanism that is given to those who may look and not touch. No
// view of it has a method that writes, whatever its owner may do.
//
//   const io::pci::ReadOnly shown{function};
//   auto cfg = io::ConfigSpace<decltype(shown), const io::pci::Normal>::of(shown);

#include <ioview/backend/config_space.hpp>
#include <ioview/config.hpp>
#include <ioview/error.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::pci {

// The same function, read as Fn reads it; Fn stays where it is while this is used. A write, for
// code that asks the mechanism itself, makes no access and is unsupported.
template <ConfigFunction Fn>
class ReadOnly {
public:
    static constexpr bool reads_only = true;
    static constexpr bool ordered = ConfigSpaceBackend<Fn>::ordered;
    static constexpr Error error_when_gone = ConfigSpaceBackend<Fn>::error_when_gone;

    constexpr explicit ReadOnly(const Fn& function) noexcept : function_(&function) {}
    explicit ReadOnly(const Fn&& function)
        IOVIEW_REFUSED_OF(function,
                          "ioview: a ReadOnly keeps a pointer to the function; give it a name");

    // A read is the function's own; a write is unsupported, and nothing happens.
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] constexpr Result<W> read(std::uint16_t offset) const noexcept {
        return function_->template read<W>(offset);
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] constexpr Result<> write(std::uint16_t, W) const noexcept {
        return fail(Error::unsupported);
    }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return function_->size(); }

private:
    const Fn* function_;
};

} // namespace ioview::pci
