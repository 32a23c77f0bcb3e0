// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Names of C++ from names of manuals, by rules that docs/ioview-gen.md states:
//
//   type_name("UART_CTRL_1")      UartCtrl1
//   value_name("PllDiv2")         pll_div2
//
// What is no letter or digit parts words. A digit in front gets an n before it, and a keyword an
// underscore behind it. Of two that would be called the same, the second gets a 2 behind it.

#include "report.hpp"

#include <set>
#include <string>
#include <string_view>

namespace gen {

[[nodiscard]] std::string type_name(std::string_view name);
[[nodiscard]] std::string value_name(std::string_view name);

// What the name of the manual has that no name here has, in words: letters beyond ASCII, or nothing
// else. Empty where nothing is lost.
[[nodiscard]] std::string lost_in(std::string_view name);

// Whether it is a name of C++ as it stands, and none that is the compiler's.
[[nodiscard]] bool is_identifier(std::string_view name);

// The names of one scope.
class Names {
public:
    Names() = default;
    explicit Names(std::set<std::string> taken) : taken_(std::move(taken)) {}

    // The name itself, or with the first number behind it that makes it another.
    [[nodiscard]] std::string unique(const std::string& name);
    [[nodiscard]] bool has(const std::string& name) const { return taken_.contains(name); }

private:
    std::set<std::string> taken_;
};

// Reports a name that is more than spelled anew: `wanted` is what the manual's makes, `made` what
// the thing is called, `kind` what it is.
void report_name(Report& report,
                 const Finding& of,
                 std::string_view source,
                 const std::string& kind,
                 const std::string& wanted,
                 const std::string& made);

} // namespace gen
