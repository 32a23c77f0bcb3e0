// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Medium: what registers are read from and written to: a configuration space, a BAR, a file. One
// call is one access of the width asked for.
//
//   medium.check(0x14, 4);                  // Failure: past the end, misaligned, no such width
//   const std::uint64_t raw = medium.read(0x14, 4);

#include <ioview/error.hpp>
#include <ioview/linux/sysfs_config.hpp>

#include "failure.hpp"
#include "reasons.hpp"
#include "saved_config.hpp"

#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace iov {

namespace io = ioview;

class Medium {
public:
    // name: as it is said to people; bytes that there are; the widest access in bytes.
    Medium(std::string name, std::uint64_t size, unsigned widest)
        : name_(std::move(name)), size_(size), widest_(widest) {}
    Medium(const Medium&) = delete;
    Medium& operator=(const Medium&) = delete;
    virtual ~Medium() = default;

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] unsigned widest() const { return widest_; }

    // Failure for an access that cannot be made.
    void check(std::uint64_t offset, unsigned bytes) const;

    // Little-endian, as the buses of devices are. Failure when the medium says so.
    [[nodiscard]] std::uint64_t read(std::uint64_t offset, unsigned bytes) {
        check(offset, bytes);
        return get(offset, bytes);
    }
    void write(std::uint64_t offset, unsigned bytes, std::uint64_t value) {
        check(offset, bytes);
        put(offset, bytes, value);
    }

protected:
    // For who learns it while being made.
    void resize(std::uint64_t size) { size_ = size; }

private:
    virtual std::uint64_t get(std::uint64_t offset, unsigned bytes) = 0;
    virtual void put(std::uint64_t offset, unsigned bytes, std::uint64_t value) = 0;

    std::string name_;
    std::uint64_t size_;
    unsigned widest_;
};

// Fn: SysfsConfig or SavedConfig, by value or by reference.
template <class Fn>
class ConfigMedium final : public Medium {
public:
    ConfigMedium(std::string name, Fn function)
        : Medium(std::move(name), function.size(), 4), function_(std::forward<Fn>(function)) {}

private:
    static constexpr bool is_saved = std::is_same_v<std::decay_t<Fn>, SavedConfig>;

    std::uint64_t get(std::uint64_t offset, unsigned bytes) override {
        const auto at = static_cast<std::uint16_t>(offset);
        const auto wide = [](auto result) {
            return result.transform([](auto value) { return std::uint64_t{value}; });
        };
        errno = 0;
        const io::Result<std::uint64_t> value =
            bytes == 1   ? wide(function_.template read<std::uint8_t>(at))
            : bytes == 2 ? wide(function_.template read<std::uint16_t>(at))
                         : wide(function_.template read<std::uint32_t>(at));
        if (value)
            return *value;
        if (is_saved)
            throw Failure(Exit::unreadable, "{}: {:#x} was not saved", name(), offset);
        if (value.error() == io::Error::io_error) // a read that ends early
            throw cannot_read_config(name(), offset);
        throw cannot_open(name(), errno);
    }
    void put(std::uint64_t offset, unsigned bytes, std::uint64_t value) override {
        const auto at = static_cast<std::uint16_t>(offset);
        errno = 0;
        const io::Result<> done = bytes == 1 ? function_.write(at, static_cast<std::uint8_t>(value))
                                  : bytes == 2
                                      ? function_.write(at, static_cast<std::uint16_t>(value))
                                      : function_.write(at, static_cast<std::uint32_t>(value));
        if (!done)
            throw cannot_write_config(name(), errno);
    }

    Fn function_;
};

// The bytes of a file: what was saved of a BAR, or of anything else. Writing is for files that are
// opened so, and changes the file.
class FileMedium final : public Medium {
public:
    FileMedium(const std::string& path, bool is_writable);

private:
    std::uint64_t get(std::uint64_t offset, unsigned bytes) override;
    void put(std::uint64_t offset, unsigned bytes, std::uint64_t value) override;

    std::string bytes_;
    bool is_writable_;
};

} // namespace iov
