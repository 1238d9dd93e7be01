#!/usr/bin/env python3
"""Whether pages hold the same facts. Read out of the HTML and compared are the text of each card, happening, silence,
promise, figure, edition and sentence (so the beginning of why, who promised, the gravest silence and how many more), the
addresses it leads to, its states and shapes, what is drawn, and how many elements of each kind the page has. Spaces and the
way in which characters are escaped are no facts.

same.py OURS OTHER [OTHER...]        addresses of pages
"""

import os
import sys
import urllib.request
from collections import Counter
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "img", "input", "hr", "use", "line", "circle", "path", "rect"}
# The outermost of these hold one fact each; in lists of terms it is a group of a term and what is said of it.
FACTS = {"title", "h1", "h2", "h3", "p", "li", "tr", "figcaption", "summary", "svg"}
SAYING = {"href", "datetime", "d"}
LENGTHS = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "width", "height"}


class Facts(HTMLParser):
    """Under each heading the facts, as texts."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.section, self.facts, self.open, self.stack = "top", {}, None, []
        self.elements = Counter()

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        self.elements[tag] += 1
        if tag == "h2" and attrs.get("id"):
            self.section = attrs["id"]
        if tag == "footer":
            self.section = tag
        is_group = tag == "div" and self.stack and self.stack[-1][0] == "dl"
        begins = self.open is None and tag not in VOID and (tag in FACTS or is_group)
        if begins:
            self.open = []
        if tag not in VOID:
            self.stack.append((tag, begins))
        if self.open is not None:
            self.open.extend(said_by(attrs))

    def handle_endtag(self, tag):
        if not any(name == tag for name, _ in self.stack):
            return
        while self.stack:
            name, begun = self.stack.pop()
            if begun:
                self.facts.setdefault(self.section, []).append(" ".join(" ".join(self.open).split()))
                self.open = None
            if name == tag:
                return

    def handle_data(self, data):
        if self.open is not None:
            self.open.append(data)


def said_by(attrs):
    """What the attributes of an element say: where it leads, its states, and where it is drawn, to a whole percent."""
    for name, value in attrs.items():
        if name in SAYING:
            yield f"<{value}>"
        elif name == "class":
            yield from (f"<{word}>" for word in value.split() if word.startswith(("is-", "has-")))
        elif name in LENGTHS and value.endswith("%"):
            yield f"<{float(value[:-1]):.0f}%>"


def facts(address):
    with urllib.request.urlopen(address, timeout=60) as answer:
        page = answer.read().decode()
    reader = Facts()
    reader.feed(page)
    elements = [f"{count} {tag}" for tag, count in sorted(reader.elements.items())]
    return {**reader.facts, "elements": elements}, len(page.encode())


def near(text, other):
    """A text from a little before the place where it begins to differ from another."""
    begin = max(0, len(os.path.commonprefix([text, other])) - 60)
    return ("…" if begin else "") + text[begin : begin + 160]


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
                        print(f"{address} #{section} {number}:", file=sys.stderr)
                        print(f"  ours  {near(one, other)}\n  other {near(other, one)}", file=sys.stderr)
    return found, sizes, {section: len(texts) for section, texts in mine.items()}


if __name__ == "__main__":
    found, sizes, counted = differences(sys.argv[1], sys.argv[2:])
    print(f"{found} differences; facts compared: {counted}; bytes: {sizes}")
    sys.exit(1 if found else 0)
