# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The pages of the reference: one for each header, an index, and the tables."""

import html
import re
from dataclasses import dataclass, field

import doxygen
import headers
import tables
from html_text import code, relative
from tables import page_of


def name_of(item):
    if item.kind == "macro":
        return re.match(r"#define (\w+)", item.text)[1]
    if item.kind == "enumerator":
        return item.text.split(" ")[0]
    bare = headers.without_head(headers.mask(item.text))
    if found := re.match(r"(?:class|struct|union|enum(?: class| struct)?)\s+(?:(?:\[\[.*?\]\]|alignas\(.*?\))\s*)?([\w:]+)",
                         bare):
        return found[1]
    if found := re.match(r"(?:concept|using)\s+(\w+)", bare):
        return found[1]
    if item.kind == "function":
        if operator := re.search(r"(operator\s*(?:\(\)|\[\]|[^\w\s(]+|[\w:&*<>, ]+?))\s*\(", bare):
            return operator[1]
        bare = re.sub(r"\b(requires|noexcept|decltype|explicit|alignas)\s*\(", "  ", bare)
        if protected := re.search(r"\((\w+)\)\(", bare):
            return protected[1]
        return re.search(r"(~?\w+)\s*\(", bare)[1]
    declared = re.split(r"[={\[]", bare)[0].strip()
    return re.search(r"(\w+)(?:<.*>)?$", declared, re.S)[1]


@dataclass
class Entry:
    """What stands under one heading: the declarations of a name that follow each other."""
    name: str
    kind: str
    namespace: str
    groups: list = field(default_factory=list)  # of declarations under one comment
    refused: list = field(default_factory=list)
    anchor: str = ""
    others: list = field(default_factory=list)  # anchors of the names after the first
    children: list = field(default_factory=list)


def entries_of(items, anchors, prefix=""):
    found = []
    for item in items:
        name = name_of(item)
        if name.endswith(">"):
            continue
        if item.refusal:
            of = next((entry for entry in found if name in entry.name.split(", ")), None)
            if of is None:
                of = Entry(name, item.kind, item.namespace)
                found.append(of)
            if item.refusal != "-":
                of.refused.append(item)
            continue
        follows = item.follows and not item.comment and found and found[-1].groups
        if follows and found[-1].name != name and item.kind == found[-1].kind and \
                item.kind in ("function", "other", "macro") and item.namespace == found[-1].namespace:
            found[-1].groups[-1].append(item)  # another name under the same comment
            if name not in found[-1].name.split(", "):
                found[-1].name += ", " + name
            continue
        if not found or name not in found[-1].name.split(", ") or item.kind == "type":
            found.append(Entry(name, item.kind, item.namespace))
        if follows and found[-1].groups:
            found[-1].groups[-1].append(item)
        else:
            found[-1].groups.append([item])
    for entry in found:
        base = prefix + re.sub(r"[^\w.~=<>!+*/&|^%-]", "-", entry.name.split(", ")[0]).replace("::", "-")
        entry.anchor, n = base, 2
        while entry.anchor in anchors:
            entry.anchor, n = f"{base}-{n}", n + 1
        anchors.add(entry.anchor)
        entry.others = [prefix + name for name in entry.name.split(", ")[1:]
                        if prefix + name not in anchors]
        anchors.update(entry.others)
    return [entry for entry in found if entry.groups or entry.refused]


class Reference:
    def __init__(self, pages, seen):
        self.pages, self.seen = pages, seen
        self.entries, self.sections = {}, {}
        self.address = {}  # id(item): address
        self.names = {}  # name: address, of what is in a namespace
        self.full_names = {}  # the same with pci:: and testing::
        self.index = []  # (name, kind, where, address, summary)
        for short, long, *_ in tables.access_kinds():
            self.names[short], self.names[long] = (f"{tables.PAGE}#{one}" for one in (short, long))
        taken = {name: {"search", "found"} for name in pages}
        for name, header in pages.items():
            self.address[id(header)] = page_of(name)
            self.sections[name] = [(part, entries_of(part.items, taken[name]))
                                   for part in [header] + header.parts if part.items]
        self.give_refusals()
        for name, sections in self.sections.items():
            for part, entries in sections:
                for entry in entries:
                    self.enter(entry, page_of(name), taken[name], part, "")

    def give_refusals(self):
        """What is refused by itself goes to the function of that name, on whatever page that is."""
        allowed = {(entry.namespace, name): entry for sections in self.sections.values()
                   for _, entries in sections for entry in entries if entry.groups
                   for name in entry.name.split(", ")}
        for sections in self.sections.values():
            for _, entries in sections:
                for entry in [one for one in entries if not one.groups]:
                    if (entry.namespace, entry.name) in allowed:
                        allowed[entry.namespace, entry.name].refused += entry.refused
                        entries.remove(entry)

    def enter(self, entry, page, anchors, part, outer):
        address = f"{page}#{entry.anchor}"
        for name in entry.name.split(", "):
            space = entry.namespace.replace("ioview::detail::methods", "").removeprefix("ioview")
            shown = "::".join(filter(None, [space.strip(":"), outer, name]))
            if part.name.endswith("_methods.hpp") and outer:
                shown = name
            summary = ""
            for group in entry.groups:
                summary = summary or " ".join(group[0].comment).replace("`", "").split(". ")[0][:110]
            if not (part.name.endswith("_methods.hpp") and not outer):
                self.index.append((shown, entry.kind, page, address, summary))
            if not outer and not part.name.endswith("_methods.hpp"):
                if entry.namespace == "ioview":
                    self.names[name] = address
                self.full_names[shown] = address
                self.names.setdefault(name, address)
        for group in entry.groups:
            for item in group:
                self.address[id(item)] = address
                if item.also:
                    self.names[item.also] = address
                    self.index.append((item.also, entry.kind, page, address, summary))
                if item.kind == "enum":
                    for member in item.members:
                        self.address[id(member)] = address
                        self.index.append((f"{entry.name}::{name_of(member)}", "enumerator", page,
                                           address, " ".join(member.comment)))
                elif item.members:
                    inner = entries_of(item.members, anchors, entry.anchor + ".")
                    entry.children += inner
                    for one in inner:
                        self.enter(one, page, anchors, part, "::".join(
                            filter(None, [outer, entry.name.split(", ")[0]])))

    # --- HTML

    def text(self, node, page):
        """The description that doxygen made of a comment."""
        out = []
        for name in ("briefdescription", "detaileddescription"):
            part = node.find(name)
            if part is not None:
                out.append(self.inner(part, page))
        made = "".join(out)
        return "" if doxygen.NOTHING in made else made

    def inner(self, node, page):
        out, before = [html.escape(node.text or "", quote=False)], node.text or ""
        for child in node:
            out.append(self.element(child, page, before) + html.escape(child.tail or "", quote=False))
            before = child.tail or child.text or ""
        return "".join(out)

    def element(self, node, page, before="."):
        tag = node.tag
        if tag == "para":
            return self.paragraph(node, page)
        if tag == "ref":
            target = self.seen.get(node.get("refid"))
            address = self.address.get(id(target))
            inner = self.inner(node, page)
            if not address or address == page:
                return inner
            if re.fullmatch(r"[A-Z][a-z]+", inner) and re.search(r"(^|[.:;(]\s*|\bPCI )$", before):
                return inner  # a word of English that begins a sentence, or PCI Express
            return f'<a href="{relative(address, page)}">{inner}</a>'
        if tag == "programlisting":
            lines = [line_text(line) for line in node.iter("codeline")]
            return f"<pre>{code(chr(10).join(lines), 'cpp', self.link_on(page), True)}</pre>"
        if tag in ("computeroutput", "tt"):
            return f"<code>{self.inner(node, page)}</code>"
        if tag in ("itemizedlist", "orderedlist"):
            kind = "ul" if tag == "itemizedlist" else "ol"
            return f"<{kind}>{self.inner(node, page)}</{kind}>"
        if tag == "listitem":
            return f"<li>{self.inner(node, page)}</li>"
        plain = {"ndash": "–", "mdash": "—", "linebreak": "<br>", "sp": " "}
        if tag in plain:
            return plain[tag]
        if tag == "ulink":
            return self.inner(node, page)
        return self.inner(node, page)

    def paragraph(self, node, page):
        """A listing in a paragraph of doxygen's is one beside it in HTML."""
        out, inline = [], [html.escape(node.text or "", quote=False)]

        def close():
            text = "".join(inline).strip()
            if text:
                out.append(f"<p>{text}</p>")
            inline.clear()

        before = node.text or ""
        for child in node:
            made = self.element(child, page, before)
            before = child.tail or child.text or ""
            if child.tag in ("programlisting", "itemizedlist", "orderedlist"):
                close()
                out.append(made)
            else:
                inline.append(made)
            inline.append(html.escape(child.tail or "", quote=False))
        close()
        return "".join(out)

    def link_on(self, page, own=()):
        def link(name):
            address = self.names.get(name)
            return relative(address, page) if address and name not in own else None
        return link

    def prose(self, lines, page):
        """The comment of a private part, which doxygen has no page for."""
        out = []
        for is_code, body in doxygen.blocks(lines):
            if is_code:
                text = "\n".join(body).rstrip()
                indent = min(len(line) - len(line.lstrip()) for line in body if line.strip())
                text = re.sub(rf"(?m)^ {{{indent}}}", "", text)
                out.append(f"<pre>{code(text, 'cpp', self.link_on(page), True)}</pre>")
            else:
                for paragraph in "\n".join(body).strip().split("\n\n"):
                    paragraph = re.sub(r"\s+Users see them\s+in io\.hpp\.", "", paragraph)
                    shown = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(paragraph, quote=False))
                    out.append(f"<p>{shown}</p>")
        return "".join(out)

    def signature(self, item, page, own):
        if template := re.match(r"template\s*<", item.text):
            head = item.text[:headers.angle_close_of(headers.mask(item.text), template.end() - 1) + 1]
            own = (*own, *re.findall(r"(\w+)(?=\s*(?:[,>]|=[^=]))", head))
        return code(without_inner_bases(item) if item.kind == "type" else item.text, "cpp", self.link_on(page, own))

    def entry(self, entry, page, level, lead=""):
        own = entry.name.split(", ")
        heading = min(level, 5)
        names = ", ".join(f"<code>{html.escape(name)}</code>" for name in own)
        also = [item.also for group in entry.groups for item in group if item.also]
        if also:
            names += f", <code>{also[0]}</code>"
        space = entry.namespace.removeprefix("ioview").removeprefix("::")
        kind = {"other": "", "function": "", "type": ""}.get(entry.kind, entry.kind)
        tag = f' <small>{space or kind}</small>' if level == 2 and (space or kind) and \
            "methods" not in space else ""
        others = "".join(f'<span id="{html.escape(one)}"></span>' for one in entry.others)
        out = [f'<section class="entry"><h{heading} id="{html.escape(entry.anchor)}">{names}{tag}'
               f'<a class="mark" href="#{html.escape(entry.anchor)}" aria-label="Link">#</a>'
               f"{others}</h{heading}>{lead}"]
        for group in entry.groups:
            shown = "\n".join(self.signature(item, page, own) for item in group)
            out.append(f'<pre class="declaration">{shown}</pre>')
            out.append(self.text(group[0].doc, page))
            if group[0].kind == "type" and VIEW.search(group[0].text):
                out.append(f'<p>It has <a href="{relative(page_of("ioview/io.hpp"), page)}">the methods of '
                           "every view</a>.</p>")
            for item in group:
                if item.kind == "enum":
                    out.append(self.enumerators(item, page))
        if entry.refused:
            said = {}
            for item in entry.refused:
                said.setdefault(item.refusal, []).append(item)
            for refusal, items in said.items():
                shown = "\n".join(self.signature(item, page, own) for item in items)
                sentence = html.escape(refusal, quote=False)
                out.append(f'<div class="refused"><pre>{shown}</pre>'
                           f'<p><b>Does not compile:</b> {sentence}</p></div>')
        fields = [one for one in entry.children if is_plain_field(one)]
        if fields:
            lines = "\n".join(self.field_line(item, page) for one in fields for group in one.groups
                              for item in group)
            out.append(f"<pre>{lines}</pre>")
        rest = [one for one in entry.children if not is_plain_field(one)]
        if rest:
            out.append('<div class="members">')
            out += [self.entry(one, page, level + 1) for one in rest]
            out.append("</div>")
        out += [f'<span id="{html.escape(one.anchor)}"></span>' for one in fields]
        return "".join(out) + "</section>"

    def field_line(self, item, page):
        line = self.signature(item, page, (name_of(item),)) + ";"
        if item.comment:
            line += ' <span class="c">// ' + html.escape(" ".join(item.comment), quote=False) + "</span>"
        return line

    def enumerators(self, item, page):
        if not any(member.comment for member in item.members):
            names = ",\n".join(member.text for member in item.members)
            return f"<pre>{code(names)}</pre>"
        rows = "".join(
            f"<tr><td><code>{html.escape(member.text)}</code></td>"
            f"<td>{self.text(member.doc, page).removeprefix('<p>').removesuffix('</p>')}</td></tr>"
            for member in item.members)
        return f'<div class="table"><table>{rows}</table></div>'

    def page(self, name):
        """title, body, contents of a header's page."""
        header, page = self.pages[name], page_of(name)
        body = [f'<p class="crumb">{self.crumb(name, page)}</p>',
                f'<h1><code>&lt;{name}&gt;</code></h1><div class="lead">',
                self.text(header.doc, page), "</div>"]
        contents = []
        for part, entries in self.sections[name]:
            if not entries:
                continue
            lead, is_methods = "", part.name.endswith("_methods.hpp")
            if part is not header:
                title, anchor = self.title_of(part), "part-" + re.sub(r"\W", "-", part.name[7:-4])
                prose = f'<div class="lead">{self.prose(part.opening, page)}</div>'
                if re.match(rf"{re.escape(entries[0].name)}\b", title):
                    lead = prose
                else:
                    contents.append((2, html.escape(title), anchor))
                    body.append(f'<h2 class="part" id="{anchor}">{html.escape(title)}</h2>{prose}')
            shown = [child for entry in entries for child in entry.children
                     if child.groups and child.kind == "function"] if is_methods else entries
            said = {}  # of methods, what is said of the class that has them
            if is_methods:
                for entry in entries:
                    for child in entry.children[:1]:
                        said[id(child)] = self.text(entry.groups[0][0].doc, page)
            for entry in shown:
                body.append(said.get(id(entry), ""))
                level = 2 if lead and entry is shown[0] else 3
                contents.append((level, f"<code>{html.escape(entry.name)}</code>", entry.anchor))
                body.append(self.entry(entry, page, 3 if is_methods else 2, lead))
                lead = ""
            if is_methods:  # what else a search may lead to
                body += [f'<span id="{html.escape(one.anchor)}"></span>' for entry in entries
                         for one in [entry, *entry.children] if one not in shown]
        if not self.sections[name]:
            body.append(self.includes(name, page))
        return f"<{name}>", "\n".join(body), contents

    def crumb(self, name, page):
        folder = name.split("/")[1] if name.count("/") > 1 else ""
        index = relative("reference/index.html", page)
        return f'<a href="{index}">Reference</a>' + (
            f' / <a href="{index}#{folder}">{folder}</a>' if folder else "")

    @staticmethod
    def title_of(part):
        """The first sentence of a comment, without what it is an example of."""
        text = re.split(r"\n\n|\n  ", "\n".join(part.opening))[0].replace("\n", " ")
        sentence = re.split(r"(?<=[\w)])\. |\.$|: |; ", text)[0]
        return sentence.rstrip(".")

    def includes(self, name, page):
        """Of a header that declares nothing itself: what it leads to."""
        text = (headers.INCLUDE / name).read_text()
        rows = [f'<li><a href="{relative(page_of(one), page)}"><code>&lt;{one}&gt;</code></a></li>'
                for one in re.findall(r"^#include <(ioview/.*)>", text, re.M) if one in self.pages]
        return "<h2>Includes</h2><ul>" + "".join(rows) + "</ul>" if rows else ""


def is_plain_field(entry):
    """A data member or alias: a line in the list of those of its class."""
    return entry.kind == "other" and not entry.refused and \
        all(len(item.comment) <= 1 for group in entry.groups for item in group)


# What a class is derived from that has the methods of views.
VIEW = re.compile(r"public (?:Io<|ForwardingView<|detail::by_address::View<)")


def without_inner_bases(item):
    """The head of a class without those of its bases that are no public types."""
    head, bases, body = headers.split_bases(item)
    kept = [base for base in bases if not re.search(
        r"detail::|\bRefused\b|\b(Forwarding|ForwardingView|ForwardingBackend|ScriptCore)$", base.split("<")[0])
        and not base.startswith("public decltype")]
    return head + (" : " + ", ".join(kept) if kept else "") + (" " + body if body else "")


def line_text(line):
    out = []

    def walk(node):
        if node.tag == "sp":
            out.append(" ")
        out.append(node.text or "")
        for child in node:
            walk(child)
            out.append(child.tail or "")
    walk(line)
    return "".join(out).rstrip()
