// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#pragma once
// Plan: what the headers of a device have in them, with every name, place and access kind decided.
// What cannot be said in ioview is reported on the way.
//
//   const Plan plan = plan_of(device, options, report);
//   for (const BlockPlan& block : plan.blocks) …

#include "model.hpp"
#include "report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace gen {

struct EnumeratorPlan {
    std::string name;
    std::uint64_t value = 0;
    std::string comment;
    std::uint64_t any = 0; // bits that may be either
    Enumeration::Usage usage =
        Enumeration::Usage::read_write; // where that is less than the field's
};

struct EnumPlan {
    std::string name;
    unsigned bits = 8; // of its underlying type
    std::vector<EnumeratorPlan> values;
    std::string comment;
};

struct FieldPlan {
    std::string name;
    std::string source; // as the manual calls it
    unsigned high = 0;
    unsigned low = 0;
    unsigned count = 0;  // of an array of fields; else 0
    std::string type;    // an enumeration's name; may be empty
    std::string kind;    // empty: that of the register
    std::string comment; // description and notes
};

struct Steps {
    std::uint64_t count = 0;
    std::uint64_t stride = 0;
};

struct RegisterPlan {
    std::string name;
    std::string source; // as the manual calls it, "CH[%s].CTRL"
    std::string comment;
    std::uint64_t offset = 0;
    unsigned bits = 32; // of its storage
    bool is_big_endian = false;
    std::vector<Steps> steps; // none, those of an array, or those of banks and of an array in each
    std::string kind;         // of the whole register; empty: rw
    std::optional<std::uint64_t> reset;
    std::vector<FieldPlan> fields;
    std::vector<EnumPlan> enumerations;
    bool is_overlay = false; // lies where an earlier one does
    bool is_layer = false;   // has the fields of the one before that lie where others do
    Where where;

    [[nodiscard]] std::uint64_t end() const {
        std::uint64_t last = offset + bits / 8;
        for (const Steps& step : steps)
            last += (step.count - 1) * step.stride;
        return last;
    }
};

struct InstancePlan {
    std::string name;     // as the manual calls it
    std::string constant; // what its base address is called
    std::vector<std::uint64_t> bases;
    std::string description;
};

struct BlockPlan {
    std::string name;  // of the type of the region
    std::string space; // of the namespace of its registers, and of the header
    std::string description;
    std::uint64_t size = 0;
    bool has_64_bits = false;
    std::vector<InstancePlan> instances;
    std::vector<EnumPlan> enumerations; // of several registers
    std::vector<RegisterPlan> registers;
};

struct Plan {
    std::string space;  // the namespace of all
    std::string header; // what includes all is called, without .hpp
    std::string device;
    std::string description;
    std::vector<BlockPlan> blocks;
    std::vector<EnumeratorPlan> interrupts;
    std::optional<Cpu> cpu;
};

struct PlanOptions {
    std::string space;             // as it is to be, "board::maps"; empty: the device's name
    std::vector<std::string> only; // peripherals; empty: all
};

// Failure for a namespace or a peripheral that is none. Of the findings that the readers made,
// those of peripherals that are not wanted are left out of the report.
[[nodiscard]] Plan plan_of(const Device& device, const PlanOptions& options, Report& report);

} // namespace gen
