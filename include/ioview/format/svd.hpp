// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// A list of registers as CMSIS-SVD, which debuggers show registers by: names, places, fields,
// access kinds and reset values, as the types have them.
//
//   using Registers = io::Registers<Data, Status, Control>;
//   fmt::print("{}", io::svd_device("board", io::svd_peripheral<Registers>("UART0", 0x4003'4000)));
//
// Enumerators have no names at run time and are left out, as are registers relative to a base.

#if !__STDC_HOSTED__
#error "ioview/format/svd.hpp needs a hosted implementation"
#endif

#include <ioview/format.hpp>
#include <ioview/register.hpp>
#include <ioview/register/for_each_field.hpp>
#include <ioview/register/register_options.hpp>

#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace ioview {
namespace detail {

struct SvdWords {
    const char* access;
    const char* modified_write_values; // empty: none
    const char* read_action;
};

// By the columns of the access kinds.
constexpr SvdWords svd_words(Access access) noexcept {
    const AccessKind& kind = access_kind(access);
    const bool ones = kind.idle == Idle::zeros;
    SvdWords words{"read-write", "", kind.on_read == OnRead::clears ? "clear" : ""};
    if (!kind.is_read())
        words.access = "write-only";
    else if (!kind.is_written())
        words.access = "read-only";
    if (kind.on_write == OnWrite::clears)
        words.modified_write_values = ones ? "oneToClear" : "zeroToClear";
    else if (kind.on_write == OnWrite::sets)
        words.modified_write_values = ones ? "oneToSet" : "zeroToSet";
    else if (kind.on_write == OnWrite::toggles)
        words.modified_write_values = ones ? "oneToToggle" : "zeroToToggle";
    return words;
}

inline std::string svd_line(int level, std::string_view name, std::string_view text) {
    return text.empty() ? std::string()
                        : fmt::format("{:{}}<{}>{}</{}>\n", "", 2 * level, name, text, name);
}

inline std::string svd_accesses(int level, Access access) {
    const SvdWords words = svd_words(access);
    return svd_line(level, "access", words.access) +
           svd_line(level, "modifiedWriteValues", words.modified_write_values) +
           svd_line(level, "readAction", words.read_action);
}

inline std::string svd_dim(int level, std::size_t count, std::size_t increment) {
    return svd_line(level, "dim", fmt::format("{}", count)) +
           svd_line(level, "dimIncrement", fmt::format("{:#x}", increment));
}

// A field for each run of bits: a split one is several.
struct SvdFields {
    std::string& text;

    void operator()(const FieldInfo& info) const {
        const AccessKind& kind = access_kind(info.access);
        if (kind.on_write == OnWrite::reserved || info.index != 0)
            return;
        const std::uint64_t bits = info.mask >> info.low;
        const bool is_split = (bits & (bits + 1)) != 0;
        unsigned part = 0;
        for (unsigned low = 0; low < 64 && info.mask >> low != 0;) {
            if ((info.mask >> low & 1) == 0) {
                ++low;
                continue;
            }
            unsigned high = low;
            while (high < 63 && (info.mask >> (high + 1) & 1) != 0)
                ++high;
            const std::string_view name(info.name);
            run(info, is_split ? fmt::format("{}_{}", name, part++) : std::string(name), high, low);
            low = high + 1;
        }
    }

private:
    void run(const FieldInfo& info, std::string name, unsigned high, unsigned low) const {
        text += "            <field>\n";
        if (info.count != 0) {
            text += svd_dim(7, info.count, info.width);
            name += "%s";
        }
        text += svd_line(7, "name", name) +
                svd_line(7, "bitRange", fmt::format("[{}:{}]", high, low)) +
                svd_accesses(7, info.access) + "            </field>\n";
    }
};

template <class R>
std::string svd_register() {
    constexpr const auto& place = R::Register::Location::io_place;
    if constexpr (!place.is_somewhere || place.is_relative)
        return {};
    const std::string name(std::string_view(type_name<R>()));
    std::string text;
    if constexpr (place.indices == 2)
        text += "        <cluster>\n" +
                svd_dim(5, place.steps[0].count, place.stride(0, sizeof(R))) +
                svd_line(5, "name", name + "[%s]") + svd_line(5, "addressOffset", "0");
    text += "        <register>\n";
    if constexpr (place.indices > 0) {
        constexpr int innermost = place.indices - 1;
        text += svd_dim(5, place.steps[innermost].count, place.stride(innermost, sizeof(R)));
    }
    text += svd_line(5,
                     "name",
                     place.indices == 0   ? name
                     : place.indices == 1 ? name + "[%s]"
                                          : "element[%s]") +
            svd_line(5, "addressOffset", fmt::format("{:#x}", place.offset)) +
            svd_line(5, "size", fmt::format("{}", 8 * sizeof(R)));
    if constexpr (states_reset<R>)
        text += svd_line(5, "resetValue", fmt::format("{:#x}", reset_value_of<R>()));
    else
        text += svd_line(5, "resetMask", "0");
    text += svd_accesses(5, R::Register::IoAccess::io_access);
    std::string fields;
    for_each_field_of<R>(SvdFields{fields});
    if (!fields.empty())
        text += "          <fields>\n" + fields + "          </fields>\n";
    text += "        </register>\n";
    if constexpr (place.indices == 2)
        text += "        </cluster>\n";
    return text;
}

} // namespace detail

// A <peripheral> of the registers of an io::Registers<…>, or of a block that derives from one.
template <class Block>
[[nodiscard]] std::string svd_peripheral(std::string_view name, std::uint64_t base_address) {
    std::string text = "    <peripheral>\n" + detail::svd_line(3, "name", name) +
                       detail::svd_line(3, "baseAddress", fmt::format("{:#x}", base_address)) +
                       "      <registers>\n";
    Block::RegisterList::for_each(
        [&](auto one) { text += detail::svd_register<typename decltype(one)::type>(); });
    return text + "      </registers>\n    </peripheral>\n";
}

// A whole file of peripherals. The name is one of SVD: letters, digits and underscores.
[[nodiscard]] inline std::string svd_device(std::string_view name, std::string_view peripherals) {
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<device schemaVersion=\"1.3\">\n" +
           detail::svd_line(1, "name", name) + detail::svd_line(1, "version", "1.0") +
           detail::svd_line(1, "addressUnitBits", "8") + detail::svd_line(1, "width", "32") +
           fmt::format("  <peripherals>\n{}  </peripherals>\n</device>\n", peripherals);
}

} // namespace ioview
