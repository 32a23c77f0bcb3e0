// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Prints snapshots of registers, an entry a line, and what differs between two, a field a line:
// nothing when they are equal.
//
//   fmt::print("{}\n", io::diff(before, after));         // Control.mode: slow -> fast

#if !__STDC_HOSTED__
#error "ioview/format/snapshot.hpp needs a hosted implementation"
#endif

#include <ioview/format.hpp>
#include <ioview/register.hpp>
#include <ioview/register/snapshot.hpp>

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace ioview::detail {

struct SnapshotLines {
    std::string& text;

    template <class R>
    void operator()(const EntryName& entry, const R& value) const {
        start();
        text += fields_in_a_line(value, index(entry));
    }
    template <class V>
    void operator()(const FieldChange& change, const V& before, const V& after) const {
        start();
        text += std::string_view(change.entry.name);
        text += index(change.entry);
        text += change.field.name.size == 0 ? bits(change, before) : values(change, before, after);
    }

private:
    void start() const {
        if (!text.empty())
            text += '\n';
    }
    static std::string index(const EntryName& entry) {
        std::string at;
        for (unsigned i = 0; i < entry.indices; ++i)
            at += fmt::format("[{}]", entry.index[i]);
        return at;
    }
    // Of a register without fields the whole of it, else which of its bits.
    template <class V>
    static std::string bits(const FieldChange& change, const V&) {
        const auto mask = change.field.mask;
        const std::string which =
            mask == ~std::uint64_t{0} >> (64 - 8 * sizeof(V)) ? "" : fmt::format(" in {:#x}", mask);
        return fmt::format("{}: {:#x} -> {:#x}", which, change.before & mask, change.after & mask);
    }
    template <class V>
    static std::string values(const FieldChange& change, const V& before, const V& after) {
        const auto mask = change.field.mask;
        return fmt::format(".{}: {} -> {}",
                           field_name(change.field),
                           field_text(before, gathered(change.before, mask)),
                           field_text(after, gathered(change.after, mask)));
    }
};

template <class S>
struct SnapshotFormatter : fmt::formatter<fmt::string_view, char> {
    template <class Context>
    auto format(const S& entries, Context& context) const {
        std::string text;
        entries.for_each(SnapshotLines{text});
        return fmt::formatter<fmt::string_view, char>::format(text, context);
    }
};

} // namespace ioview::detail

// An entry a line, and a field a line of what differs.
template <class... Entries>
struct fmt::formatter<ioview::Snapshot<Entries...>, char>
    : ioview::detail::SnapshotFormatter<ioview::Snapshot<Entries...>> {};
template <class... Entries>
struct fmt::formatter<ioview::SnapshotDiff<Entries...>, char>
    : ioview::detail::SnapshotFormatter<ioview::SnapshotDiff<Entries...>> {};
