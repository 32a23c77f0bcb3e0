// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// JsonText: a text that is JSON, in which no object has two members of one name, with the line of
// each object.
//
//   const JsonText json(text, "uart.json");
//   json.line(json.root()["cpu"])

#include <nlohmann/json.hpp>
#include <string>
#include <unordered_map>

namespace gen {

class JsonText {
public:
    // Failure where it is not as said above, or nested deeper than registers are.
    JsonText(const std::string& text, std::string name);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const nlohmann::ordered_json& root() const { return root_; }
    // 1 for what is no object.
    [[nodiscard]] int line(const nlohmann::ordered_json& object) const;

private:
    std::string name_;
    nlohmann::ordered_json root_;
    std::unordered_map<const nlohmann::ordered_json*, int> lines_;
};

} // namespace gen
