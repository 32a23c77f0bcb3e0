// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "bar_medium.hpp"

#include "reasons.hpp"

#include <cerrno>
#include <utility>

namespace iov {
namespace {

class BarMedium final : public Medium {
public:
    using Bar = pci::SysfsBar<io::Region<0>>;

    BarMedium(std::string name, Bar bar)
        : Medium(std::move(name), bar.size_bytes(), sizeof(void*)), bar_(std::move(bar)) {}

private:
    template <class T>
    [[nodiscard]] T checked(const io::Result<T>& result) const {
        if (!result)
            throw Failure(Exit::unreadable, "{}: {}", name(), io::to_string(result.error()));
        return *result;
    }

    std::uint64_t get(std::uint64_t offset, unsigned bytes) override {
        const auto at = static_cast<std::size_t>(offset);
        if constexpr (sizeof(void*) == 8)
            if (bytes == 8)
                return checked(bar_.try_read64(at));
        return bytes == 1   ? checked(bar_.try_read8(at))
               : bytes == 2 ? checked(bar_.try_read16(at))
                            : checked(bar_.try_read32(at));
    }
    void put(std::uint64_t offset, unsigned bytes, std::uint64_t value) override {
        const auto at = static_cast<std::size_t>(offset);
        if constexpr (sizeof(void*) == 8)
            if (bytes == 8)
                return check_done(bar_.try_write64(at, value));
        check_done(bytes == 1   ? bar_.try_write8(at, static_cast<std::uint8_t>(value))
                   : bytes == 2 ? bar_.try_write16(at, static_cast<std::uint16_t>(value))
                                : bar_.try_write32(at, static_cast<std::uint32_t>(value)));
    }
    void check_done(const io::Result<>& done) const {
        if (!done)
            throw Failure(Exit::unreadable, "{}: {}", name(), io::to_string(done.error()));
    }

    Bar bar_;
};

void check_decodes(const Machine& machine, const pci::Address& address) {
    const auto command = machine.config(address).read<std::uint16_t>(0x04);
    if (!command || (*command & 2) != 0)
        return;
    throw Failure(Exit::unreadable,
                  "{0}: its memory space is off, so all would read as ones; `iov update "
                  "{0}/config@command memory_space=1` turns it on",
                  to_string(address));
}

} // namespace

std::unique_ptr<Medium> open_bar(const Machine& machine,
                                 const pci::Address& address,
                                 unsigned number,
                                 pci::SysfsShare share) {
    const std::string name = fmt::format("{}/bar{}", to_string(address), number);
    const auto resources = machine.resources(address);
    if (number >= 6 || number >= resources.size() || resources[number].size() == 0)
        throw Failure(Exit::unreadable, "{}: there is no such BAR; `iov show` has them", name);
    if (!resources[number].is_memory())
        throw Failure(Exit::unreadable,
                      "{}: I/O ports, which iov does not access; memory BARs it does",
                      name);
    check_decodes(machine, address);
    errno = 0;
    auto bar = BarMedium::Bar::map(machine.directory(address), number, share);
    if (bar)
        return std::make_unique<BarMedium>(name, *std::move(bar));
    const std::string path = fmt::format("{}/resource{}", machine.directory(address), number);
    const bool is_driver = bar.error() == io::Error::busy && errno == EBUSY;
    if (is_driver)
        throw Failure(Exit::not_allowed,
                      "{}: the driver {} has it, and would not know of a write; unbind it, or say "
                      "--shared",
                      name,
                      machine.summary(address).driver);
    if (bar.error() == io::Error::busy)
        throw Failure(
            Exit::not_allowed, "{}: another program has it; end that, or say --shared", name);
    if (bar.error() == io::Error::out_of_bounds)
        throw Failure(Exit::unreadable, "{}: shorter than the BAR", path);
    throw cannot_map(path, errno);
}

} // namespace iov
