// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <ioview/system_error.hpp>

#include "support/catch.hpp"

#include <string>
#include <system_error>

namespace io = ioview;

TEST_CASE("an Error becomes an error_code of the ioview category", "[system_error]") {
    const std::error_code code = io::Error::busy;
    CHECK(code.value() == static_cast<int>(io::Error::busy));
    CHECK(&code.category() == &io::error_category());
    CHECK(std::string(code.category().name()) == "ioview");
    CHECK(code.message() == "busy");
    CHECK(code == make_error_code(io::Error::busy));
    CHECK(code != make_error_code(io::Error::no_device));
    CHECK(static_cast<bool>(code));
}

TEST_CASE("each Error has a portable meaning", "[system_error]") {
    const struct {
        io::Error error;
        std::errc meaning;
    } all[] = {
        {io::Error::out_of_bounds, std::errc::result_out_of_range},
        {io::Error::misaligned, std::errc::invalid_argument},
        {io::Error::invalid_argument, std::errc::invalid_argument},
        {io::Error::overflow, std::errc::value_too_large},
        {io::Error::timed_out, std::errc::timed_out},
        {io::Error::no_memory, std::errc::not_enough_memory},
        {io::Error::busy, std::errc::device_or_resource_busy},
        {io::Error::no_device, std::errc::no_such_device},
        {io::Error::io_error, std::errc::io_error},
        {io::Error::message_too_large, std::errc::message_size},
        {io::Error::unsupported, std::errc::not_supported},
    };
    for (const auto& each : all) {
        const std::error_code code = each.error;
        CHECK(code == each.meaning);
        CHECK(code.message() == io::to_string(each.error));
    }
    CHECK(std::error_code(io::Error::busy) != std::errc::timed_out);
}

TEST_CASE("numbers that are no Error stay themselves", "[system_error]") {
    for (int value : {0, 12, 255, 256 + 7, -1}) {
        const std::error_code code(value, io::error_category());
        CHECK(code.message() == "unknown error");
        CHECK(code.default_error_condition() == std::error_condition(value, io::error_category()));
    }
}
