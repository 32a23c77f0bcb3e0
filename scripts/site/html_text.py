# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Pieces of HTML: highlighted code, and the frame around each page."""

import html
import posixpath
import re

from pygments import lexers
from pygments.token import Token
from pygments.util import ClassNotFound

KINDS = ((Token.Comment.Preproc, "p"), (Token.Comment, "c"), (Token.Keyword, "k"),
         (Token.Literal.String, "s"), (Token.Literal.Number, "n"), (Token.Name.Class, "t"),
         (Token.Generic.Deleted, "r"), (Token.Generic.Inserted, "s"))


def code(text, language="cpp", link=None, is_sample=False):
    """The text highlighted; link(name) is the address of a name, or None. Of a sample only what is
    behind io:: is one of ioview's, and macros; in a declaration what begins with a capital, too:
    other names are those of parameters."""
    if re.match(r"[\w<>:]+ {3,}\S", text):  # a word and what it stands for, in columns
        language = "text"
    try:
        lexer = lexers.get_lexer_by_name(language or "text", stripnl=False, ensurenl=False)
    except ClassNotFound:
        lexer = lexers.get_lexer_by_name("text", stripnl=False, ensurenl=False)
    out, before = [], ""
    for kind, value in lexer.get_tokens(text):
        escaped = html.escape(value, quote=False)
        marked = next((mark for token, mark in KINDS if kind in token), None)
        if link and kind in Token.Name and (
                (value.startswith("IO") or not is_sample) and value[0].isupper() or
                re.search(r"\b(io|ioview|testing|pci)::$", before)):
            address = link(value)
            escaped = f'<a href="{address}">{escaped}</a>' if address else escaped
        before = (before + value)[-10:]
        out.append(f'<span class="{marked}">{escaped}</span>' if marked and value.strip() else escaped)
    return "".join(out)


def relative(target, page):
    """The address of target, from the page at that address."""
    path, mark, anchor = target.partition("#")
    if path == page or not path:
        return mark + anchor or posixpath.basename(page)
    return posixpath.relpath(path, posixpath.dirname(page) or ".") + mark + anchor


SECTIONS = [("Guide", "docs/guide/"), ("Reference", "reference/"), ("Errors", "docs/errors.html"),
            ("Performance", "docs/performance.html")]


def frame(page, title, body, contents, sections):
    """contents: [(level, text, anchor)] of this page."""
    root = relative("index.html", page).removesuffix("index.html")
    here = next((name for name, start in reversed(sections) if page.startswith(
        start if start.endswith(".html") else posixpath.dirname(start) + "/")), "")
    menu = "".join(
        f'<a href="{relative(target, page)}"{" aria-current=true" if name == here else ""}>{name}</a>'
        for name, target in sections)
    listed = ""
    if len(contents) > 1:
        lines = "".join(f'<li class="l{level}"><a href="#{html.escape(anchor)}">{text}</a></li>'
                        for level, text, anchor in contents)
        listed = (f'<nav class="contents" aria-label="On this page"><details><summary>On this page'
                  f"</summary><ul>{lines}</ul></details></nav>")
    return f"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{html.escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{root}site.css">
<script>const root = "{root}";</script>
<script src="{root}search.js" defer></script>
<header>
<a class="name" href="{root}index.html">ioview</a>
<nav aria-label="Sections">{menu}</nav>
<search><input id="search" type="search" placeholder="Search" aria-label="Search" autocomplete="off"
 spellcheck="false" role="combobox" aria-expanded="false" aria-controls="found"><ol id="found" role="listbox" hidden></ol></search>
</header>
<div class="page">
{listed}
<main>
{body}
</main>
</div>
</html>
"""
