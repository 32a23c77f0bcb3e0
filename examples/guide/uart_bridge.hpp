// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// The registers of an FPGA by LiteX's UART bridge (Stream2Wishbone): a frame on a serial line for
// each word of 32 bits. The line is a file descriptor: a terminal that is set to raw, or a socket
// of a simulator.
//
//   Line line{open("/dev/ttyUSB1", O_RDWR | O_NOCTTY)};
//   UartBridgeView<DualTimer> device{line, {0x4000'2000, {0x1000}}};

#include <ioview/ioview.hpp>

#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <poll.h>
#include <unistd.h>

namespace io = ioview;

// [line]
// 32 bits on the line: the high byte first.
constexpr std::array<std::uint8_t, 4> bytes_of(std::uint32_t word) {
    return {static_cast<std::uint8_t>(word >> 24),
            static_cast<std::uint8_t>(word >> 16),
            static_cast<std::uint8_t>(word >> 8),
            static_cast<std::uint8_t>(word)};
}
constexpr std::uint32_t word_of(const std::array<std::uint8_t, 4>& bytes) {
    std::uint32_t word = 0;
    for (const std::uint8_t byte : bytes)
        word = word << 8 | byte;
    return word;
}

class Line {
public:
    explicit Line(int file) noexcept : file_(file) {}

    // Read is command 2, write is command 1; then the count of words, and the address in words.
    io::Result<std::uint32_t> read(std::uintptr_t address) noexcept {
        std::array<std::uint8_t, 4> answer{};
        return send(std::array<std::uint8_t, 2>{2, 1})
            .and_then([&] { return send(bytes_of(static_cast<std::uint32_t>(address / 4))); })
            .and_then([&] { return receive(answer); })
            .transform([&] { return word_of(answer); });
    }
    io::Result<> write(std::uintptr_t address, std::uint32_t word) noexcept {
        return send(std::array<std::uint8_t, 2>{1, 1})
            .and_then([&] { return send(bytes_of(static_cast<std::uint32_t>(address / 4))); })
            .and_then([&] { return send(bytes_of(word)); });
    }

    // All of them, or timed_out after a second without any, or no_device.
    template <std::size_t N>
    io::Result<> receive(std::array<std::uint8_t, N>& bytes) noexcept {
        for (std::size_t got = 0; got < N;) {
            pollfd wanted{file_, POLLIN, 0};
            if (::poll(&wanted, 1, 1'000) == 0)
                return io::fail(io::Error::timed_out);
            const auto count = ::read(file_, &bytes[got], N - got);
            if (count <= 0)
                return io::fail(io::Error::no_device);
            got += static_cast<std::size_t>(count);
        }
        return {};
    }
    template <std::size_t N>
    io::Result<> send(const std::array<std::uint8_t, N>& bytes) noexcept {
        if (::write(file_, bytes.data(), N) != static_cast<ssize_t>(N))
            return io::fail(io::Error::no_device);
        return {};
    }

private:
    int file_;
};
// [/line]

// [backend]
template <class T>
class UartBridgeView;

struct UartBridge {
    template <class T>
    using View = UartBridgeView<T>;
    static constexpr std::endian order = std::endian::little;

    template <class T>
    static io::IoPtr<T> as_ptr(View<T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    static View<U> project_view(View<T> view, io::IoPtr<U> ptr) noexcept {
        return {*view.line_, ptr};
    }

    template <std::same_as<std::uint32_t> W>
    static io::Result<W> try_io_read(View<W> view) noexcept {
        return view.line_->read(view.ptr_.address);
    }
    template <std::same_as<std::uint32_t> W>
    static io::Result<> try_io_write(View<W> view, W word) noexcept {
        return view.line_->write(view.ptr_.address, word);
    }
    template <std::same_as<std::uint32_t> W>
    static W io_read(View<W> view) noexcept {
        return try_io_read<W>(view).value_or(~W{0});
    }
    template <std::same_as<std::uint32_t> W>
    static void io_write(View<W> view, W word) noexcept {
        static_cast<void>(try_io_write<W>(view, word));
    }
};

template <class T>
class UartBridgeView : public io::Io<UartBridgeView<T>, UartBridge, T> {
public:
    UartBridgeView(Line& line, io::IoPtr<T> ptr) noexcept : line_(&line), ptr_(ptr) {}
    UartBridgeView as_view() const noexcept { return *this; }

private:
    friend UartBridge;
    Line* line_;
    io::IoPtr<T> ptr_;
};
// [/backend]
static_assert(io::IoBackend<UartBridge>);
