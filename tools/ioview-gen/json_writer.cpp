// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "json.hpp"
#include "json_members.hpp"

#include <cstddef>
#include <fmt/format.h>

namespace gen {
namespace {

using Json = nlohmann::ordered_json;

// Past this a double is not each integer, and many a reader has nothing else.
constexpr std::uint64_t most_as_number = std::uint64_t{1} << 53;

bool is_counted_from_zero(const Dim& dim) {
    if (dim.index.size() != dim.count)
        return false;
    for (std::size_t i = 0; i != dim.index.size(); ++i)
        if (dim.index[i] != std::to_string(i))
            return false;
    return true;
}

class Writer {
public:
    template <class T>
    using Value = const T;

    explicit Writer(std::string file) : file_(std::move(file)) {}

    template <class T>
    Json object(const T& value) {
        Json outer = std::exchange(made_, Json::object());
        const std::string file = file_;
        members(*this, value);
        file_ = file;
        return std::exchange(made_, std::move(outer));
    }

    void schema(const char* name) { made_[name] = 1; }

    void required_text(const char* name, const std::string& value) { made_[name] = value; }
    void text(const char* name, const std::string& value) {
        if (!value.empty())
            made_[name] = value;
    }
    void required_address(const char* name, std::uint64_t value) {
        made_[name] = fmt::format("0x{:x}", value);
    }
    void address(const char* name, std::uint64_t value, std::uint64_t by_default = 0) {
        if (value != by_default)
            required_address(name, value);
    }
    void optional_address(const char* name, const std::optional<std::uint64_t>& value) {
        if (value)
            required_address(name, *value);
    }
    void required_number(const char* name, std::uint64_t value) {
        if (value < most_as_number)
            made_[name] = value;
        else
            required_address(name, value);
    }
    void number(const char* name, unsigned value, unsigned by_default = 0) {
        if (value != by_default)
            made_[name] = value;
    }
    void optional_number(const char* name, const std::optional<unsigned>& value) {
        if (value)
            made_[name] = *value;
    }
    void signed_number(const char* name, std::int64_t value) { made_[name] = value; }
    void flag(const char* name, bool value) {
        if (value)
            made_[name] = true;
    }
    template <class Enum>
    void word(const char* name, Enum value) {
        if (value != Enum{})
            made_[name] = word_of(value);
    }
    void index(const char* name, const Dim& dim) {
        if (!is_counted_from_zero(dim))
            made_[name] = dim.index;
    }
    template <class T>
    void one(const char* name, const std::optional<T>& value) {
        if (value)
            made_[name] = object(*value);
    }
    template <class T>
    void list(const char* name, const std::vector<T>& values) {
        if (values.empty())
            return;
        Json list = Json::array();
        for (const T& value : values)
            list.push_back(object(value));
        made_[name] = std::move(list);
    }
    void where(const Where& where) {
        if (where.file != file_ || made_.contains("schema"))
            made_["file"] = where.file;
        file_ = where.file;
        if (where.line != 0)
            made_["line"] = where.line;
    }

private:
    Json made_;
    std::string file_; // of what this is a member of
};

} // namespace

Json to_json(const Device& device) {
    return Writer(device.where.file).object(device);
}

} // namespace gen
