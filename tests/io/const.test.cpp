// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// What is const stays const: each method that writes is refused on a const target, and each one
// that makes another view of it makes one of something const; on every backend.
#include <ioview/ioview.hpp>
#include <ioview/testing.hpp>

#include "support/catch.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace io = ioview;
using io::Region;

namespace {

struct Table {
    std::uint32_t words[2];
};
// One member of it is not written, so it is not written as a whole.
struct Tagged {
    const std::uint32_t tag;
    std::uint32_t value;
};
struct Control : io::Register<Control, std::uint32_t, io::fixed<0x4>> {
    IO_FIELDS(bit(0, enable));
};
struct Words : io::Register<Words, std::uint32_t, io::array<0x0, 2, 4>> {
    IO_FIELDS(bits(31, 0, value));
};
using Array = std::uint32_t[2];
using Bytes = std::byte[8];
using Slice = std::uint32_t[];
using ByteSlice = std::byte[];
using Std = std::array<std::uint32_t, 2>;
using StdBytes = std::array<std::byte, 8>;
using Nested = Std[2];
struct Named : Region<0x10> {};

} // namespace
template <>
inline constexpr bool io::enable_plain_data<Table> = true;
template <>
inline constexpr bool io::enable_plain_data<Tagged> = true;

namespace {

constexpr auto same = [](auto v) { return v; };
template <class W>
std::span<const W> some();
template <class T>
constexpr bool is_table = std::is_same_v<std::remove_const_t<T>, Table>;
template <class T>
constexpr bool is_array = io::detail::kind_of<T> == io::detail::Kind::array;
template <class T>
constexpr bool has_elements = is_array<T> || io::detail::kind_of<T> == io::detail::Kind::slice;

// One row each: a writing that compiles for a V. Rows are asked of every target.
// clang-format off
#define WRITES_IF(name, condition, ...) \
    struct name { template <class V> static consteval bool compiles() { \
        using T = typename V::Target; \
        if constexpr (condition) return requires(V v, io::SysMem<Array> from, io::SysMem<Bytes> bytes) { __VA_ARGS__; static_cast<void>(from); static_cast<void>(bytes); }; \
        else return !sizeof(T*); } }
#define WRITES(name, ...) WRITES_IF(name, true, __VA_ARGS__)
WRITES(Write, v.write(1u));
WRITES(WriteNothing, v.write(std::declval<typename V::Target>()));
WRITES(TryWrite, v.try_write(1u));
WRITES(Update, v.update(same));
WRITES(TryUpdate, v.try_update(same));
WRITES(WriteFifo, v.write_fifo(some<std::uint32_t>()));
WRITES(TryWriteFifo, v.try_write_fifo(some<std::uint32_t>()));
WRITES(Write8, v.write8(0, 1));
WRITES(Write16, v.write16(0, 1));
WRITES(Write32, v.write32(0, 1));
WRITES(Write64, v.write64(0, 1));
WRITES(TryWrite8, v.try_write8(0, 1));
WRITES(TryWrite16, v.try_write16(0, 1));
WRITES(TryWrite32, v.try_write32(0, 1));
WRITES(TryWrite64, v.try_write64(0, 1));
WRITES(WriteWord, v.template write<std::uint32_t>(0, 1));
WRITES(TryWriteWord, v.template try_write<std::uint32_t>(0, 1));
WRITES(TryUpdateWord, v.template try_update<std::uint32_t>(0, same));
WRITES(WriteRegister, v.write(Control{}));
WRITES(TryWriteRegister, v.try_write(Control{}));
WRITES(UpdateRegister, v.template update<Control>(same));
WRITES(TryUpdateRegister, v.template try_update<Control>(same));
WRITES(ModifyRegister, v.template modify<Control>(Control::io_field_enable(true)));
WRITES(TryModifyRegister, v.template try_modify<Control>(Control::io_field_enable(true)));
WRITES(WriteThere, v.write(Words::at(1), Words{}));
WRITES(TryWriteThere, v.try_write(Words::at(1), Words{}));
WRITES(UpdateThere, v.update(Words::at(1), same));
WRITES(TryUpdateThere, v.try_update(Words::at(1), same));
WRITES(CopyWrite, v.copy_write({}));
WRITES(CopyWriteValue, v.copy_write(std::declval<std::remove_cv_t<typename V::Target>>()));
WRITES(TryCopyWrite, v.try_copy_write(std::declval<std::remove_cv_t<typename V::Target>>()));
WRITES(CopyFrom, v.copy_from(some<std::byte>()));
WRITES(TryCopyFrom, v.try_copy_from(some<std::byte>()));
WRITES(CopyFromByWord, v.template copy_from<std::uint32_t>(some<std::byte>()));
WRITES(Fill, v.fill(std::byte{1}));
WRITES(FillByWord, v.template fill<std::uint32_t>(std::byte{1}));
WRITES(Copy, io::copy(from, v));
WRITES(TryCopy, io::try_copy(bytes, v));
WRITES(Publish, io::publish(v, 1u));
WRITES(Release, io::release_to_device(v, 1u));
WRITES(PublishAndObserve, io::publish_and_observe(v, 1u, v));
WRITES(WriteLoHi, io::write_lo_hi(v, 1u));
WRITES(TryWriteLoHi, io::try_write_lo_hi(v, 1u));
WRITES(UpdateWord, v.template update<std::uint32_t>(0, same));
WRITES(WriteHiLo, io::write_hi_lo(v, 1u));
WRITES(TryWriteHiLo, io::try_write_hi_lo(v, 1u));
// One row each: a writing through another view of a V.
WRITES_IF(OfRegister, (io::min_size_of<T> >= 8), v.template view_of<Control>().write(Control{}));
WRITES_IF(OfRegisterThere, (io::min_size_of<T> >= 8), v.view_of(Words::at(1)).write(Words{}));
WRITES(TryOfRegister, v.template try_view_of<Control>()->try_write(Control{}));
WRITES_IF(Cast, (io::min_size_of<T> >= 4 && io::min_align_of<T> >= 4), v.template cast<std::uint32_t>().write(1));
WRITES_IF(CastToArray, (io::min_size_of<T> >= 8 && io::min_align_of<T> >= 4), v.template cast<Array>().at(0).write(1));
WRITES_IF(CastToStdArray, (io::min_size_of<T> >= 8 && io::min_align_of<T> >= 4), v.template cast<Std>().at(0).write(1));
WRITES(TryCast, v.template try_cast<std::uint32_t>()->write(1));
WRITES(TryCastToTable, v.template try_cast<Table>()->copy_write({}));
WRITES(BytesFill, v.bytes().fill(std::byte{1}));
WRITES(BytesAt, v.bytes().at(0).write(std::byte{1}));
WRITES(BytesCopy, v.bytes().subview(0, 4).copy_from(some<std::byte>()));
WRITES(Subview, v.template subview<std::uint32_t>(4).write(1));
WRITES(SubviewArray, v.template subview<Array>(0).at(0).write(1));
WRITES(SubviewStdArray, v.template subview<Std>(0).at(0).write(1));
WRITES(SubviewRegion, v.template subview<Region<8>>(0).write32(0, 1));
WRITES(SubviewOfRegion, v.template subview<Region<8>>(0).template subview<std::uint32_t>(0).write(1));
WRITES(TrySubview, v.template try_subview<std::uint32_t>(4)->write(1));
WRITES(TrySubviewSlice, v.template try_subview<Slice>(0, 2)->at(0).write(1));
WRITES(TrySubviewBytes, v.template try_subview<ByteSlice>(0, 2)->fill(std::byte{1}));
WRITES(TrySubviewRegion, v.template try_subview<Region<>>(0)->try_write8(0, 1));
WRITES(TrySubviewCounted, v.template try_subview<Region<>>(0, 4)->try_write8(0, 1));
WRITES(At, v.at(0).write(1));
WRITES(TryAt, v.try_at(0)->write(1));
WRITES_IF(StaticAt, (is_array<T>), v.template static_at<0>().write(1));
WRITES(AtAt, v.at(0).at(0).write(1));
WRITES(Part, v.subview(0, 1).at(0).write(1));
WRITES(TryPart, v.try_subview(0, 1)->at(0).write(1));
WRITES(Begin, (*v.begin()).write(1));
WRITES(Subscript, v.begin()[0].write(1));
WRITES(End, (*(v.end() - 1)).write(1));
WRITES_IF(ProjectAt, (has_elements<T>), io::project(v, io::at(0)).write(1));
WRITES_IF(ProjectRange, (has_elements<T>), io::project(v, io::range(0, 1)).at(0).write(1));
WRITES_IF(ProjectStatic, (is_array<T>), io::project(v, io::static_range<0, 1>()).at(0).write(1));
WRITES_IF(ProjectMember, (is_table<T>), io::project(v, &Table::words, io::at(0)).write(1));
WRITES_IF(ProjectMembers, (is_table<T>), io::project(v, &Table::words).bytes().fill(std::byte{1}));
// clang-format on
#undef WRITES
#undef WRITES_IF

// Every target that is one const or the other, by which mutable one it is compared with.
template <template <class> class View, class... Rows>
struct Checked {
    // How many rows compile for a view of a mutable T; none may for the const one.
    template <class T>
    static constexpr int writes = (0 + ... + Rows::template compiles<View<T>>());
    template <class T>
    static constexpr bool none = writes<T> == 0;

    // Of each kind of target, and of every way in which one can be const.
    static constexpr bool main_refused = none<const std::uint32_t> && none<const Table> &&
                                         none<const Control> && none<const ByteSlice> &&
                                         none<const Std> && none<const Region<0x10>>;
    static constexpr bool all_refused =
        main_refused && none<const std::uint64_t> && none<const io::be<std::uint32_t>> &&
        none<const std::byte> && none<const Tagged> && none<const Array> && none<const Bytes> &&
        none<const Slice> && none<const StdBytes> && none<std::array<const std::uint32_t, 2>> &&
        none<std::array<const std::byte, 8>> && none<const Nested> &&
        none<std::array<const std::uint32_t, 2>[2]> && none<const Table[]> &&
        none<const Control[2]> && none<const Region<0x10, 8>> && none<const Region<>> &&
        none<const Named>;

    // So that the rows can fail: each compiles for something that is not const.
    template <class Row>
    static constexpr bool can_fail =
        Row::template compiles<View<std::uint32_t>>() ||
        Row::template compiles<View<std::uint64_t>>() || Row::template compiles<View<Control>>() ||
        Row::template compiles<View<Table>>() || Row::template compiles<View<Array>>() ||
        Row::template compiles<View<Bytes>>() || Row::template compiles<View<Nested>>() ||
        Row::template compiles<View<Region<0x10, 8>>>();
    static constexpr bool each_can_fail = (can_fail<Rows> && ...);
};
template <template <class> class View>
using All = Checked<View,
                    Write,
                    UpdateWord,
                    WriteHiLo,
                    TryWriteHiLo,
                    OfRegister,
                    OfRegisterThere,
                    TryOfRegister,
                    WriteNothing,
                    TryWrite,
                    Update,
                    TryUpdate,
                    WriteFifo,
                    TryWriteFifo,
                    Write8,
                    Write16,
                    Write32,
                    Write64,
                    TryWrite8,
                    TryWrite16,
                    TryWrite32,
                    TryWrite64,
                    WriteWord,
                    TryWriteWord,
                    TryUpdateWord,
                    WriteRegister,
                    TryWriteRegister,
                    UpdateRegister,
                    TryUpdateRegister,
                    ModifyRegister,
                    TryModifyRegister,
                    WriteThere,
                    TryWriteThere,
                    UpdateThere,
                    TryUpdateThere,
                    CopyWrite,
                    CopyWriteValue,
                    TryCopyWrite,
                    CopyFrom,
                    TryCopyFrom,
                    CopyFromByWord,
                    Fill,
                    FillByWord,
                    Copy,
                    TryCopy,
                    Publish,
                    Release,
                    PublishAndObserve,
                    WriteLoHi,
                    TryWriteLoHi,
                    Cast,
                    CastToArray,
                    CastToStdArray,
                    TryCast,
                    TryCastToTable,
                    BytesFill,
                    BytesAt,
                    BytesCopy,
                    Subview,
                    SubviewArray,
                    SubviewStdArray,
                    SubviewRegion,
                    SubviewOfRegion,
                    TrySubview,
                    TrySubviewSlice,
                    TrySubviewBytes,
                    TrySubviewRegion,
                    TrySubviewCounted,
                    At,
                    TryAt,
                    StaticAt,
                    AtAt,
                    Part,
                    TryPart,
                    Begin,
                    Subscript,
                    End,
                    ProjectAt,
                    ProjectRange,
                    ProjectStatic,
                    ProjectMember,
                    ProjectMembers>;

struct Function {
    template <class W>
    io::Result<W> read(std::uint16_t) const;
    template <class W>
    io::Result<> write(std::uint16_t, W) const;
    std::size_t size() const;
};
template <class T>
using InConfig = io::ConfigSpace<Function, T>;
template <class T>
using InMemory = io::testing::MemoryView<std::endian::big, T>;
template <class T>
using InRecorder = io::testing::RecorderView<io::MmioBackend, T>;
template <class T>
using InFaulty = io::testing::FaultyView<io::SysMemBackend, T>;

} // namespace

TEST_CASE("nothing const is written, by any method of any backend", "[const]") {
    STATIC_REQUIRE(All<io::Mmio>::all_refused);
    // accesses of 64 bits are among the rows: for 64-bit processors
    STATIC_REQUIRE((sizeof(void*) < 8 || All<io::Mmio>::each_can_fail));
    STATIC_REQUIRE(All<io::RelaxedMmio>::main_refused);
    STATIC_REQUIRE(All<io::WriteCombining>::main_refused);
    STATIC_REQUIRE(All<io::SysMem>::main_refused);
    STATIC_REQUIRE(All<io::CoherentView>::main_refused);
    STATIC_REQUIRE(All<io::IoSysMap>::main_refused);
    STATIC_REQUIRE(All<io::PortIo>::main_refused);
    STATIC_REQUIRE(All<InConfig>::main_refused);
    STATIC_REQUIRE(All<InMemory>::main_refused);
    STATIC_REQUIRE(All<InRecorder>::main_refused);
    STATIC_REQUIRE(All<InFaulty>::main_refused);
    STATIC_REQUIRE(All<io::testing::ScriptView>::main_refused);
    STATIC_REQUIRE(All<io::testing::DeviceView>::main_refused);
}

namespace {
template <class V>
constexpr bool is_const = std::is_const_v<typename V::Target>;
}

TEST_CASE("other views of what is const are of what is const", "[const]") {
    std::uint32_t words[2] = {1, 2};
    const auto view = io::SysMem<const Array>::from_pointer(&words);
    const io::IoSysMap<const Array> map{view};
    STATIC_REQUIRE(is_const<decltype(view.at(0))>);
    STATIC_REQUIRE(is_const<decltype(view.bytes())>);
    STATIC_REQUIRE(is_const<decltype(view.cast<Table>())>);
    STATIC_REQUIRE(is_const<decltype(view.subview(0, 1))>);
    STATIC_REQUIRE(is_const<decltype(IO_PROJECT(view.cast<Table>(), words, at(1)))>);
    STATIC_REQUIRE(is_const<decltype(IO_PROJECT(map, range(0, 1)))>);
    CHECK(map.visit([](auto inner) { return is_const<decltype(inner)>; }));
    const auto shared = io::CoherentView<const Array>::from_raw(view, 0);
    STATIC_REQUIRE(is_const<decltype(shared.as_sys_mem())>);
    STATIC_REQUIRE(is_const<decltype(std::declval<io::Mmio<const Table>>().relaxed())>);
    // There is no way back.
    STATIC_REQUIRE_FALSE(std::is_convertible_v<io::Mmio<const Table>, io::Mmio<Table>>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::Mmio<Table>, io::Mmio<const Table>>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::IoSysMap<Table>, io::Mmio<const Table>>);
    STATIC_REQUIRE_FALSE(std::is_constructible_v<io::IoSysMap<Table>, io::SysMem<const Table>>);

    // An object with a const member is written by its other members.
    Tagged tagged{1, 2};
    const auto object = io::SysMem<Tagged>::from_pointer(&tagged);
    IO_WRITE(object, value, 3u);
    CHECK(object.copy_read().value == 3);
    STATIC_REQUIRE(is_const<decltype(object.bytes())>);
    STATIC_REQUIRE_FALSE(CopyWriteValue::compiles<io::SysMem<Tagged>>());
    STATIC_REQUIRE_FALSE(Fill::compiles<decltype(object.bytes())>());
}
