// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "text.hpp"

#include "failure.hpp"
#include "reasons.hpp"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fmt/format.h>
#include <memory>

namespace iov {
namespace {

struct Close {
    void operator()(std::FILE* file) const {
        if (file != stdin)
            std::fclose(file);
    }
};
using File = std::unique_ptr<std::FILE, Close>;

// The bytes, or what failed.
std::optional<std::string> try_read(const std::string& path, int& error) {
    errno = 0;
    const File file(path == "-" ? stdin : std::fopen(path.c_str(), "re"));
    if (file == nullptr) {
        error = errno;
        return {};
    }
    std::string bytes;
    char part[4'096];
    while (std::feof(file.get()) == 0 && std::ferror(file.get()) == 0)
        bytes.append(part, std::fread(part, 1, sizeof part, file.get()));
    if (std::ferror(file.get()) != 0) {
        error = errno;
        return {};
    }
    return bytes;
}

} // namespace

std::optional<std::uint64_t> try_number(std::string_view text) {
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\'')
            digits += text[i];
        else if (i == 0 || i + 1 == text.size())
            return {};
    }
    const bool is_hex = digits.starts_with("0x") || digits.starts_with("0X");
    const char* first = digits.data() + (is_hex ? 2 : 0);
    const char* last = digits.data() + digits.size();
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(first, last, value, is_hex ? 16 : 10);
    if (error != std::errc{} || end != last)
        return {};
    return value;
}

std::optional<ioview::pci::Address> try_address(std::string_view text) {
    ioview::pci::Address made{};
    const char* at = text.data();
    const char* last = at + text.size();
    const auto part = [&](auto& into, std::ptrdiff_t digits, char after) {
        std::uint32_t value = 0;
        const char* limit = last - at < digits ? last : at + digits;
        const auto [end, error] = std::from_chars(at, limit, value, 16);
        if (error != std::errc{} || (after != '\0' && (end == last || *end != after)))
            return false;
        into = static_cast<std::remove_reference_t<decltype(into)>>(value);
        at = end + (after != '\0' ? 1 : 0);
        return true;
    };
    const bool has_segment = text.find(':') != text.rfind(':');
    const bool is_good = (!has_segment || part(made.segment, 8, ':')) && part(made.bus, 2, ':') &&
                         part(made.device, 2, '.') && part(made.function, 1, '\0') && at == last &&
                         made.valid();
    return is_good ? std::optional(made) : std::nullopt;
}

std::string hex(std::uint64_t value, unsigned bytes) {
    return fmt::format("{:#0{}x}", value, 2 + 2 * bytes);
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (!lines.back().empty() && lines.back().back() == '\r')
            lines.back().pop_back();
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return lines;
}

std::string read_file(const std::string& path) {
    int error = 0;
    if (auto bytes = try_read(path, error))
        return *std::move(bytes);
    throw cannot_open(path, error);
}

std::optional<std::string> try_read_line(const std::string& path) {
    int ignored = 0;
    auto bytes = try_read(path, ignored);
    if (bytes && !bytes->empty() && bytes->back() == '\n')
        bytes->pop_back();
    return bytes;
}

} // namespace iov
