// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// XmlFile: a document that is well-formed UTF-8 (or UTF-16 with its mark) and declares no entities,
// with the line of each of its elements.
//
//   const XmlFile xml = XmlFile::read("rp2040.svd");
//   report.add(xml.where(node), …);

#include "model.hpp"

#include <cstddef>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace gen {

class XmlFile {
public:
    // Failure where it cannot be read, or is not what is said above; with the line.
    [[nodiscard]] static XmlFile read(const std::string& path);
    [[nodiscard]] static XmlFile parse(std::string text, std::string name);

    [[nodiscard]] pugi::xml_node root() const { return document_->document_element(); }
    [[nodiscard]] Where where(pugi::xml_node node) const;

private:
    XmlFile() = default;
    [[nodiscard]] int line_at(std::size_t offset) const;

    std::string name_;
    std::vector<std::size_t> line_ends_;
    std::unique_ptr<pugi::xml_document> document_;
};

// The whole of a file; Failure.
[[nodiscard]] std::string file_text(const std::string& path);

// The offset of what is no UTF-8; npos where all is.
[[nodiscard]] std::size_t first_not_utf8(std::string_view text);

} // namespace gen
