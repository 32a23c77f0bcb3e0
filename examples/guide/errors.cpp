// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Errors without exceptions: passed on, chained, told with the step that failed, and those of a bus
// of one's own. A sensor behind I2C, on a simulated bus that refuses.

#include <ioview/backend/bus.hpp>
#include <ioview/ioview.hpp>
#include <ioview/testing/bus.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <utility>

namespace io = ioview;

namespace {

// [sensor]
struct Sensor : io::Region<8> {};
struct Identity : io::Register<Identity, io::be<std::uint16_t>, io::fixed<0x00, Sensor>, io::ro> {
    IO_FIELDS(bits(15, 0, id));
};
struct Config : io::Register<Config, io::be<std::uint16_t>, io::fixed<0x02, Sensor>> {
    IO_FIELDS(bits(14, 13, rate), bit(0, shutdown));
};
struct Value : io::Register<Value, io::be<std::uint16_t>, io::fixed<0x04, Sensor>, io::ro> {
    IO_FIELDS(bits(15, 4, sixteenths));
};
inline constexpr io::BusFormat format{.register_bytes = 2};
// [/sensor]

// [passed_on]
template <io::IoOf<Sensor> View>
io::Result<> start(const View& sensor) {
    const auto identity = sensor.template try_read<Identity>();
    if (!identity)
        return io::fail(identity.error());
    if (identity->id() != 0x0117)
        return io::fail(io::Error::no_device);
    return sensor.template try_update<Config>(
        [](Config config) { return config.with_rate(2).with_shutdown(false); });
}
// [/passed_on]

// [chained]
// In tenths of a degree.
template <io::IoOf<Sensor> View>
io::Result<unsigned> temperature(const View& sensor) {
    return sensor.template try_read<Value>()
        .transform([](Value value) { return unsigned{value.sixteenths()}; })
        .transform([](unsigned sixteenths) { return sixteenths * 10 / 16; });
}
// [/chained]

// [context]
// What a driver tells its caller: the cause, and in which step.
struct Failure {
    io::Error cause;
    const char* step;
};
template <class T = void>
using Outcome =
    decltype(std::declval<io::Result<T>>().transform_error(std::declval<Failure (*)(io::Error)>()));

constexpr auto in(const char* step) {
    return [=](io::Error cause) { return Failure{cause, step}; };
}

template <io::IoOf<Sensor> View>
Outcome<unsigned> measure(const View& sensor) {
    return start(sensor).transform_error(in("start")).and_then([&] {
        return temperature(sensor).transform_error(in("read"));
    });
}
// [/context]

// [medium]
// A bus of one's own has more to say than Error: the nearest goes to the driver, the rest is kept.
enum class Cause { none, address_refused, data_refused, arbitration_lost };

constexpr io::Result<> nearest(Cause cause) {
    switch (cause) {
    case Cause::none:
        return {};
    case Cause::address_refused:
        return io::fail(io::Error::no_device);
    case Cause::arbitration_lost:
        return io::fail(io::Error::busy);
    case Cause::data_refused:
        break;
    }
    return io::fail(io::Error::io_error);
}

template <class Controller>
class I2c { // a RegisterBus
public:
    explicit I2c(Controller& controller) : controller_(controller) {}

    io::Result<> read(io::Span<const std::byte> address, io::Span<std::byte> to) {
        return nearest(last = controller_.read(address, to));
    }
    io::Result<> write(io::Span<const std::byte> address, io::Span<const std::byte> from) {
        return nearest(last = controller_.write(address, from));
    }

    Cause last = Cause::none; // of the last transaction

private:
    Controller& controller_;
};
// [/medium]

// In place of the controller's registers.
struct Simulated {
    Simulated() {
        bus.put(0, 0x0117);
        bus.put(2, 0x0001);
        bus.put(4, 25 * 16 << 4);
    }
    Cause read(io::Span<const std::byte> address, io::Span<std::byte> to) {
        if (fails_in != 0 && --fails_in == 0)
            return fault;
        return bus.read(address, to) ? Cause::none : Cause::address_refused;
    }
    Cause write(io::Span<const std::byte> address, io::Span<const std::byte> from) {
        return bus.write(address, from) ? Cause::none : Cause::address_refused;
    }
    io::testing::FakeBus<format, 8> bus;
    int fails_in = 0; // the n-th read from now
    Cause fault = Cause::none;
};

} // namespace

int main() {
    Simulated controller;
    I2c bus{controller};
    const auto sensor = io::on_bus<Sensor, format>(bus);

    const auto tell = [&](const Outcome<unsigned>& outcome) {
        if (outcome)
            std::printf("%u tenths of a degree\n", *outcome);
        else
            std::printf("%s: %s (cause %d)\n",
                        outcome.error().step,
                        io::to_string(outcome.error().cause),
                        static_cast<int>(bus.last));
    };
    tell(measure(sensor));
    controller.fails_in = 1;
    controller.fault = Cause::arbitration_lost;
    tell(measure(sensor));
    controller.fails_in = 3;
    controller.fault = Cause::data_refused;
    tell(measure(sensor));
}
