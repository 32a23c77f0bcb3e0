// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The four functions that a compiler calls on its own, also where there is no library.
#include <cstddef>

extern "C" {

void* memcpy(void* __restrict to, const void* __restrict from, std::size_t bytes) {
    auto* t = static_cast<unsigned char*>(to);
    const auto* f = static_cast<const unsigned char*>(from);
    for (std::size_t i = 0; i < bytes; ++i)
        t[i] = f[i];
    return to;
}
void* memmove(void* to, const void* from, std::size_t bytes) {
    auto* t = static_cast<unsigned char*>(to);
    const auto* f = static_cast<const unsigned char*>(from);
    if (t < f) {
        for (std::size_t i = 0; i < bytes; ++i)
            t[i] = f[i];
    } else {
        for (std::size_t i = bytes; i > 0; --i)
            t[i - 1] = f[i - 1];
    }
    return to;
}
void* memset(void* to, int value, std::size_t bytes) {
    auto* t = static_cast<unsigned char*>(to);
    for (std::size_t i = 0; i < bytes; ++i)
        t[i] = static_cast<unsigned char>(value);
    return to;
}
int memcmp(const void* a, const void* b, std::size_t bytes) {
    const auto* x = static_cast<const unsigned char*>(a);
    const auto* y = static_cast<const unsigned char*>(b);
    for (std::size_t i = 0; i < bytes; ++i) {
        if (x[i] != y[i])
            return x[i] < y[i] ? -1 : 1;
    }
    return 0;
}

} // extern "C"
