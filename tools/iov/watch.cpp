// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "watch.hpp"

#include "access.hpp"
#include "text.hpp"

namespace iov {
namespace {

std::string name_of(const Place& place) {
    return place.which != nullptr ? place.which->name : fmt::format("@{:#x}", place.offset);
}

} // namespace

Watch::Watch(const Space& space, const std::string& place, std::optional<unsigned> width)
    : space_(space) {
    if (!place.empty()) {
        places_.push_back(place_in(space, place, width));
        if (const MappedRegister* which = places_[0].which;
            which != nullptr && !which->type.readable)
            throw Failure(Exit::usage, "{} is write-only", which->name);
        check_reading(space, places_[0], place);
        return;
    }
    const RegisterMap& map = space.known_map();
    for (const MappedRegister& each : map.registers)
        if (map.why_unread(each) == nullptr &&
            each.offset + each.type.bytes <= space.medium->size() &&
            each.type.bytes <= space.medium->widest())
            places_.push_back({each.offset, each.type.bytes, &each});
    if (places_.empty())
        throw Failure(Exit::usage, "{}: nothing to watch", space.medium->name());
}

std::vector<Seen> Watch::look(double seconds) {
    std::vector<Seen> found;
    const bool is_first = looks_++ == 0;
    if (is_first)
        first_ = seconds;
    last_ = seconds;
    values_.resize(places_.size());
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const Place& place = places_[i];
        const std::uint64_t now = read_at(space_, place);
        if (is_first) {
            found.push_back({0, &place, now, true, {}});
        } else if (now != values_[i]) {
            const RegisterType type =
                place.which != nullptr ? place.which->type : RegisterType{.bytes = place.bytes};
            found.push_back(
                {seconds - first_, &place, now, false, iov::changes(type, values_[i], now)});
            ++changes_;
        }
        values_[i] = now;
    }
    return found;
}

double Watch::rate() const {
    return looks_ < 2 || seconds() <= 0 ? 0 : static_cast<double>(looks_ - 1) / seconds();
}

std::string seen_text(const Seen& seen, bool has_colours) {
    std::string text = fmt::format("{:9.3f} s  {}", seen.seconds, name_of(*seen.place));
    if (seen.is_first)
        return text + ' ' + hex(seen.value, seen.place->bytes) +
               (seen.place->which == nullptr
                    ? ""
                    : ' ' + value_text(seen.place->which->type, seen.value)) +
               '\n';
    const char* separator = " ";
    for (const std::string& change : seen.changes) {
        text += separator;
        text += has_colours ? "\x1b[1;33m" + change + "\x1b[0m" : change;
        separator = ", ";
    }
    return text + '\n';
}

Json seen_json(const Seen& seen) {
    return {{"seconds", seen.seconds},
            {"register", name_of(*seen.place)},
            {"value", hex(seen.value, seen.place->bytes)},
            {"changes", seen.changes}};
}

std::string summary_text(const Watch& watch) {
    return fmt::format("{} look{} in {:.3f} s, {:.1f} a second; {} change{}\n",
                       watch.looks(),
                       watch.looks() == 1 ? "" : "s",
                       watch.seconds(),
                       watch.rate(),
                       watch.changes(),
                       watch.changes() == 1 ? "" : "s");
}

Json summary_json(const Watch& watch) {
    return {{"looks", watch.looks()},
            {"seconds", watch.seconds()},
            {"rate", watch.rate()},
            {"changes", watch.changes()}};
}

} // namespace iov
