// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Ring arithmetic against the same in C, as drivers have it by hand. A call is a walk of a thousand
// steps.
#include <ioview/dma/ring.hpp>

#include "compare.hpp"

#include <cstdint>

namespace io = ioview;
using u32 = std::uint32_t;

namespace {

// By hand, for positions that are already below N.
struct Pieces {
    u32 first, first_end, second_end;
};
template <u32 N>
u32 c_wrap(u32 below_twice_n) {
    if ((N & (N - 1)) == 0)
        return below_twice_n & (N - 1);
    return below_twice_n >= N ? below_twice_n - N : below_twice_n;
}
template <u32 N>
u32 c_free(u32 tx, u32 rx) {
    return c_wrap<N>(rx + N - tx - 1);
}
template <u32 N>
u32 c_used(u32 tx, u32 rx) {
    return c_wrap<N>(tx + N - rx);
}
template <u32 N>
u32 c_advance(u32 index, u32 count) {
    return c_wrap<N>(index + count);
}
template <u32 N>
Pieces c_writable(u32 tx, u32 rx) {
    if (rx == 0)
        return {tx, N - 1, 0};
    if (rx <= tx)
        return {tx, N, rx - 1};
    return {tx, rx - 1, 0};
}
template <u32 N>
Pieces c_readable(u32 tx, u32 rx) {
    if (rx <= tx)
        return {rx, tx, 0};
    return {rx, N, tx};
}

// Both run the same walk: positions follow from what was computed before, so that neither can be
// computed ahead, and counts are not known to the compiler.
template <u32 N>
struct ByHand {
    static u32 space(u32 tx, u32 rx) { return c_free<N>(tx, rx) + 3 * c_used<N>(tx, rx); }
    static u32 next(u32 index, u32 count) { return c_advance<N>(index, count); }
    static u32 untrusted(u32 index, u32 value) { return (value + index) % N; }
    static u32 pieces(u32 tx, u32 rx) {
        const Pieces w = c_writable<N>(tx, rx);
        const Pieces r = c_readable<N>(tx, rx);
        return w.first_end - w.first + 3 * w.second_end + 5 * (r.first_end - r.first) +
               7 * r.second_end;
    }
};
template <u32 N>
struct ByIoview {
    using Slots = io::Ring<N>;
    using Index = typename Slots::Index;

    static u32 space(Index tx, Index rx) {
        const Slots slots{.write = tx, .read = rx};
        return slots.free() + 3 * slots.used();
    }
    static Index next(Index index, u32 count) { return Slots::advance(index, count); }
    static Index untrusted(Index index, u32 value) { return Slots::wrap(value + index.value()); }
    static u32 pieces(Index tx, Index rx) {
        const Slots slots{.write = tx, .read = rx};
        const auto w = slots.writable();
        const auto r = slots.readable();
        return w.first.size() + 3 * w.second.last + 5 * r.first.size() + 7 * r.second.last;
    }
};

constexpr u32 steps = 1'000;
u32 sink;

template <class Index, class Step>
[[gnu::noinline]] void walk(Step step) {
    Index tx{};
    Index rx{};
    u32 sum = 0;
    for (u32 i = 0; i < steps; ++i) {
        step(tx, rx, sum);
        asm volatile("" : "+r"(sum));
    }
    sink = sink + sum;
}

template <class Hand, class Ioview, class HandStep, class IoviewStep>
void compare(const char* what, u32 slots, HandStep hand, IoviewStep ioview) {
    bench::compare(
        what, "ring", slots, [=] { walk<Ioview>(ioview); }, [=] { walk<Hand>(hand); });
}

template <u32 N>
void all() {
    using H = ByHand<N>;
    using V = ByIoview<N>;
    using Index = typename io::Ring<N>::Index;
    const auto both = [](auto step) { return step; };
    compare<u32, Index>(
        "advance",
        N,
        both([](u32& tx, u32&, u32& sum) { tx = H::next(tx, sum & 15), sum += tx; }),
        both([](Index& tx, Index&, u32& sum) { tx = V::next(tx, sum & 15), sum += tx.value(); }));
    compare<u32, Index>(
        "wrap, untrusted",
        N,
        both([](u32& tx, u32&, u32& sum) { tx = H::untrusted(tx, sum), sum += tx + 77; }),
        both([](Index& tx, Index&, u32& sum) {
            tx = V::untrusted(tx, sum), sum += tx.value() + 77;
        }));
    compare<u32, Index>("free and used",
                        N,
                        both([](u32& tx, u32& rx, u32& sum) {
                            sum += H::space(tx, rx);
                            tx = H::next(tx, sum & 7);
                            rx = H::next(rx, sum & 3);
                        }),
                        both([](Index& tx, Index& rx, u32& sum) {
                            sum += V::space(tx, rx);
                            tx = V::next(tx, sum & 7);
                            rx = V::next(rx, sum & 3);
                        }));
    compare<u32, Index>("writable, readable",
                        N,
                        both([](u32& tx, u32& rx, u32& sum) {
                            sum += H::pieces(tx, rx);
                            tx = H::next(tx, sum & 7);
                            rx = H::next(rx, sum & 3);
                        }),
                        both([](Index& tx, Index& rx, u32& sum) {
                            sum += V::pieces(tx, rx);
                            tx = V::next(tx, sum & 7);
                            rx = V::next(rx, sum & 3);
                        }));
}

} // namespace

int main() {
    bench::heading();
    all<63>();
    all<64>();
    all<256>();
    all<1'000>();
}
