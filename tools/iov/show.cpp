// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "show.hpp"

#include "aer.hpp"
#include "pci_print.hpp"
#include "text.hpp"

namespace iov {
namespace {

// What lspci prints below the name of the capability, which pci_print.hpp knows by name only.
template <pci::ConfigView Cfg>
void add_aer(const Cfg& cfg, const pci_list::Function& function, std::string& text) {
    for (const pci::Capability& each : function.extended) {
        const std::string line =
            fmt::format("[{:x} v{}] {}\n", each.offset, each.version, "Advanced Error Reporting");
        const std::size_t at = text.find(line);
        const auto view = cfg.template try_subview<Aer>(each.offset);
        if (each.id != Aer::id || at == text.npos || !view)
            continue;
        if (const auto aer = read_aer(*view))
            text.insert(at + line.size(), to_text(*aer));
    }
}

} // namespace

template <io::ConfigFunction Fn>
Shown shown(const Fn& function,
            const pci::Address& address,
            const std::vector<pci::SysfsResource>& resources,
            bool is_live) {
    return with_config(function, [&](const auto& cfg) {
        auto decoded = pci_list::decode(cfg);
        if (!decoded && decoded.error() == io::Error::no_device)
            throw Failure(
                Exit::unreadable, "{}: nothing answers: it reads as all ones", to_string(address));
        if (!decoded)
            throw Failure(Exit::unreadable,
                          "{}: its header cannot be read: {}",
                          to_string(address),
                          to_string(decoded.error()));
        for (unsigned i = 0; i < decoded->bars.count && i < resources.size(); ++i)
            decoded->bars.bar[i].size = resources[i].size();
        Shown made;
        made.text = pci_list::to_text(address, *decoded);
        if constexpr (io::min_size_of<typename std::decay_t<decltype(cfg)>::Target> >= 4'096)
            add_aer(cfg, *decoded, made.text);
        const ConfigLayout layout = layout_of(cfg);
        ConfigMedium<const Fn&> medium(to_string(address), function);
        made.registers = dump(config_map(layout), medium, {});
        if (decoded->capabilities.error == io::Error::io_error)
            made.problems.push_back(is_live ? cannot_read_config(to_string(address), 0x40).what()
                                            : to_string(address) +
                                                  ": more than its first bytes was not saved");
        else if (!layout.problem.empty())
            made.problems.push_back(fmt::format(
                "{}: its list of capabilities is broken: {}", to_string(address), layout.problem));
        return made;
    });
}

template Shown
shown(const pci::SysfsConfig&, const pci::Address&, const std::vector<pci::SysfsResource>&, bool);
template Shown
shown(const SavedConfig&, const pci::Address&, const std::vector<pci::SysfsResource>&, bool);

Json show_json(const pci::Address& address,
               const std::vector<pci::SysfsResource>& resources,
               const Shown& shown) {
    Json bars = Json::array();
    for (std::size_t i = 0; i < resources.size() && i < 6; ++i)
        if (resources[i].size() != 0)
            bars.push_back({{"bar", i},
                            {"address", hex(resources[i].start, 8)},
                            {"size", resources[i].size()}});
    return {{"address", to_string(address)},
            {"bars", std::move(bars)},
            {"registers", dump_json(shown.registers)["registers"]}};
}

} // namespace iov
