// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "input.hpp"

#include "failure.hpp"
#include "json.hpp"
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

} // namespace

Device read_device(const std::string& path, Language language, Report& report) {
    switch (language == Language::by_name ? language_of(path) : language) {
    case Language::json:
        return read_json(file_text(path), path);
    case Language::by_name:
    case Language::rdl:
    case Language::ipxact:
    case Language::svd:
        break;
    }
    return read_svd(XmlFile::read(path), report);
}

} // namespace gen
