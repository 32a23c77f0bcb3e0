#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the methods that a kind of target does not have, each deleted with the reason and the
remedy as the comment on its line: compilers print that line. A text stands once, here, and lists
the methods that it refuses.

    scripts/generate/refusals.py            # after a change of the tables
    scripts/generate/refusals.py --check    # is what stands in include/ what the tables say?

A method is one line of C++; {a|b} in it makes one method of each word. How the texts are laid out
in headers that are written by hand: docs/design/refusals.md."""

import itertools
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# ---- io/refused_methods.hpp: mixins of Io ----

# name: what has it, its template parameters, its base ("" for none), which names of the base stay
MIXINS = {
    "NoPlainBytes": (
        "Of what is no plain data, and of what the backend cannot copy; below all other methods.",
        "class B, class T", "", ""),
    "NoValueMethods": ("Of values that no function returns.", "class Base", "Base", ""),
    "NoWholeRegion": ("Of untyped regions, which are values that no function returns.",
                      "class Base", "Base", ""),
    "NoCopyMethods": ("Of registers.", "class Base", "Base", ""),
    "NoOffsets": ("Of everything but untyped regions.", "class Base", "Base", ""),
    "NoWholeObject": ("Of objects of several members.", "class Base, class T", "NoOffsets<Base>",
                      "read try_read"),
    "NoSingleAccess": ("Of arrays and slices.", "class Base", "NoOffsets<Base>", ""),
    "NoOtherBuffers": ("Of arrays and slices of bytes.", "class Base, class Default", "Base", ""),
    "NoCopiesOut": ("", "class Base", "Base", ""),
    "NoCopiesIn": ("", "class Base", "Base", ""),
    "ReadOnlyBytes": ("", "class Base", "Base", ""),
    "NoBytes": ("Of arrays and slices of anything else.", "class Base", "Base", ""),
    "ReadOnlyMethods": ("Of const targets.", "class Base", "Base", ""),
    "ReadOnlyRegion": ("", "class Base", "ReadOnlyMethods<Base>", ""),
    "NotAnAccessMethods": ("Of members that are scalars and no access.", "class Base", "Base", ""),
    "NoWidthMethods": ("Of values wider than any access of the backend.", "class Base, class T",
                       "Base", ""),
    "NoByteOrderMethods": (
        "Of plain integers where the two sides of an IoSysMap would read them differently.",
        "class Base, class T", "Base", ""),
    "NoViewsOfATemporary": (
        "Of owners, that is of what is no view of its backend: a temporary one is read and\n"
        "// written, but what gives views of it is for those that stay.",
        "class Base", "Base", "bytes cast try_cast"),
    "NoPartsOfATemporary": ("", "class Base", "NoViewsOfATemporary<Base>", "subview try_subview"),
    "NoRegistersOfATemporary": ("", "class Base", "Base", "try_view_of view_of"),
    "NoElementsOfATemporary": ("", "class Base", "NoPartsOfATemporary<Base>",
                               "at begin end static_at try_at"),
}

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


# text: mixin: methods
METHODS = {
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
        "template <class U> requires(!are_plain_bytes<T>() || !are_plain_bytes<U>()) "
        "void {|try_}cast() const&",
    ]},
    f"copy_read() needs plain data of known size; {OPT_IN}, or use bytes().copy_to()": {
        "NoPlainBytes": [
            "template <class = Widest> requires(!is_returnable<T>) void {|try_}copy_read() const",
        ]},
    f"copy_write() needs plain data of known size; {OPT_IN}, or use bytes().copy_from()": {
        "NoPlainBytes": [
            "template <class = Widest, class V> requires(!is_givable<T>) "
            "void {|try_}copy_write(const V&) const",
        ]},
    "this backend has no bulk copy of this direction; go by single accesses": {
        "NoPlainBytes": [
            "template <class = Widest> requires(is_returnable<T> && !BackendTraits<B>::copies_out) "
            "void {|try_}copy_read() const",
            "template <class = Widest, class V> "
            "requires(is_givable<T> && !BackendTraits<B>::copies_in && !is_read_only<T>) "
            "void {|try_}copy_write(const V&) const",
        ],
        "NoCopiesOut": ["template <class = Widest> void {|try_}copy_to(const auto&) const"],
        "NoCopiesIn": [
            "template <class = Widest> void {|try_}copy_from(const auto&) const",
            "template <class = Widest> void fill(std::byte) const",
        ],
    },
    "no function returns an array or a region; bytes().copy_to(buffer), or declare the member "
    "std::array": dict.fromkeys(("NoValueMethods", "NoWholeRegion"), [
        "template <class = Widest> void {|try_}copy_read() const",
    ]),
    "an array or a region is no value; bytes().copy_from(buffer), or declare the member "
    "std::array": dict.fromkeys(("NoValueMethods", "NoWholeRegion"), [
        "template <class = Widest> void {|try_}copy_write(const auto&) const",
    ]),
    "a register is read and written in one access; use read() and write()": {"NoCopyMethods": [
        "template <class = Widest> void {|try_}copy_read() const",
        "template <class = Widest> void {|try_}copy_write(const auto&) const",
    ]},
    "these elements are no bytes; go by bytes(), as in bytes().copy_to(buffer)": {"NoBytes": [
        "template <class = Widest> void {|try_}copy_{to|from}(const auto&) const",
        "template <class = Widest> void fill(std::byte) const",
    ]},
    "a buffer is std::byte, std::uint8_t or char in a row; where bytes go to it is not const; "
    "objects are seen by std::as_writable_bytes(std::span(x))": {"NoOtherBuffers": [
        "template <class = Default, class R> requires is_no_buffer_out<R> "
        "void {|try_}copy_to(R&&) const",
    ]},
    "a buffer is std::byte, std::uint8_t or char in a row; objects are seen by "
    "std::as_bytes(std::span(x))": {"NoOtherBuffers": [
        "template <class = Default, class R> requires is_no_buffer_in<R> "
        "void {|try_}copy_from(R&&) const",
    ]},

    # ---- one access ----
    "offsets are for untyped regions; project to a member, as in IO_READ(view, member), or read() "
    "a view of one value": {"NoOffsets": [
        f"template <class... A> std::uint{bits}_t read{bits}(const A&...) const"
        for bits in (8, 16, 32, 64)] + [
        "template <class... A> void {try_read|write|try_write}{8|16|32|64}(const A&...) const",
    ], "NoWholeObject": ["template <class W, std::integral I> void {|try_}read(I) const"]},
    "parts at offsets are for untyped regions; project to a member, as in IO_PROJECT(view, "
    "member)": {"NoOffsets": ["template <class... U> void {|try_}subview(const auto&...) const"]},
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
        "template <int = 0> void update(auto) const",
        "template <int = 0> Result<> try_update(auto) const",
    ]},
    "the value is of another register than the location": dict.fromkeys(
        ("NoWholeObject", "NoWholeRegion"), [
            f"template <Location L, RegisterValue R> "
            f"requires(!std::is_same_v<R, typename L::Register>) {name}(L, R) const"
            for name in ("void write", "Result<> try_write")]),
    "an array or slice is no single access; go by its elements, as in at(i).read(), or copy its "
    "bytes()": {"NoSingleAccess": accesses("void", fifo=False)},
    "an index is an integer; convert it where its range is known": {"NoSingleAccess": [
        "template <class I> requires(!std::integral<I>) void {|try_}at(I) const&",
    ]},
    "the target is const, so it is read only; drop the const where the device allows writes": {
        "NoPlainBytes": [
            "template <class = Widest, class V> requires(is_givable<T> && is_read_only<T>) "
            "void {|try_}copy_write(const V&) const",
        ],
        "ReadOnlyBytes": [
            "template <class = Widest> void {|try_}copy_from(const auto&) const",
            "template <class = Widest> void fill(std::byte) const",
        ],
        "ReadOnlyMethods": [
            "template <class...> void {write|update}(const auto&...) const",
            "template <class...> Result<> try_{write|update}(const auto&...) const",
            "template <class...> void {|try_}write_fifo(const auto&...) const",
        ],
        "ReadOnlyRegion": [
            "template <class...> void {|try_}write{8|16|32|64}(const auto&...) const",
        ],
    },
    "bool, floating point, pointers and open enumerations are no single access; declare the "
    "integer of that size and convert, or copy_read() a float": {
        "NotAnAccessMethods": accesses("std::uint64_t")},
    "this backend has no single access of this width; declare narrower members, where the device "
    "allows": {"NoWidthMethods": accesses("T")},
    "on a big-endian CPU an IoSysMap has no byte order for plain integers; declare the member le "
    "or be": {"NoByteOrderMethods": accesses("T")},

    # ---- owners ----
    "the view would outlive its owner; give the owner a name": {
        "NoViewsOfATemporary": [
            "template <int = 0> void bytes() const&&",
            "template <class U> void {|try_}cast() const&&",
        ],
        "NoPartsOfATemporary": [
            "template <class... U> void {|try_}subview(const auto&...) const&&",
        ],
        "NoRegistersOfATemporary": [
            "template <class...> void {|try_}view_of(const auto&...) const&&",
        ],
        "NoElementsOfATemporary": [
            "void {|try_}at(const auto&) const&&",
            "template <auto I> void static_at() const&&",
            "template <int = 0> void {begin|end}() const&&",
        ],
    },
}

HEAD = """// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// IWYU pragma: private, include <ioview/io.hpp>
// Part of <ioview/io.hpp>, which is the one to include.
#pragma once
// Generated by scripts/generate/refusals.py: edit the tables there, not this file.
//
"""

METHODS_HEAD = HEAD + """// Methods that a kind of target does not have, deleted with the reason and the remedy: compilers
// print the line, comment and all. Each is mixed in below the methods that the target has.
//
//   struct SliceMethods : NoSingleAccess<ByteMethods<Self, B, T>> {};

#include <ioview/concepts.hpp>
#include <ioview/error.hpp>
#include <ioview/io/buffers.hpp>
#include <ioview/io/copy.hpp>
#include <ioview/io/stated_copy.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>

// clang-format off

namespace ioview::detail::methods {
"""
METHODS_TAIL = """
} // namespace ioview::detail::methods
"""


def each(pattern):
    """The lines that a pattern with {a|b} stands for."""
    parts = re.split(r"\{([^{}]*\|[^{}]*)\}", pattern)
    choices = [[part] if i % 2 == 0 else part.split("|") for i, part in enumerate(parts)]
    return ["".join(words) for words in itertools.product(*choices)]


def refused_methods():
    out = [METHODS_HEAD]
    known = {mixin for mixins in METHODS.values() for mixin in mixins}
    assert known == set(MIXINS), known ^ set(MIXINS)
    for name, (what, parameters, base, kept) in MIXINS.items():
        out.append("\n" + (f"// {what}\n" if what else ""))
        out.append(f"template <{parameters}>\nstruct {name}{' : ' + base if base else ''} {{\n")
        out += [f"    using {base}::{method};\n" for method in kept.split()]
        for text, mixins in METHODS.items():
            for pattern in mixins.get(name, []):
                out += [f"    {method} = delete; // ioview: {text}\n" for method in each(pattern)]
        out.append("};\n")
    return "".join(out) + METHODS_TAIL


FILES = {
    "include/ioview/io/refused_methods.hpp": refused_methods,
}


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    stale = False
    for name, generate in FILES.items():
        path, text = ROOT / name, generate()
        if not check:
            path.write_text(text)
        elif not path.exists() or path.read_text() != text:
            stale = True
            print(f"{name} is not what scripts/generate/refusals.py prints; run it")
    sys.exit(stale)


if __name__ == "__main__":
    main()
