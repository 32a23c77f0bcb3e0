# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the site: the reference and every document of the project. scripts/docs calls it.

  build.py <directory>
"""

import html
import json
import posixpath
import re
import shutil
import sys
import tempfile
from pathlib import Path

try:
    from markdown_it import MarkdownIt

    import doxygen
    import headers
    import tables
    from html_text import code, frame, relative
    from reference import Reference, page_of
except ImportError as missing:
    print(f"needs Debian's python3-markdown-it and python3-pygments: {missing}")
    sys.exit(77)

ROOT = headers.ROOT
HERE = Path(__file__).parent


def page_of_document(path):
    """README.md is the first page, and that of a folder is the folder's."""
    if path == "README.md":
        return "index.html"
    return re.sub(r"(?:README|index)\.md$", "index.html", path).removesuffix(".md") + (
        "" if re.search(r"(?:README|index)\.md$", path) else ".html")


def slug(text, taken):
    """The anchor of a heading, as GitHub makes it."""
    base = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
    anchor, n = base, 0
    while anchor in taken:
        n += 1
        anchor = f"{base}-{n}"
    taken.add(anchor)
    return anchor


def missing(reference):
    """Public names without a comment, and those that the named module exports and no page has."""
    faults = []
    for header in reference.pages.values():
        for part in (header, *header.parts):
            faults += [f"{item.file}:{item.line}: no comment says what this is: " +
                       " ".join(item.text.split()) for item in headers.untold(part.items)]
    exported = re.findall(r"^using ioview::(?!detail)(?:pci::)?(\w+);",
                          (ROOT / "modules/ioview.cppm").read_text(), re.M)
    return faults + [f"no page has ioview's {name}" for name in exported if name not in reference.names]


class Site:
    def __init__(self, out):
        self.out = out
        self.index = []
        self.written = set()
        self.faults = []  # links that lead nowhere, and names of which nothing is said
        self.sources = []  # files and folders that a document points at
        documents = [path.relative_to(ROOT).as_posix()
                     for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]]
        self.documents = sorted(documents, key=lambda path: [
            int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path)])
        self.markdown = MarkdownIt("commonmark", {"html": True, "highlight": self.highlight})
        self.markdown.enable("table")
        self.sections = [("Guide", "docs/guide/index.html"), ("Reference", "reference/index.html"),
                         ("Errors", "docs/errors.html"), ("Performance", "docs/performance.html"),
                         ("All pages", "docs/index.html")]

    def write(self, page, title, body, contents):
        path = self.out / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(frame(page, title, body, contents, self.sections))
        self.written.add(page)

    # --- documents

    def target(self, href, document, page):
        """Where a link of a document leads on the site."""
        if re.match(r"[a-z]+:|#", href):
            return href
        path, mark, anchor = href.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(document), path))
        if not (ROOT / path).exists():
            self.faults.append(f"{document}: no such file: {href}")
            return href
        if (ROOT / path).is_dir() and (ROOT / path / "README.md").exists() and \
                posixpath.join(path, "README.md") in self.documents:
            path = posixpath.join(path, "README.md")
        if path in self.documents:
            return relative(page_of_document(path) + mark + anchor, page)
        if path == "docs/guide":
            return relative("docs/guide/index.html", page)
        if path.startswith("include/") and path.removeprefix("include/") in self.reference.pages:
            return relative(page_of(path.removeprefix("include/")), page)
        if path.endswith((".svg", ".png")):
            copy = self.out / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, copy)
            return relative(path, page)
        if path not in self.sources:
            self.sources.append(path)
        return relative(self.source_page(path), page)

    @staticmethod
    def source_page(path):
        return f"source/{path}/index.html" if (ROOT / path).is_dir() else f"source/{path}.html"

    def document(self, path):
        page = page_of_document(path)
        text = re.sub(r"<!--.*?-->\n?", "", (ROOT / path).read_text(), flags=re.S)
        tokens = self.markdown.parse(text)
        contents, taken, title = [], {"search", "found"}, path
        for i, token in enumerate(tokens):
            if token.type == "heading_open":
                inline = tokens[i + 1]
                plain = "".join(child.content for child in inline.children or [])
                anchor = slug(plain, taken)
                token.attrSet("id", anchor)
                shown = self.markdown.renderer.render([inline], self.markdown.options, {})
                shown = re.sub(r"</?a\b[^>]*>", "", shown)
                if token.tag == "h1":
                    title = plain
                elif token.tag in ("h2", "h3"):
                    contents.append((int(token.tag[1]), shown, anchor))
                self.index.append((plain, "page" if token.tag == "h1" else "section",
                                   page, f"{page}#{anchor}" if token.tag != "h1" else page, ""))
            links = 1 if i and tokens[i - 1].type == "heading_open" else 0  # a link has no other within
            for child in token.children or []:
                for name in ("href", "src"):
                    if child.attrGet(name):
                        child.attrSet(name, self.target(child.attrGet(name), path, page))
                links += child.nesting if child.type.startswith("link_") else 0
                if child.type == "code_inline" and not links:
                    self.link_name(child, page)
        self.page = page
        body = self.markdown.renderer.render(tokens, self.markdown.options, {})
        body = body.replace("<table>", '<div class="table"><table>').replace(
            "</table>", "</table></div>")
        if len([one for one in contents if one[0] == 3]) > 60:
            contents = [one for one in contents if one[0] == 2]
        self.titles[path] = title
        self.write(page, title if page == "index.html" else f"{title} · ioview", body, contents)

    def link_name(self, token, page):
        """Makes `io::publish`, `Coherent<T, Dma>` or `dma/ring.hpp` a link to its place in the reference."""
        text = token.content
        header = "ioview/" + text.strip("<>").removeprefix("include/").removeprefix("ioview/")
        name = re.fullmatch(r"(io::|ioview::)?((?:pci::|testing::)?\w+)(<[^<>]*>)?(\(.*\))?", text)
        address = None
        if header in self.reference.pages:
            address = page_of(header)
        elif name and (name[1] or re.match(r"[A-Z]\w*[a-z]|IO_|IOVIEW_|pci::|testing::", name[2])):
            address = self.reference.full_names.get(name[2])
        if address:
            token.type = "html_inline"
            shown = html.escape(text, quote=False)
            token.content = f'<a href="{relative(address, page)}"><code>{shown}</code></a>'

    def highlight(self, text, language, _):
        if not language or language == "text":
            return html.escape(text, quote=False)
        link = self.reference.link_on(self.page) if language == "cpp" else None
        return code(text, language, link, is_sample=True)

    def index_of_documents(self):
        folders = {}
        for path in self.documents:
            folders.setdefault(posixpath.dirname(path), []).append(path)
        names = {"": "Start here", "docs": "Pages", "docs/guide": "Guide",
                 "docs/design": "Design: what was decided, and why",
                 "docs/contributing": "How to add a part"}
        body = ["<h1>All pages</h1>"]
        for folder in sorted(folders, key=lambda one: (one not in ("", "docs/guide"), one)):
            body.append(f"<h2>{names.get(folder, folder)}</h2><ul>")
            for path in folders[folder]:
                address = relative(page_of_document(path), "docs/index.html")
                body.append(f'<li><a href="{address}">{html.escape(self.titles[path])}</a></li>')
            body.append("</ul>")
        self.write("docs/index.html", "All pages · ioview", "".join(body), [])
        if "docs/guide/README.md" not in self.documents:
            items = "".join(
                f'<li><a href="{posixpath.basename(page_of_document(path))}">{html.escape(self.titles[path])}</a></li>'
                for path in folders.get("docs/guide", []))
            self.write("docs/guide/index.html", "Guide · ioview",
                       f'<h1>Guide</h1><ul class="plain">{items}</ul>', [])

    def sources_pages(self):
        done = set()
        while self.sources:
            path = self.sources.pop()
            if path in done:
                continue
            done.add(path)
            page, full = self.source_page(path), ROOT / path
            title = f"<h1><code>{html.escape(path)}</code></h1>"
            if full.is_dir():
                items = []
                for one in sorted(full.iterdir()):
                    inner = one.relative_to(ROOT).as_posix()
                    if one.name.startswith((".", "__")) or one.name == "build":
                        continue
                    shown = f"<code>{html.escape(one.name)}{'/' if one.is_dir() else ''}</code>"
                    if path.split("/")[0] in ("docs", "examples"):  # what is to be read
                        shown = f'<a href="{self.target(inner, "README.md", page)}">{shown}</a>'
                    items.append(f"<li>{shown}</li>")
                self.write(page, path, title + f"<ul class=\"plain\">{''.join(items)}</ul>", [])
                continue
            try:
                text = full.read_text()
            except UnicodeDecodeError:
                continue
            language = {".hpp": "cpp", ".cpp": "cpp", ".cppm": "cpp", ".py": "python", ".txt": "cmake",
                        ".cmake": "cmake", ".json": "json"}.get(full.suffix, "text")
            shown = code(text, language) if len(text) < 60_000 else html.escape(text, quote=False)
            self.write(page, path, f"{title}<pre>{shown}</pre>", [])

    # --- reference

    def reference_pages(self):
        for name in self.reference.pages:
            title, body, contents = self.reference.page(name)
            self.write(page_of(name), f"{title} · ioview", body, contents)
        title, body, contents = tables.page(self.reference)
        self.write(tables.PAGE, f"{title} · ioview", body, contents)
        for _, text, anchor in contents:
            self.index.append((text, "table", tables.PAGE, f"{tables.PAGE}#{anchor}", ""))
        for short, long, *_ in tables.access_kinds():
            for name in (short, long):
                self.index.append((name, "access kind", tables.PAGE, f"{tables.PAGE}#{name}", ""))
        for name in tables.configuration():
            self.index.append((name, "macro", tables.PAGE, f"{tables.PAGE}#{name}", ""))
        self.index += self.reference.index
        self.reference_index()

    def reference_index(self):
        rooms = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", (ROOT / "docs/design/layout.md").read_text(), re.M))
        folders = {}
        for name in self.reference.pages:
            folders.setdefault(name.split("/")[1] if name.count("/") > 1 else "", []).append(name)
        body = ['<h1>Reference</h1><p>Every public name, a page for each header. '
                '<a href="tables.html">The tables</a> have the <a href="tables.html#access-kinds">access kinds</a>, '
                '<a href="tables.html#locations">locations</a>, <a href="tables.html#steps">steps</a>, '
                '<a href="tables.html#macros">macros</a>, <a href="tables.html#configuration">configuration</a>, '
                '<a href="tables.html#hooks">hooks</a> and <a href="tables.html#concepts">concepts</a>.</p>']
        contents = [(2, "Tables", "tables")]
        body.append('<p id="tables"></p>')
        for folder in sorted(folders):
            said = rooms.get(folder, "")
            said = re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(said, quote=False))
            title = f"<code>ioview/{folder}/</code>" if folder else "<code>ioview/</code>"
            contents.append((2, title, folder or "ioview"))
            body.append(f'<h2 id="{folder or "ioview"}">{title}</h2>' +
                        (f"<p>{said[:1].upper() + said[1:]}.</p>" if said else ""))
            rows = []
            for name in folders[folder]:
                header = self.reference.pages[name]
                sentence = html.escape(re.split(r"(?<=[\w)`])\. |\.$", re.split(
                    r"\n\n|\n  ", "\n".join(header.opening))[0].replace("\n", " "))[0], quote=False)
                sentence = re.sub(r"`([^`]+)`", r"<code>\1</code>", sentence)
                rows.append((f'<a href="{relative(page_of(name), "reference/index.html")}"><code>'
                             f'{name.removeprefix("ioview/")}</code></a>', sentence))
                self.index.append((name, "header", page_of(name), page_of(name), " ".join(header.opening)[:110]))
            body.append(tables.table(("Header", "What it has"), rows))
        self.write("reference/index.html", "Reference · ioview", "".join(body), contents)

    def build(self):
        with tempfile.TemporaryDirectory() as work:
            pages = headers.pages()
            self.reference = Reference(pages, doxygen.run(pages, Path(work)))
        self.faults += missing(self.reference)
        self.titles = {}
        for path in self.documents:
            self.document(path)
        self.index_of_documents()
        self.reference_pages()
        self.sources_pages()
        for name in ("site.css", "search.js"):
            shutil.copyfile(HERE / name, self.out / name)
        lines = ",\n".join(json.dumps(list(row), ensure_ascii=False) for row in self.index)
        (self.out / "search-index.js").write_text(f"const pages = [\n{lines}\n];\n")
        (self.out / ".ioview-docs").write_text("")


def main():
    out = Path(sys.argv[1])
    if not shutil.which("doxygen"):
        print("needs doxygen")
        sys.exit(77)
    if out.exists() and any(out.iterdir()) and not (out / ".ioview-docs").exists():
        raise SystemExit(f"{out} is not empty, and no site of ioview's: give another directory")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    site = Site(out)
    site.build()
    print(f"{len(site.written)} pages, {len(site.index)} names in {out}")
    if site.faults:
        raise SystemExit("\n".join(site.faults))


if __name__ == "__main__":
    main()
