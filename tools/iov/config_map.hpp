// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The registers of one function's configuration space by name: its header, and the capabilities
// that it has, at the places where they are.
//
//   const RegisterMap map = config_map(cfg);        // command, status, msix.control …

#include <ioview/backend/config_space.hpp>
#include <ioview/pci/capabilities.hpp>
#include <ioview/pci/registers.hpp>

#include "pci_decode.hpp"
#include "register_map.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace iov {

// What was found where, before any register of it is read.
struct ConfigLayout {
    unsigned header = 0; // 0 a device, 1 a bridge
    struct At {
        std::size_t offset;
        std::uint16_t id;
        bool is_extended;
    };
    std::vector<At> capabilities;
    bool msi_is_64_bit = false;
    bool msi_has_masks = false;
    std::string problem; // the list ended with this
};

template <io::pci::ConfigView Cfg>
ConfigLayout layout_of(const Cfg& cfg) {
    ConfigLayout found;
    if (const auto type = cfg.template try_read<io::pci::HeaderType>())
        found.header = type->layout();
    for (const auto& at : io::pci::capabilities(cfg)) {
        if (!at) {
            found.problem = to_string(at.error());
            break;
        }
        found.capabilities.push_back({at->offset, at->id, false});
        if (at->id != io::pci::Msi32::id)
            continue;
        if (const auto msi = cfg.template try_subview<pci_list::MsiStart>(at->offset))
            if (const auto control = IO_PROJECT(*msi, control).try_read()) {
                found.msi_is_64_bit = control->is_64_bit();
                found.msi_has_masks = control->per_vector_masking();
            }
    }
    if constexpr (io::min_size_of<typename Cfg::Target> >= 4'096) {
        for (const auto& at : io::pci::extended_capabilities(cfg))
            if (at)
                found.capabilities.push_back({at->offset, at->id, true});
            else if (found.problem.empty())
                found.problem = to_string(at.error());
    }
    return found;
}

[[nodiscard]] RegisterMap config_map(const ConfigLayout& layout);

// f with a view of the configuration space of any ConfigFunction, as large as that has it; Failure
// with the name when it has none.
template <class Fn, class F>
auto with_config(const Fn& function, const F& f) {
    using Normal = io::ConfigSpace<Fn, io::pci::Normal>;
    if (const auto cfg = io::ConfigSpace<Fn, io::pci::Extended>::of(function))
        return f(*cfg);
    return f(Normal::of(function).value());
}

} // namespace iov
