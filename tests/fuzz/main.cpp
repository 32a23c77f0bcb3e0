// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The attacks as a program: with IOVIEW_FUZZ_TARGET=region a target for libFuzzer, otherwise a
// replay of files by name of the attack:
//
//   ioview_fuzz region tests/fuzz/corpus/region/*
#include "targets.hpp"

#ifdef IOVIEW_FUZZ_TARGET
#define IOVIEW_FUZZ_NAME(x) #x
#define IOVIEW_FUZZ_STRING(x) IOVIEW_FUZZ_NAME(x)

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* bytes, std::size_t count) {
    static const auto attack = ioview::fuzz::find_attack(IOVIEW_FUZZ_STRING(IOVIEW_FUZZ_TARGET));
    ioview::fuzz::Input in(bytes, count);
    attack(in);
    return 0;
}
#else
int main(int argc, char** argv) {
    const auto attack = argc > 2 ? ioview::fuzz::find_attack(argv[1]) : nullptr;
    if (attack == nullptr)
        return std::fputs("usage: ioview_fuzz <attack> <file>...\n", stderr), 2;
    for (int i = 2; i < argc; ++i) {
        std::FILE* file = std::fopen(argv[i], "rb");
        if (file == nullptr)
            return std::perror(argv[i]), 2;
        static unsigned char bytes[1 << 16];
        const std::size_t count = std::fread(bytes, 1, sizeof bytes, file);
        std::fclose(file);
        ioview::fuzz::Input in(bytes, count);
        attack(in);
    }
    std::printf("%d inputs of %s\n", argc - 2, argv[1]);
}
#endif
