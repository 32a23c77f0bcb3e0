// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// `iov watch`: the same registers again and again, and what changes.
//
//   Watch watch(space, places);
//   while (…) { const auto lines = watch.look(clock.now()); … }

#include "json.hpp"
#include "location.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace iov {

// What a look has seen of one register that it did not have before.
struct Seen {
    double seconds = 0; // since the first look
    const Place* place = nullptr;
    std::uint64_t value = 0;
    bool is_first = false;
    std::vector<std::string> changes; // "ready: 1 -> 0"
};

class Watch {
public:
    // The register of a location; of a space alone, all of its map that can be read without an
    // effect.
    Watch(const Space& space, const std::string& place, std::optional<unsigned> width);

    // Reads each once. seconds: any clock that goes forward.
    [[nodiscard]] std::vector<Seen> look(double seconds);

    [[nodiscard]] std::uint64_t looks() const { return looks_; }
    [[nodiscard]] std::uint64_t changes() const { return changes_; }
    [[nodiscard]] double seconds() const { return last_ - first_; }
    // Looks in a second, by the clock; 0 before the second one.
    [[nodiscard]] double rate() const;

private:
    const Space& space_;
    std::vector<Place> places_;
    std::vector<std::uint64_t> values_;
    std::uint64_t looks_ = 0;
    std::uint64_t changes_ = 0;
    double first_ = 0;
    double last_ = 0;
};

// A line; with colours, what changed stands out.
[[nodiscard]] std::string seen_text(const Seen& seen, bool has_colours);
[[nodiscard]] Json seen_json(const Seen& seen);
// 10 looks in 4.5 s, 2.0 a second; 3 changes
[[nodiscard]] std::string summary_text(const Watch& watch);
[[nodiscard]] Json summary_json(const Watch& watch);

} // namespace iov
