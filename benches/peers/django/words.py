"""The words of codes and days, and the numbers of the plot."""

import datetime

from django import template

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
    "none": "Not enough answers from participants to say",
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
SILENCE = {
    "overdue": "No answer. It was due by {}",
    "promise": "A promise was due by {}, and there is no word that it was kept",
    "review": "It was to be looked at again by {}",
    "stale": "The explanation has been out of date since {}",
    "quiet": "Nobody has said anything since {}",
}
AXES = {"response": RESPONSE, "progress": PROGRESS}


@register.filter
def day(iso):
    """ "2026-05-01" as "1 May 2026"."""
    return f"{int(iso[8:10])} {MONTHS[int(iso[5:7]) - 1]} {iso[:4]}"


@register.filter
def age(since, today):
    days = max(0, (datetime.date.fromisoformat(today) - datetime.date.fromisoformat(since)).days)
    if days < 60:
        return "1 day" if days == 1 else f"{days} days"
    return f"about {days * 2 // 61} months"


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
def silence(it):
    return SILENCE[it.kind].format(day(it.since))


SERIES = [("responded", "Answered"), ("completed", "Done"), ("explained", "Explained"), ("told", "Told")]


def course(editions):
    if not editions:
        return None
    time = [datetime.date.fromisoformat(edition["period"]) for edition in editions]
    span = max(1, (time[-1] - time[0]).days)
    lines = []
    for key, name in SERIES:
        points = [
            (
                f"{(on - time[0]).days / span * 100:.2f}",
                f"{100 - edition[key + '_count'] / edition[key + '_of'] * 100:.2f}",
            )
            for on, edition in zip(time, editions)
            if edition[key + "_of"]
        ]
        joins = [(*before, *after) for before, after in zip(points, points[1:])]
        lines.append({"key": key, "name": name, "points": points, "joins": joins})
    return {
        "from": editions[0]["period"],
        "to": editions[-1]["period"],
        "lines": lines,
        "editions": [
            {
                "on": edition["period"],
                "cells": [f"{edition[key + '_count']} of {edition[key + '_of']}" for key, _ in SERIES],
            }
            for edition in editions
        ],
    }
