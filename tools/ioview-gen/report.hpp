// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Report: what was suspicious in a description, where, and what was done about it.
//
//   report.add(field.where, "UART0/DR/DATA", "the field ends past its register", "left out");

#include "model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace gen {

struct Finding {
    Where where;
    std::string element; // PERIPHERAL/REGISTER/FIELD
    std::string what;
    std::string done;
};

class Report {
public:
    void add(const Where& where, std::string_view element, std::string what, std::string done) {
        findings_.push_back({where, std::string(element), std::move(what), std::move(done)});
    }
    [[nodiscard]] const std::vector<Finding>& findings() const noexcept { return findings_; }

private:
    std::vector<Finding> findings_;
};

// "rp2040.svd:12: UART0/DR/DATA: the field ends past its register; left out"
[[nodiscard]] std::string to_text(const Finding& finding);

} // namespace gen
