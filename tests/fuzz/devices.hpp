// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Attacks on registers, configuration space and the doubles, against models that go bit by bit,
// step by step.
//
//   attack_registers(input);

#include <ioview/linux/sysfs_config.hpp>
#include <ioview/pci.hpp>
#include <ioview/register.hpp>
#include <ioview/testing.hpp>

#include "memory.hpp"

#include <string>
#include <unistd.h>

namespace ioview::fuzz {

struct Control : Register<Control, std::uint32_t, fixed<0x10>> {
    IO_FIELDS(bits(31, 20, count),
              bit(19, overrun, w1c),
              unshifted(18, 16, place),
              split(level, (15, 14), (9, 8), (3, 3)),
              bit(5, zero, rsvdz),
              bit(4, latch, w0c),
              bit(0, enable));
};
struct Scratch : Register<Scratch, std::uint32_t, array<0x20, 5, 8>> {
    IO_FIELDS(bits(31, 0, value));
};
static_assert(std::endian::native == std::endian::little ||
              std::endian::native == std::endian::big);

// The bit of a field's value that is at each bit of the register, from the lowest on.
inline std::uint32_t
place_bits(std::uint32_t raw, std::initializer_list<unsigned> positions, std::uint64_t value) {
    for (const unsigned position : positions) {
        raw &= ~(1u << position);
        raw |= static_cast<std::uint32_t>(value & 1) << position;
        value >>= 1;
    }
    return raw;
}
inline std::uint32_t take_bits(std::uint32_t raw, std::initializer_list<unsigned> positions) {
    std::uint32_t value = 0;
    unsigned place = 0;
    for (const unsigned position : positions)
        value |= (raw >> position & 1) << place++;
    return value;
}

// Register arrays, locations and fields.
inline void attack_registers(Input& in) {
    const std::initializer_list<unsigned> count{20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
    const std::initializer_list<unsigned> level{3, 8, 9, 14, 15};
    Exact memory{0, 4 * in.up_to(20), in.number<std::uint8_t>()};
    const std::size_t size = memory.size();
    const auto view = SysMem<Region<0, 4>>::from_bytes(memory.begin(), size).value();
    for (int i = 0; i < 8 && !in.empty(); ++i) {
        const auto raw = in.number<std::uint32_t>();
        const auto value = in.number<std::uint32_t>() >> in.up_to(31);
        const auto control = Control::from_raw(raw);
        switch (in.up_to(4)) {
        case 0: {
            must(control.count() == take_bits(raw, count));
            must(control.level() == take_bits(raw, level));
            must(control.enable() == ((raw & 1) != 0));
            must(control.overrun() == ((raw >> 19 & 1) != 0));
            const auto with_count = control.try_with_count(value);
            must(value < 4'096 ? with_count && with_count->raw() == place_bits(raw, count, value)
                               : failed_with(with_count, Error::overflow));
            const auto with_level = control.try_with_level(value);
            must(value < 32 ? with_level && with_level->raw() == place_bits(raw, level, value)
                            : failed_with(with_level, Error::overflow));
            const auto with_place = control.try_with_place(value);
            must((value & ~0x7'0000u) == 0
                     ? with_place && with_place->raw() == ((raw & ~0x7'0000u) | value)
                     : failed_with(with_place, Error::overflow));
            const auto negative = control.try_with_count(static_cast<std::int32_t>(value));
            must(value < 4'096 ? negative.has_value() : failed_with(negative, Error::overflow));
            break;
        }
        case 1: { // an update keeps what it should, drops what acts, and is one read and one write
            if (size < 0x14) {
                must(failed_with(view.try_update<Control>([](Control c) { return must(false), c; }),
                                 Error::out_of_bounds));
                break;
            }
            std::memcpy(memory.begin() + 0x10, &raw, 4);
            const bool sets = (value & 1) != 0;
            const auto done = view.try_update<Control>([&](Control c) {
                must(!c.overrun() && c.latch());
                return c.with_enable(sets).with_overrun((value & 2) != 0);
            });
            must(done.has_value());
            std::uint32_t expected = (raw & ~(1u << 5) & ~1u & ~(1u << 19)) | 1u << 4;
            expected |= (sets ? 1u : 0u) | ((value & 2) != 0 ? 1u << 19 : 0u);
            std::uint32_t stored = 0;
            std::memcpy(&stored, memory.begin() + 0x10, 4);
            must(stored == expected);
            break;
        }
        default: {
            const auto index = in.offset(5);
            const auto location = Scratch::try_at(index);
            if (index >= 5) {
                must(failed_with(location, Error::out_of_bounds));
                break;
            }
            must(location && location->offset() == 0x20 + 8 * index);
            const auto got = view.try_write(*location, Scratch::from_raw(raw));
            must(inside(0x20 + 8 * index, 4, size) ? got.has_value()
                                                   : failed_with(got, Error::out_of_bounds));
            if (got) {
                must(view.try_read(*location).value().raw() == raw);
                std::uint32_t stored = 0;
                std::memcpy(&stored, memory.begin() + 0x20 + 8 * index, 4);
                must(stored == raw);
            }
        }
        }
    }
}

// A function whose bytes are the input's; what is past them fails.
struct Garbage {
    std::array<unsigned char, 4'096> bytes{};
    std::size_t whole = 256;
    std::size_t answered = 256;
    mutable unsigned reads = 0;

    template <class W>
    Result<W> read(std::uint16_t offset) const {
        ++reads;
        must(inside(offset, sizeof(W), whole) && offset % sizeof(W) == 0);
        if (!inside(offset, sizeof(W), answered))
            return fail(Error::io_error);
        W word = 0;
        for (std::size_t i = 0; i < sizeof(W); ++i)
            word = static_cast<W>(word | static_cast<W>(W{bytes[offset + i]} << (8 * i)));
        return word;
    }
    template <class W>
    Result<> write(std::uint16_t, W) const {
        return fail(Error::unsupported);
    }
    [[nodiscard]] std::size_t size() const { return whole; }
    [[nodiscard]] std::uint64_t at(std::size_t offset, std::size_t count) const {
        std::uint64_t value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value |= std::uint64_t{bytes[offset + i]} << (8 * i);
        return value;
    }
};

// A list by the book, with a set of visited places; and the same list by ioview, item by item. Low
// bits of pointers do not count. A list of extended capabilities may be absent: nothing, or the
// first 256 bytes once more, is where it would start.
template <class List>
void same_list(List list,
               const Garbage& function,
               std::size_t next,
               std::size_t first,
               std::size_t end,
               std::size_t header) {
    std::array<bool, 4'096> seen{};
    std::size_t items = 0;
    bool over = false;
    const bool extended = header == 4;
    const auto none_at = [&](std::size_t place) {
        if (place == 0)
            return true;
        if (!extended || place < first || place >= end || seen[place] ||
            !inside(place, header, function.answered))
            return false;
        const auto word = function.at(place, header);
        if (word == 0 || word == 0xffff)
            return true;
        if (place != first)
            return false;
        if (word == 0xffff'ffff)
            return function.at(4, 2) != 0xffff;
        return (word & 0xffff) >= 0x100 && word == function.at(0, 4);
    };
    next &= ~std::size_t{3};
    for (const auto& item : list) {
        must(!over && !none_at(next) && ++items <= 1'025);
        Error error{};
        if (next < first || next >= end)
            error = Error::out_of_bounds;
        else if (seen[next])
            error = Error::invalid_argument;
        else if (!inside(next, header, function.answered))
            error = Error::io_error;
        else if (function.at(next, header) == (extended ? 0xffff'ffffu : 0xffffu))
            error = Error::no_device;
        if (error != Error{}) {
            must(failed_with(item, error));
            over = true;
            continue;
        }
        seen[next] = true;
        must(item && item->offset == next);
        const auto word = function.at(next, header);
        must(item->id == (extended ? word & 0xffff : word & 0xff));
        next = static_cast<std::size_t>(extended ? word >> 20 : word >> 8) & ~std::size_t{3};
    }
    must(over || none_at(next));
}

// Configuration space that is garbage, cut off, or a loop.
inline void attack_pci(Input& in) {
    Garbage function;
    const bool large = in.up_to(1) == 1;
    function.whole = large ? 4'096 : 256;
    function.answered = in.up_to(3) == 0 ? in.up_to(function.whole) : function.whole;
    function.bytes[6] = in.up_to(7) == 0 ? 0 : 0x10;
    function.bytes[0xe] = in.up_to(7) == 0 ? in.number<std::uint8_t>() : 0;
    const auto pointer_mask = static_cast<unsigned char>(in.up_to(3) == 0 ? 0xff : 0xfc);
    const auto pointer = static_cast<unsigned char>(in.number<std::uint8_t>() & pointer_mask);
    function.bytes[0x34] = function.bytes[0x14] = pointer;
    for (int i = 0; i < 64 && !in.empty(); ++i) { // capabilities, here and there
        const auto place = 4 * in.up_to(function.whole / 4 - 1);
        auto value = in.number<std::uint32_t>();
        if (i % 4 != 0) // pointers that may be sound, of both kinds of lists
            value &= ~0x0030'0300u;
        for (std::size_t k = 0; k < 4 && place >= 0x40; ++k)
            function.bytes[place + k] = static_cast<unsigned char>(value >> (8 * k));
    }
    const auto cfg = ConfigSpace<Garbage, pci::Normal>::of(function).value();
    const bool header_answers = function.answered >= 0x35;
    if (header_answers && (function.bytes[6] & 0x10) == 0) {
        for ([[maybe_unused]] const auto& item : pci::capabilities(cfg))
            must(false);
    } else if (header_answers && (function.bytes[0xe] & 0x7f) <= 2) {
        same_list(pci::capabilities(cfg), function, function.bytes[0x34], 0x40, 0x100, 2);
    } else {
        std::size_t items = 0;
        for (const auto& item : pci::capabilities(cfg))
            must(++items <= 64 && (item || items > 0));
    }
    const auto whole = ConfigSpace<Garbage>::of(function);
    must(whole.has_value() == large);
    if (whole)
        same_list(pci::extended_capabilities(*whole), function, 0x100, 0x100, 0x1000, 4);
    must(function.reads <= 4 + 48 + 960 + 1);
}

// A directory of this process, which goes with it.
struct Directory {
    std::string path;
    Directory() {
        char shared[] = "/dev/shm/ioview.XXXXXX";
        char temporary[] = "/tmp/ioview.XXXXXX";
        const char* made = ::mkdtemp(shared);
        path = made != nullptr ? made : ::mkdtemp(temporary);
    }
    ~Directory() {
        static_cast<void>(std::remove((path + "/config").c_str()));
        static_cast<void>(std::remove((path + "/resource").c_str()));
        static_cast<void>(::rmdir(path.c_str()));
    }
    void write(const char* name, const std::vector<unsigned char>& bytes) const {
        std::FILE* file = std::fopen((path + "/" + name).c_str(), "w");
        must(file != nullptr && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size());
        std::fclose(file);
    }
};

// Files that claim to be sysfs.
inline void attack_sysfs(Input& in) {
    static const Directory directory;
    const std::size_t sizes[] = {in.up_to(600), 200 + in.up_to(4'000), 254 + in.up_to(3), 4'095};
    std::vector<unsigned char> bytes(sizes[in.up_to(3)]);
    for (auto& byte : bytes)
        byte = in.number<std::uint8_t>();
    directory.write("config", bytes);
    directory.write("resource", bytes);

    const auto config = pci::SysfsConfig::open(directory.path, pci::SysfsConfig::Mode::read_only);
    must(config.has_value() == (bytes.size() >= 256));
    if (config) {
        must(config->size() == (bytes.size() < 4'096 ? 256 : 4'096));
        const auto offset = static_cast<std::uint16_t>(in.offset(4'096));
        const auto word = config->read<std::uint32_t>(offset);
        const Error error = expected_error(inside(offset, 4, config->size()), offset, 4);
        must(error == Error{} ? word.has_value() : failed_with(word, error));
        must(!word || (*word & 0xff) == bytes[offset]);
        must(!config->write<std::uint8_t>(0, 0));
    }
    const auto resources = pci::sysfs_resources(directory.path);
    must(resources ? resources->size() <= 64 : resources.error() == Error::io_error);
    // what the kernel writes is read back
    char line[80];
    const auto start = in.number<std::uint64_t>();
    const auto end = in.number<std::uint64_t>();
    const int length = std::snprintf(line,
                                     sizeof line,
                                     "0x%016llx 0x%016llx 0x%016llx\n",
                                     static_cast<unsigned long long>(start),
                                     static_cast<unsigned long long>(end),
                                     0x200ull);
    directory.write("resource", {line, line + length});
    const auto one = pci::sysfs_resources(directory.path);
    must(one && one->size() == 1 && one->front().start == start && one->front().end == end);
    must(one->front().size() == (end < start ? 0 : end - start + 1));
}

struct Failures {
    unsigned count = 0;
    void operator()(const char*) { ++count; }
};

// Scripts: a driver that may or may not do what is expected; and a recorder before memory.
inline void attack_doubles(Input& in) {
    using testing::reads, testing::writes;
    const std::uint32_t read_value = in.number<std::uint8_t>();
    const std::uint32_t mask = in.number<std::uint8_t>() | 1u;
    const std::uint32_t written = in.number<std::uint8_t>();
    const auto most = static_cast<unsigned>(1 + in.up_to(2));
    const std::uint64_t first = 4 * in.up_to(3);
    Failures failures;
    unsigned made = 0; // reads of the first step
    bool good = true, wrote = false, ended = false;
    {
        testing::Script script{reads<std::uint32_t>(first, read_value).at_most(most),
                               writes<std::uint32_t>(16, written).mask(mask),
                               reads<std::uint16_t>(20).times(1)};
        script.on_failure(failures);
        const auto view = script.view<Region<32>>();
        for (int i = 0; i < 6 && !in.empty() && good; ++i) {
            const std::uint64_t offset = 4 * in.up_to(6);
            const auto value = in.number<std::uint8_t>();
            switch (in.up_to(2)) {
            case 0: {
                const auto got = view.try_read32(offset);
                good = !wrote && offset == first && made < most;
                if (good)
                    must(got && *got == read_value);
                ++made;
                break;
            }
            case 1:
                static_cast<void>(view.try_write32(offset, value));
                good = !wrote && offset == 16 && ((value ^ written) & mask) == 0;
                wrote = wrote || good;
                break;
            default:
                static_cast<void>(view.try_read16(offset));
                good = wrote && !ended && offset == 20;
                ended = ended || good;
            }
            must(script.ok() == good);
            must(failures.count == (good ? 0u : 1u));
            must(script.done() == (good && ended));
        }
    }
    must(failures.count == (good && ended ? 0u : 1u));

    testing::Memory<32> memory{in.number<std::uint64_t>()};
    testing::Recorder recorder{memory.view<Region<32>>()};
    const auto view = recorder.view<Region<32>>();
    testing::Log expected;
    for (int i = 0; i < 6 && !in.empty(); ++i) {
        const auto offset = in.offset(32);
        const auto value = in.number<std::uint16_t>();
        const bool fits = inside(offset, 2, 32) && offset % 2 == 0;
        const auto place = static_cast<std::size_t>(offset);
        if (in.up_to(1) == 0) {
            const auto got = view.try_read16(offset);
            must(got.has_value() == fits);
            if (fits) {
                must(*got == (memory[place] | memory[place + 1] << 8));
                expected.push_back({testing::Op::read, offset, 2, *got});
            }
        } else {
            must(view.try_write16(offset, value).has_value() == fits);
            if (fits) {
                must(memory[place] == (value & 0xff) && memory[place + 1] == value >> 8);
                expected.push_back({testing::Op::write, offset, 2, value});
            }
        }
    }
    must(recorder.log() == expected);
}

} // namespace ioview::fuzz
