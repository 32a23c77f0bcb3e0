// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The attacks of tests/fuzz with inputs from fixed seeds: the same on every machine, every time.
// A model that disagrees ends the program and names its line.
#include "fuzz/targets.hpp"
#include "support/catch.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace {

void attack_with_seeds(const char* name, unsigned rounds) {
    const auto attack = ioview::fuzz::find_attack(name);
    REQUIRE(attack != nullptr);
    std::uint64_t seed = 0x9e37'79b9'7f4a'7c15;
    for (unsigned round = 0; round < rounds; ++round) {
        std::array<unsigned char, 128> bytes{};
        for (auto& byte : bytes) {
            seed ^= seed << 13; // xorshift64 (Marsaglia, 2003)
            seed ^= seed >> 7;
            seed ^= seed << 17;
            byte = static_cast<unsigned char>(seed >> 32);
        }
        ioview::fuzz::Input in(bytes.data(), 1 + round % bytes.size());
        attack(in);
    }
}

} // namespace

TEST_CASE("attacks agree with their models", "[property]") {
    for (const auto& attack : ioview::fuzz::attacks) {
        const bool slow = attack.name == std::string("sysfs") || attack.name == std::string("pci");
        attack_with_seeds(attack.name, slow ? 1'000 : 5'000);
    }
    SUCCEED();
}
