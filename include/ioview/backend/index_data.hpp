// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// IndexData: the registers behind an index register and a data register: CMOS, Super I/O, VGA, many
// PHYs. One access writes the number of a register to the one and reads or writes the other, under
// a lock, so that nobody comes between.
//
//   const io::IndexData cmos{ports.subview<std::uint8_t>(0), ports.subview<std::uint8_t>(1), lock};
//   auto clock = cmos.view<CmosClock>();
//   const std::uint8_t seconds = IO_READ(clock, seconds);
//
// Registers are as wide as the data register and have no accesses of other widths. Both registers
// are views of any medium; where one can fail, the try_ forms say how, and what fails at the index
// goes no further. Of an update, and of a copy, each access is locked by itself. The device sees an
// access that others only read: a view of const registers writes the index all the same.

#include <ioview/barrier.hpp>
#include <ioview/concepts.hpp>
#include <ioview/config.hpp>
#include <ioview/io.hpp>
#include <ioview/io/fence.hpp>
#include <ioview/io/refused_methods.hpp>
#include <ioview/lock_policy.hpp> // IWYU pragma: export

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace ioview {

// The index is an offset in bytes, as of AMD's SMN; else it counts registers.
struct IndexInBytes {};
inline constexpr IndexInBytes index_in_bytes{};

template <class Pair, class T>
class IndexDataView;

// The tag of IndexDataView: an access is the index written, then the data register accessed.
template <class Pair>
struct IndexDataBackend {
    template <class T>
    using View = IndexDataView<Pair, T>;
    static constexpr std::endian order = Pair::order;
    static constexpr bool ordered = Pair::ordered;

    template <class T>
    IOVIEW_INLINE static constexpr IoPtr<T> as_ptr(IndexDataView<Pair, T> view) noexcept {
        return view.ptr_;
    }
    template <class T, class U>
    IOVIEW_INLINE static constexpr IndexDataView<Pair, U> project_view(IndexDataView<Pair, T> view,
                                                                       IoPtr<U> ptr) noexcept {
        return {view.pair_, ptr};
    }

    template <class W>
        requires(Pair::reads && std::same_as<W, typename Pair::Word>)
    IOVIEW_INLINE static constexpr W io_read(IndexDataView<Pair, W> view) noexcept {
        return view.pair_->read(view.ptr_.address);
    }
    template <class W>
        requires(Pair::writes && std::same_as<W, typename Pair::Word>)
    IOVIEW_INLINE static constexpr void io_write(IndexDataView<Pair, W> view, W word) noexcept {
        view.pair_->write(view.ptr_.address, word);
    }
    template <class W>
        requires(Pair::reads && Pair::read_fails && std::same_as<W, typename Pair::Word>)
    [[nodiscard]] static constexpr Result<W> try_io_read(IndexDataView<Pair, W> view) noexcept {
        return view.pair_->try_read(view.ptr_.address);
    }
    template <class W>
        requires(Pair::writes && Pair::write_fails && std::same_as<W, typename Pair::Word>)
    [[nodiscard]] static constexpr Result<> try_io_write(IndexDataView<Pair, W> view,
                                                         W word) noexcept {
        return view.pair_->try_write(view.ptr_.address, word);
    }

    // That of the data register.
    template <class T>
    static constexpr void io_fence(IndexDataView<Pair, T> view, Fence kind) noexcept {
        detail::fence(kind, view.pair_->data_);
    }
};

namespace detail {
// What an index or a data register is a view of; something, where V is no such view, so that one
// message remains.
template <class V>
struct PairRegister {
    static constexpr bool is_one = false;
    struct Backend {};
    using Target = std::uint8_t;
};
template <IoBase V>
    requires(!is_owner<V> && IoCapable<typename V::Backend, typename V::Target> &&
             !RegisterValue<typename V::Target>)
struct PairRegister<V> {
    static constexpr bool is_one = true;
    using Backend = typename V::Backend;
    using Target = typename V::Target;
};
} // namespace detail

// Index and Data are views of one integer each, le and be among them; Lock is a LockPolicy. Views
// keep a pointer to the pair, and the pair one to the lock.
template <class Index, class Data, class Lock, bool InBytes = false>
class IndexData : detail::methods::NoTypedViewsOfATemporary {
    static constexpr bool are_registers =
        detail::PairRegister<Index>::is_one && detail::PairRegister<Data>::is_one;
    static_assert(are_registers,
                  "ioview: an index and its data are views of one integer each; "
                  "subview<std::uint8_t>(0) of a region, IO_PROJECT(regs, index)");
    static constexpr bool is_locked = !detail::NoLockAtAll<Lock>;

    using IndexBackend = typename detail::PairRegister<Index>::Backend;
    using Number = typename detail::PairRegister<Index>::Target;
    using NumberWord = typename detail::Wire<Number>::Word;
    using DataBackend = typename detail::PairRegister<Data>::Backend;
    using DataTarget = typename detail::PairRegister<Data>::Target;
    using Value = std::remove_const_t<DataTarget>;
    static_assert(!std::is_const_v<Number>,
                  "ioview: an index register is written; give a view of one that is not const");

public:
    using detail::methods::NoTypedViewsOfATemporary::view;

    // ---- what the backend says of it ----

    using Word = typename detail::Wire<Value>::Word;
    static constexpr bool reads = detail::has_io_read<DataBackend, Word>;
    static constexpr bool writes =
        detail::has_io_write<DataBackend, Word> && !std::is_const_v<DataTarget>;
    static constexpr bool index_fails = detail::has_try_io_write<IndexBackend, NumberWord>;
    static constexpr bool read_fails = index_fails || detail::has_try_io_read<DataBackend, Word>;
    static constexpr bool write_fails = index_fails || detail::has_try_io_write<DataBackend, Word>;
    // The data register's own, or its medium's.
    static constexpr std::endian order = detail::Wire<Value>::order == detail::WireOrder::little
                                             ? std::endian::little
                                         : detail::Wire<Value>::order == detail::WireOrder::big
                                             ? std::endian::big
                                             : detail::BackendTraits<DataBackend>::order;
    static constexpr bool ordered =
        detail::BackendTraits<IndexBackend>::ordered && detail::BackendTraits<DataBackend>::ordered;

    // ---- what a driver says ----

    constexpr IndexData(Index index, Data data, Lock& lock) noexcept
        requires is_locked
        : index_(index), data_(data), lock_(&lock) {}
    constexpr IndexData(Index index, Data data, NoLock) noexcept
        requires(!is_locked)
        : index_(index), data_(data), lock_(nullptr) {}
    constexpr IndexData(Index index, Data data, Lock& lock, IndexInBytes) noexcept
        requires(is_locked && InBytes)
        : IndexData(index, data, lock) {}
    constexpr IndexData(Index index, Data data, NoLock none, IndexInBytes) noexcept
        requires(!is_locked && InBytes)
        : IndexData(index, data, none) {}

    IndexData(Index index, Data) IOVIEW_REFUSED_OF(
        index,
        "ioview: others can come between an index and its data; give a lock, or io::no_lock");
    template <class... In>
        requires(is_locked && sizeof...(In) <= 1)
    IndexData(Index, Data, const Lock&& lock, In...)
        IOVIEW_REFUSED_OF(lock, "ioview: the lock would end before its pair; give the lock a name");

    // How far the index counts, in bytes of registers.
    static constexpr std::size_t size_bytes() noexcept {
        constexpr std::size_t unit = InBytes ? 1 : sizeof(Word);
        constexpr std::size_t most = std::numeric_limits<std::size_t>::max() / unit;
        constexpr NumberWord last = std::numeric_limits<NumberWord>::max();
        return last >= most ? most * unit : (static_cast<std::size_t>(last) + 1) * unit;
    }

    // The registers as a T, from number 0: an object or array, or all that there are.
    template <class T>
    [[nodiscard]] constexpr IndexDataView<IndexData, T> view() const& noexcept {
        constexpr bool is_reached = min_size_of<T> <= size_bytes();
        static_assert(is_reached,
                      "ioview: the index register does not count as far as this target "
                      "goes; view the part that it reaches");
        return {this, {0, detail::extent_for<T>(size_bytes())}};
    }
    // The first so many bytes of them; out_of_bounds when T needs more, or the index counts less.
    template <class T>
        requires(RegionTarget<T> || detail::is_slice<T>)
    [[nodiscard]] constexpr Result<IndexDataView<IndexData, T>>
    view(std::size_t size) const& noexcept {
        if (size < min_size_of<T> || size > size_bytes())
            return fail(Error::out_of_bounds);
        return IndexDataView<IndexData, T>{this, {0, detail::extent_for<T>(size)}};
    }

private:
    friend IndexDataBackend<IndexData>;

    // What f() returns, of two accesses that nobody comes between. An f holds copies of the views,
    // which compilers would load again after the barrier of the first access. What was written is
    // at the device before the next holder of the lock writes.
    template <class F>
    IOVIEW_INLINE constexpr auto locked(F&& f) const noexcept {
        if constexpr (is_locked) {
            const detail::LockGuard<Lock> guard{*lock_};
            return f();
        } else {
            return f();
        }
    }
    IOVIEW_INLINE static constexpr Number number(std::uintptr_t address) noexcept {
        return detail::Wire<Number>::decode(
            static_cast<NumberWord>(InBytes ? address : address / sizeof(Word)));
    }

    [[nodiscard]] constexpr Result<Word> try_read(std::uintptr_t address) const noexcept {
        return locked([=, index = index_, data = data_]() noexcept -> Result<Word> {
            const auto chosen = detail::try_put<IndexBackend, Number>(index, 0, number(address));
            if (!chosen)
                return fail(chosen.error());
            const auto value = detail::try_get<DataBackend, Value>(data, 0);
            if (!value)
                return fail(value.error());
            return detail::Wire<Value>::encode(*value);
        });
    }
    [[nodiscard]] constexpr Result<> try_write(std::uintptr_t address, Word word) const noexcept {
        return locked([=, index = index_, data = data_]() noexcept -> Result<> {
            const auto chosen = detail::try_put<IndexBackend, Number>(index, 0, number(address));
            if (!chosen)
                return chosen;
            return detail::try_put<DataBackend, Value>(data, 0, detail::Wire<Value>::decode(word));
        });
    }
    IOVIEW_INLINE constexpr Word read(std::uintptr_t address) const noexcept {
        if constexpr (read_fails)
            return try_read(address).value_or(static_cast<Word>(~Word{0}));
        else
            return locked([=, index = index_, data = data_]() noexcept {
                detail::put<IndexBackend, Number>(index, 0, number(address));
                return detail::Wire<Value>::encode(detail::get<DataBackend, Value>(data, 0));
            });
    }
    IOVIEW_INLINE constexpr void write(std::uintptr_t address, Word word) const noexcept {
        if constexpr (write_fails)
            static_cast<void>(try_write(address, word));
        else
            locked([=, index = index_, data = data_]() noexcept {
                detail::put<IndexBackend, Number>(index, 0, number(address));
                detail::put<DataBackend, Value>(data, 0, detail::Wire<Value>::decode(word));
            });
    }

    Index index_;
    Data data_;
    Lock* lock_;
};

// clang-format off
template <class I, class D> IndexData(I, D) -> IndexData<I, D, NoLock>;
template <class I, class D> IndexData(I, D, NoLock) -> IndexData<I, D, NoLock>;
template <class I, class D> IndexData(I, D, NoLock, IndexInBytes) -> IndexData<I, D, NoLock, true>;
template <class I, class D, class L> IndexData(I, D, L&) -> IndexData<I, D, L>;
template <class I, class D, class L> IndexData(I, D, L&, IndexInBytes) -> IndexData<I, D, L, true>;
template <class I, class D, class L> IndexData(I, D, const L&&) -> IndexData<I, D, L>;
template <class I, class D, class L>
IndexData(I, D, const L&&, IndexInBytes) -> IndexData<I, D, L, true>;
// clang-format on

// What the methods of IndexData give: a view of a T behind the two registers, whose address is the
// index.
template <class Pair, class T>
class IndexDataView : public Io<IndexDataView<Pair, T>, IndexDataBackend<Pair>, T> {
public:
    [[nodiscard]] IOVIEW_INLINE constexpr IndexDataView as_view() const noexcept { return *this; }

    friend constexpr bool operator==(IndexDataView a, IndexDataView b) noexcept {
        return a.pair_ == b.pair_ && a.ptr_ == b.ptr_;
    }

private:
    friend IndexDataBackend<Pair>;
    friend Pair;
    IOVIEW_INLINE constexpr IndexDataView(const Pair* pair, IoPtr<T> ptr) noexcept
        : pair_(pair), ptr_(ptr) {}

    const Pair* pair_;
    IoPtr<T> ptr_;
};

} // namespace ioview
