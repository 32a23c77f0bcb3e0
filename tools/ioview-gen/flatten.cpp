// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "flatten.hpp"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <map>
#include <utility>

namespace gen {
namespace {

// No block is larger, and offsets of those that are cannot be meant.
constexpr std::uint64_t most_bytes = std::uint64_t{1} << 32;
// Registers of one peripheral; more are no description.
constexpr std::size_t most_registers = 200'000;
constexpr std::size_t most_fields = 500'000;
constexpr unsigned most_bits = 4'096; // of a register

// One of the dims that a register is in, and where its index stands in the name: behind `at` bytes.
struct Level {
    const Dim* dim;
    bool is_in_brackets;
};

struct Around {
    std::string name;   // with \1, \2 … where the index of a level stands
    std::string source; // with %s
    std::uint64_t offset = 0;
    std::vector<Level> levels;
};

// The indices are 0, 1, 2 …, and there is a distance.
bool counts_from_zero(const Dim& dim) {
    if (dim.increment == 0)
        return false;
    for (std::size_t i = 0; i != dim.index.size(); ++i)
        if (dim.index[i] != std::to_string(i))
            return false;
    return true;
}

// As far as numbers go, and no further.
std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
    return a > ~std::uint64_t{0} - b ? ~std::uint64_t{0} : a + b;
}
std::uint64_t product(std::uint64_t a, std::uint64_t b) {
    return b != 0 && a > ~std::uint64_t{0} / b ? ~std::uint64_t{0} : a * b;
}

// The bytes from the first element to the end of the last; none where two lie over each other.
std::optional<std::uint64_t> extent(std::vector<Steps> steps, std::uint64_t size) {
    std::sort(steps.begin(), steps.end(), [](const Steps& a, const Steps& b) {
        return a.stride < b.stride;
    });
    for (const Steps& step : steps) {
        if (step.stride < size)
            return std::nullopt;
        size = sum(product(step.stride, step.count - 1), size);
    }
    return size;
}

Around inside(const Around& around,
              const std::string& name,
              std::uint64_t offset,
              const std::optional<Dim>& dim) {
    Around in = around;
    in.offset = sum(in.offset, offset);
    std::string marked = name;
    if (dim) {
        if (marked.find("%s") == std::string::npos)
            marked += "[%s]";
        const bool in_brackets = marked.find("[%s]") != std::string::npos;
        const auto at = in_brackets ? marked.find("[%s]") : marked.find("%s");
        in.levels.push_back({&*dim, in_brackets});
        marked.replace(at, in_brackets ? 4 : 2, 1, static_cast<char>(in.levels.size()));
    }
    in.name += (in.name.empty() ? "" : "_") + marked;
    in.source += (in.source.empty() ? "" : ".") + name;
    return in;
}

// The name with each index put in, or taken out where it is empty.
std::string with_indices(const std::string& marked, const std::vector<std::string>& index) {
    std::string name;
    for (const char c : marked) {
        const auto level = static_cast<unsigned char>(c);
        if (level >= 1 && level <= index.size()) {
            // A number behind a number would be another number.
            const std::string& text = index[level - 1];
            if (!text.empty() && !name.empty() &&
                std::isdigit(static_cast<unsigned char>(name.back())))
                name += '_';
            name += text;
        } else {
            name += c;
        }
    }
    return name;
}

class Flattener {
public:
    Flattener(const Peripheral& peripheral, Report& report)
        : peripheral_(peripheral), report_(report) {}

    std::vector<FlatRegister> all() {
        walk(peripheral_.registers, peripheral_.clusters, {});
        // Those of one offset stay in order. Not std::stable_sort: clang 19 calls what libstdc++ 12
        // makes it of deprecated.
        std::multimap<std::uint64_t, FlatRegister> by_offset;
        for (FlatRegister& one : flat_)
            by_offset.emplace(one.offset, std::move(one));
        std::vector<FlatRegister> sorted;
        for (auto& [offset, one] : by_offset)
            sorted.push_back(std::move(one));
        return sorted;
    }

private:
    void walk(const std::vector<Register>& registers,
              const std::vector<Cluster>& clusters,
              const Around& around) {
        for (const Register& one : registers)
            add(one, inside(around, one.name, one.offset, one.dim));
        for (const Cluster& one : clusters)
            walk(one.registers, one.clusters, inside(around, one.name, one.offset, one.dim));
    }

    void say(const Register& one, const Around& in, std::string what, std::string done) {
        report_.add(
            one.where, peripheral_.name + '/' + in.source, std::move(what), std::move(done));
    }

    // The bits of one access, and how many of them a register takes.
    std::pair<unsigned, unsigned> access_of(const Register& one, const Around& in) {
        for (const unsigned bits : {8u, 16u, 32u, 64u})
            if (one.size <= bits) {
                if (one.size != bits)
                    say(one,
                        in,
                        fmt::format("a size of {} bits", one.size),
                        fmt::format("accessed as {}", bits));
                return {bits, 1};
            }
        say(one,
            in,
            fmt::format("a size of {} bits, which no single access has", one.size),
            "an array of 32 bits each, without fields");
        return {32, (one.size + 31) / 32};
    }

    void add(const Register& one, const Around& in) {
        if (tried_ > most_registers)
            return;
        if (one.size == 0 || one.size > most_bits) {
            say(one, in, fmt::format("a size of {} bits", one.size), "left out");
            return;
        }
        std::uint64_t elements = 1;
        for (const Level& level : in.levels)
            elements = product(elements, level.dim->count);
        if (elements > most_registers) {
            say(one, in, fmt::format("{} elements", elements), "left out");
            return;
        }
        const auto [bits, words] = access_of(one, in);
        // From the innermost: as many levels stay indices as there are locations for.
        std::vector<bool> stays(in.levels.size(), false);
        std::vector<Steps> kept;
        if (words > 1)
            kept.push_back({words, 4});
        for (std::size_t level = in.levels.size(); level-- != 0;) {
            const Dim& dim = *in.levels[level].dim;
            std::vector<Steps> with = kept;
            with.push_back({dim.count, dim.increment});
            if (kept.size() == 2 || !extent(with, bits / 8) || dim.count < 2 ||
                !counts_from_zero(dim) || dim.increment % (bits / 8) != 0)
                continue;
            stays[level] = true;
            kept = std::move(with);
        }
        expand(one, in, stays, bits, words, 0, in.offset, {});
    }

    void expand(const Register& one,
                const Around& in,
                const std::vector<bool>& stays,
                unsigned bits,
                unsigned words,
                std::size_t level,
                std::uint64_t offset,
                std::vector<std::string> index) {
        if (level != in.levels.size()) {
            const Dim& dim = *in.levels[level].dim;
            const bool one_place = stays[level];
            const std::uint64_t count = one_place ? 1 : dim.count;
            for (std::uint64_t i = 0; i != count && tried_ <= most_registers; ++i) {
                // An array of one needs no index.
                const bool is_named =
                    !one_place && !(dim.count == 1 && in.levels[level].is_in_brackets);
                index.push_back(is_named ? dim.index[i] : "");
                expand(one,
                       in,
                       stays,
                       bits,
                       words,
                       level + 1,
                       sum(offset, product(i, dim.increment)),
                       index);
                index.pop_back();
            }
            return;
        }
        FlatRegister flat{&one,
                          with_indices(in.name, index),
                          in.source,
                          peripheral_.name + '/' + in.source,
                          offset,
                          bits,
                          {}};
        for (std::size_t i = 0; i != in.levels.size(); ++i)
            if (stays[i])
                flat.steps.push_back({in.levels[i].dim->count, in.levels[i].dim->increment});
        if (words > 1)
            flat.steps.push_back({words, 4});
        place(one, in, std::move(flat));
    }

    void place(const Register& one, const Around& in, FlatRegister flat) {
        fields_ += one.fields.size();
        if (++tried_ > most_registers || fields_ > most_fields) { // said once: nothing comes behind
            tried_ = most_registers + 1;
            say(one,
                in,
                fmt::format("more than {} registers or {} fields", most_registers, most_fields),
                "left out");
        } else if (const auto reach = extent(flat.steps, flat.bits / 8);
                   flat.offset >= most_bytes || !reach || sum(flat.offset, *reach) > most_bytes) {
            say(one, in, fmt::format("an offset of 0x{:x}", flat.offset), "left out");
        } else if (flat.offset % (flat.bits / 8) != 0) {
            say(one,
                in,
                fmt::format(
                    "{} bits at 0x{:x}, which no single access reaches", flat.bits, flat.offset),
                "left out");
        } else {
            flat_.push_back(std::move(flat));
        }
    }

    const Peripheral& peripheral_;
    Report& report_;
    std::vector<FlatRegister> flat_;
    std::size_t tried_ = 0;
    std::size_t fields_ = 0;
};

} // namespace

std::vector<FlatRegister> flatten(const Peripheral& peripheral, Report& report) {
    return Flattener(peripheral, report).all();
}

} // namespace gen
