#!/usr/bin/env python3
"""Whether pages hold the same facts: the counts, each card with its states, what changed last, what is silent, each
promise, each figure and each edition are read out of the HTML and compared as text.

same.py OURS OTHER [OTHER...]        addresses of pages
"""

import sys
import urllib.request
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr", "use", "line", "circle", "path", "rect"}


class Facts(HTMLParser):
    """Under each heading the texts of the smallest things that say something: items of lists and rows of tables."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.section, self.facts, self.open, self.stack = "top", {}, [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "h2" and attrs.get("id"):
            self.section = attrs["id"]
        if tag in VOID:
            return
        kind = attrs.get("class", "")
        outer = tag == "li" and not any(what for _, what in self.stack if what == "item")
        fact = "row" if tag == "tr" else "item" if outer else None
        if kind in ("silences", "details"):
            fact = None
        self.stack.append((tag, fact))
        if fact:
            self.open.append([])

    def handle_endtag(self, tag):
        while self.stack:
            name, fact = self.stack.pop()
            if fact:
                text = " ".join(" ".join(self.open.pop()).split())
                self.facts.setdefault(self.section, []).append(text)
            if name == tag:
                return

    def handle_data(self, data):
        if self.open:
            self.open[-1].append(data)


def facts(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        page = answer.read().decode()
    reader = Facts()
    reader.feed(page)
    return reader.facts, len(page.encode())


def differences(ours, others):
    """Prints what differs; returns how much does, and the sizes of the pages."""
    mine, size = facts(ours)
    found, sizes = 0, [size]
    for address in others:
        theirs, size = facts(address)
        sizes.append(size)
        for section in sorted(set(mine) | set(theirs)):
            a, b = mine.get(section, []), theirs.get(section, [])
            for number in range(max(len(a), len(b))):
                one = a[number] if number < len(a) else "(nothing)"
                other = b[number] if number < len(b) else "(nothing)"
                if one.replace(" ", "") != other.replace(" ", ""):
                    found += 1
                    if found <= 10:
                        print(f"{address} #{section} {number}:\n  ours  {one}\n  other {other}", file=sys.stderr)
    return found, sizes, {section: len(texts) for section, texts in mine.items()}


if __name__ == "__main__":
    found, sizes, counted = differences(sys.argv[1], sys.argv[2:])
    print(f"{found} differences; facts compared: {counted}; bytes: {sizes}")
    sys.exit(1 if found else 0)
