// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "input.hpp"

#include "failure.hpp"
#include "ipxact_reader.hpp"
#include "json.hpp"
#include "rdl_reader.hpp"
#include "svd_reader.hpp"

#include <filesystem>
#include <string_view>

namespace gen {
namespace {

Language language_of(const std::string& path) {
    const std::string extension = std::filesystem::path(path).extension().string();
    if (extension == ".rdl")
        return Language::rdl;
    return extension == ".json" ? Language::json : Language::svd;
}

// ipxact:component or spirit:component, whatever stands for the language.
bool is_component(const XmlFile& file) {
    const std::string_view name = file.root().name();
    return name == "component" || name.ends_with(":component");
}

} // namespace

Device read_device(const std::string& path, Language language, Report& report) {
    const Language read_as = language == Language::by_name ? language_of(path) : language;
    if (read_as == Language::json)
        return read_json(file_text(path), path);
    if (read_as == Language::rdl)
        return read_rdl(path, report);
    const XmlFile file = XmlFile::read(path);
    const bool is_ipxact =
        language == Language::ipxact || (language == Language::by_name && is_component(file));
    return is_ipxact ? read_ipxact(file, report) : read_svd(file, report);
}

} // namespace gen
