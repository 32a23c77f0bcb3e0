// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What panics in plain forms, where a try_ form has an error. The hook is a macro, so this file
// looks at a copy of its own.
#include "support/panic_hook.hpp"

#include <ioview/backend/sys_mem.hpp>
#include <ioview/register.hpp>
#include <ioview/register/set_clear.hpp>
#include <ioview/register/shadow.hpp>

#include "support/catch.hpp"

#include <cstdint>

namespace io = ioview;

namespace {

using Bar = io::Region<0x20>;
struct Out : io::Register<Out, std::uint32_t, io::fixed<0x10>> {
    IO_FIELDS(bit(1, led), bit(0, relay));
    using Companions = io::companions<io::set_at<4>, io::clear_at<8>>;
};

alignas(4) std::uint32_t words[8];
const auto bar = *io::SysMem<Bar>::from_bytes(words, sizeof(words));

} // namespace

TEST_CASE("an update by companions that asks what was") {
    const bool on = true;
    CHECK(panic_of([=] {
              io::update_by_companions<Out>(bar, [=](Out o) { return o.with_led(o.led() != on); });
          }) == "ioview: update_by_companions() reads nothing, and its function asks what was");
    CHECK(words[5] == 0);
    CHECK(words[6] == 0);
}

TEST_CASE("a shadow of which nothing is known") {
    io::Shadow<Out> out;
    CHECK(panic_of([&] { static_cast<void>(out.value()); }) ==
          "ioview: a shadow is asked for what was never written");
    CHECK(panic_of([&] { out.update(bar, [](Out o) { return o; }); }) ==
          "ioview: a shadow is updated before the register was written");
    CHECK(words[4] == 0);
}
