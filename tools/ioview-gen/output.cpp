// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "output.hpp"

#include "failure.hpp"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <system_error>

namespace gen {
namespace {

bool has_text(const std::filesystem::path& path, const std::string& text) {
    std::ifstream in(path, std::ios::binary);
    return in && std::string(std::istreambuf_iterator<char>(in), {}) == text;
}

} // namespace

void write_file(const std::filesystem::path& path, const std::string& text) {
    if (has_text(path, text))
        return;
    // Beside it and then in its place: who reads it sees the old one or the new one.
    const std::filesystem::path beside = path.string() + ".new";
    errno = 0;
    std::ofstream out(beside, std::ios::binary);
    out << text;
    out.close();
    std::error_code failed;
    if (out)
        std::filesystem::rename(beside, path, failed);
    if (!out || failed) {
        const std::string why = failed ? failed.message() : std::generic_category().message(errno);
        std::error_code ignored;
        std::filesystem::remove(beside, ignored);
        throw Failure(Exit::unwritable, "{}: cannot be written: {}", path.string(), why);
    }
}

void make_directory(const std::filesystem::path& path) {
    std::error_code failed;
    std::filesystem::create_directories(path, failed);
    if (failed)
        throw Failure(Exit::unwritable, "{}: cannot be made: {}", path.string(), failed.message());
}

void write_standard_output(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
        throw Failure(Exit::unwritable,
                      "standard output: cannot be written: {}",
                      std::generic_category().message(errno));
}

} // namespace gen
