// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// SavedConfig: configuration space as somebody saved it: the `config` file of sysfs, or the text
// that `lspci -x`, `-xxx` or `-xxxx` prints, of one function or of a whole machine.
//
//   for (const SavedFunction& each : saved_functions(path))
//       auto cfg = io::ConfigSpace<SavedConfig, io::pci::Normal>::of(each.config);

#include <ioview/error.hpp>
#include <ioview/pci/address.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace iov {

// Models ConfigFunction. What was not saved is io_error, as it is for who may not read it.
class SavedConfig {
public:
    static constexpr bool ordered = true;

    // At most 4096 bytes; absent: those that were not in the file.
    explicit SavedConfig(std::vector<std::optional<std::uint8_t>> bytes)
        : bytes_(std::move(bytes)) {
        bytes_.resize(bytes_.size() > 256 ? 4'096 : 256);
    }

    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }

    template <std::unsigned_integral W>
    [[nodiscard]] ioview::Result<W> read(std::uint16_t offset) const noexcept {
        if (offset > size() || sizeof(W) > size() - offset)
            return ioview::fail(ioview::Error::out_of_bounds);
        W value = 0;
        for (std::size_t i = 0; i < sizeof(W); ++i) {
            const auto& byte = bytes_[offset + i];
            if (!byte)
                return ioview::fail(ioview::Error::io_error);
            value = static_cast<W>(value | W{*byte} << 8 * i);
        }
        return value;
    }
    template <std::unsigned_integral W>
    [[nodiscard]] ioview::Result<> write(std::uint16_t, W) const noexcept {
        return ioview::fail(ioview::Error::unsupported);
    }

private:
    std::vector<std::optional<std::uint8_t>> bytes_;
};

struct SavedFunction {
    ioview::pci::Address address; // 0000:00:00.0 of a file that has none
    bool has_address = false;
    SavedConfig config;
};

// Every function in the bytes of such a file, none where they are something else.
[[nodiscard]] std::vector<SavedFunction> saved_functions(std::string_view bytes);

} // namespace iov
