// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Device: the registers of a device as the writers need them, whichever language they were
// described in. All that is inherited there stands in each register and field here; arrays stay
// arrays.
//
//   const Device device = read_svd("rp2040.svd", report);
//   write_headers(device, options);
//
// Offsets are in bytes from what holds the thing; bits are numbered from 0.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gen {

// Where something was said, for who has to mend it.
struct Where {
    std::string file;
    int line = 0; // 0: unknown

    bool operator==(const Where&) const = default;
};

// What software may do; CMSIS-SVD's words.
enum class Access : std::uint8_t {
    read_write,
    read_only,
    write_only,
    write_once,      // only the first write acts, and a read means nothing
    read_write_once, // only the first write acts
};

// What a write does to a bit: `modify` stores it.
enum class WriteAction : std::uint8_t {
    modify,
    one_to_clear,
    one_to_set,
    one_to_toggle,
    zero_to_clear,
    zero_to_set,
    zero_to_toggle,
    clear, // whatever is written
    set,
};

// What a read does besides.
enum class ReadAction : std::uint8_t {
    none,
    clear,
    set,
    modify,
    modify_external, // something elsewhere: it takes from a FIFO, say
};

// More of one thing are no list that anybody means, and few enough to name each.
inline constexpr std::uint64_t most_of_a_dim = 65'536;

// Several of a thing.
struct Dim {
    std::uint64_t count = 1;
    std::uint64_t increment = 0;    // bytes from one to the next; of fields, bits
    std::vector<std::string> index; // what %s is of each
    bool is_array = false;          // name[%s]: one thing with an index, not several with names

    bool operator==(const Dim&) const = default;
};

struct EnumValue {
    std::string name;
    std::string description;
    std::uint64_t value = 0;
    std::uint64_t any = 0; // bits that may be either (0b1x: 1)
    Where where;

    bool operator==(const EnumValue&) const = default;
};

struct Enumeration {
    enum class Usage : std::uint8_t { read_write, read, write };

    std::string name; // may be empty: then it is called as its field
    Usage usage = Usage::read_write;
    std::vector<EnumValue> values;
    std::string for_all_others; // the name of what every other value is; may be empty
    Where where;

    bool operator==(const Enumeration&) const = default;
};

struct Field {
    std::string name;
    std::string description;
    unsigned high = 0;
    unsigned low = 0;
    Access access = Access::read_write;
    WriteAction on_write = WriteAction::modify;
    ReadAction on_read = ReadAction::none;
    std::string constraint; // what may be written, in words; may be empty
    std::optional<Dim> dim;
    std::vector<Enumeration> enumerations; // one, or one for reads and one for writes
    Where where;

    bool operator==(const Field&) const = default;
};

struct Register {
    std::string name;         // with %s in it where dim says several
    std::string display_name; // may be empty
    std::string description;
    std::uint64_t offset = 0;
    unsigned size = 32; // bits
    bool is_big_endian = false;
    Access access = Access::read_write; // of bits in no field, and where there are none
    WriteAction on_write = WriteAction::modify;
    ReadAction on_read = ReadAction::none;
    std::string constraint;
    std::string protection; // "s", "n" or "p"; may be empty
    std::optional<std::uint64_t> reset;
    std::uint64_t reset_mask = ~std::uint64_t{0}; // the bits that reset defines
    std::string alternate_register; // the register that lies there, too, on purpose; may be empty
    std::string alternate_group;
    std::optional<Dim> dim;
    std::vector<Field> fields;
    Where where;

    bool operator==(const Register&) const = default;
};

struct Cluster {
    std::string name;
    std::string description;
    std::uint64_t offset = 0;
    std::string alternate_cluster;
    std::optional<Dim> dim;
    std::vector<Register> registers;
    std::vector<Cluster> clusters;
    Where where;

    bool operator==(const Cluster&) const = default;
};

struct AddressBlock {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::string usage;      // "registers", "buffer" or "reserved"
    std::string protection; // may be empty

    bool operator==(const AddressBlock&) const = default;
};

struct Interrupt {
    std::string name;
    std::string description;
    std::int64_t value = 0;
    Where where;

    bool operator==(const Interrupt&) const = default;
};

struct Peripheral {
    std::string name;
    std::string version;
    std::string description;
    std::string group;
    std::string header_struct_name;   // what its block is called; may be empty
    std::string alternate_peripheral; // the one that lies there, too, on purpose; may be empty
    // The one whose registers these are, unchanged; then there are none here. May be empty.
    std::string same_as;
    std::uint64_t base = 0;
    std::optional<Dim> dim;
    std::vector<AddressBlock> address_blocks;
    std::vector<Interrupt> interrupts;
    std::vector<Register> registers;
    std::vector<Cluster> clusters;
    Where where;

    bool operator==(const Peripheral&) const = default;
};

struct Cpu {
    std::string name;
    std::string revision;
    std::string endian; // "little", "big", "selectable" or "other"
    bool has_mpu = false;
    bool has_fpu = false;
    bool has_vtor = false;
    unsigned nvic_priority_bits = 0;
    bool has_vendor_systick = false;
    std::optional<unsigned> interrupts;

    bool operator==(const Cpu&) const = default;
};

struct Device {
    std::string vendor;
    std::string name;
    std::string series;
    std::string version;
    std::string description;
    std::optional<Cpu> cpu;
    std::vector<Peripheral> peripherals;
    Where where;

    bool operator==(const Device&) const = default;
};

} // namespace gen
