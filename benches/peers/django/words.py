"""The words of codes and days, and the numbers of the plot."""

import datetime
from functools import lru_cache
from urllib.parse import quote

from django import template
from django.utils.safestring import mark_safe

register = template.Library()

MONTHS = (
    "January February March April May June July August September October November December".split()
)
RESPONSE = {
    "awaiting": "No answer yet",
    "accepted": "Accepted",
    "accepted_in_part": "Accepted in part",
    "declined": "Turned down",
}
PROGRESS = {
    "not_started": "Not started",
    "planned": "Planned",
    "in_progress": "Under way",
    "stalled": "Stuck",
    "done_in_part": "Done in part",
    "done": "Done",
    "stopped": "Stopped",
    "superseded": "Replaced",
}
VERDICT = {
    "confirmed": "Confirmed by participants",
    "disputed": "Disputed by participants",
    "none": "Too few answers from participants yet",
}
PROMISE = {"kept": "Kept", "kept-late": "Kept late", "missed": "Missed", "open": "Still open"}
REASON = {
    "money": "money",
    "staff_time": "not enough staff time",
    "logistics": "practical problems",
    "leadership_change": "a change of leadership or staff",
    "law_or_policy": "a law or policy",
    "another_body_decides": "somebody else has to decide",
    "waiting_for_partner": "waiting for a partner",
    "more_evidence_needed": "more evidence is needed",
    "our_own_delay": "the organisation’s own delay",
}
# The day follows.
SILENCE = {
    "response_overdue": "No answer. Due",
    "promise_missed": "Promise missed. Due",
    "review_date_passed": "No new look. Due",
    "answer_stale": "Explanation of the answer out of date since",
    "work_stale": "Explanation of the work out of date since",
    "gone_quiet": "Nothing new since",
}


@register.filter
@lru_cache(10_000)
def day(iso):
    """ "2026-05-01" as "1 May 2026"."""
    return f"{int(iso[8:10])} {MONTHS[int(iso[5:7]) - 1]} {iso[:4]}"


@register.filter
@lru_cache(10_000)
def age(since, today):
    days = max(0, (datetime.date.fromisoformat(today) - datetime.date.fromisoformat(since)).days)
    if days < 60:
        return "1 day" if days == 1 else f"{days} days"
    months = (days * 10 + 152) // 304
    return "about 1 month" if months == 1 else f"about {months} months"


@register.filter
def response(code):
    return RESPONSE[code]


@register.filter
def progress(code):
    return PROGRESS[code]


@register.filter
def verdict(code):
    return VERDICT[code]


@register.filter
def promise(code):
    return PROMISE[code]


@register.filter
def reason(code):
    return REASON[code]


@register.filter
def silence(code):
    return SILENCE[code]


@lru_cache(1_000)
def responders(responsible):
    """ "The Ferry Company; the board" as names with the addresses of their pages."""
    names = [name.strip() for name in responsible.split(";")]
    return [(name, "/responders/" + quote(" ".join(name.split()).lower())) for name in names if name]


def counts(base, number):
    """The counts at the top, each with the list behind it where there is anything in it."""
    of, unanswered, shown = number["all_of"], number["all_of"] - number["answered"], f"{base}/recommendations?"
    missed = "promise" if number["missed"] == 1 else "promises"
    counts = [
        ("answered", "response-accepted", number["answered"], f"of {of} answered", shown + "answered=yes"),
        ("unanswered", "response-awaiting", unanswered, "not answered", shown + "answered=no"),
        ("done", "progress-done", number["done"], "done", shown + "progress=done"),
        ("stalled", "progress-stalled", number["stalled"], "stuck", shown + "progress=stalled"),
        ("silent", "silence", number["silent"], "late or silent", "#silent"),
        ("missed", "promise-missed", number["missed"], f"{missed} missed", "#promises"),
        ("confirmed", "verdict-confirmed", number["confirmed"], "confirmed", shown + "verdict=confirmed"),
    ]
    return [
        {"code": code, "shape": shape, "words": f"{count} {words}", "href": href if count else None}
        for code, shape, count, words, href in counts
        if code != "unanswered" or count
    ]


SERIES = [("responded", "Answered"), ("completed", "Done"), ("explained", "Explained"), ("told", "Told")]

MARKS = [
    mark_safe(mark)
    for mark in (
        '<circle r="4.5"/>',
        '<path d="M-4.5-4.5h9v9h-9z"/>',
        '<path d="M0-5.5l5.5 9.5h-11z"/>',
        '<path d="M0-6l6 6-6 6-6-6z"/>',
    )
]


def of_words(count, of):
    if of is None:
        return "not shown, to protect people" if count is None else str(count)
    return f"not shown, to protect people; out of {of}" if count is None else f"{count} of {of}"


def course(editions):
    if not editions:
        return None
    time = [datetime.date.fromisoformat(edition["period"]) for edition in editions]
    span = max(1, (time[-1] - time[0]).days)
    lines = []
    for (key, name), mark in zip(SERIES, MARKS):
        points, joins, joined, last = [], [], False, None
        for on, edition in zip(time, editions):
            count, of = edition[key + "_count"], edition[key + "_of"]
            if count is None or not of:
                joined = False
                continue
            point = (f"{(on - time[0]).days / span * 100:.2f}", f"{100 - count / of * 100:.2f}")
            if joined:
                joins.append((*points[-1], *point))
            points.append(point)
            joined, last = True, of_words(count, of)
        lines.append({"key": key, "name": name, "mark": mark, "points": points, "joins": joins, "last": last})
    order = sorted(lines, key=lambda line: float(line["points"][-1][1]) if line["points"] else 101.0)
    return {
        "from": editions[0]["period"],
        "to": editions[-1]["period"],
        "lines": lines,
        "order": order,
        "leads": [
            {"from": line["points"][-1][1], "to": f"{(slot + 0.5) / len(lines) * 100:.2f}"}
            for slot, line in enumerate(order)
            if line["points"] and line["points"][-1][0] == "100.00"
        ],
        "editions": [
            {
                "on": edition["period"],
                "cells": [of_words(edition[key + "_count"], edition[key + "_of"]) for key, _ in SERIES],
            }
            for edition in editions
        ],
    }
