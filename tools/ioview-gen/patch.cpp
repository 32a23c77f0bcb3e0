// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "patch.hpp"

#include "failure.hpp"
#include "json.hpp"
#include "json_text.hpp"
#include "number.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace gen {
namespace {

using Json = nlohmann::ordered_json;

// The lists that a thing may have its parts in.
constexpr std::array<const char*, 4> lists = {"peripherals", "registers", "clusters", "fields"};

// A member that a thing has while it is to be deleted.
constexpr const char* marked = "(deleted)";

struct Place {
    Json* list;
    std::size_t index;
    std::string path;
    [[nodiscard]] Json& thing() const { return (*list)[index]; }
};

// * is any text.
bool is_like(std::string_view pattern, std::string_view name) {
    const auto star = pattern.find('*');
    if (star == std::string_view::npos)
        return pattern == name;
    if (name.substr(0, star) != pattern.substr(0, star))
        return false;
    const std::string_view rest = pattern.substr(star + 1);
    for (std::size_t at = star; at <= name.size(); ++at)
        if (is_like(rest, name.substr(at)))
            return true;
    return false;
}

std::uint64_t number_in(const Json& thing, const char* member) {
    const auto found = thing.find(member);
    if (found == thing.end())
        return 0;
    return found->is_string() ? parse_number(found->get<std::string>()).value_or(0)
                              : found->get<std::uint64_t>();
}

// Where a thing begins: a peripheral by its base, a field by its lowest bit.
const char* place_member(const Json& thing) {
    return thing.contains("base") ? "base" : thing.contains("low") ? "low" : "offset";
}

// Where things were described, and in which words, does not make them differ.
void forget_texts(Json& thing) {
    for (const char* member : {"line", "file", "description"})
        thing.erase(member);
    for (const char* list : {"fields", "registers", "clusters", "enumerations", "values"})
        if (const auto found = thing.find(list); found != thing.end())
            for (Json& inner : *found)
                forget_texts(inner);
}

// Everything but what things side by side differ in.
Json without_place(Json thing) {
    for (const char* member : {"name", "display_name", "description", "line", "file", "interrupts"})
        thing.erase(member);
    if (thing.contains("low"))
        thing["high"] = number_in(thing, "high") - number_in(thing, "low");
    thing.erase(place_member(thing));
    forget_texts(thing);
    return thing;
}

// The lists of what has a place in a file of its own.
constexpr std::array<const char*, 7> described_lists = {
    "peripherals", "registers", "clusters", "fields", "interrupts", "enumerations", "values"};

class Patcher {
public:
    Patcher(Json& device, const JsonText& text, Report& report)
        : device_(device), text_(text), report_(report) {}

    void apply(const Json& patch, std::size_t number) {
        number_ = number;
        line_ = text_.line(patch);
        if (!patch.is_object())
            fail("is no object");
        const auto has = [&](const char* member) { return patch.contains(member); };
        if (has("rename"))
            only(patch, {"rename", "to"}), rename(patch);
        else if (has("delete"))
            only(patch, {"delete"}), erase(patch);
        else if (has("set"))
            only(patch, {"set", "to"}), set(patch);
        else if (has("add"))
            add(patch);
        else if (has("merge"))
            only(patch, {"merge", "to"}), merge(patch);
        else if (has("array"))
            only(patch, {"array", "to"}), array(patch);
        else
            fail("is none of rename, delete, set, add, merge and array");
    }

private:
    template <class... Args>
    [[noreturn]] void fail(fmt::format_string<Args...> format, Args&&... args) const {
        throw Failure(Exit::refused,
                      "{}:{}: change {}: {}",
                      text_.name(),
                      line_,
                      number_,
                      fmt::format(format, std::forward<Args>(args)...));
    }

    void only(const Json& patch, const std::set<std::string>& known) const {
        for (const auto& [member, value] : patch.items())
            if (!known.contains(member) && member != "why")
                fail("what is \"{}\"?", member);
    }

    std::string text(const Json& patch, const char* member) const {
        const auto found = patch.find(member);
        if (found == patch.end() || !found->is_string() || found->get<std::string>().empty())
            fail("\"{}\" must be a text", member);
        return found->get<std::string>();
    }

    // What stands in the patch, with where it does unless it says that itself.
    Json described(const Json& said) const {
        Json made = said;
        if (!said.is_object())
            return made;
        if (!said.contains("file") && !said.contains("line")) {
            made["file"] = text_.name();
            made["line"] = text_.line(said);
        }
        for (const char* list : described_lists)
            if (const auto found = said.find(list); found != said.end())
                made[list] = described_each(*found);
        return made;
    }
    Json described_each(const Json& said) const {
        if (!said.is_array())
            return said;
        Json made = Json::array();
        for (const Json& one : said)
            made.push_back(described(one));
        return made;
    }

    // All that a path like UART*/DR/DATA names.
    void find(Json& in,
              std::string_view path,
              const std::string& around,
              std::vector<Place>& found) const {
        const auto slash = path.find('/');
        for (const char* list : lists) {
            const auto items = in.find(list);
            if (items == in.end())
                continue;
            for (std::size_t i = 0; i != items->size(); ++i) {
                Json& one = (*items)[i];
                const std::string name = one.at("name").get<std::string>();
                if (!is_like(path.substr(0, slash), name))
                    continue;
                std::string own = around.empty() ? "" : around + '/';
                own += name;
                if (slash == std::string_view::npos)
                    found.push_back({&*items, i, own});
                else
                    find(one, path.substr(slash + 1), own, found);
            }
        }
    }

    std::vector<Place> find(const std::string& path) const {
        std::vector<Place> found;
        find(device_, path, "", found);
        if (found.empty())
            fail("there is no {}", path);
        return found;
    }

    // Of a path, or of a list of paths.
    std::vector<Place> find_all(const Json& patch, const char* member) const {
        const Json& said = patch.at(member);
        if (!said.is_array())
            return find(text(patch, member));
        std::vector<Place> all;
        for (const Json& path : said) {
            if (!path.is_string())
                fail("\"{}\" must be paths", member);
            for (const Place& place : find(path.get<std::string>()))
                all.push_back(place);
        }
        if (all.empty())
            fail("\"{}\" names nothing", member);
        std::vector<Place> once;
        for (const Place& place : all)
            if (std::none_of(once.begin(), once.end(), [&](const Place& other) {
                    return other.list == place.list && other.index == place.index;
                }))
                once.push_back(place);
        return once;
    }

    void rename(const Json& patch) {
        const std::string to = text(patch, "to");
        for (const Place& place : find(text(patch, "rename"))) {
            const std::string from = place.thing()["name"];
            place.thing()["name"] = to;
            report_.rename(place.path, renamed(place.path, to));
            for (Json& one : *place.list)
                if (one.value("same_as", std::string()) == from)
                    one["same_as"] = to;
        }
    }

    static std::string renamed(const std::string& path, const std::string& to) {
        const auto slash = path.rfind('/');
        return slash == std::string::npos ? to : path.substr(0, slash + 1) + to;
    }

    // Things of one list, from the back, so that the numbers of those in front stay right.
    static void erase(std::vector<Place> places) {
        std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
            return a.index > b.index;
        });
        for (const Place& place : places)
            place.list->erase(place.index);
    }

    // Each once, and with all that is in it.
    static void erase_marked(Json& in) {
        for (const char* list : lists) {
            const auto items = in.find(list);
            if (items == in.end() || !items->is_array())
                continue;
            for (std::size_t i = items->size(); i-- != 0;) {
                if ((*items)[i].contains(marked))
                    items->erase(i);
                else
                    erase_marked((*items)[i]);
            }
            if (items->empty())
                in.erase(list);
        }
    }

    void erase(const Json& patch) {
        const std::vector<Place> all = find_all(patch, "delete");
        for (const Place& place : all)
            place.thing()[marked] = true;
        for (const Place& place : all)
            for (const Json& other : *place.list)
                if (other.value("same_as", std::string()) ==
                        place.thing()["name"].get<std::string>() &&
                    !other.contains(marked))
                    fail("{} has the registers of {}; delete both, or neither",
                         other["name"].get<std::string>(),
                         place.thing()["name"].get<std::string>());
        for (const Place& place : all)
            report_.remove(place.path);
        erase_marked(device_);
    }

    void set(const Json& patch) {
        const auto to = patch.find("to");
        if (to == patch.end() || !to->is_object() || to->empty())
            fail("\"to\" must be an object of what is set");
        for (const Place& place : find(text(patch, "set")))
            for (const auto& [member, value] : to->items()) {
                if (value.is_null())
                    place.thing().erase(member);
                else
                    place.thing()[member] = is_described(member) ? described_each(value) : value;
                report_.mend(place.path, member);
            }
    }

    static bool is_described(const std::string& member) {
        return std::find(described_lists.begin(), described_lists.end(), member) !=
               described_lists.end();
    }

    void add(const Json& patch) {
        static const std::array<std::pair<const char*, const char*>, 6> kinds = {
            {{"peripheral", "peripherals"},
             {"cluster", "clusters"},
             {"register", "registers"},
             {"field", "fields"},
             {"interrupt", "interrupts"},
             {"enumeration", "enumerations"}}};
        const std::string path = patch["add"].is_string() ? patch["add"].get<std::string>() : "";
        for (const auto& [kind, list] : kinds) {
            const auto made = patch.find(kind);
            if (made == patch.end())
                continue;
            only(patch, {"add", kind});
            const std::string name =
                made->is_object() && made->contains("name") && (*made)["name"].is_string()
                    ? (*made)["name"].get<std::string>()
                    : "";
            if (path.empty()) {
                device_[list].push_back(described(*made));
                report_.replace(name);
            } else {
                for (const Place& place : find(path)) {
                    if (place.thing().contains("same_as") && *list != 'i')
                        fail("{} has the registers of {}; change those",
                             place.thing()["name"].get<std::string>(),
                             place.thing()["same_as"].get<std::string>());
                    place.thing()[list].push_back(described(*made));
                    report_.replace(place.path + '/' + name);
                }
            }
            return;
        }
        fail("adds no peripheral, cluster, register, field, interrupt or enumeration");
    }

    std::vector<Place> side_by_side(const Json& patch, const char* member) const {
        std::vector<Place> all = find_all(patch, member);
        if (all.size() < 2)
            fail("\"{}\" names one thing, and takes several", member);
        for (const Place& place : all)
            if (place.list != all.front().list)
                fail("\"{}\" names things of different places", member);
        std::sort(all.begin(), all.end(), [](const Place& a, const Place& b) {
            return number_in(a.thing(), place_member(a.thing())) <
                   number_in(b.thing(), place_member(b.thing()));
        });
        return all;
    }

    // Fields that touch become one, of the bits of all.
    void merge(const Json& patch) {
        std::vector<Place> all = side_by_side(patch, "merge");
        Json& first = all.front().thing();
        if (!first.contains("low"))
            fail("only fields are merged");
        for (std::size_t i = 1; i != all.size(); ++i)
            if (number_in(all[i].thing(), "low") != number_in(all[i - 1].thing(), "high") + 1)
                fail("{} and {} do not touch",
                     all[i - 1].thing()["name"].get<std::string>(),
                     all[i].thing()["name"].get<std::string>());
        for (const Place& place : all)
            for (const char* member : {"access", "on_write", "on_read", "constraint", "dim"})
                if (place.thing().value(member, Json()) != first.value(member, Json()))
                    fail("{} is not like {}: {}",
                         place.thing()["name"].get<std::string>(),
                         first["name"].get<std::string>(),
                         member);
        first["high"] = number_in(all.back().thing(), "high");
        first["name"] = text(patch, "to");
        first.erase("enumerations");
        report_.mend(all.front().path, "enumerations");
        become_one(std::move(all), first["name"]);
    }

    // The first, which is called so; of what is said of the others, nothing is said of it.
    void become_one(std::vector<Place> all, const std::string& name) {
        const std::string path = all.front().path;
        all.erase(all.begin());
        for (const Place& place : all)
            report_.remove(place.path);
        report_.rename(path, renamed(path, name));
        erase(std::move(all));
    }

    // Things that are alike and equally far apart become one with an index.
    void array(const Json& patch) {
        std::vector<Place> all = side_by_side(patch, "array");
        Json& first = all.front().thing();
        const char* const at = place_member(first);
        const std::uint64_t step = number_in(all[1].thing(), at) - number_in(first, at);
        for (std::size_t i = 1; i != all.size(); ++i) {
            const Json& one = all[i].thing();
            const std::string name = one["name"];
            if (one.contains("dim") || first.contains("dim"))
                fail("{} is several things already", name);
            if (number_in(one, at) != number_in(all[i - 1].thing(), at) + step)
                fail("{} is not as far from the one before as the others", name);
            if (without_place(one) != without_place(first))
                fail("{} is not like {}", name, first["name"].get<std::string>());
        }
        std::string name = text(patch, "to");
        if (name.find("%s") == std::string::npos)
            name += "[%s]";
        for (const Place& place : all)
            for (Json& other : *place.list)
                if (other.value("same_as", std::string()) ==
                    place.thing()["name"].get<std::string>())
                    other["same_as"] = name;
        first["name"] = name;
        first["dim"] = {{"count", all.size()},
                        {"increment", step},
                        {"is_array", name.find("[%s]") != std::string::npos}};
        become_one(std::move(all), name);
    }

    Json& device_;
    const JsonText& text_;
    Report& report_;
    std::size_t number_ = 0;
    int line_ = 0;
};

std::string dumped(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Why a device is none after one of the changes, each of which can be made.
[[noreturn]] void refuse(const Device& device, const Json& changes, const JsonText& patch) {
    Json json = to_json(device);
    Report ignored;
    Patcher patcher(json, patch, ignored);
    std::size_t number = 0;
    int line = 1;
    // Whether it is one takes as long as to read it: by halves.
    const auto why_none_after = [&](std::size_t count) -> std::string {
        json = to_json(device);
        for (number = 0; number != count; ++number) {
            line = patch.line(changes[number]);
            patcher.apply(changes[number], number + 1);
        }
        constexpr std::string_view file = "patched";
        try {
            (void)read_json(dumped(json), std::string(file));
        } catch (const Failure& failure) { // "patched:1: …", of one line
            return std::string(failure.what()).substr(file.size() + 4);
        }
        return {};
    };
    std::size_t right = 0;
    std::size_t wrong = changes.size();
    while (wrong - right > 1) {
        const std::size_t middle = right + (wrong - right) / 2;
        (why_none_after(middle).empty() ? right : wrong) = middle;
    }
    const std::string why = why_none_after(wrong);
    throw Failure(Exit::refused, "{}:{}: change {}: after it, {}", patch.name(), line, wrong, why);
}

} // namespace

Device apply_patch(const Device& device,
                   const std::string& text,
                   const std::string& name,
                   Report& report) {
    const JsonText patch(text, name);
    const auto changes = patch.root().find("patches");
    if (!patch.root().is_object() || changes == patch.root().end() || !changes->is_array())
        throw Failure(Exit::refused, "{}:1: no patch: that is {{\"patches\": […]}}", name);
    Json json = to_json(device);
    Patcher patcher(json, patch, report);
    std::size_t number = 0;
    for (const Json& change : *changes) {
        ++number;
        try {
            patcher.apply(change, number);
        } catch (const Json::exception& wrong) { // an earlier change made a thing what it cannot be
            throw Failure(Exit::refused,
                          "{}:{}: change {}: {}",
                          name,
                          patch.line(change),
                          number,
                          wrong.what());
        }
    }
    try {
        return read_json(dumped(json), device.where.file);
    } catch (const Failure&) {
        refuse(device, *changes, patch);
    }
}

} // namespace gen
