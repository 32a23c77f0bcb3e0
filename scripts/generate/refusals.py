#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the methods and functions that a kind of target does not have, each deleted with its reason
and the remedy as the comment on its line: compilers print that line. A text stands once, here, and
lists what it refuses.

    scripts/generate/refusals.py            # after a change of the tables
    scripts/generate/refusals.py --check    # is what stands in include/ what the tables say?

A method is one line of C++, or two; {a|b} in it makes one method of each word. How the texts are laid out
in headers that are written by hand: docs/design/refusals.md."""

import itertools
import pathlib
import re
import sys
import typing

ROOT = pathlib.Path(__file__).resolve().parents[2]

# ---- what is written ----

# header: umbrella, what is refused there, one use, what it includes
HEADERS = {
    "io/refused_methods": (
        "io.hpp", "Methods that a kind of target does not have",
        "struct SliceMethods : NoSingleAccess<ByteMethods<Self, B, T>> {};",
        "ioview/concepts ioview/error ioview/io/buffers ioview/io/copyable ioview/io/stated_copy ioview/io/tile "
        "concepts cstddef cstdint type_traits"),
    "io/refused_offsets": (
        "io.hpp", "Offsets of accesses that a target does not have",
        "std::uint8_t read8(NoAccessOfThisWidth offset);",
        "ioview/io/one_access"),
    "io/refused_functions": (
        "io.hpp", "Functions that a view or owner is not given to",
        "io::copy(from, const_view);", "ioview/concepts"),
    "project/refused_temporaries": (
        "project.hpp", "Ways into a view that a temporary owner does not have",
        "IO_PROJECT(make_owner(), member);", "ioview/concepts ioview/project/start type_traits"),
    "dma/refused_methods": (
        "dma.hpp", "Methods that a temporary does not have",
        "class CoherentBox : NoReferencesIntoATemporary {};", "concepts"),
    "resource/refused_methods": (
        "resource.hpp", "Methods that a temporary does not have",
        "class Devres : NoAccessOfATemporary {};", ""),
    "pci/refused_functions": (
        "pci.hpp", "Functions that a view or owner is not given to",
        "io::pci::size_bars(const_config);", "ioview/concepts"),
}

class Mixin(typing.NamedTuple):
    what: str = ""  # has it
    parameters: str = "class Base"
    base: str = "Base"  # "" for none
    kept: str = ""  # names of the base that stay beside these


# Classes to mix in, in their order. A method of the same name in the class above is seen beside
# these where it says using.
MIXINS = {
    "io/refused_methods": {
        "NoPlainBytes": Mixin(
            "Of what is no plain data and what the backend cannot copy; below all other methods.",
            parameters="class B, class T", base=""),
        "NoValueMethods": Mixin("Of values that no function returns."),
        "NoWholeRegion": Mixin("Of untyped regions, which are values that no function returns."),
        "NoCopyMethods": Mixin("Of registers."),
        "NoOffsets": Mixin("Of everything but untyped regions."),
        "NoWholeObject": Mixin(
            "Of objects of several members.", parameters="class Base, class T",
            base="NoOffsets<Base>", kept="read try_read"),
        "NoSingleAccess": Mixin("Of arrays and slices.", base="NoOffsets<Base>"),
        "NoOtherBuffers": Mixin(
            "Of arrays and slices of bytes.", parameters="class Base, class Default"),
        "NoCopiesOut": Mixin(),
        "NoCopiesIn": Mixin(),
        "ReadOnlyBytes": Mixin(),
        "NoBytes": Mixin("Of arrays and slices of anything else."),
        "ReadOnlyMethods": Mixin("Of const targets."),
        "ReadOnlyRegion": Mixin(base="ReadOnlyMethods<Base>"),
        "NotAnAccessMethods": Mixin("Of members that are scalars and no access."),
        "NoWidthMethods": Mixin(
            "Of values wider than any access of the backend.", parameters="class Base, class T"),
        "NoByteOrderMethods": Mixin(
            "Of plain integers where the two sides of an IoSysMap would read them differently.",
            parameters="class Base, class T"),
        "NoViewsOfATemporary": Mixin(
            "Of owners, that is of what is no view of its backend: a temporary one is read and\n"
            "// written, but what gives views of it is for those that stay.",
            kept="bytes cast try_cast"),
        "NoPartsOfATemporary": Mixin(base="NoViewsOfATemporary<Base>", kept="subview try_subview"),
        "NoRegistersOfATemporary": Mixin(kept="try_view_of view_of"),
        "NoElementsOfATemporary": Mixin(
            base="NoPartsOfATemporary<Base>", kept="at begin end static_at try_at"),
        "NoTypedViewsOfATemporary": Mixin(
            "Of what has the memory, the registers or the log of its views: doubles, IndexData.",
            parameters="", base=""),
    },
    "io/refused_offsets": {
        name: Mixin(parameters="", base="NoOffset") for name in (
            "NotOneAccess", "RegisterHasItsPlace", "RegisterIsViewedInItsPlace",
            "NoAccessOfThisWidth", "NoByteOrder", "SliceNeedsItsCount", "CountIsInTheType")
    },
    "dma/refused_methods": {
        "NoMemoryOfATemporary": Mixin(
            "Of owners, made from a device.", parameters="class Dma", base=""),
        "NoReferencesIntoATemporary": Mixin("Of CoherentBox.", parameters="", base=""),
    },
    "resource/refused_methods": {
        "NoAccessOfATemporary": Mixin("Of Devres.", parameters="", base=""),
        "NoObjectOfATemporary": Mixin("Of its guard.", parameters="class T", base=""),
    },
}

# Functions: namespace: its key in the table.
FUNCTIONS = {
    "io/refused_functions": {"ioview": "ioview"},
    "project/refused_temporaries": {"ioview::detail": "path", "ioview": "project"},
    "pci/refused_functions": {"ioview::pci": "pci"},
}

# ---- the texts ----

OPT_IN = ("specialise io::enable_plain_data<T>, plain to its last member (no bool, pointer, open "
          "enumeration or padding; io::members lists those of a class that is no aggregate)")


def accesses(value, fifo=True):
    """The methods of one access of a value, where there is none."""
    ways = ["read", "write"]
    return [
        f"template <class... A> {value} read(const A&...) const",
        "template <class... A> void try_read(const A&...) const",
    ] + fifo * ["template <class... A> void {|try_}read_fifo(const A&...) const"] + [
        "template <class... A> void {write|update}(const A&...) const",
        "template <class... A> Result<> try_{write|update}(const A&...) const",
    ] + fifo * ["template <class... A> void {|try_}write_fifo(const A&...) const"]


# text: mixin or file: methods. A method that only its constraint tells from the one in the class
# above has None... for its last parameter: for clang 14 a using-declaration would not bring it there,
# since it looks at nothing but parameters.
REFUSALS = {
    # ---- bytes and values ----
    "members of this target state how they are accessed; copy it by copy_read(), copy_write() or "
    "io::copy()": {"NoPlainBytes": [
        "template <int = 0> requires(is_plain_data<T>() && states_access<T>()) "
        "void bytes() const&",
    ]},
    f"bytes() needs plain data; {OPT_IN}": {"NoPlainBytes": [
        "template <int = 0> requires(!is_plain_data<T>()) void bytes() const&",
    ]},
    f"a cast needs plain data on both sides; {OPT_IN}": {"NoPlainBytes": [
        "template <class U, class... None> requires(!are_plain_bytes<T>() || !are_plain_bytes<U>()) "
        "void {|try_}cast(None...) const&",
    ]},
    f"copy_read() needs plain data of known size; {OPT_IN}, or use bytes().copy_to()": {
        "NoPlainBytes": [
            "template <class = Widest, class... None> requires(!is_returnable<T>) "
            "void {|try_}copy_read(None...) const",
        ]},
    f"copy_write() needs plain data of known size; {OPT_IN}, or use bytes().copy_from()": {
        "NoPlainBytes": [
            "template <class = Widest, class V> requires(!is_givable<T>) "
            "void {|try_}copy_write(const V&) const",
        ]},
    "this backend has no bulk copy of this direction; go by single accesses": {
        "NoPlainBytes": [
            "template <class = Widest, class... None> requires(is_returnable<T> && "
            "!BackendTraits<B>::copies_out) void {|try_}copy_read(None...) const",
            "template <class = Widest, class V> "
            "requires(is_givable<T> && !BackendTraits<B>::copies_in && !is_read_only<T>) "
            "void {|try_}copy_write(const V&) const",
        ],
        "NoCopiesOut": ["template <class = Widest, class V> void {|try_}copy_to(const V&) const"],
        "NoCopiesIn": [
            "template <class = Widest, class V> void {|try_}copy_from(const V&) const",
            "template <class = Widest> void fill(std::byte) const",
        ],
    },
    "no function returns an array or a region; bytes().copy_to(buffer), or declare the member "
    "std::array": dict.fromkeys(("NoValueMethods", "NoWholeRegion"), [
        "template <class = Widest> void {|try_}copy_read() const",
    ]),
    "an array or a region is no value; bytes().copy_from(buffer), or declare the member "
    "std::array": dict.fromkeys(("NoValueMethods", "NoWholeRegion"), [
        "template <class = Widest, class V> void {|try_}copy_write(const V&) const",
    ]),
    "a register is read and written in one access; use read() and write()": {"NoCopyMethods": [
        "template <class = Widest> void {|try_}copy_read() const",
        "template <class = Widest, class V> void {|try_}copy_write(const V&) const",
    ]},
    "these elements are no bytes; go by bytes(), as in bytes().copy_to(buffer)": {"NoBytes": [
        "template <class = Widest, class V> void {|try_}copy_{to|from}(const V&) const",
    ]},
    "fill() is of bytes; bytes().fill(std::byte{0}), or write the elements one by one": {
        "NoBytes": ["template <class = Widest, class V> void fill(const V&) const"]},
    "a buffer is std::byte, std::uint8_t or char in a row; where bytes go to it is not const; "
    "objects are seen by std::as_writable_bytes(std::span(x))": {"NoOtherBuffers": [
        "template <class = Default, class R, class... None> requires is_no_buffer_out<R> "
        "void {|try_}copy_to(R&&, None...) const",
    ]},
    "a buffer is std::byte, std::uint8_t or char in a row; objects are seen by "
    "std::as_bytes(std::span(x))": {"NoOtherBuffers": [
        "template <class = Default, class R, class... None> requires is_no_buffer_in<R> "
        "void {|try_}copy_from(R&&, None...) const",
    ]},

    # ---- one access ----
    "a view is no pointer; read(), IO_READ(view, member) or at(i)": {"NoPlainBytes": [
        "template <int = 0> void operator{*|->}() const",
        "template <class I> void operator[](const I&) const",
    ]},
    "offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() "
    "a view of one value": {"NoOffsets": [
        f"template <class... A> std::uint{bits}_t read{bits}(const A&...) const"
        for bits in (8, 16, 32, 64)] + [
        "template <class... A> void {try_read|write|try_write}{8|16|32|64}(const A&...) const",
    ], "NoWholeObject": ["template <class W, std::integral I> void {|try_}read(I) const"]},
    "parts at offsets are for untyped regions; project to a member, as in IO_PROJECT(view, "
    "member)": {"NoOffsets": [
        "template <class... U, class... A> void {|try_}subview(const A&...) const",
    ]},
    "a region is no single access; give a type and an offset, as in read<std::uint32_t>(0), or a "
    "register": {"NoWholeRegion": [
        "template <class... None> requires(sizeof...(None) == 0) void read(None...) const",
    ]},
    "an object is no single access; IO_READ(view, member), or copy_read() for plain data": {
        "NoWholeObject": [
            "template <class... None> requires(sizeof...(None) == 0) "
            "void {|try_}read(None...) const",
        ]},
    "an object is no single access; IO_WRITE(view, member, value), or copy_write() for plain "
    "data": {"NoWholeObject": [
        "template <int = 0> void write(const T&) const",
        "template <int = 0> Result<> try_write(const T&) const",
    ]},
    "an object is no single access; IO_UPDATE(view, member, f)": {"NoWholeObject": [
        "template <int = 0, class F> void update(F) const",
        "template <int = 0, class F> Result<> try_update(F) const",
    ]},
    "the value is of another register than the location": dict.fromkeys(
        ("NoWholeObject", "NoWholeRegion"), [
            f"template <Location L, RegisterValue R> "
            f"requires(!std::is_same_v<R, typename L::Register>) {name}(L, R) const"
            for name in ("void write", "Result<> try_write")]),
    "an array or slice is no single access; go by its elements, as in at(i).read(), or copy its "
    "bytes()": {"NoSingleAccess": accesses("void", fifo=False)},
    "an index is an integer; convert it where its range is known": {"NoSingleAccess": [
        "template <class I, class... None> requires(!std::integral<I>) "
        "void {|try_}at(I, None...) const&",
    ]},
    "the target is const, so it is read only; drop the const where the device allows writes": {
        "NoPlainBytes": [
            "template <class = Widest, class V> requires(is_givable<T> && is_read_only<T>) "
            "void {|try_}copy_write(const V&) const",
        ],
        "ReadOnlyBytes": [
            "template <class = Widest, class V> void {|try_}copy_from(const V&) const",
            "template <class = Widest> void fill(std::byte) const",
        ],
        "ReadOnlyMethods": [
            "template <class..., class... A> void {write|update|modify}(const A&...) const",
            "template <class..., class... A> Result<> try_{write|update|modify}(const A&...) const",
            "template <class..., class... A> void {|try_}write_fifo(const A&...) const",
        ],
        "ReadOnlyRegion": [
            "template <class..., class... A> void {|try_}write{8|16|32|64}(const A&...) const",
        ],
        "ioview": [
            "template <IoBase From, IoBase To> requires(detail::is_read_only<typename To::Target>) "
            "void {|try_}copy(const From&, const To&)",
            "template <IoBase V> requires(detail::is_read_only<typename V::Target>) "
            "void {|try_}write_{lo_hi|hi_lo}(const V&, const auto&)",
        ],
        "pci": [
            "template <IoBase V> requires(ioview::detail::is_read_only<typename V::Target>) "
            "void size_{bars|rom}(const V&)",
        ],
    },
    "bool, floating point, pointers and open enumerations are no single access; declare the "
    "integer of that size and convert, or copy_read() a float": {
        "NotAnAccessMethods": accesses("std::uint64_t")},
    "this backend has no single access of this width; declare narrower members, where the device "
    "allows": {"NoWidthMethods": accesses("T")},
    "on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le "
    "or be": {"NoByteOrderMethods": accesses("T")},

    # ---- offsets ----
    "no value of this type is one access; ask for an integer, a fixed enum, le or be, and "
    "subview<T>() for an object": {
        "NotOneAccess": ["template <class I> NotOneAccess(I offset)"]},
    "a register has a place of its own; use read<R>() or read(R::at(i))": {
        "RegisterHasItsPlace": ["template <class I> RegisterHasItsPlace(I offset)"]},
    "a register has a place of its own; use view_of<R>() or view_of(R::at(i))": {
        "RegisterIsViewedInItsPlace": ["template <class I> RegisterIsViewedInItsPlace(I offset)"]},
    "this backend has no single access of this width; use narrower ones, where the device allows": {
        "NoAccessOfThisWidth": ["template <class I> NoAccessOfThisWidth(I offset)"]},
    "on a big-endian CPU an IoSysMap has no byte order for plain integers; use le or be, as in "
    "read<le<T>>()": {
        "NoByteOrder": ["template <class I> NoByteOrder(I offset)"]},
    "the count of a slice is known at run time only; use try_subview<T[]>(offset, count)": {
        "SliceNeedsItsCount": ["template <class I> SliceNeedsItsCount(I offset)"]},
    "a count is for slices T[] and regions; say T[N] for N elements": {
        "CountIsInTheType": ["template <class I> CountIsInTheType(I offset)"]},

    # ---- owners ----
    "the view would outlive its owner; give the owner a name": {
        "NoViewsOfATemporary": [
            "void {as_view|view}() const&&",
            "template <int = 0> void bytes() const&&",
            "template <class U> void {|try_}cast() const&&",
        ],
        "NoPartsOfATemporary": [
            "template <class... U, class... A> void {|try_}subview(const A&...) const&&",
        ],
        "NoRegistersOfATemporary": [
            "template <class..., class... A> void {|try_}view_of(const A&...) const&&",
        ],
        "NoElementsOfATemporary": [
            "template <class I> void {|try_}at(const I&) const&&",
            "template <auto I> void static_at() const&&",
            "template <int = 0> void {begin|end}() const&&",
        ],
        "NoTypedViewsOfATemporary": [
            "template <class T, class... A> void view(const A&...) const&&",
            "template <class V> void wrap(const V&) const&&",
        ],
        "path": [
            "template <TemporaryOwner V> decltype(start(std::declval<V&>())) start_part(V&&)",
        ],
        "project": [
            "template <detail::TemporaryOwner V, class... Steps> "
            "detail::NoPath project(V&&, Steps...)",
        ],
        "pci": [
            "template <ioview::detail::TemporaryOwner V> void {|extended_}capabilities(V&&)",
            "template <ioview::detail::TemporaryOwner V> void msix_table(V&&, const auto&...)",
        ],
    },

    "the memory goes back to the device, which is held by reference; keep it first": {
        "NoMemoryOfATemporary": [
            "template <class... A> "
            "static void {zeroed|from_value|from_span|generate}(const Dma&&, const A&...)",
        ]},
    "the reference would outlive its memory; give the box a name": {
        "NoReferencesIntoATemporary": [
            "template <int = 0> void operator{*|->}() const&&",
            "template <std::integral I> void operator[](I) const&&",
        ]},
    "give the Devres a name, what it holds ends with it; or use try_access_with": {
        "NoAccessOfATemporary": [
            "void access(const auto&) &&",
            "template <int = 0> void try_access() &&",
        ]},
    "give the guard a name and test it, or use try_access_with": {
        "NoObjectOfATemporary": [
            "template <int = 0> T& operator*() const&&",
            "template <int = 0> T* operator->() const&&",
        ]},
}

# What is no constant expression, by the name of the function that g++ says is called there; clang
# is told the text.
NAMES = {
    "the_offset_is_no_constant_expression":
        "use the try_ form, which looks at run time",
    "offset_is_past_the_end_of_the_region":
        "give the Region a greater minimum size, or use the try_ form",
    "offset_is_misaligned_for_this_width":
        "accesses are naturally aligned; use a narrower one, or a multiple of the width",
    "region_has_too_small_an_alignment_for_this_width":
        "declare it Region<Size, Align>, or use the try_ form",
}

# ---- how it is written ----

HEAD = """// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/{umbrella}>
// Part of <ioview/{umbrella}>, which is the one to include.
#pragma once
// Generated by scripts/generate/refusals.py: edit the tables there, not this file.
//
// {what}, deleted: compilers print the reason.
//
//   {use}

{includes}// clang-format off

// The attribute of clang, once for all below.
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wgcc-compat"
#define IOVIEW_REFUSE_IF(condition, text) __attribute__((diagnose_if(condition, text, "error")))
#else
#define IOVIEW_REFUSE_IF(condition, text) requires(bool(text)) = delete
#endif
"""

TAIL = """
#undef IOVIEW_REFUSE_IF
#if defined(__clang__)
#pragma clang diagnostic pop
#endif
"""


def each(pattern):
    """The lines that a pattern with {a|b} stands for."""
    parts = re.split(r"\{([^{}]*\|[^{}]*)\}", pattern)
    choices = [[part] if i % 2 == 0 else part.split("|") for i, part in enumerate(parts)]
    return ["".join(words) for words in itertools.product(*choices)]


def laid_out(indent, line, text):
    """On one line, or where that is too long on two."""
    condition = "sizeof(offset) != 0" if line.endswith("(I offset)") else "true"
    refusal = f'IOVIEW_REFUSE_IF({condition}, "ioview: {text}");\n'
    both = f"{indent}{line} {refusal}"
    return both if len(both) <= 160 else f"{indent}{line}\n{indent}    {refusal}"


def refused(key, indent=""):
    return "".join(laid_out(indent, line, text)
                   for text, places in REFUSALS.items()
                   for pattern in places.get(key, []) for line in each(pattern))


def mixin(name, of):
    return "".join([
        f"\n// {of.what}\n" if of.what else "\n",
        f"template <{of.parameters}>\n" if of.parameters else "",
        f"struct {name}{' : ' + of.base if of.base else ''} {{\n",
        *(f"    using {of.base}::{method};\n" for method in of.kept.split()),
        refused(name, "    "),
        "};\n",
    ])


def in_namespace(name, text):
    return f"\nnamespace {name} {{\n{text}\n}} // namespace {name}\n"


def header(name):
    umbrella, what, use, includes = HEADERS[name]
    ours = [f"#include <{i}.hpp>\n" for i in includes.split() if "/" in i]
    theirs = [f"#include <{i}>\n" for i in includes.split() if "/" not in i]
    groups = ["".join(group) + "\n" for group in (ours, theirs) if group]
    out = HEAD.format(umbrella=umbrella, what=what, use=use, includes="".join(groups))
    if name == "io/refused_offsets":
        out += in_namespace("ioview::detail", "\n" + "".join(
            f'template <int = 0> void {function}() requires(bool("ioview: {text}"));\n'
            f"#define IOVIEW_{function} \"{function}: {text}\"\n"
            for function, text in NAMES.items()))
    if name in MIXINS:
        out += in_namespace("ioview::detail::methods",
                            "".join(mixin(key, of) for key, of in MIXINS[name].items()))
    for namespace, key in FUNCTIONS.get(name, {}).items():
        out += in_namespace(namespace, "\n" + refused(key))
    return out + TAIL


KEYS = [key for keys in MIXINS.values() for key in keys]
KEYS += [key for keys in FUNCTIONS.values() for key in keys.values()]
assert {key for places in REFUSALS.values() for key in places} == set(KEYS)


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    stale = False
    for name in HEADERS:
        path, text = ROOT / f"include/ioview/{name}.hpp", header(name)
        if not check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            stale = True
            print(f"{path.name} is not what scripts/generate/refusals.py prints; run it")
    sys.exit(stale)


if __name__ == "__main__":
    main()
