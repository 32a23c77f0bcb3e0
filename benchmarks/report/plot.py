# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Plots as SVG, of text and lines alone; the colours are those of the reader's page, light or dark."""
import html
import math

STYLE = """
text { font: 12px system-ui, sans-serif; fill: #444 }
.title { font-size: 14px; font-weight: 600 }
.axis { stroke: #999; stroke-width: 1 }
.grid { stroke: #999; stroke-opacity: .3; stroke-width: 1 }
.line { fill: none; stroke-width: 2 }
.dashed { stroke-dasharray: 5 4 }
.c0 { stroke: #2f6fb0; fill: #2f6fb0 } .c1 { stroke: #8a8a8a; fill: #8a8a8a }
.c2 { stroke: #b5651d; fill: #b5651d } .c3 { stroke: #3c8d5a; fill: #3c8d5a }
.c4 { stroke: #8e5aa8; fill: #8e5aa8 } .c5 { stroke: #a83b4c; fill: #a83b4c }
.bar { stroke: none } .line { fill: none }
@media (prefers-color-scheme: dark) {
text { fill: #bbb } .c0 { stroke: #79aee0; fill: #79aee0 } .c2 { stroke: #dc9a5b; fill: #dc9a5b }
.c3 { stroke: #74bd8d; fill: #74bd8d } .c4 { stroke: #bd92d3; fill: #bd92d3 }
.c5 { stroke: #dd7f8d; fill: #dd7f8d } .bar { stroke: none } .line { fill: none }
}
"""


def number(value):
    """Short, and the same on every machine."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def label(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


class Svg:
    def __init__(self, width, height, title):
        self.width, self.height = width, height
        self.parts = [f"<title>{html.escape(title)}</title>", f"<style>{STYLE}</style>"]
        self.text(12, 20, title, "title")

    def text(self, x, y, words, kind="", anchor="start"):
        self.parts.append(f'<text x="{number(x)}" y="{number(y)}" class="{kind}" '
                          f'text-anchor="{anchor}">{html.escape(words)}</text>')

    def line(self, x1, y1, x2, y2, kind):
        self.parts.append(f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" '
                          f'y2="{number(y2)}" class="{kind}"/>')

    def bar(self, x, y, width, height, colour):
        self.parts.append(f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" '
                          f'height="{number(height)}" class="c{colour} bar"/>')

    def path(self, points, kind):
        text = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.parts.append(f'<polyline points="{text}" class="{kind} line"/>')

    def __str__(self):
        return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" '
                f'width="{self.width}" height="{self.height}">\n' + "\n".join(self.parts) +
                "\n</svg>\n")


def key_of(svg, y, names, dashed=()):
    x = 12
    for colour, name in enumerate(names):
        if x + 23 + 6.7 * len(name) > svg.width:
            x, y = 12, y + 16
        svg.line(x, y - 4, x + 18, y - 4, f"c{colour} line" + (" dashed" if name in dashed else ""))
        svg.text(x + 23, y, name)
        x += 40 + 6.7 * len(name)


def bars(title, unit, rows, names):
    """rows: (label, [value of each name or None]); each row has its bars one under the other."""
    left, right, top, thick = 190, 80, 62, 11
    greatest = max(value for _, values in rows for value in values if value is not None)
    height = top + sum(thick * len([v for v in values if v is not None]) + 9 for _, values in rows)
    svg = Svg(720, height + 12, f"{title}, {unit}")
    key_of(svg, 44, names)
    y = top
    for words, values in rows:
        shown = [(colour, value) for colour, value in enumerate(values) if value is not None]
        svg.text(left - 8, y + thick * len(shown) / 2 + 4, words, anchor="end")
        for colour, value in shown:
            width = (720 - left - right) * value / greatest
            svg.bar(left, y, max(width, 1), thick - 1, colour)
            svg.text(left + width + 6, y + thick - 1.5, label(value))
            y += thick
        y += 9
    svg.line(left, top - 4, left, height - 4, "axis")
    return str(svg)


def lines(title, panels, names, x_label, log_x=False, y_most=None, level=None, dashed=()):
    """panels: (label, {name: [(x, y)…]}), side by side; `level` is a value to be compared with."""
    width, height, left, top, bottom = 720, 360, 44, 84, 40
    every = [point for _, series in panels for points in series.values() for point in points]
    place = math.log2 if log_x else float
    least, most = min(place(x) for x, _ in every), max(place(x) for x, _ in every)
    if not log_x:
        least = 0.0
    top_value = min(y_most or 1e9, max(y for _, y in every) * 1.05)
    room = (width - 20) / len(panels)
    svg = Svg(width, height, title)
    key_of(svg, 44, names, dashed)
    for number_of, (words, series) in enumerate(panels):
        x0, x1 = 10 + room * number_of + left, 10 + room * (number_of + 1) - 14
        y0, y1 = height - bottom, top

        def at(x, y, x0=x0, x1=x1, y0=y0, y1=y1):
            return (x0 + (x1 - x0) * (place(x) - least) / (most - least),
                    y0 + (y1 - y0) * min(y, top_value) / top_value)
        svg.text((x0 + x1) / 2, top - 10, words, anchor="middle")
        step = 10 ** math.floor(math.log10(top_value))
        while top_value / step < 4:
            step /= 2
        for tick in range(int(top_value / step) + 1):
            _, y = at(every[0][0], tick * step)
            svg.line(x0, y, x1, y, "axis" if tick == 0 or tick * step == level else "grid")
            svg.text(x0 - 5, y + 4, label(tick * step) if tick else "0", anchor="end")
        if level is not None:
            svg.line(*at(2**least if log_x else least, level), *at(2**most if log_x else most, level),
                     "axis")
        marks = sorted({x for points in series.values() for x, _ in points})
        for mark in marks[::2] if log_x else marks[-2:]:
            svg.text(at(mark, 0)[0], y0 + 16, short(mark) if log_x else label(mark), anchor="middle")
        for name, points in series.items():
            kind = f"c{names.index(name)}" + (" dashed" if name in dashed else "")
            svg.path([at(x, y) for x, y in sorted(points)], kind)
    svg.text(width / 2, height - 6, x_label, anchor="middle")
    return str(svg)


def short(size):
    for unit, name in ((1 << 20, " MiB"), (1 << 10, " KiB")):
        if size >= unit and size % unit == 0:
            return f"{size // unit}{name}"
    return f"{size} B"
