// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kinds.hpp"

namespace gen {
namespace {

std::string kind_of(WriteAction on_write) {
    switch (on_write) {
    case WriteAction::modify:
        return "rw";
    case WriteAction::one_to_clear:
        return "w1c";
    case WriteAction::one_to_set:
        return "w1s";
    case WriteAction::one_to_toggle:
        return "w1t";
    case WriteAction::zero_to_clear:
        return "w0c";
    case WriteAction::zero_to_set:
        return "w0s";
    case WriteAction::zero_to_toggle:
        return "w0t";
    case WriteAction::clear:
    case WriteAction::set:
        break;
    }
    return ""; // none
}

std::string note_of(WriteAction on_write) {
    switch (on_write) {
    case WriteAction::modify:
        return "";
    case WriteAction::one_to_clear:
        return "a one that is written clears it";
    case WriteAction::one_to_set:
        return "a one that is written sets it";
    case WriteAction::one_to_toggle:
        return "a one that is written toggles it";
    case WriteAction::zero_to_clear:
        return "a zero that is written clears it";
    case WriteAction::zero_to_set:
        return "a zero that is written sets it";
    case WriteAction::zero_to_toggle:
        return "a zero that is written toggles it";
    case WriteAction::clear:
        return "any write clears it";
    case WriteAction::set:
        return "any write sets it";
    }
    return "a write acts";
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
    std::string writing = is_once ? "only the first write acts" : "";
    if (const std::string action = note_of(on_write); !action.empty())
        writing += (is_once ? ", and " : "") + action;
    if (access == Access::write_only || access == Access::write_once)
        return {"wo", false, writing, ""};
    if (access == Access::read_only)
        return {on_read == ReadAction::none ? "ro" : "rc", false, note_of(on_read), ""};
    if (on_read != ReadAction::none)
        return {"rc", true, note_of(on_read), writing};
    const std::string kind = kind_of(on_write);
    if (is_once || kind.empty())
        return {"ro", true, "", writing};
    return {kind, false, "", ""};
}

} // namespace gen
