# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tables of the reference, read from the headers: access kinds, locations, steps, items of
IO_FIELDS, macros, configuration, and what a user of ioview may define."""

import html
import re

import headers
from html_text import relative

PAGE = "reference/tables.html"

# How the words of IOVIEW_ACCESS_KINDS read in a table.
READS = {"value": "its value", "nothing": "nothing that means anything",
         "clears": "its value, and clears it"}
WRITES = {"stores": "is stored", "ignored": "is ignored", "reserved": "has to be {idle}"}
ACTS = {"clears": "{other} clears it, {idle} leaves it", "sets": "{other} sets it, {idle} leaves it",
        "toggles": "{other} toggles it, {idle} leaves it"}
IDLE = {"none": "what was read", "zeros": "0", "ones": "1"}


def read(name):
    return (headers.INCLUDE / "ioview" / name).read_text()


def page_of(header_name):
    return "reference/" + header_name.removesuffix(".hpp") + ".html"


def header_link(name):
    return f'<a href="{relative(page_of(name), PAGE)}"><code>{name.removeprefix("ioview/")}</code></a>'


def table(head, rows):
    labels = [html.escape(re.sub("<.*?>", "", cell)) for cell in head]
    top = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f'<td data-label="{label}">{cell}</td>' for label, cell in zip(labels, row)) +
        "</tr>" for row in rows)
    return (f'<div class="table"><table class="cards"><thead><tr>{top}</tr></thead>'
            f"<tbody>{body}</tbody></table></div>")


def joined(lines):
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(" ".join(lines), quote=False))
    return text


def access_kinds():
    """[(short, long, read, write, idle)]"""
    return re.findall(r"^\s+row\((\w+),\s*(\w+),\s*(\w+),\s*(\w+),\s*(\w+)\)",
                      read("register/access_kind.hpp"), re.M)


def access_table(_):
    rows = []
    for short, long, on_read, on_write, idle in access_kinds():
        rows.append((f'<code id="{short}">io::{short}</code>', f'<code id="{long}">io::{long}</code>',
                     READS[on_read], (WRITES | ACTS)[on_write].format(
                         idle=IDLE[idle], other="1" if idle == "zeros" else "0"), IDLE[idle]))
    return table(("Kind", "In full", "A read gives", "A write of a bit", "An update writes"), rows)


def sample_lines(text):
    """[(code, what is said of it)] of the sample in a comment."""
    return re.findall(r"^//   (\S.*?)\s{2,}// (.*)$", text, re.M)


def location_table(reference):
    rows = []
    for sample, said in sample_lines(read("register/location.hpp")):
        name = re.search(r"io::(\w+)", sample)[1]
        rows.append((link(reference, name), f"<code>{html.escape(sample)}</code>", html.escape(said),
                     methods(name)))
    rows.append((link(reference, "unlocated"), "<code>io::unlocated</code>",
                 html.escape(first_sentence(headers.Scanner(
                     headers.INCLUDE / "ioview/register/unlocated.hpp").opening()).partition(": ")[2]), ""))
    return table(("Location", "Written", "Its arguments", "How it is named in an access"), rows)


def methods(name):
    """The lines of a form's own comment that name its places."""
    opening = headers.Scanner(headers.INCLUDE / f"ioview/register/{name}.hpp").opening()
    lines = [line.strip() for line in opening if line.startswith("  ") and "struct " not in line]
    return "<br>".join(f"<code>{html.escape(line)}</code>" for line in lines)


def first_sentence(lines):
    text = " ".join(lines).split("   ")[0].strip()
    return re.split(r"(?<=\w)\. ", text)[0].rstrip(".")


def link(reference, name, shown=None):
    address = reference.names.get(name)
    text = f"<code>{html.escape(shown or name)}</code>"
    return f'<a href="{relative(address, PAGE)}">{text}</a>' if address else text


def comment_of(reference, name):
    for _, entries in [one for sections in reference.sections.values() for one in sections]:
        for entry in entries:
            if name in entry.name.split(", "):
                for group in entry.groups:
                    if group[0].comment:
                        return joined(group[0].comment)
    return ""


def step_table(reference):
    """The steps are what the macros probe for."""
    names = re.findall(r"#define IOVIEW_PROBE_(\w+[a-z])\(", read("project/macros.hpp"))
    rows = [("<code>a.b</code>", "<code>&amp;A::b</code>", "A member, or a member of a member.")]
    for name in names:
        arguments = "a, b" if "range" in name else "i"
        in_call = f"io::{name}&lt;{arguments}&gt;()" if name.startswith("static") else f"io::{name}({arguments})"
        said = comment_of(reference, name)
        rows.append((link(reference, name, f"{name}({arguments})"), f"<code>{in_call}</code>", said))
    return table(("In a macro", "In <code>io::project</code>", "What it is"), rows)


def item_table(_):
    """What IO_FIELDS takes: each form has a macro for its members."""
    text = read("register/macros.hpp")
    said = re.search(r"^// Items: (.*?)\n// Each name", text, re.S | re.M)[1].replace("\n//", "")
    rows = []
    for name in re.findall(r"#define IOVIEW_MEMBER_field_(\w+)", text):
        form = re.search(rf"\b{name}(\((?:[^()]|\([^()]*\))*\))", said)
        rows.append((f"<code>{name}{html.escape(form[1])}</code>",
                     f"<code>field_{name}{html.escape(form[1])}</code>"))
    return table(("Item", "In full"), rows)


def macro_table(reference):
    rows = []
    longs = {long for long in headers.public_macros().values() if long}
    for short, long in headers.public_macros().items():
        if short in longs:
            continue
        header = next(name for name, sections in reference.sections.items()
                      for part, entries in sections for entry in entries if short in entry.name.split(", "))
        said = re.split(r"(?<=\w)\. ", comment_of(reference, short))[0]
        rows.append((link(reference, short), f"<code>{long or ''}</code>" if long else "",
                     header_link(header), said))
    return table(("Macro", "In full", "Header", "What it does"), rows)


# Asked for by scripts and tests of ioview's own alone.
OWN = ("IOVIEW_IN_ONE_FILE", "IOVIEW_WARN_IN_MACROS")


def configuration():
    """{macro: (header, comment)}: what headers ask for with #ifdef and do not need. The comment is a
    paragraph that names it, or stands above the question."""
    found, paragraphs = {}, []
    texts = {path.relative_to(headers.INCLUDE).as_posix(): path.read_text() for path in headers.paths()}
    for name, text in texts.items():
        for block in re.findall(r"(?:^//[^\n]*\n)+", text, re.M):
            for paragraph in block.split("//\n"):
                if not re.search(r"^//   ", paragraph, re.M):
                    paragraphs.append((name, paragraph))
    for header, text in texts.items():
        for asked in re.finditer(r"((?:^//[^\n]*\n)*)^#\s*if[^\n]*?(?:ifn?def |defined\()(IOVIEW_\w+)|"
                                 r"((?:^//[^\n]*\n)*)^#\s*ifn?def (IOVIEW_\w+)", text, re.M):
            macro, above = asked[2] or asked[4], asked[1] or asked[3] or ""
            naming = [one for one in paragraphs if re.search(rf"\b{macro}\b", one[1])]
            if macro not in found and macro not in OWN:
                found[macro] = naming[0] if naming else (header, above)
    return {macro: (header, [line.lstrip("/").strip() for line in said.strip().split("\n")])
            for macro, (header, said) in found.items()}


def configuration_table(reference):
    rows = []
    for name, (header, said) in sorted(configuration().items()):
        page = header if header in reference.pages else home_of(header)
        rows.append((f'<code id="{name}">{name}</code>', joined(said),
                     header_link(page)))
    return table(("Macro", "What it is for", "Header"), rows)


def home_of(header):
    while private := headers.PRIVATE.search((headers.INCLUDE / header).read_text()):
        header = private[1]
    return header


def hook_table(_):
    """What BackendTraits looks for: the form, as its refusal spells it, and the comment above."""
    text = read("io/backend_traits.hpp")
    rows, last = [], ""
    body = text[text.index("struct BackendTraits {"):]
    spot = 0
    for match in re.finditer(r"static_assert\(silent \|\| \w+,\s*((?:\"[^\"]*\"\s*)+)\)", body):
        said = "".join(re.findall(r'"([^"]*)"', match[1]))
        named = re.match(r"ioview: a backend's (\w+) has another form; (.*)", said)
        if not named:
            continue
        above = re.findall(r"(?:^    //[^\n]*\n)+", body[spot:match.start()], re.M)
        spot = match.end()
        if above:
            last = joined(line.strip().lstrip("/").strip() for line in above[-1].strip().split("\n"))
        rows.append((f"<code>{named[1]}</code>", f"<code>{html.escape(named[2])}</code>",
                     last if above else "The same."))
    return table(("Hook", "Form", "What it says or does"), rows)


def concept_table(reference):
    """What a user's own types may be: every public concept."""
    rows = []
    for name, sections in reference.sections.items():
        for _, entries in sections:
            for entry in entries:
                if entry.groups and re.search(r"^concept\b", headers.without_head(
                        headers.mask(entry.groups[0][0].text))):
                    space = entry.namespace.removeprefix("ioview").removeprefix("::")
                    shown = f"{space}::{entry.name}" if space else entry.name
                    said = joined(entry.groups[0][0].comment)
                    rows.append((link(reference, entry.name, shown), said,
                                 header_link(name)))
    return table(("Concept", "What it asks", "Header"), rows)


def special_table(reference):
    """The macro that is called, and variable templates to specialise."""
    _, said = configuration()["IOVIEW_PANIC"]
    rows = [("<code>IOVIEW_PANIC(what)</code>", joined(said))]
    for name in ("enable_plain_data", "enable_from_bytes", "enable_into_bytes", "enum_range"):
        rows.append((link(reference, name), comment_of(reference, name)))
    return table(("What is defined", "What it says or does"), rows)


SECTIONS = (
    ("access-kinds", "Access kinds", "What a read or a write of a bit does, as the manual's access column says it. "
     "The kind is the last argument of a field, or the fourth of <code>io::Register</code>; "
     "<code>rw</code> is meant where none is said.", access_table),
    ("locations", "Locations", "Where a register is: the third argument of <code>io::Register</code>. Each takes the "
     "block it belongs to as its last argument, if any.", location_table),
    ("steps", "Steps", "What leads from a view to a part of its target, in <code>IO_PROJECT</code>, "
     "<code>IO_READ</code>, <code>IO_WRITE</code> and <code>IO_UPDATE</code>, or in <code>io::project</code>.",
     step_table),
    ("fields", "Items of IO_FIELDS", "High bit first, as the manual prints them; the long form is for programs in "
     "which a macro has the name of the short one.", item_table),
    ("macros", "Macros", "The short names are not defined where <code>IOVIEW_NO_SHORT_MACROS</code> is.", macro_table),
    ("configuration", "Configuration", "What a program may define before the first header of ioview: the "
     "same in every file, but for <code>IOVIEW_NO_SHORT_MACROS</code>.", configuration_table),
    ("hooks", "Hooks", "What a program may define so that ioview does as it wants: one macro, and variable templates that "
     "are specialised for its own types.", special_table),
    ("backend", "Hooks of a backend", "What a backend's tag may say beside <code>View</code>, <code>as_ptr</code> and "
     "<code>project_view</code>, which it has to.", hook_table),
    ("concepts", "Concepts", "What is asked of types, your own among them: devices for DMA, mappers, buses, locks, "
     "views.", concept_table),
)


def page(reference):
    body = ['<p class="crumb"><a href="index.html">Reference</a></p><h1>Tables</h1>']
    contents = []
    for anchor, title, said, make in SECTIONS:
        contents.append((2, title, anchor))
        body.append(f'<h2 id="{anchor}">{title}</h2><p>{said}</p>{make(reference)}')
    return "Tables", "".join(body), contents
