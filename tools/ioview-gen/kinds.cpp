// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kinds.hpp"

namespace gen {
namespace {

// Of what is read without an effect, and written.
Kinds written(WriteAction on_write) {
    switch (on_write) {
    case WriteAction::modify:
        return {"rw", false, ""};
    case WriteAction::one_to_clear:
        return {"w1c", false, ""};
    case WriteAction::one_to_set:
        return {"w1s", false, ""};
    case WriteAction::one_to_toggle:
        return {"w1t", false, ""};
    case WriteAction::zero_to_clear:
        return {"w0c", false, ""};
    case WriteAction::zero_to_set:
        return {"w0s", false, ""};
    case WriteAction::zero_to_toggle:
        return {"w0t", false, ""};
    case WriteAction::clear:
        return {"ro", true, "any write clears it"};
    case WriteAction::set:
        return {"ro", true, "any write sets it"};
    }
    return {"ro", true, "a write acts"};
}

std::string note_of(ReadAction on_read) {
    switch (on_read) {
    case ReadAction::none:
    case ReadAction::clear:
        return "";
    case ReadAction::set:
        return "a read sets it";
    case ReadAction::modify:
        return "a read changes it";
    case ReadAction::modify_external:
        return "a read changes something else";
    }
    return "a read acts";
}

} // namespace

Kinds kinds_of(Access access, WriteAction on_write, ReadAction on_read) {
    const bool is_once = access == Access::write_once || access == Access::read_write_once;
    const std::string once = is_once ? "only the first write acts" : "";
    if (access == Access::write_only || access == Access::write_once)
        return {"wo", false, once};
    if (on_read != ReadAction::none)
        return {"rc", access != Access::read_only, note_of(on_read)};
    if (access == Access::read_only)
        return {"ro", false, ""};
    if (is_once)
        return {"ro", true, once};
    return written(on_write);
}

} // namespace gen
