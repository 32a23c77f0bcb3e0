// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "input.hpp"

#include "svd_reader.hpp"

namespace gen {

Device read_device(const std::string& path, Language language, Report& report) {
    (void)language;
    return read_svd(XmlFile::read(path), report);
}

} // namespace gen
