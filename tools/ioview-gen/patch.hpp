// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// apply_patch: mends the errors of a description by a JSON file of its own, so that the vendor's
// stays as it came. docs/ioview-gen.md has each change.
//
//   device = apply_patch(device, file_text("rp2040.patch.json"), "rp2040.patch.json", report);
//
//   {"patches": [{"rename": "UART0/UARTDR", "to": "DR"},
//                {"set": "UART*/DR/DATA", "to": {"on_read": "modifyExternal"}},
//                {"array": "TIMER/ALARM*", "to": "ALARM[%s]"}]}

#include "model.hpp"
#include "report.hpp"

#include <string>

namespace gen {

// Failure, with the line and the number of the change, for one that is none, that finds nothing to
// change, or after which the device is none. What a change mends is left out of the report.
[[nodiscard]] Device
apply_patch(const Device& device, const std::string& text, const std::string& name, Report& report);

} // namespace gen
