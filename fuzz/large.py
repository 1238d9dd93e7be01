#!/usr/bin/env python3
"""Files of up to 10 MB that were made to harm, through `hearback import --check`: seconds and the most memory of each.

fuzz/large.py PATH/TO/hearback [NAME ...]

Ends with 1 where one takes more than 256 MB. The files lie in a folder that is gone afterwards.
"""

import io
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

SIZE, MOST = 10_000_000, 256
SAMPLE = {path.name: path.read_bytes() for path in (Path(__file__).parent.parent / "sample").glob("*.csv")}
STORIES = "code,participant,summary,url,medium,gathered_on,consent,attribution,content_note,themes"
PEOPLE = "id,greeting_name,email,phone,postal_address,channel,language,format,cadence,quiet_times,contact_consent"
NOTE = "recommendation,on,kind,value"
EMPTY = {"evidence": "recommendation,story,direction\n", "history": NOTE + "\n", "acts": "participant,on,act\n"}
LINKS = '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="s.xml"/><Relationship Id="r2" ' \
    'Type="x/sharedStrings" Target="t.xml"/></Relationships>'
LETTERS = "abcdefghijklmnopqrstuvwxyz"
# From a process of its own: what a child has in common with a large parent before it starts would count as its own.
MEASURE = """import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""
random.seed(1)


def noise(length):
    return "".join(random.choices(LETTERS, k=length))


def rows(head, row, most=100_000, size=SIZE):
    lines, length = [head], len(head) + 1
    for number in range(most):
        line = row(number)
        length += len(line.encode()) + 1
        if length > size:
            break
        lines.append(line)
    return "\n".join(lines) + "\n"


def folder(**sheets):
    changed = {f"{name}.csv": text if isinstance(text, bytes) else text.encode() for name, text in sheets.items()}
    return {**SAMPLE, **changed}


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def xlsx(rows="", shared="<sst/>", sheets='<sheet name="stories" sheetId="1" r:id="r1"/>', links=LINKS):
    book = f'<workbook xmlns:r="r"><sheets>{sheets}</sheets></workbook>'
    cells = rows if rows.startswith("<a>") else f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    return packed([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", book), ("xl/_rels/workbook.xml.rels", links),
                   ("xl/s.xml", cells), ("xl/t.xml", shared)])


def ods(tables, styles=""):
    names = 'xmlns:table="t" xmlns:text="x" xmlns:office="o"'
    body = f"<d {names}><automatic-styles>{styles}</automatic-styles><body><spreadsheet>{tables}</spreadsheet></body></d>"
    return packed([("content.xml", body)])


def table(rows):
    return f'<table:table table:name="stories">{rows}</table:table>'


def cells(count, of):
    return "<row>" + "".join(f"<c><v>{random.randrange(of)}</v></c>" for _ in range(count)) + "</row>"


TONGUES = [first + second for first in LETTERS for second in LETTERS][:240]
HIDDEN = '<style name="h"><table-properties display="false"/></style>'
WIDE = "<table:table-row table:number-rows-repeated=\"99990\"><table:table-cell table:number-columns-repeated=\"9\">" \
    "<text:p>abcdefghijklmno</text:p></table:table-cell></table:table-row>"
CASES = {
    "tiny cells": lambda: folder(stories=STORIES + "\n" + ("a," * 9 + "a\n") * (SIZE // 20)),
    "one cell": lambda: folder(stories=STORIES + "\nA," + "x" * SIZE),
    "commas": lambda: folder(stories="," * SIZE),
    "newlines": lambda: folder(stories="\n" * SIZE),
    "quotes": lambda: folder(stories=STORIES + "\n" + '"' * (SIZE + 1)),
    "an open quote on each line": lambda: folder(stories=STORIES + "\n" + '"a\n' * (SIZE // 3)),
    "UTF-16": lambda: folder(stories=b"\xff\xfe" + (STORIES + "\nA," + "\u6f22" * (SIZE // 2)).encode("utf-16-le")),
    "Windows-1252": lambda: folder(stories=STORIES.encode() + b"\nA," + b"\x80" * SIZE),
    "short evidence": lambda: folder(evidence=rows("recommendation,story,direction", lambda n: f"R01,S{n:x},supports")),
    "one link again and again": lambda: folder(evidence=rows("recommendation,story,direction", lambda n: "R01,NYH9,supports")),
    "short stories": lambda: folder(stories=rows("code,participant,medium", lambda n: f"S{n:x},S01,written")),
    "many unknown themes": lambda: folder(
        stories=rows(STORIES, lambda n: f"S{n:x},S01,,,written,,,,," + ";".join(LETTERS + LETTERS.upper()[:10]))),
    "people with everything": lambda: folder(participants=rows(
        PEOPLE, lambda n: f"P{n:x},N,p{n:x}@x.org,01234 567890,Lane {n},email,en,standard,every,,yes")),
    "quiet times": lambda: folder(
        participants=rows(PEOPLE, lambda n: f"P{n:x},,,,,none,,,,mon;tue;wed;thu;fri;sat;2026-01-01,yes")),
    "notes": lambda: folder(history=rows(NOTE + ",explanation", lambda n: f"R01,2025-04-08,note,n{n:x}," + "Word " * 14)),
    "240 languages": lambda: folder(history=rows(
        NOTE + ",explanation," + ",".join("explanation_" + tongue for tongue in TONGUES),
        lambda n: f"R01,2025-04-08,note,n{n:x},x," + ",".join("x" * 240))),
    "recommendations": lambda: folder(recommendations=rows("ref,title,text", lambda n: f"Q{n:x},t,x"), **EMPTY),
    "learnings": lambda: folder(
        learnings=rows("id,text", lambda n: f"L{n:x},t"), recommendations="ref,title,text\nR01,t,x\n", **EMPTY),
    "notes in a zip": lambda: packed({**folder(**EMPTY), "history.csv": rows(
        NOTE + ",explanation", lambda n: f"R01,2025-04-08,note,n{n:x}," + "Word " * 20 + noise(25), 99_000, 16_700_000)}.items()),
    "entries": lambda: packed((f"{number:x}", b"") for number in range(80_000)),
    "a million cells": lambda: xlsx("".join(cells(10, 10**6) for _ in range(99_000))),
    "a million texts": lambda: xlsx(shared="<sst>" + "".join(f"<si><t>{noise(8)}</t></si>" for _ in range(990_000)) + "</sst>"),
    "nesting": lambda: xlsx("<a>" * 3_000_000),
    "names of 60 kB": lambda: xlsx(
        sheets="".join(f'<sheet name="{noise(600) * 105}" r:id="r1"/>' for _ in range(1_990))),
    "places of 60 kB": lambda: xlsx(links="<Relationships>" + "".join(
        f'<Relationship Id="r{n}" Type="x/worksheet" Target="{noise(600) * 105}"/>' for n in range(1_990)) + "</Relationships>"),
    "repeated cells": lambda: ods(table(WIDE)),
    "tables": lambda: ods("".join(f'<table:table table:name="{noise(3)}"/>' for _ in range(3_000_000))),
    "tables of one name": lambda: ods("".join(f'<table:table table:name="stories" a="{noise(2)}"/>' for _ in range(2_000_000))),
    "hidden tables": lambda: ods(
        "".join(f'<table:table table:name="{noise(3)}" table:style-name="h"/>' for _ in range(1_900_000)), HIDDEN),
    "a row of millions": lambda: ods(table("<table:table-row>" + "".join(
        f"<table-cell><p>{noise(1)}</p></table-cell>" for _ in range(3_500_000)) + "</table:table-row>")),
}


def main():
    binary, *names = sys.argv[1:]
    worst = 0
    print("| file | MB | s | MB at most |\n|---|---|---|---|")
    for name in names or CASES:
        made = CASES[name]()
        with tempfile.TemporaryDirectory() as work:
            path = Path(work) / "pack"
            if isinstance(made, bytes):
                path.write_bytes(made)
                size = len(made)
            else:
                path.mkdir()
                for sheet, content in made.items():
                    (path / sheet).write_bytes(content)
                size = sum(map(len, made.values()))
            begun = time.monotonic()
            settings = {"HEARBACK_DATABASE_URL": f"sqlite://{work}/db", "HEARBACK_KEY_FILE": f"{work}/key"}
            command = [sys.executable, "-c", MEASURE, Path(binary).resolve(), "import", "--check", path]
            said = subprocess.run(command, cwd=work, env={**os.environ, **settings}, check=True, capture_output=True)
            code, kilobytes = map(int, said.stdout.split())
        most = kilobytes * 1024 / 1_000_000
        worst = max(worst, most)
        # 1 is a failure that nobody foresaw, 101 and what is below 0 a crash.
        says = "" if code in (0, 2) else f" ended with {code}"
        print(f"| {name} | {size / 1e6:.1f} | {time.monotonic() - begun:.1f} | {most:.0f}{says} |", flush=True)
        worst = MOST + 1 if says else worst
    sys.exit(worst > MOST)


main()
