// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The access kind of ioview for what a description says of a field.
//
//   kinds_of(Access::read_write, WriteAction::one_to_clear, ReadAction::none).kind     "w1c"
//
// What ioview has no kind for becomes the strictest that is safe: what is read, and beside it
// another field of the same bits that is written. An update of such a register does not compile,
// and nothing acts by accident.

#include "model.hpp"

#include <string>

namespace gen {

struct Kinds {
    std::string kind;         // "rw", "ro" and so on
    bool has_writing = false; // the bits are write-only as another field
    std::string note;         // what the kind does not say; may be empty
    std::string writing;      // what the kind of the writing does not say; may be empty

    bool operator==(const Kinds&) const = default;
};

[[nodiscard]] Kinds kinds_of(Access access, WriteAction on_write, ReadAction on_read);

} // namespace gen
