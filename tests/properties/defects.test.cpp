// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What docs/design/defects.md says of all forms of a method together.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"
#include "support/recorded.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace io = ioview;
using io::Error;
using io::testing::Op;

namespace {

struct Control : io::Register<Control, std::uint32_t, io::fixed<0x8>> {
    IO_FIELDS(bits(31, 0, value));
};
struct Scratch : io::Register<Scratch, std::uint32_t, io::array<0x8, 4>> {
    IO_FIELDS(bits(31, 0, value));
};
struct Queue {
    std::uint32_t head, tail;
    std::uint32_t entries[4];
};

Error error_of(const auto& result) {
    return result ? Error{} : result.error();
}

} // namespace

TEST_CASE("one cause has one error, by whatever way it is met", "[defects]") {
    Recorded<24> ram;
    const auto region = ram.view<io::Region<>>();
    const auto queue = ram.view<Queue>();
    const auto entries = IO_PROJECT(queue, entries);
    const auto words = ram.view<std::uint32_t[]>();
    const auto same = [](std::uint32_t v) { return v; };
    std::array<std::byte, 8> buffer{};
    alignas(8) std::byte memory[16]{};
    using Large = io::Region<32>;

    const std::array past_the_end{
        // an offset
        error_of(region.try_read32(24)),
        error_of(region.try_write32(24, 0)),
        error_of(region.try_update<std::uint32_t>(24, same)),
        error_of(region.try_read(io::offset<std::uint32_t>(-4))),
        error_of(io::try_read_lo_hi<std::uint64_t>(region, 24)),
        error_of(region.try_subview<std::uint32_t>(24)),
        error_of(region.try_subview<std::uint32_t[]>(0, 7)),
        error_of(region.try_subview<io::Region<>>(28)),
        error_of(region.try_cast<std::array<std::uint32_t, 7>>()),
        // an index
        error_of(entries.try_at(4)),
        error_of(words.try_at(6)),
        error_of(words.try_subview(3, 4)),
        error_of(IO_PROJECT(words, try_at(6))),
        error_of(IO_PROJECT(words, try_range(0, 7))),
        error_of(IO_READ(queue, entries, try_at(4))),
        error_of(IO_WRITE(queue, entries, try_at(-1), 0u)),
        error_of(io::project(queue, &Queue::entries, io::try_at(4))),
        // a register
        error_of(Scratch::try_at(4)),
        error_of(region.try_subview<io::Region<>>(0, 8).value().try_read<Control>()),
        error_of(region.try_subview<io::Region<>>(0, 16).value().try_view_of(Scratch::at(3))),
        // a length
        error_of(entries.bytes().try_copy_to(std::span(buffer))),
        error_of(entries.bytes().try_copy_from(std::span(buffer))),
        error_of(io::try_copy(entries.bytes(), region.bytes())),
        // what a view is made of
        error_of(io::MmioRaw<Large>::region(0x1000, 31)),
        error_of(io::SysMem<Large>::from_bytes(memory, sizeof memory)),
        error_of(io::SysMem<Queue>::from_bytes(memory, sizeof memory)),
    };
    for (std::size_t i = 0; i < past_the_end.size(); ++i) {
        CAPTURE(i);
        CHECK(past_the_end[i] == Error::out_of_bounds);
    }

    const auto odd = region.try_subview<io::Region<0, 1>>(1, 20).value();
    const std::array misaligned{
        error_of(region.try_read32(2)),
        error_of(region.try_write32(2, 0)),
        error_of(region.try_update<std::uint32_t>(2, same)),
        error_of(io::try_read_lo_hi<std::uint64_t>(region, 2)),
        error_of(region.try_subview<std::uint32_t>(2)),
        error_of(region.try_subview<std::uint32_t[]>(2, 2)),
        error_of(region.try_subview<io::Region<>>(2)),
        error_of(odd.try_cast<std::uint32_t>()),
        error_of(odd.try_read<Control>()),
        error_of(odd.try_view_of(Scratch::at(0))),
        error_of(odd.bytes().subview(0, 8).try_copy_to<std::uint32_t>(std::span(buffer))),
        error_of(odd.bytes().subview(0, 8).try_copy_from<std::uint32_t>(std::span(buffer))),
        error_of(io::MmioRaw<Large>::region(0x1002, 32)),
        error_of(io::MmioRaw<Queue>::try_at(0x1002)),
        error_of(io::SysMem<io::Region<8>>::from_bytes(memory + 2, 8)),
    };
    for (std::size_t i = 0; i < misaligned.size(); ++i) {
        CAPTURE(i);
        CHECK(misaligned[i] == Error::misaligned);
    }
    CHECK(ram.untouched());
}

TEST_CASE("the location comes first and the value second, in every form", "[defects]") {
    Recorded<24> ram;
    const auto region = ram.view<io::Region<24>>();
    const auto queue = ram.view<Queue>();
    const auto writes = [&](auto&& write) {
        ram.recorder.clear();
        write();
        CHECK(ram.log() == io::testing::Log{{Op::write, 8, 4, 4}});
    };
    // Either number would do as the other.
    writes([&] { region.write32(8, 4); });
    writes([&] { CHECK(region.try_write32(8, 4)); });
    writes([&] { region.write<std::uint32_t>(8, 4); });
    writes([&] { CHECK(region.try_write<std::uint32_t>(8, 4)); });
    writes([&] { region.write(io::offset<std::uint32_t, 8>(), 4); });
    writes([&] { CHECK(region.try_write(io::offset<std::uint32_t>(8), 4)); });
    writes([&] { region.write(Scratch::at(0), Scratch{}.with_value(4)); });
    writes([&] { CHECK(region.try_write(Scratch::at(0), Scratch{}.with_value(4))); });
    writes([&] { IO_WRITE(queue, entries, at(0), 4u); });
    writes([&] { CHECK(IO_WRITE(queue, entries, try_at(0), 4u)); });

    const auto in_halves = [&](auto&& write) {
        ram.recorder.clear();
        write();
        CHECK(ram.log() == io::testing::Log{{Op::write, 8, 4, 16}, {Op::write, 12, 4, 0}});
    };
    in_halves([&] { io::write_lo_hi<std::uint64_t>(region, 8, 16); });
    in_halves([&] { CHECK(io::try_write_lo_hi<std::uint64_t>(region, 8, 16)); });

    const auto of_width = [&](unsigned width, auto&& write) {
        ram.recorder.clear();
        write();
        CHECK(ram.log() == io::testing::Log{{Op::write, 8, static_cast<std::uint8_t>(width), 4}});
    };
    of_width(1, [&] { region.write8(8, 4); });
    of_width(1, [&] { CHECK(region.try_write8(8, 4)); });
    of_width(2, [&] { region.write16(8, 4); });
    of_width(2, [&] { CHECK(region.try_write16(8, 4)); });
}
