// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "kinds.hpp"

#include "support/catch.hpp"

using namespace gen;

TEST_CASE("every access, write action and read action has a kind that is safe") {
    constexpr Access accesses[] = {Access::read_write,
                                   Access::read_only,
                                   Access::write_only,
                                   Access::write_once,
                                   Access::read_write_once};
    for (const Access access : accesses)
        for (int write = 0; write <= static_cast<int>(WriteAction::set); ++write)
            for (int read = 0; read <= static_cast<int>(ReadAction::modify_external); ++read) {
                const auto on_write = static_cast<WriteAction>(write);
                const auto on_read = static_cast<ReadAction>(read);
                const Kinds made = kinds_of(access, on_write, on_read);
                INFO(static_cast<int>(access) << ' ' << write << ' ' << read << ' ' << made.kind);
                const bool is_readable =
                    access != Access::write_only && access != Access::write_once;
                const bool is_writable = access != Access::read_only;
                // What a read changes is never read by an update.
                CHECK((made.kind == "rc") == (is_readable && on_read != ReadAction::none));
                CHECK((made.kind == "wo") == !is_readable);
                // Nothing that can be written is lost, and nothing that cannot is written.
                const bool can_be_written =
                    made.has_writing || (made.kind != "ro" && made.kind != "rc");
                CHECK(can_be_written == is_writable);
                // Written back as it was read only where that is harmless.
                if (made.kind == "rw") {
                    CHECK(access == Access::read_write);
                    CHECK(on_write == WriteAction::modify);
                }
            }
}

TEST_CASE("kinds that ioview has") {
    const auto kind = [](WriteAction action) {
        return kinds_of(Access::read_write, action, ReadAction::none).kind;
    };
    CHECK(kind(WriteAction::modify) == "rw");
    CHECK(kind(WriteAction::one_to_clear) == "w1c");
    CHECK(kind(WriteAction::one_to_set) == "w1s");
    CHECK(kind(WriteAction::one_to_toggle) == "w1t");
    CHECK(kind(WriteAction::zero_to_clear) == "w0c");
    CHECK(kind(WriteAction::zero_to_set) == "w0s");
    CHECK(kind(WriteAction::zero_to_toggle) == "w0t");
    CHECK(kinds_of(Access::read_only, WriteAction::modify, ReadAction::clear) ==
          Kinds{"rc", false, "", ""});
}
