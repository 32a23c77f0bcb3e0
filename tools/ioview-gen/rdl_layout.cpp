// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "rdl_layout.hpp"

#include <algorithm>
#include <bit>

namespace gen {
namespace {

constexpr std::uint64_t widest = 65'536; // register in bits

std::uint64_t sum(std::uint64_t a, std::uint64_t b, const RdlNode& node) {
    if (a > ~std::uint64_t{0} - b)
        rdl_fail(node.place, "{} ends past 64 bits of address", node.name);
    return a + b;
}

std::uint64_t product(std::uint64_t a, std::uint64_t b, const RdlNode& node) {
    if (b != 0 && a > ~std::uint64_t{0} / b)
        rdl_fail(node.place, "{} ends past 64 bits of address", node.name);
    return a * b;
}

std::uint64_t power_of_two(std::uint64_t size, const RdlNode& node) {
    if (size > std::uint64_t{1} << 63)
        rdl_fail(node.place, "{} ends past 64 bits of address", node.name);
    return std::bit_ceil(size);
}

std::uint64_t rounded_up(std::uint64_t value, std::uint64_t alignment, const RdlNode& node) {
    return sum(value, alignment - 1, node) / alignment * alignment;
}

// 1 where nothing is said.
std::uint64_t
alignment_of(std::optional<std::uint64_t> said, std::string_view what, const RdlNode& node) {
    if (said && !std::has_single_bit(*said))
        rdl_fail(node.place, "{} of {} is {}, and is no power of two", what, node.name, *said);
    return said.value_or(1);
}

class Layout {
public:
    explicit Layout(Report& report) : report_(report) {}

    struct Mode {
        std::string addressing = "regalign";
        std::uint64_t alignment = 1;
        bool is_msb0 = false;
    };

    void component(RdlNode& node, const Mode& outer);

private:
    [[nodiscard]] static Mode mode_of(const RdlNode& node, const Mode& outer);
    void reg(RdlNode& node, const Mode& mode);
    [[nodiscard]] bool is_msb0(const RdlNode& node, const Mode& mode) const;
    void field(RdlNode& field) const;
    static void mem(RdlNode& node);
    static void array(RdlNode& node);
    static void addresses(RdlNode& node, const Mode& mode);
    [[nodiscard]] static std::uint64_t mode_alignment(const RdlNode& node, const Mode& mode);

    Report& report_;
};

Layout::Mode Layout::mode_of(const RdlNode& node, const Mode& outer) {
    Mode mode = outer;
    if (node.type == RdlType::addrmap) {
        mode = {};
        if (const RdlValue* addressing = node.find("addressing"))
            mode.addressing = addressing->text;
        mode.is_msb0 = node.flag("msb0");
    }
    if (const auto alignment = node.number("alignment"))
        mode.alignment = alignment_of(alignment, "alignment", node);
    return mode;
}

void Layout::component(RdlNode& node, const Mode& outer) {
    const Mode mode = mode_of(node, outer);
    if (node.type == RdlType::reg) {
        reg(node, mode);
    } else if (node.type != RdlType::signal && node.type != RdlType::field) {
        for (RdlNode& child : node.children)
            component(child, mode);
        addresses(node, mode);
        if (node.type == RdlType::mem)
            mem(node);
    } else {
        return;
    }
    array(node);
}

// [low:high] anywhere in a register counts from its most significant bit.
bool Layout::is_msb0(const RdlNode& node, const Mode& mode) const {
    const RdlNode* rising = nullptr;
    const RdlNode* falling = nullptr;
    for (const RdlNode& child : node.children) {
        if (!child.left || !child.right || *child.left == *child.right)
            continue;
        (*child.left < *child.right ? rising : falling) = &child;
    }
    if (rising != nullptr && falling != nullptr)
        rdl_fail(node.place,
                 "{} has bits from the lowest ({}) and from the highest ({})",
                 node.name,
                 rising->name,
                 falling->name);
    return rising != nullptr || (falling == nullptr && mode.is_msb0);
}

void Layout::field(RdlNode& field) const {
    const auto wanted = field.number("fieldwidth");
    if (field.left && field.right)
        field.size = std::max(*field.left, *field.right) - std::min(*field.left, *field.right);
    else if (!field.dims.empty())
        field.size = field.dims.front() - 1;
    else
        field.size = wanted.value_or(1) - 1;
    if (field.size >= widest) // 0 bits, too
        rdl_fail(field.place, "{} has no bits, or more than {}", field.name, widest);
    ++field.size;
    if (wanted && *wanted != field.size)
        rdl_fail(field.place,
                 "{} has {} bits, and its fieldwidth is {}",
                 field.name,
                 field.size,
                 *wanted);
}

void Layout::reg(RdlNode& node, const Mode& mode) {
    const std::uint64_t width = node.number("regwidth").value_or(32);
    for (const auto one : {width, node.number("accesswidth").value_or(width)})
        if (one < 8 || one > widest || !std::has_single_bit(one))
            rdl_fail(node.place, "{} has {} bits, which no register has", node.name, one);
    node.size = width / 8;
    const bool from_top = is_msb0(node, mode);
    std::uint64_t next = from_top ? width : 0; // the bit behind the last field
    for (RdlNode& child : node.children) {
        if (child.type != RdlType::field)
            continue;
        field(child);
        if (child.left && child.right)
            child.offset = std::min(*child.left, *child.right);
        else if (!from_top)
            child.offset = next;
        else
            child.offset = next - child.size; // past the register where it wraps
        child.is_outside = child.offset >= width || child.size > width - child.offset;
        if (child.is_outside)
            report_.add(child.place.where(),
                        node.name + "/" + child.name,
                        fmt::format("the field is not in its register of {} bits", width),
                        "left out");
        next = from_top ? child.offset : child.offset + child.size;
        if (from_top && child.size > 1 && !child.is_outside)
            report_.add(child.place.where(),
                        node.name + "/" + child.name,
                        "its bits are counted from the most significant one",
                        "counted from the least significant one");
    }
}

void Layout::mem(RdlNode& node) {
    std::uint64_t width = node.number("memwidth").value_or(0);
    if (width == 0)
        for (const RdlNode& child : node.children)
            width = std::max(width, child.size * 8);
    const std::uint64_t entries = node.number("mementries").value_or(1);
    if (width == 0 || width > widest || entries == 0)
        rdl_fail(node.place, "{} is a memory of {} times {} bits", node.name, entries, width);
    node.size = product(power_of_two((width + 7) / 8, node), entries, node);
}

void Layout::array(RdlNode& node) {
    node.count = 1;
    for (const std::uint64_t dim : node.dims) {
        if (dim == 0)
            rdl_fail(node.place, "{} is an array of none", node.name);
        node.count = product(node.count, dim, node);
    }
    product(node.stride.value_or(node.size), node.count, node);
}

std::uint64_t Layout::mode_alignment(const RdlNode& node, const Mode& mode) {
    if (mode.addressing == "compact")
        return node.type == RdlType::reg ? node.number("accesswidth").value_or(node.size * 8) / 8
                                         : 1;
    const std::uint64_t size = mode.addressing == "fullalign" ? node.total() : node.size;
    return power_of_two(std::max<std::uint64_t>(size, 1), node);
}

void Layout::addresses(RdlNode& node, const Mode& mode) {
    const bool is_bridge = node.flag("bridge");
    std::uint64_t next = 0;
    std::uint64_t end = 0;
    for (RdlNode& child : node.children) {
        if (child.type == RdlType::signal)
            continue;
        const std::uint64_t alignment = std::max(
            {mode.alignment, alignment_of(child.align, "%=", child), mode_alignment(child, mode)});
        child.offset = child.at ? *child.at : rounded_up(is_bridge ? 0 : next, alignment, child);
        next = sum(child.offset, child.total(), child);
        end = std::max(end, next);
    }
    node.size = end;
}

} // namespace

void lay_out_rdl(RdlNode& top, Report& report) {
    Layout(report).component(top, {});
}

} // namespace gen
