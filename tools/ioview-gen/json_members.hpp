// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// What is a member of what in the JSON of a device, said once for the writer and the reader.
//
//   template <class Io> void members(Io& io, Of<Io, Field>& field)
//
// `Io` is asked for each member in order; what it has is a reference into the model, const where it
// writes. Where a thing was said comes before what is in it, which has the same file by default.

#include "model.hpp"
#include "words.hpp"

namespace gen {

template <class Io, class T>
using Of = typename Io::template Value<T>;

template <class Io>
void members(Io& io, Of<Io, EnumValue>& value) {
    io.text("name", value.name);
    io.required_address("value", value.value);
    io.address("any", value.any);
    io.text("description", value.description);
    io.where(value.where);
}

template <class Io>
void members(Io& io, Of<Io, Enumeration>& enumeration) {
    io.text("name", enumeration.name);
    io.word("usage", enumeration.usage);
    io.text("for_all_others", enumeration.for_all_others);
    io.where(enumeration.where);
    io.list("values", enumeration.values);
}

template <class Io>
void members(Io& io, Of<Io, Dim>& dim) {
    io.required_number("count", dim.count);
    io.required_address("increment", dim.increment);
    io.flag("is_array", dim.is_array);
    io.index("index", dim);
}

template <class Io>
void members(Io& io, Of<Io, Field>& field) {
    io.required_text("name", field.name);
    io.required_number("high", field.high);
    io.required_number("low", field.low);
    io.word("access", field.access);
    io.word("on_write", field.on_write);
    io.word("on_read", field.on_read);
    io.text("constraint", field.constraint);
    io.text("description", field.description);
    io.where(field.where);
    io.one("dim", field.dim);
    io.list("enumerations", field.enumerations);
}

template <class Io>
void members(Io& io, Of<Io, Register>& one) {
    io.required_text("name", one.name);
    io.text("display_name", one.display_name);
    io.required_address("offset", one.offset);
    io.number("size", one.size, 32);
    io.flag("is_big_endian", one.is_big_endian);
    io.word("access", one.access);
    io.word("on_write", one.on_write);
    io.word("on_read", one.on_read);
    io.text("constraint", one.constraint);
    io.text("protection", one.protection);
    io.optional_address("reset", one.reset);
    io.address("reset_mask", one.reset_mask, ~std::uint64_t{0});
    io.text("alternate_register", one.alternate_register);
    io.text("alternate_group", one.alternate_group);
    io.text("description", one.description);
    io.where(one.where);
    io.one("dim", one.dim);
    io.list("fields", one.fields);
}

template <class Io>
void members(Io& io, Of<Io, Cluster>& cluster) {
    io.required_text("name", cluster.name);
    io.required_address("offset", cluster.offset);
    io.text("alternate_cluster", cluster.alternate_cluster);
    io.text("description", cluster.description);
    io.where(cluster.where);
    io.one("dim", cluster.dim);
    io.list("registers", cluster.registers);
    io.list("clusters", cluster.clusters);
}

template <class Io>
void members(Io& io, Of<Io, AddressBlock>& block) {
    io.address("offset", block.offset);
    io.required_address("size", block.size);
    io.text("usage", block.usage);
    io.text("protection", block.protection);
}

template <class Io>
void members(Io& io, Of<Io, Interrupt>& interrupt) {
    io.required_text("name", interrupt.name);
    io.signed_number("value", interrupt.value);
    io.text("description", interrupt.description);
    io.where(interrupt.where);
}

template <class Io>
void members(Io& io, Of<Io, Peripheral>& peripheral) {
    io.required_text("name", peripheral.name);
    io.required_address("base", peripheral.base);
    io.text("version", peripheral.version);
    io.text("group", peripheral.group);
    io.text("header_struct_name", peripheral.header_struct_name);
    io.text("alternate_peripheral", peripheral.alternate_peripheral);
    io.text("same_as", peripheral.same_as);
    io.text("description", peripheral.description);
    io.where(peripheral.where);
    io.one("dim", peripheral.dim);
    io.list("address_blocks", peripheral.address_blocks);
    io.list("interrupts", peripheral.interrupts);
    io.list("registers", peripheral.registers);
    io.list("clusters", peripheral.clusters);
}

template <class Io>
void members(Io& io, Of<Io, Cpu>& cpu) {
    io.text("name", cpu.name);
    io.text("revision", cpu.revision);
    io.text("endian", cpu.endian);
    io.flag("has_mpu", cpu.has_mpu);
    io.flag("has_fpu", cpu.has_fpu);
    io.flag("has_vtor", cpu.has_vtor);
    io.number("nvic_priority_bits", cpu.nvic_priority_bits);
    io.flag("has_vendor_systick", cpu.has_vendor_systick);
    io.optional_number("interrupts", cpu.interrupts);
}

template <class Io>
void members(Io& io, Of<Io, Device>& device) {
    io.schema("schema");
    io.where(device.where); // first: what the others' files are by default
    io.required_text("name", device.name);
    io.text("vendor", device.vendor);
    io.text("series", device.series);
    io.text("version", device.version);
    io.text("description", device.description);
    io.one("cpu", device.cpu);
    io.list("peripherals", device.peripherals);
}

} // namespace gen
