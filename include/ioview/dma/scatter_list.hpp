// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// ScatterList<Capacity>: the memory of one transfer as the segments that a device takes: neighbours
// are merged, and what is longer than the device's limits is split.
//
//   io::ScatterList<16> list{{.max_segment_bytes = 0x1'0000, .boundary = 0x1'0000}};   // ATA PRDs
//   if (auto ok = list.add(lent); !ok) return ok;
//   for (const io::DmaSegment& segment : list) …

#include <ioview/error.hpp>
#include <ioview/fwd.hpp>

#include <cstddef>

namespace ioview {

// A run of bytes as the device sees it.
struct DmaSegment {
    DmaAddress address;
    std::size_t bytes;

    // As all memory that a device may use is asked.
    [[nodiscard]] constexpr DmaAddress dma_address() const noexcept { return address; }
    [[nodiscard]] constexpr std::size_t size_bytes() const noexcept { return bytes; }

    friend constexpr bool operator==(const DmaSegment&, const DmaSegment&) = default;
};

// What a device's descriptors can say. Powers of two, but for the lengths.
struct DmaLimits {
    std::size_t max_segments = static_cast<std::size_t>(-1);
    std::size_t max_segment_bytes = static_cast<std::size_t>(-1);
    DmaAddress boundary = 0;   // no segment crosses a multiple of it; 0: no such rule
    std::size_t alignment = 1; // of addresses and lengths, except the length of the last
};

template <std::size_t Capacity>
class ScatterList {
public:
    constexpr ScatterList() noexcept = default;
    constexpr explicit ScatterList(const DmaLimits& limits) noexcept : limits_(limits) {}

    // Appends the bytes at address. invalid_argument for none, or where limits contradict
    // themselves; overflow where the addresses or the sum of the bytes
    // do; misaligned where the device
    // could not take a segment of it; message_too_large where there are no more segments. The list
    // is as it was then.
    [[nodiscard]] constexpr Result<> add(DmaAddress address, std::size_t bytes) noexcept {
        const std::size_t aligned_limit = limits_.max_segment_bytes & ~(limits_.alignment - 1);
        if (bytes == 0 || aligned_limit == 0 || !is_power_of_two(limits_.alignment) ||
            (limits_.boundary != 0 &&
             (!is_power_of_two(limits_.boundary) || limits_.boundary < limits_.alignment)))
            return fail(Error::invalid_argument);
        if (bytes - 1 > ~DmaAddress{0} - address || bytes > static_cast<std::size_t>(-1) - total_)
            return fail(Error::overflow);
        // what stands before it must be able to be followed
        if ((address & (limits_.alignment - 1)) != 0 || (total_ & (limits_.alignment - 1)) != 0)
            return fail(Error::misaligned);

        const std::size_t count_before = count_;
        const DmaSegment last_before = count_ == 0 ? DmaSegment{0, 0} : segments_[count_ - 1];
        const std::size_t total_before = total_;
        total_ += bytes;
        while (bytes != 0) {
            const bool is_neighbour =
                count_ != 0 &&
                segments_[count_ - 1].address + segments_[count_ - 1].bytes == address;
            std::size_t room = is_neighbour ? room_behind(segments_[count_ - 1], aligned_limit) : 0;
            if (room == 0) {
                if (count_ == Capacity || count_ == limits_.max_segments) {
                    count_ = count_before;
                    total_ = total_before;
                    if (count_ != 0)
                        segments_[count_ - 1] = last_before;
                    return fail(Error::message_too_large);
                }
                segments_[count_] = DmaSegment{address, 0};
                room = room_behind(segments_[count_++], aligned_limit);
            }
            const std::size_t part = bytes < room ? bytes : room;
            segments_[count_ - 1].bytes += part;
            address += part;
            bytes -= part;
        }
        return {};
    }
    // Of anything with a DMA address and a size: a LentToDevice, a Coherent, a part of one.
    template <class Memory>
    [[nodiscard]] constexpr Result<> add(const Memory& memory) noexcept {
        return add(memory.dma_address(), memory.size_bytes());
    }
    constexpr void clear() noexcept { count_ = total_ = 0; }

    // The segments, and the bytes in all of them.
    [[nodiscard]] constexpr const DmaSegment* begin() const noexcept { return segments_; }
    [[nodiscard]] constexpr const DmaSegment* end() const noexcept { return segments_ + count_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return count_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] constexpr std::size_t total_bytes() const noexcept { return total_; }

private:
    static constexpr bool is_power_of_two(DmaAddress value) noexcept {
        return value != 0 && (value & (value - 1)) == 0;
    }
    // How many bytes a segment takes behind those that it has.
    constexpr std::size_t room_behind(const DmaSegment& segment,
                                      std::size_t aligned_limit) const noexcept {
        std::size_t room = aligned_limit - segment.bytes;
        if (limits_.boundary != 0) {
            const DmaAddress within = segment.address & (limits_.boundary - 1);
            const DmaAddress left = limits_.boundary - within - segment.bytes;
            if (left < room)
                room = static_cast<std::size_t>(left);
        }
        return room;
    }

    DmaLimits limits_{};
    std::size_t count_ = 0;
    std::size_t total_ = 0;
    DmaSegment segments_[Capacity]{};
};

} // namespace ioview
