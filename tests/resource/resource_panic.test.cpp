// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Owners that are used after they were moved from, guards that guard nothing: a panic, seen through
// the hook. The hook is a macro, so this file looks at a copy of the library of its own.
#include "support/panic_hook.hpp"

#include <ioview/pci/bar.hpp>
#include <ioview/resource.hpp>

#include "support/catch.hpp"
#include "support/counting_mapper.hpp"
#undef ioview

#include <cstdint>
#include <optional>
#include <utility>

namespace io = ioview_with_a_hook;
using io::tests::CountingMapper;

namespace {

struct Device {
    io::DevresList devres;
};

constexpr io::Resource page{0x1000, 0x100};
constexpr io::Resource ports{0x3f8, 8, io::Resource::Kind::port};
using Page = io::Region<0x100>;
const std::string moved_from = "ioview: an owner of a mapping is used after it was moved from";

} // namespace

TEST_CASE("an owner that was moved from makes no access", "[resource]") {
    CountingMapper mapper;
    auto shared = io::IoMem<Page, CountingMapper>::map(mapper, page);
    auto exclusive = io::ExclusiveIoMem<Page, CountingMapper>::map(mapper, page);
    auto bar = io::pci::Bar<Page, CountingMapper>::map(mapper, {{{0x2000, 0x100}}}, 0);
    REQUIRE((shared && exclusive && bar));
    const auto here = std::move(*shared);
    const auto there = std::move(*exclusive);
    const auto elsewhere = std::move(*bar);
    CHECK(panic_of([&] { shared->write32(0, 1); }) == moved_from);
    CHECK(panic_of([&] { exclusive->write32(0, 1); }) == moved_from);
    CHECK(panic_of([&] { bar->write32(0, 1); }) == moved_from);
    CHECK(panic_of([&] { static_cast<void>(bar->try_read8(0x200)); }) == moved_from);
    CHECK(panic_of([&] { here.write32(0, 1); }).empty());
    CHECK(panic_of([&] { there.write32(0, 1); }).empty());
    CHECK(panic_of([&] { elsewhere.write32(0, 1); }).empty());
}

TEST_CASE("ports that were moved from are not known any more", "[resource]") {
    CountingMapper mapper;
    auto bar = io::pci::PortBar<io::Region<8>, CountingMapper>::request(mapper, {{ports}}, 0);
    REQUIRE(bar);
    const auto moved = std::move(*bar);
    CHECK(panic_of([&] { static_cast<void>(bar->view()); }) ==
          "ioview: an owner of ports is used after it was moved from");
    CHECK(moved.view().address() == 0x3f8);
}

TEST_CASE("a guard of nothing is no pointer", "[resource]") {
    Device device;
    io::Devres<int, Device> number{device, 7};
    const auto look = [&] {
        const auto guard = number.try_access();
        static_cast<void>(*guard);
    };
    CHECK(panic_of(look).empty());
    device.devres.revoke_all();
    const std::string text = "ioview: a Devres guard is used that guards nothing; test it first";
    CHECK(panic_of(look) == text);
}

namespace {

struct Holder;
struct EndsItsOwner {
    explicit EndsItsOwner(Holder& its) : holder(&its) {}
    EndsItsOwner(EndsItsOwner&& other) noexcept : holder(std::exchange(other.holder, nullptr)) {}
    ~EndsItsOwner();
    Holder* holder;
};
struct Holder {
    Device device;
    std::optional<io::Devres<EndsItsOwner, Device>> owner;
};
EndsItsOwner::~EndsItsOwner() {
    if (holder != nullptr)
        holder->owner.reset();
}

} // namespace

TEST_CASE("a Devres that ends in the destructor of what it holds panics", "[resource]") {
    static Holder* const holder = new Holder; // nobody ends it any more
    holder->owner.emplace(holder->device, EndsItsOwner{*holder});
    CHECK(panic_of([&] { holder->device.devres.revoke_all(); }) ==
          "ioview: a Devres ends in the destructor of what it holds");
    io::detail::endings = nullptr; // which the jump has left
}
