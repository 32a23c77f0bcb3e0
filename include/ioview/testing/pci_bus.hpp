// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/testing/pci.hpp>
// Part of <ioview/testing/pci.hpp>, which is the one to include.
#pragma once
// PciBus: simulated PCI functions at their addresses, in constant expressions too.
//
//   io::testing::PciBus<2> bus;
//   CHECK(bus.add({0, 0, 3, 0}, nic));

#include <ioview/config.hpp>
#include <ioview/error.hpp>
#include <ioview/pci/address.hpp>
#include <ioview/testing/pci_function.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>

namespace ioview::testing {

// Up to N functions at their addresses. What is at none of them reads as all ones and takes no
// writes, as on a real bus. A host for pci::for_each_function.
template <std::size_t N>
class PciBus {
public:
    // What answers at an address: a function, or nobody, which reads as all ones.
    class Slot {
    public:
        // What is asked of a ConfigFunction: the function's own, or all ones and nothing.
        template <class W>
            requires(std::unsigned_integral<W> && sizeof(W) <= 4)
        [[nodiscard]] constexpr Result<W> read(std::uint16_t offset) const noexcept {
            if (function_ == nullptr)
                return static_cast<W>(~W{0});
            return function_->template read<W>(offset);
        }
        template <class W>
            requires(std::unsigned_integral<W> && sizeof(W) <= 4)
        [[nodiscard]] constexpr Result<> write(std::uint16_t offset, W value) const noexcept {
            return function_ == nullptr ? Result<>{} : function_->template write<W>(offset, value);
        }
        [[nodiscard]] constexpr std::size_t size() const noexcept {
            return function_ == nullptr ? 4'096 : function_->size();
        }

    private:
        friend PciBus;
        constexpr explicit Slot(const PciFunction* function) noexcept : function_(function) {}
        const PciFunction* function_;
    };

    // The function stays where it is. no_memory past N, busy where one is already.
    [[nodiscard]] constexpr Result<> add(const pci::Address& address,
                                         const PciFunction& function) noexcept {
        if (count_ == N)
            return fail(Error::no_memory);
        for (std::size_t i = 0; i < count_; ++i) {
            if (addresses_[i] == address)
                return fail(Error::busy);
        }
        addresses_[count_] = address;
        functions_[count_] = &function;
        ++count_;
        return {};
    }
    void add(const pci::Address&, const PciFunction&&)
        IOVIEW_REFUSED("ioview: the bus holds a pointer to the function; give it a name");

    // The mechanism for the function at an address; invalid_argument when there can be none.
    [[nodiscard]] constexpr Result<Slot> function(const pci::Address& address) const noexcept {
        if (!address.valid())
            return fail(Error::invalid_argument);
        for (std::size_t i = 0; i < count_; ++i) {
            if (addresses_[i] == address)
                return Slot{functions_[i]};
        }
        return Slot{nullptr};
    }

private:
    pci::Address addresses_[N]{};
    const PciFunction* functions_[N]{};
    std::size_t count_ = 0;
};

} // namespace ioview::testing
