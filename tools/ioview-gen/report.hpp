// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Report: what was suspicious in a description, where, and what was done about it.
//
//   report.add(field.where, "UART0/DR/DATA", "the field ends past its register", "left out");

#include "model.hpp"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gen {

struct Finding {
    Where where;
    std::string element; // PERIPHERAL/REGISTER/FIELD
    std::string what;
    std::string done;
    std::string peripheral = {}; // that was being read; empty: of the device
    std::string member = {};     // of the element, in the words of the JSON form; may be empty
    std::string key = {};        // what the element is called after the patches so far
};

class Report {
public:
    void add(const Where& where,
             std::string_view element,
             std::string what,
             std::string done,
             std::string member = {});
    [[nodiscard]] const std::vector<Finding>& findings() const noexcept { return findings_; }

    // What is added next is found while this peripheral is read; empty: in none.
    void set_peripheral(std::string name) { peripheral_ = std::move(name); }
    // Of these peripherals, and of none.
    void keep_only(const std::set<std::string>& peripherals);

    // What a patch did to elements, named by their path.
    void rename(std::string_view from, std::string_view to);
    void remove(std::string_view path);                        // and all that is in it
    void mend(std::string_view path, std::string_view member); // it was set
    void replace(std::string_view path);                       // one that was left out is there

private:
    std::vector<Finding> findings_;
    std::string peripheral_;
};

// "rp2040.svd:12: UART0/DR/DATA: the field ends past its register; left out"
[[nodiscard]] std::string to_text(const Finding& finding);

} // namespace gen
