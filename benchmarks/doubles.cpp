// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What doubles cost: Memory views against plain arrays, recorded accesses against a vector of them,
// and what a script of 100 steps in a static_assert adds to a translation unit.
//
//   doubles [<include directory> [<compiler>]]      // the last only with these
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "compare.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <type_traits>
#include <vector>

namespace io = ioview;

namespace {

constexpr std::size_t words = 1'024;
struct Block {
    std::uint32_t words_[words];
};

// Memory that the compiler must take for changed.
void touch(void* p) {
    asm volatile("" : : "r"(p) : "memory");
}

// ---- what a model of a device does with its memory ----
// Called through volatile pointers, so that neither side is specialised for one array.

[[gnu::noinline]] std::uint32_t sum_plain(const std::uint32_t* array) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < words; ++i)
        sum += array[i] ^ static_cast<std::uint32_t>(i);
    return sum;
}
template <class View>
[[gnu::noinline]] std::uint32_t sum_view(View view) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < words; ++i)
        sum += view.at(i).read() ^ static_cast<std::uint32_t>(i);
    return sum;
}
[[gnu::noinline]] void update_plain(std::uint32_t* array) {
    for (std::size_t i = 0; i < words; ++i)
        array[i] = array[i] * 3 + 1;
}
template <class View>
[[gnu::noinline]] void update_view(View view) {
    for (std::size_t i = 0; i < words; ++i)
        view.at(i).update([](std::uint32_t v) { return v * 3 + 1; });
}
// Dependent single accesses, as drivers make them.
[[gnu::noinline]] std::uint32_t chase_plain(const std::uint32_t* array, std::uint32_t steps) {
    std::uint32_t at = 0;
    while (steps-- != 0) {
        if (at >= words)
            std::abort();
        at = array[at];
    }
    return at;
}
template <class View>
[[gnu::noinline]] std::uint32_t chase_view(View view, std::uint32_t steps) {
    std::uint32_t at = 0;
    while (steps-- != 0)
        at = view.at(at).read();
    return at;
}

volatile std::uint32_t sink;

void memory_against_arrays() {
    static std::uint32_t array[words];
    static io::testing::Memory<sizeof(array)> memory;
    const auto view = memory.view<std::uint32_t[words]>();
    for (std::size_t i = 0; i < words; ++i) {
        array[i] = static_cast<std::uint32_t>((i * 517 + 13) % words);
        view.at(i).write(array[i]);
    }
    using View = std::remove_const_t<decltype(view)>;
    auto* volatile chase_in_array = &chase_plain;
    auto* volatile chase_in_view = &chase_view<View>;
    auto* volatile sum_of_array = &sum_plain;
    auto* volatile sum_of_view = &sum_view<View>;
    auto* volatile update_array = &update_plain;
    auto* volatile update_the_view = &update_view<View>;
    const auto with = [&](auto f) {
        return [&, f] {
            touch(array);
            touch(&memory[0]);
            f();
        };
    };
    bench::compare("dependent reads",
                   "Memory, an array",
                   words,
                   with([&] { sink = chase_in_view(view, words); }),
                   with([&] { sink = chase_in_array(array, words); }));
    bench::compare(
        "sum", "Memory, an array", words, with([&] { sink = sum_of_view(view); }), with([&] {
            sink = sum_of_array(array);
        }));
    bench::compare("read-modify-write",
                   "Memory, an array",
                   words,
                   with([&] { update_the_view(view); }),
                   with([&] { update_array(array); }));
}

// By hand: what a test that wants to know writes down.
struct Written {
    bool write;
    std::uint8_t width;
    std::size_t offset;
    std::uint64_t value;
};

void recorded_accesses() {
    static io::testing::Memory<sizeof(Block)> memory;
    static Block block;
    for (const std::size_t count : {std::size_t{1'000}, std::size_t{100'000}}) {
        io::testing::Recorder recorder{memory.view<Block>()};
        std::vector<Written> log;
        const auto view = recorder.view<Block>();
        bench::compare(
            "accesses",
            "Recorder, a vector",
            count,
            [&] {
                recorder.clear();
                for (std::size_t i = 0; i < count / 2; ++i)
                    IO_UPDATE(view, words_, at(i % words), [](std::uint32_t v) { return v + 1; });
            },
            [&] {
                log.clear();
                for (std::size_t i = 0; i < count / 2; ++i) {
                    volatile std::uint32_t& word = block.words_[i % words];
                    const std::uint32_t value = word;
                    log.push_back({false, 4, 4 * (i % words), value});
                    log.push_back({true, 4, 4 * (i % words), value + 1});
                    word = value + 1;
                }
            });
    }
}

// ---- compile time ----

std::string unit(bool with_script) {
    std::string text = "#include <ioview/ioview.hpp>\n#include <ioview/testing/script.hpp>\n"
                       "namespace io = ioview;\nusing io::testing::reads;\n"
                       "using io::testing::writes;\nusing U32 = std::uint32_t;\n";
    if (!with_script)
        return text;
    text += "constexpr bool run() {\n  io::testing::Script script{\n";
    for (int i = 0; i < 100; ++i)
        text += (i % 2 == 0 ? "    reads<U32>(" : "    writes<U32>(") +
                std::to_string(4 * (i % 16)) + ", " + std::to_string(i) +
                (i == 99 ? ")};\n" : "),\n");
    text += "  const auto bar = script.view<io::Region<64>>();\n";
    for (int i = 0; i < 100; ++i)
        text +=
            (i % 2 == 0 ? "  static_cast<void>(bar.read32(" + std::to_string(4 * (i % 16)) + "));\n"
                        : "  bar.write32(" + std::to_string(4 * (i % 16)) + ", " +
                              std::to_string(i) + ");\n");
    text += "  return script.done();\n}\nstatic_assert(run());\n";
    return text;
}

template <class F>
double best_seconds(int runs, F&& f) {
    double best = 1e9;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        f();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count());
    }
    return best;
}

double compile_seconds(const std::string& include, const std::string& compiler, bool with_script) {
    const std::string file = with_script ? "doubles_script.cpp" : "doubles_bare.cpp";
    std::FILE* const out = std::fopen(file.c_str(), "w");
    if (out == nullptr)
        std::abort();
    std::fputs(unit(with_script).c_str(), out);
    std::fclose(out);
    const std::string command =
        compiler + " -std=c++20 -I" + include + " -c " + file + " -o doubles_unit.o";
    const double seconds = best_seconds(7, [&] {
        if (std::system(command.c_str()) != 0)
            std::abort();
    });
    std::remove(file.c_str());
    std::remove("doubles_unit.o");
    return seconds;
}

} // namespace

int main(int argc, char** argv) {
    bench::heading();
    memory_against_arrays();
    recorded_accesses();
    if (argc > 1) {
        const std::string compiler = argc > 2 ? argv[2] : "g++";
        const double bare = compile_seconds(argv[1], compiler, false);
        const double script = compile_seconds(argv[1], compiler, true);
        std::printf("%-44s %9.3f s (the include alone %.3f s, with the script %.3f s)\n",
                    ("a script of 100 steps, " + compiler + " adds").c_str(),
                    script - bare,
                    bare,
                    script);
    }
}
