// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "bar_medium.hpp"

#include <ioview/linux/removable.hpp>
#include <ioview/linux/sysfs_port_bar.hpp>

#include "reasons.hpp"

#include <cerrno>
#include <utility>

namespace iov {
namespace {

// Bar: an owner of memory or of ports, which take 64 bits in one access or do not.
template <class Bar, unsigned Widest>
class BarMedium final : public Medium {
public:
    BarMedium(std::string name, Bar bar)
        : Medium(std::move(name), bar.size_bytes(), Widest), bar_(std::move(bar)) {}

private:
    template <class T>
    [[nodiscard]] T checked(const io::Result<T>& result) const {
        if (!result)
            failed(result.error());
        return *result;
    }

    std::uint64_t get(std::uint64_t offset, unsigned bytes) override {
        const auto at = static_cast<std::size_t>(offset);
        if constexpr (Widest == 8)
            if (bytes == 8)
                return checked(bar_.try_read64(at));
        return bytes == 1   ? checked(bar_.try_read8(at))
               : bytes == 2 ? checked(bar_.try_read16(at))
                            : checked(bar_.try_read32(at));
    }
    void put(std::uint64_t offset, unsigned bytes, std::uint64_t value) override {
        const auto at = static_cast<std::size_t>(offset);
        if constexpr (Widest == 8)
            if (bytes == 8)
                return check_done(bar_.try_write64(at, value));
        check_done(bytes == 1   ? bar_.try_write8(at, static_cast<std::uint8_t>(value))
                   : bytes == 2 ? bar_.try_write16(at, static_cast<std::uint16_t>(value))
                                : bar_.try_write32(at, static_cast<std::uint32_t>(value)));
    }
    void check_done(const io::Result<>& done) const {
        if (!done)
            failed(done.error());
    }
    [[noreturn]] void failed(io::Error error) const {
        if (error == io::Error::no_device)
            throw Failure(Exit::unreadable, "{}: the device has gone", name());
        throw Failure(Exit::unreadable, "{}: {}", name(), io::to_string(error));
    }

    Bar bar_;
};

using Memory = pci::SysfsBar<io::Region<0>>;
using Ports = pci::SysfsPortBar<io::Region<0>>;
// A program that looks at devices outlives them.
using Mapped = io::Removable<Memory>;

void check_decodes(const Machine& machine, const pci::Address& address, bool is_port) {
    const auto command = machine.config(address).read<std::uint16_t>(0x04);
    if (!command || (*command & (is_port ? 1u : 2u)) != 0)
        return;
    throw Failure(Exit::unreadable,
                  "{0}: its {1} space is off, so all would read as ones; `iov update "
                  "{0}/config@command {1}_space=1` turns it on",
                  to_string(address),
                  is_port ? "io" : "memory");
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
    const bool is_port = resources[number].is_port();
    check_decodes(machine, address, is_port);
    errno = 0;
    io::Error error{};
    if (is_port) {
        if (auto bar = Ports::open(machine.directory(address), number, share))
            return std::make_unique<BarMedium<Ports, 4>>(name, *std::move(bar));
        else
            error = bar.error();
    } else {
        auto bar = Memory::map(machine.directory(address), number, share);
        auto mapped = bar ? Mapped::of(*std::move(bar)) : io::fail(bar.error());
        if (mapped)
            return std::make_unique<BarMedium<Mapped, sizeof(void*)>>(name, *std::move(mapped));
        error = mapped.error();
    }
    const std::string path = fmt::format("{}/resource{}", machine.directory(address), number);
    const bool is_driver = error == io::Error::busy && errno == EBUSY;
    if (is_driver)
        throw Failure(Exit::not_allowed,
                      "{}: the driver {} has it, and would not know of a write; unbind it, or say "
                      "--shared",
                      name,
                      machine.summary(address).driver);
    if (error == io::Error::busy)
        throw Failure(
            Exit::not_allowed, "{}: another program has it; end that, or say --shared", name);
    if (error == io::Error::out_of_bounds)
        throw Failure(Exit::unreadable, "{}: shorter than the BAR", path);
    throw cannot_map(path, errno);
}

} // namespace iov
