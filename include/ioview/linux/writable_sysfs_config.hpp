// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// WritableSysfsConfig: the configuration space of one PCI function through Linux' sysfs, to read
// and to write. Whoever may write says so in the type that he takes or makes.
//
//   auto function = io::pci::WritableSysfsConfig::open({.bus = 0, .device = 3});
//   auto cfg = io::ConfigSpace<io::pci::WritableSysfsConfig, io::pci::Normal>::of(*function);
//   const io::pci::ReadOnly shown{*function};                       // for those who may not

#if !__STDC_HOSTED__
#error "ioview/linux/writable_sysfs_config.hpp needs a hosted implementation"
#endif

#include <ioview/error.hpp>
#include <ioview/linux/sysfs_config.hpp>
#include <ioview/pci/address.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace ioview::pci {

// Owns the open `config` file. Models ConfigFunction. A SysfsConfig that was not opened read_write
// writes nothing: its file is open to read, and it refuses before it asks the kernel.
class WritableSysfsConfig {
public:
    static constexpr bool ordered = SysfsConfig::ordered;

    // As SysfsConfig::open; unsupported (EACCES) for those who may read alone.
    [[nodiscard]] static Result<WritableSysfsConfig>
    open(const Address& address, const std::string& devices = sysfs_devices) {
        return open(devices + '/' + to_string(address));
    }
    // The function of a directory that holds a `config` file.
    [[nodiscard]] static Result<WritableSysfsConfig> open(const std::string& directory) {
        auto config = SysfsConfig::open(directory, SysfsConfig::Mode::read_write);
        if (!config)
            return fail(config.error());
        return WritableSysfsConfig{std::move(*config)};
    }

    // As those of SysfsConfig. Under lockdown a write is unsupported (EPERM).
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] Result<W> read(std::uint16_t offset) const noexcept {
        return config_.read<W>(offset);
    }
    template <class W>
        requires(std::unsigned_integral<W> && sizeof(W) <= 4)
    [[nodiscard]] Result<> write(std::uint16_t offset, W value) const noexcept {
        return config_.write<W>(offset, value);
    }
    [[nodiscard]] std::size_t size() const noexcept { return config_.size(); }

    // The file descriptor, which stays this object's.
    [[nodiscard]] int native_handle() const noexcept { return config_.native_handle(); }

private:
    explicit WritableSysfsConfig(SysfsConfig config) noexcept : config_(std::move(config)) {}

    SysfsConfig config_;
};

} // namespace ioview::pci
