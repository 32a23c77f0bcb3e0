// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// QEMU's firmware configuration device, memory-mapped (docs/specs/fw_cfg of QEMU): items by number,
// files by name, read byte by byte or by DMA. Its registers are big-endian.
//
//   auto access = io::Coherent<fw_cfg::Access, MyDma>::zeroed(dma);
//   auto file = fw_cfg::find(device, "etc/e820");
//   auto done = fw_cfg::read(device, *access, file->item, buffer, clock);
//
// After timed_out the access and the buffer are the device's for ever: there is no way to stop it.
// They are leaked then.

#include <ioview/backend/coherent.hpp>
#include <ioview/dma/handover.hpp>
#include <ioview/endian.hpp>
#include <ioview/io.hpp>
#include <ioview/poll.hpp>
#include <ioview/presence.hpp>
#include <ioview/project.hpp>
#include <ioview/register.hpp>

#include <cstddef>
#include <cstdint>

namespace fw_cfg {

namespace io = ioview;

struct FwCfg : io::Region<0x18, 8> {};

// The next byte of the selected item: a read moves on.
struct Data : io::Register<Data, std::uint8_t, io::fixed<0x00, FwCfg>, io::rc> {
    IO_FIELDS(bits(7, 0, byte));
};
struct Selector : io::Register<Selector, io::be<std::uint16_t>, io::fixed<0x08, FwCfg>, io::wo> {
    IO_FIELDS(bits(15, 0, item));
};
// Where an Access is; writing starts it.
struct Start : io::Register<Start, io::be<std::uint64_t>, io::fixed<0x10, FwCfg>> {
    IO_FIELDS(bits(63, 0, address));
};

// One transfer, in memory that the device reads. It clears control when it is done.
struct Access {
    io::be<std::uint32_t> control; // item << 16, what to do
    io::be<std::uint32_t> length;
    io::be<std::uint64_t> address;
};

inline constexpr std::uint32_t do_error = 1 << 0; // said by the device
inline constexpr std::uint32_t do_read = 1 << 1;
inline constexpr std::uint32_t do_select = 1 << 3;
inline constexpr std::uint32_t do_write = 1 << 4;

inline constexpr std::uint16_t item_signature = 0x00; // "QEMU"
inline constexpr std::uint16_t item_features = 0x01;  // le32; bit 1: DMA
inline constexpr std::uint16_t item_files = 0x19;     // be32 count, then 64 bytes each

// Microseconds.
inline constexpr std::uint64_t look_every = 10;
inline constexpr std::uint64_t give_up_after = 1'000'000;

// count bytes from the start of an item, the last in the lowest byte.
template <io::IoOf<FwCfg> View>
constexpr std::uint32_t peek(const View& view, std::uint16_t item, unsigned count) {
    view.write(Selector{}.with_item(item));
    std::uint32_t value = 0;
    for (unsigned i = 0; i < count; ++i)
        value = value << 8 | view.template read<Data>().byte();
    return value;
}

// no_device without the signature, or when nothing answers any more; unsupported without DMA.
template <io::IoOf<FwCfg> View>
constexpr io::Result<> identify(const View& view) {
    if (peek(view, item_signature, 4) != 0x5145'4d55)
        return io::fail(io::Error::no_device);
    const std::uint32_t features = peek(view, item_features, 4); // little-endian
    if (io::is_gone(static_cast<std::uint8_t>(features)))        // which the last byte never is
        return io::fail(io::Error::no_device);
    if ((features >> 24 & 2) == 0)
        return io::fail(io::Error::unsupported);
    return {};
}

struct File {
    std::uint16_t item = 0;
    std::uint32_t bytes = 0;
};

// Whether the text of at most 56 bytes, which ends with a zero unless it has all of them, is name.
constexpr bool is_name(const std::uint8_t* text, const char* name) {
    for (unsigned i = 0; i < 56; ++i) {
        if (static_cast<char>(text[i]) != name[i])
            return false;
        if (text[i] == 0)
            return true;
    }
    return false;
}

// As many as there are numbers for.
inline constexpr std::uint32_t most_files = 0x1'0000 - 0x20;

// no_device when no file has the name, or nothing answers any more; io_error for a directory that
// cannot be.
template <io::IoOf<FwCfg> View>
constexpr io::Result<File> find(const View& view, const char* name) {
    const auto count = io::check_present(peek(view, item_files, 4));
    if (!count)
        return io::fail(count.error());
    if (*count > most_files)
        return io::fail(io::Error::io_error);
    const auto next_bytes = view.template view_of<Data>();
    for (std::uint32_t i = 0; i < *count; ++i) {
        std::uint8_t entry[64]{}; // be32 length, be16 item, two bytes of nothing, name
        next_bytes.read_fifo(entry);
        const std::uint32_t bytes = std::uint32_t{entry[0]} << 24 | std::uint32_t{entry[1]} << 16 |
                                    std::uint32_t{entry[2]} << 8 | entry[3];
        if (io::is_gone(entry[63]) || io::is_gone(bytes)) // no name ends so, and no file is so long
            break;
        if (is_name(entry + 8, name))
            return File{static_cast<std::uint16_t>(entry[4] << 8 | entry[5]), bytes};
    }
    return io::fail(io::Error::no_device);
}

// The whole transfer, over when this is a success: io_error when the device refuses it, timed_out;
// overflow, and nothing is done, for 4 GiB or more.
template <io::IoOf<FwCfg> View, io::IoOf<Access> Memory, class Buffer, class Clock>
constexpr io::Result<> transfer(const View& view,
                                const Memory& access,
                                std::uint32_t control,
                                const Buffer& buffer,
                                Clock& clock) {
    const std::uint64_t bytes = buffer.size_bytes();
    if (bytes > 0xffff'ffff)
        return io::fail(io::Error::overflow);
    const auto in_progress = IO_PROJECT(access, control);
    in_progress.write(control);
    IO_WRITE(access, length, static_cast<std::uint32_t>(bytes));
    IO_WRITE(access, address, buffer.dma_address());
    io::publish(view.template view_of<Start>(), Start{}.with_address(access.dma_address()));
    const auto done =
        io::read_poll_timeout([&] { return std::uint32_t{io::observe(in_progress)}; },
                              [](const std::uint32_t& now) { return (now & ~do_error) == 0; },
                              look_every,
                              give_up_after,
                              clock);
    if (!done)
        return io::fail(done.error());
    if (*done != 0)
        return io::fail(io::Error::io_error);
    return {};
}

// The start of an item into the buffer; past its end come zeros.
template <io::IoOf<FwCfg> View, io::IoOf<Access> Memory, class Buffer, class Clock>
constexpr io::Result<> read(const View& view,
                            const Memory& access,
                            std::uint16_t item,
                            const Buffer& buffer,
                            Clock& clock) {
    return transfer(view, access, std::uint32_t{item} << 16 | do_select | do_read, buffer, clock);
}
// The buffer into an item; io_error for items that cannot be written.
template <io::IoOf<FwCfg> View, io::IoOf<Access> Memory, class Buffer, class Clock>
constexpr io::Result<> write(const View& view,
                             const Memory& access,
                             std::uint16_t item,
                             const Buffer& buffer,
                             Clock& clock) {
    return transfer(view, access, std::uint32_t{item} << 16 | do_select | do_write, buffer, clock);
}

} // namespace fw_cfg
