// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A sensor on I2C: the driver in drivers/tmp102.hpp on a bus that NAKs, and a bus that tries again.
//   i2c_sensor                        the simulated one
//   i2c_sensor /dev/i2c-1 0x48        a real one, through Linux
#include <ioview/backend/bus.hpp>
#include <ioview/error.hpp>
#include <ioview/linux/i2c_dev.hpp>
#include <ioview/testing/bus.hpp>

#include "drivers/tmp102.hpp"

#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace io = ioview;

namespace {

// What a NAK means and how often to try again is known here, not in the driver.
template <io::RegisterBus Bus>
class Patient {
public:
    Patient(Bus& bus, int tries) : bus_(bus), tries_(tries) {}

    io::Result<> read(io::Span<const std::byte> address, io::Span<std::byte> to) {
        return again([&] { return bus_.read(address, to); });
    }
    io::Result<> write(io::Span<const std::byte> address, io::Span<const std::byte> from) {
        return again([&] { return bus_.write(address, from); });
    }

private:
    template <class F>
    io::Result<> again(F transfer) const {
        io::Result<> done = transfer();
        for (int i = 1; i < tries_ && !done && done.error() == io::Error::no_device; ++i)
            done = transfer();
        return done;
    }

    Bus& bus_;
    int tries_;
};

template <class Sensor>
void print(const Sensor& sensor) {
    if (const auto now = tmp102::temperature(sensor))
        std::printf("%+.4f degrees\n", *now / 16.0);
    else
        std::printf("no temperature: %s\n", io::to_string(now.error()));
}

int real(const char* path, const char* address) {
    auto bus = io::I2cDev::open(path, static_cast<unsigned>(std::strtoul(address, nullptr, 0)));
    if (!bus) {
        std::fprintf(stderr, "%s: %s\n", path, io::to_string(bus.error()));
        return 1;
    }
    const auto sensor = io::on_bus<tmp102::Tmp102, tmp102::format>(*bus);
    if (const auto started = tmp102::start(sensor, tmp102::Rate::four); !started) {
        std::fprintf(stderr, "%s: %s\n", path, io::to_string(started.error()));
        return 1;
    }
    print(sensor);
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 3)
        return real(argv[1], argv[2]);

    io::testing::FakeBus<tmp102::format, 8> chip;
    chip.put(2, 0x60a0); // after a reset
    const auto sensor = io::on_bus<tmp102::Tmp102, tmp102::format>(chip);

    chip.nak(1);
    std::printf("start: %s\n", io::to_string(tmp102::start(sensor, tmp102::Rate::eight).error()));
    std::printf("start: %s\n", tmp102::start(sensor, tmp102::Rate::eight) ? "well" : "failed");
    std::printf("configuration %04x\n", chip.get(2));

    chip.put(0, 0x3200); // 12 bits
    print(sensor);
    chip.put(0, 0xe700);
    print(sensor);
    chip.put(0, 0x4b01); // 13 bits
    print(sensor);

    chip.nak(2);
    print(sensor);
    Patient patient{chip, 3};
    chip.nak(2);
    print(io::on_bus<tmp102::Tmp102, tmp102::format>(patient));
    std::printf("%zu transactions\n", chip.transactions());
}
