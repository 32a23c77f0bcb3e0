// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "failure.hpp"
#include "json.hpp"
#include "json_members.hpp"
#include "json_text.hpp"
#include "number.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>

namespace gen {
namespace {

using Json = nlohmann::ordered_json;

class JsonReader {
public:
    template <class T>
    using Value = T;

    explicit JsonReader(const JsonText& text) : text_(&text) {}

    template <class T>
    T object(const Json& json) {
        if (!json.is_object())
            fail("", "is {}, and an object is wanted", json.type_name());
        const Level outer = std::exchange(here_, {&json, text_->line(json), here_.origin, {}});
        T value;
        members(*this, value);
        refuse_unknown();
        check(value);
        here_ = outer;
        return value;
    }

    void schema(const char* name) {
        std::uint64_t version = 0;
        required_number(name, version);
        if (version != 1)
            fail(name, "is {}, and 1 is the only one there is", version);
    }

    void required_text(const char* name, std::string& value) {
        require(name);
        text(name, value);
        if (value.empty())
            fail(name, "is empty");
    }
    void text(const char* name, std::string& value) {
        if (const Json* json = find(name)) {
            if (!json->is_string())
                fail(name, "is {}, and text is wanted", json->type_name());
            value = json->get<std::string>();
        }
    }

    void required_address(const char* name, std::uint64_t& value) {
        require(name);
        value = number_of<std::uint64_t>(name, *find(name));
    }
    void address(const char* name, std::uint64_t& value, std::uint64_t = 0) {
        if (const Json* json = find(name))
            value = number_of<std::uint64_t>(name, *json);
    }
    void optional_address(const char* name, std::optional<std::uint64_t>& value) {
        if (const Json* json = find(name))
            value = number_of<std::uint64_t>(name, *json);
    }
    template <class Number>
    void required_number(const char* name, Number& value) {
        require(name);
        value = number_of<Number>(name, *find(name));
    }
    void number(const char* name, unsigned& value, unsigned = 0) {
        if (const Json* json = find(name))
            value = number_of<unsigned>(name, *json);
    }
    void optional_number(const char* name, std::optional<unsigned>& value) {
        if (const Json* json = find(name))
            value = number_of<unsigned>(name, *json);
    }
    void signed_number(const char* name, std::int64_t& value) {
        require(name);
        const Json& json = *find(name);
        if (json.is_number_integer() && !json.is_number_unsigned())
            value = json.get<std::int64_t>();
        else if (const auto read =
                     json.is_string() ? parse_signed(json.get<std::string>()) : std::nullopt)
            value = *read;
        else
            value = static_cast<std::int64_t>(number_of<std::uint64_t>(
                name, json, static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())));
    }
    void flag(const char* name, bool& value) {
        if (const Json* json = find(name)) {
            if (!json->is_boolean())
                fail(name, "is {}, and true or false is wanted", json->dump());
            value = json->get<bool>();
        }
    }
    template <class Enum>
    void word(const char* name, Enum& value) {
        const Json* json = find(name);
        if (json == nullptr)
            return;
        std::string words;
        for (const auto& [word, meaning] : Words<Enum>::all) {
            if (*json == word) {
                value = meaning;
                return;
            }
            words += (words.empty() ? "" : ", ") + std::string(word);
        }
        fail(name, "is {}, and one of these is wanted: {}", json->dump(), words);
    }
    void index(const char* name, Dim& dim) {
        if (dim.count == 0 || dim.count > most_of_a_dim)
            fail("count", "is {}, and from 1 to {} are believed", dim.count, most_of_a_dim);
        const Json* json = find(name);
        if (json == nullptr) {
            for (std::uint64_t i = 0; i != dim.count; ++i)
                dim.index.push_back(std::to_string(i));
            return;
        }
        const auto is_text = [](const Json& one) { return one.is_string(); };
        if (!json->is_array() || !std::all_of(json->begin(), json->end(), is_text))
            fail(name, "is not an array of texts");
        if (json->size() != dim.count)
            fail(name, "has {} names, and count is {}", json->size(), dim.count);
        dim.index = json->get<std::vector<std::string>>();
    }

    template <class T>
    void one(const char* name, std::optional<T>& value) {
        if (const Json* json = find(name))
            value = inside<T>(name, *json);
    }
    template <class T>
    void list(const char* name, std::vector<T>& values) {
        const Json* json = find(name);
        if (json == nullptr)
            return;
        if (!json->is_array())
            fail(name, "is {}, and an array is wanted", json->type_name());
        values.reserve(json->size());
        for (std::size_t i = 0; i != json->size(); ++i)
            values.push_back(inside<T>(fmt::format("{}[{}]", name, i), (*json)[i]));
    }
    // Its own words, or those of what it is in, or where it stands in this text.
    void where(Where& where) {
        if (find("file") != nullptr) {
            here_.origin.emplace();
            text("file", *here_.origin);
        }
        where = here_.origin ? Where{*here_.origin, 0} : Where{text_->name(), here_.line};
        if (const Json* json = find("line"))
            where.line = static_cast<int>(number_of<unsigned>("line", *json, 0x7fff'ffff));
    }

private:
    // The object that is being read.
    struct Level {
        const Json* json = nullptr;
        int line = 1;
        std::optional<std::string> origin; // the file that is named in it or around it
        std::vector<std::string> asked;    // the members that there are
    };

    const Json* find(const char* name) {
        if (std::find(here_.asked.begin(), here_.asked.end(), name) == here_.asked.end())
            here_.asked.emplace_back(name);
        const auto found = here_.json->find(name);
        return found == here_.json->end() ? nullptr : &*found;
    }

    void require(const char* name) {
        if (find(name) == nullptr)
            fail("", "has no \"{}\"", name);
    }

    template <class T>
    T inside(const std::string& name, const Json& json) {
        const std::size_t size = path_.size();
        path_ += (path_.empty() ? "" : ".") + name;
        T value = object<T>(json);
        path_.resize(size);
        return value;
    }

    template <class Number>
    Number number_of(const char* name,
                     const Json& json,
                     std::uint64_t most = std::numeric_limits<Number>::max()) const {
        std::optional<std::uint64_t> number;
        if (json.is_number_unsigned())
            number = json.get<std::uint64_t>();
        else if (json.is_string())
            number = parse_number(json.get<std::string>());
        if (!number)
            fail(name, "is {}, and a number from 0 is wanted, as 16 or \"0x10\"", json.dump());
        if (*number > most)
            fail(name, "is {}, and {} is the most", json.dump(), most);
        return static_cast<Number>(*number);
    }

    void refuse_unknown() const {
        for (const auto& item : here_.json->items())
            if (std::find(here_.asked.begin(), here_.asked.end(), item.key()) == here_.asked.end())
                fail("", "has a member \"{}\" that there is not", item.key());
    }

    template <class T>
    void check(const T&) const {}
    // Each of those that share registers has them of one that has some.
    void check(const Device& device) {
        std::map<std::string_view, std::size_t> numbers;
        for (std::size_t i = 0; i != device.peripherals.size(); ++i)
            numbers.emplace(device.peripherals[i].name, i);
        for (std::size_t i = 0; i != device.peripherals.size(); ++i) {
            const Peripheral& one = device.peripherals[i];
            if (one.same_as.empty())
                continue;
            const auto wrong = [&](const std::string& what) {
                here_.line = text_->line(here_.json->at("peripherals")[i]);
                fail(fmt::format("peripherals[{}].same_as", i), "is {}: {}", one.same_as, what);
            };
            if (!one.registers.empty() || !one.clusters.empty())
                wrong("but there are registers here, too");
            const Peripheral* other = &one;
            for (std::size_t steps = 0; !other->same_as.empty(); ++steps) {
                const auto next = numbers.find(other->same_as);
                if (next == numbers.end())
                    wrong(other == &one ? "there is no such peripheral"
                                        : fmt::format("that has those of {}, which is not there",
                                                      other->same_as));
                if (steps == numbers.size())
                    wrong("that leads back to where it began");
                other = &device.peripherals[next->second];
            }
        }
    }
    void check(const Field& field) const {
        if (field.high < field.low)
            fail("high", "is {}, below low, which is {}", field.high, field.low);
    }

    template <class... Args>
    [[noreturn]] void
    fail(std::string_view member, fmt::format_string<Args...> format, Args&&... args) const {
        std::string path = path_;
        if (!member.empty())
            path += (path.empty() ? "" : ".") + std::string(member);
        throw Failure(Exit::refused,
                      "{}:{}: {}: {}",
                      text_->name(),
                      here_.line,
                      path.empty() ? "the device" : path,
                      fmt::format(format, std::forward<Args>(args)...));
    }

    const JsonText* text_;
    Level here_;
    std::string path_;
};

} // namespace

Device read_json(const std::string& text, const std::string& file_name) {
    const JsonText parsed(text, file_name);
    return JsonReader(parsed).object<Device>(parsed.root());
}

} // namespace gen
