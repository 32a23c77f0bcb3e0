// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Search over search-index.js, which is loaded when somebody wants to search: names before words,
// and what begins with the text before what has it within.
"use strict";

const input = document.getElementById("search");
const found = document.getElementById("found");
let rows = null;
let chosen = -1;

// On wide screens the contents of the page are open, beside it.
const contents = document.querySelector(".contents details");
if (contents && matchMedia("(min-width: 60.01rem)").matches)
    contents.open = true;

function load() {
    if (rows)
        return;
    rows = [];
    const script = document.createElement("script");
    script.src = root + "search-index.js";
    script.onload = () => {
        rows = pages.map(([name, kind, page, address, said]) =>
            ({name, kind, page, address, said, low: name.toLowerCase(), text: (name + " " + said).toLowerCase()}));
        search();
    };
    document.head.append(script);
}

function rank(row, typed, text, words) {
    const last = row.low.split("::").pop();
    if (row.name.split(", ").some(name => name === typed || name.split("::").pop() === typed))
        return 0;
    if (row.low === text || last === text)
        return 0.5;
    if (last.startsWith(text))
        return 1;
    if (row.low.includes(text))
        return 2;
    return words.every(word => row.text.includes(word)) ? 3 : -1;
}

function search() {
    const typed = input.value.trim().replace(/^(io|ioview)::/, "").replace(/\(.*$/, "");
    const text = typed.toLowerCase();
    const words = text.split(/\s+/);
    const hits = !text ? [] : rows.map(row => [rank(row, typed, text, words), row]).filter(([n]) => n >= 0)
        .sort((a, b) => a[0] - b[0] || a[1].name.length - b[1].name.length).slice(0, 30);
    chosen = hits.length ? 0 : -1;
    found.replaceChildren(...hits.map(([, row]) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const small = document.createElement("small");
        item.setAttribute("role", "option");
        link.href = root + row.address;
        link.textContent = row.name;
        small.textContent = row.page.replace(/^reference\//, "").replace(/\.html$/, "") + (row.said ? ": " + row.said : "");
        link.append(small);
        item.append(link);
        return item;
    }));
    if (text && !hits.length && rows.length) {
        const none = document.createElement("li");
        none.className = "none";
        none.textContent = "Nothing has this name or these words.";
        found.append(none);
    }
    show(text !== "" && found.children.length > 0);
    choose(chosen);
}

function show(yes) {
    found.hidden = !yes;
    input.setAttribute("aria-expanded", yes);
}

function choose(n) {
    chosen = n;
    [...found.children].forEach((item, i) => item.setAttribute("aria-selected", i === n));
    found.children[n]?.scrollIntoView({block: "nearest"});
}

input.addEventListener("focus", load);
input.addEventListener("input", () => { load(); search(); });
input.addEventListener("keydown", event => {
    const count = found.querySelectorAll("a").length;
    if (event.key === "ArrowDown" && count)
        choose((chosen + 1) % count);
    else if (event.key === "ArrowUp" && count)
        choose((chosen + count - 1) % count);
    else if (event.key === "Enter" && chosen >= 0)
        found.children[chosen].querySelector("a").click();
    else if (event.key === "Escape")
        show(false);
    else
        return;
    event.preventDefault();
});
found.addEventListener("click", () => show(false));
document.addEventListener("click", event => { if (!event.target.closest("search")) show(false); });
document.addEventListener("keydown", event => {
    if (event.key === "/" && !event.target.closest("input, textarea")) {
        input.focus();
        event.preventDefault();
    }
});
