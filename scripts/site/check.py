# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Looks at each page of the site in headless Chromium. scripts/docs --check calls it.

  check.py <directory>

No dead link or anchor, nothing from another host, no line on the browser's console, no page wider
than a screen of 400 or 1400 pixels, text that stands out from what is behind it in the light and
the dark scheme, and a search that finds each public name first.
"""

import os
import re
import sys
import threading
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.wait import WebDriverWait
except ImportError:
    print("needs python3-selenium, chromium and chromium-driver")
    sys.exit(77)

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = (1400, 400)

# What a page looks like at this width: how far it reaches, and what of it is too small to read.
LOOK = """
const wide = document.documentElement.scrollWidth - innerWidth;
const main = document.querySelector("main");
const over = wide <= 0 ? "" : [...document.querySelectorAll("main *")].filter(
    one => one.getBoundingClientRect().right > innerWidth && !one.closest("pre, .table"))
    .slice(0, 3).map(one => one.outerHTML.slice(0, 120)).join("; ");
return {wide, over, text: main ? main.getBoundingClientRect().width : 0,
        size: parseFloat(getComputedStyle(document.body).fontSize), empty: !main || !main.textContent.trim()};
"""

# The lowest ratio of contrast of the page's text to what is behind it (WCAG 2.1, 1.4.3).
CONTRAST = """
const number = color => color.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const behind = one => {
    for (; one; one = one.parentElement) {
        const color = number(getComputedStyle(one).backgroundColor);
        if (color.length < 4 || color[3] > 0) return color;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0] : [255, 255, 255];
};
let worst = [99, ""];
for (const one of document.querySelectorAll("main *, header *")) {
    if (one.closest(".mark") || ![...one.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    const [a, b] = [light(number(getComputedStyle(one).color)), light(behind(one))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < worst[0]) worst = [ratio, one.outerHTML.slice(0, 100)];
}
return worst;
"""

# The address of the first hit for each of the names.
FIND = """
return arguments[0].map(name => {
    input.value = name;
    input.dispatchEvent(new Event("input"));
    const first = document.querySelector("#found a");
    return first ? [first.firstChild.data, first.getAttribute("href")] : ["", ""];
});
"""


class Links(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.ids, self.twice, self.links, self.loads = set(), [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if "id" in named:
            (self.twice.append if named["id"] in self.ids else self.ids.add)(named["id"])
        if tag == "a" and named.get("href"):
            self.links.append(named["href"])
        elif tag in ("link", "script", "img"):
            self.loads += filter(None, [named.get("href"), named.get("src")])


def dead_links(site, pages):
    faults = []
    parsed = {page: Links((site / page).read_text()) for page in pages}
    for page, links in parsed.items():
        faults += [f"{page}: the anchor {one} is there twice" for one in links.twice]
        for href in links.links + links.loads:
            if re.match(r"(https?:)?//", href):
                if href in links.loads:
                    faults.append(f"{page}: loads {href}")
                continue
            if re.match(r"(data|mailto):", href):
                continue
            path, _, anchor = href.partition("#")
            target = os.path.normpath(os.path.join(os.path.dirname(page), unquote(path))) if path else page
            if not (site / target).is_file():
                faults.append(f"{page}: dead link {href}")
            elif anchor and target in parsed and unquote(anchor) not in parsed[target].ids:
                faults.append(f"{page}: dead anchor {href}")
    return faults


def browser():
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # which root cannot have
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def set_width(driver, width):
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})


def set_scheme(driver, scheme):
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
        "features": [{"name": "prefers-color-scheme", "value": scheme}]})


def look(driver, site, page):
    faults = []
    driver.get((site / page).as_uri())
    # a listing is the same wherever it has room
    for width in WIDTHS[1:] if page.startswith("source/") else WIDTHS:
        set_width(driver, width)
        seen = driver.execute_script(LOOK)
        if seen["empty"]:
            faults.append(f"{page}: is empty")
        if seen["wide"] > 0:
            faults.append(f"{page}: {seen['wide']} pixels wider than {width}: {seen['over']}")
        if seen["text"] < 320 or seen["size"] < 15:
            faults.append(f"{page}: at {width} the text is {seen['text']} wide, in {seen['size']} px")
    faults += [f"{page}: console: {line['message']}" for line in driver.get_log("browser")]
    return faults


def look_at_some(driver, site, pages, faults):
    try:
        while True:
            try:
                page = pages.pop()
            except IndexError:
                return
            faults += look(driver, site, page)
    except Exception as failure:  # of a thread, which nobody would hear of
        faults.append(f"{type(failure).__name__}: {failure}")


def schemes(driver, site):
    faults = []
    for page in ("index.html", "reference/ioview/io.html", "reference/ioview/testing/device.html",
                 "reference/tables.html", "docs/errors.html"):
        for scheme in ("light", "dark"):
            set_scheme(driver, scheme)
            driver.get((site / page).as_uri())
            ratio, what = driver.execute_script(CONTRAST)
            if ratio < 4.5:
                faults.append(f"{page}: contrast {ratio:.1f} in the {scheme} scheme: {what}")
    set_scheme(driver, "")
    return faults


def public_names():
    """What the named module exports for users, and all macros for them."""
    text = (ROOT / "modules/ioview.cppm").read_text()
    names = re.findall(r"^using ioview::((?:pci::)?\w+);", text, re.M)
    return names + ["IO_READ", "IOVIEW_READ", "IO_FIELDS", "IOVIEW_PANIC", "IOVIEW_NO_SHORT_MACROS"]


def search(driver, site):
    """By the keys of a user, then each public name by itself."""
    faults = []
    driver.get((site / "docs/ordering.html").as_uri())
    box = driver.find_element(By.ID, "search")
    box.click()
    box.send_keys("wait_until")
    WebDriverWait(driver, 10).until(lambda _: driver.find_elements(By.CSS_SELECTOR, "#found a"))
    box.send_keys(Keys.ENTER)
    WebDriverWait(driver, 10).until(lambda _: "poll.html" in driver.current_url)
    if not driver.current_url.endswith("reference/ioview/poll.html#wait_until"):
        faults.append(f"search: wait_until leads to {driver.current_url}")
    box = driver.find_element(By.ID, "search")
    box.send_keys("zzqq")
    WebDriverWait(driver, 10).until(lambda _: driver.find_elements(By.CSS_SELECTOR, "#found .none"))
    names = public_names()
    for name, (text, href) in zip(names, driver.execute_script(FIND, names)):
        if name not in text.split(", ") or not href:
            faults.append(f"search: {name} finds {text or 'nothing'} first")
    faults += [f"search: console: {line['message']}" for line in driver.get_log("browser")]
    return faults


def main():
    site = Path(sys.argv[1]).resolve()
    if not (site / "index.html").exists():
        print(f"needs the site in {site}: scripts/docs")
        sys.exit(77)
    if not all(Path(f"/usr/bin/{program}").exists() for program in ("chromium", "chromedriver")):
        print("needs chromium and chromium-driver")
        sys.exit(77)
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    faults = dead_links(site, pages)
    drivers = [browser() for _ in range(min(2, os.cpu_count() or 1))]
    try:
        faults += search(drivers[0], site)
        faults += schemes(drivers[0], site)
        left = list(pages)
        threads = [threading.Thread(target=look_at_some, args=(driver, site, left, faults))
                   for driver in drivers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        for driver in drivers:
            driver.quit()
    if faults:
        sys.exit("\n".join(sorted(faults)))
    print(f"{len(pages)} pages in a browser, {len(public_names())} names searched: no fault")


if __name__ == "__main__":
    main()
