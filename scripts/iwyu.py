#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Whether each header includes what it uses and nothing else, by include-what-you-use.

    scripts/iwyu.py            prints what to add and what to remove; ends with 1 where there is any

One run looks at all headers. Umbrellas, which only hand on, have nothing to be looked at, nor have
headers of macros alone, whose users include what the macros name; headers of other instruction sets
take a run each. A private header is private to users: here the pragma that
says so is taken out, so that headers include each other directly.

include-what-you-use 8.18 does not see concepts, nor functions that a template calls with arguments
of unknown type. So what it wants removed stays where the header's own text uses a name that nothing
else declares.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r"^#\s*include <([^>]+)>", re.M)
FORWARD = "ioview/fwd.hpp"
# One target for each file of arch/ that is not this machine's.
TARGETS = {"generic": ["-DIOVIEW_FORCE_GENERIC_ARCH"]}
for row in json.loads((ROOT / "cmake/architectures.json").read_text())["vendor"]["ioview"]["targets"]:
    if "g++" in row["compilers"] and "triplet" in row and row["file"] != "x86":
        TARGETS.setdefault(row["file"], [f"--target={row['triplet']}"])
# The names of the standard headers whose names templates and requires-clauses use.
STANDARD = {
    "bit": "endian|bit_cast|bit_width|has_single_bit|countr_zero|popcount|bit_ceil|byteswap",
    "compare": "strong_ordering|weak_ordering|partial_ordering|three_way_comparable",
    "concepts": "integral|signed_integral|unsigned_integral|floating_point|same_as|derived_from|"
    "convertible_to|constructible_from|default_initializable|copyable|movable|semiregular|regular|"
    "equality_comparable|equality_comparable_with|totally_ordered|invocable|predicate|assignable_from|"
    "copy_constructible|move_constructible|destructible|regular_invocable|swappable",
    "cstddef": "size_t|ptrdiff_t|byte|nullptr_t|max_align_t",
    "cstdint": r"u?int(_least|_fast)?\d+_t|u?intptr_t|u?intmax_t",
    "initializer_list": "initializer_list",
    "type_traits": r"is_\w+|remove_\w+|add_\w+|conditional(_t)?|type_identity(_t)?|integral_constant|"
    r"true_type|false_type|bool_constant|underlying_type(_t)?|make_(un)?signed(_t)?|decay_t|void_t|"
    r"invoke_result(_t)?|common_type(_t)?|has_unique_object_representations\w*|alignment_of\w*|"
    r"conjunction\w*|disjunction\w*|negation\w*|has_virtual_destructor\w*|extent\w*",
    "utility": r"move|forward|exchange|declval|pair|in_place(_t)?|swap|as_const|unreachable|"
    r"(make_)?(index|integer)_sequence\w*|cmp_\w+|in_range",
}


def bare(text):
    """The text without comments and string literals."""
    text = re.sub(r'"(\\.|[^"\\\n])*"', '""', text)
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.S)


def declared(text):
    """The names that a header gives to others: macros, types, concepts, variables, functions."""
    text = bare(text)
    names = set(re.findall(r"^#\s*define (\w+)", text, re.M))
    names |= set(re.findall(r"\b(?:concept|using)\s+(\w+) =", text))
    names |= set(re.findall(r"\b(?:class|struct|union)\s+(\w+)\s*[:{;<]", text))
    names |= set(re.findall(r"\bconstexpr [\w:<>, ]*[ &*](\w+)\s*=[^=]", text))
    for before, name in re.findall(r"(\w+|[>&*\]])\s+[&*]?(\w+)\(", text):
        if before not in ("return", "else", "case", "throw", "new"):
            names.add(name)
    return names


def main():
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        shutil.copytree(ROOT / "include", work / "include")
        texts = {}
        for path in sorted(work.rglob("*.hpp")):
            text = re.sub(r"^// IWYU pragma: private.*", "//", path.read_text(), flags=re.M)
            path.write_text(text)
            texts[str(path.relative_to(work / "include"))] = text
        umbrellas = {h for h, t in texts.items()
                     if not re.search(r"^[^#\s]", bare(t), re.M) and INCLUDE.search(t)}
        # a machine's file is the business of arch/select.hpp
        arch = [h for h in texts if "/arch/" in h and not h.endswith("select.hpp")]
        entries = [f'{{ include: ["<{h}>", private, "<ioview/arch/select.hpp>", public] }},' for h in arch]
        for header in ("chrono", "utility"):
            entries.append(f'{{ include: ["<bits/{header}.h>", private, "<{header}>", public] }},')
        entries.append('{ include: ["<fmt/core.h>", private, "<fmt/format.h>", public] },')
        (work / "map.imp").write_text("[\n" + "\n".join(entries) + "\n]\n")
        common = [h for h in texts if h not in umbrellas and h not in arch and h != "ioview/register.hpp"]
        (work / "all.cpp").write_text("".join(f"#include <{h}>\n" for h in common))
        (work / "arch.cpp").write_text("#include <ioview/arch/select.hpp>\n")

        def run(source, *flags, also="*/ioview/*.hpp"):
            options = [f"--check_also={also}", "--no_fwd_decls", "--max_line_length=300",
                       f"--mapping_file={work}/map.imp"]
            command = ["iwyu", "-std=c++20", "-isystem", "include", *flags]
            for option in options:
                command += ["-Xiwyu", option]
            return subprocess.run([*command, source], cwd=work, capture_output=True, text=True).stderr

        with ThreadPoolExecutor(2) as pool:
            runs = [pool.submit(run, "all.cpp")]
            runs += [pool.submit(run, "arch.cpp", *flags, also=f"*/arch/{name}.hpp")
                     for name, flags in TARGETS.items() if f"ioview/arch/{name}.hpp" in arch]
            runs.append(pool.submit(run, "arch.cpp", also="*/arch/x86.hpp"))
            outputs = [r.result() for r in runs]

    findings, seen = set(), set()
    owner = {}
    for header, text in texts.items():
        for name in declared(text):
            owner.setdefault(name, set()).add(header)
    for output in outputs:
        if "error:" in output:
            sys.exit(output)
        seen |= set(re.findall(r"^\(?include/(\S+) (?:should|has correct)", output, re.M))
        for header, verb, lines in re.findall(
            r"^include/(\S+) should (add|remove) these lines:\n((?:.+\n)*)", output, re.M
        ):
            own = bare(texts[header])
            for line in lines.splitlines():
                found = re.match(r"(?:- )?#include <([^>]+)>(.*)", line)
                if (found and verb == "add" and header not in umbrellas
                        and not needless(header, found[1], line, texts)):
                    findings.add(f"include/{header}: add <{found[1]}>{found[2].replace('  ', '')}")
                elif found and verb == "remove" and not stays(header, found[1], own, texts, owner):
                    findings.add(f"include/{header}: remove <{found[1]}>")
    forgotten = set(texts) - seen - umbrellas - {"ioview/register.hpp"}
    findings |= {f"include/{h}: not looked at" for h in forgotten}
    for finding in sorted(findings):
        print(finding)
    sys.exit(1 if findings else 0)


def needless(header, missed, line, texts):
    """Whether what is missed is declared without its members by a header that is included; or is
    what a macro names, which its user includes, by a header that includes this one; or is no name
    of the standard library's that stands here."""
    names = [n.strip() for n in line.partition("// for")[2].split(",")]
    if missed not in texts:
        return not any(re.search(rf"std::{re.escape(n)}\b", texts[header]) for n in names)
    given = [declared(texts[h]) for h in INCLUDE.findall(texts[header]) if h in texts]
    return set(names) <= set().union(*given) or header in reached(missed, texts)


def reached(header, texts):
    found, todo = set(), [header]
    while todo:
        new = [h for h in INCLUDE.findall(texts[todo.pop()]) if h in texts and h not in found]
        found.update(new)
        todo += new
    return found


def stays(header, included, own, texts, owner):
    if included in STANDARD:
        return re.search(rf"\bstd::({STANDARD[included]})\b", own) or (
            included == "compare" and "<=>" in own
        )
    if included not in texts:
        return False
    here = set(re.findall(r"\w{3,}", own))
    if included == FORWARD:
        return here & declared(texts[FORWARD])
    given = handed_on(included, texts)
    others = {header}.union(*(handed_on(h, texts) for h in INCLUDE.findall(texts[header])
                              if h != included and h in texts)) - given
    return any(name in here and where & given and not where & others
               for name, where in owner.items())


def handed_on(header, texts):
    """The header and what it exports."""
    found, todo = set(), [header]
    while todo:
        header = todo.pop()
        found.add(header)
        if re.search(r"IWYU pragma: (begin_)?export", texts[header]):
            todo += [h for h in INCLUDE.findall(texts[header]) if h in texts and h not in found]
    return found


main()
