// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "list.hpp"

#include "text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace iov {

std::string list_text(const std::vector<Summary>& functions, const PciIds* ids) {
    const bool has_segments =
        std::any_of(functions.begin(), functions.end(), [](const Summary& each) {
            return each.address.segment != 0;
        });
    std::string text;
    for (const Summary& each : functions) {
        text += to_string(each.address).substr(has_segments ? 0 : 5);
        text +=
            ids != nullptr
                ? fmt::format(" {}: {}",
                              ids->class_text(each.class_code),
                              ids->device_text(each.vendor, each.device))
                : fmt::format(" {:04x}: {:04x}:{:04x}", each.class_code, each.vendor, each.device);
        if (each.revision != 0)
            text += fmt::format(" (rev {:02x})", each.revision);
        text += '\n';
    }
    return text;
}

Json list_json(const std::vector<Summary>& functions, const PciIds* ids) {
    const auto or_null = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
    Json all = Json::array();
    for (const Summary& each : functions) {
        Json one = {{"address", to_string(each.address)},
                    {"class", hex(each.class_code, 2)},
                    {"vendor", hex(each.vendor, 2)},
                    {"device", hex(each.device, 2)},
                    {"revision", hex(each.revision, 1)},
                    {"driver", or_null(each.driver)},
                    {"iommu_group", or_null(each.iommu_group)}};
        if (ids != nullptr) {
            one["class_name"] = or_null(ids->class_name(each.class_code));
            one["vendor_name"] = or_null(ids->vendor_name(each.vendor));
            one["device_name"] = or_null(ids->device_name(each.vendor, each.device));
        }
        all.push_back(std::move(one));
    }
    return all;
}

} // namespace iov
