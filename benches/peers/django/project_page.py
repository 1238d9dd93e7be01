"""The project page in Django: its ORM, the cached template loader, gunicorn with 2 workers.

DATABASE=path gunicorn --workers 2 --bind 127.0.0.1:8083 project_page:application
"""

import datetime
import json
import os
from pathlib import Path

from django.conf import settings

HERE = Path(__file__).parent

settings.configure(
    DEBUG=False,
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    SECRET_KEY="only for benches",
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    # What a site of pages has at the least; sessions, users and messages are left out.
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["DATABASE"],
            "CONN_MAX_AGE": None,
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [HERE / "templates"],
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"])
                ],
                "builtins": ["words"],
            },
        }
    ],
)

import django  # noqa: E402

django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.db.models import Count, Q  # noqa: E402
from django.http import Http404  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402

import words  # noqa: E402


class Table(models.Model):
    class Meta:
        abstract = True
        app_label = "bench"
        managed = False


class Project(Table):
    slug = models.TextField(primary_key=True)
    title = models.TextField()
    organisation = models.TextField()
    summary = models.TextField(null=True)
    head_seq = models.IntegerField()
    fingerprint = models.TextField()
    taken_on = models.TextField(null=True)
    last_on = models.TextField(null=True)
    confirmed = models.IntegerField()

    class Meta(Table.Meta):
        db_table = "bench_project"


class Recommendation(Table):
    position = models.IntegerField(primary_key=True)
    reference = models.TextField()
    title = models.TextField()
    responsible = models.TextField()
    response = models.TextField()
    response_since = models.TextField()
    progress = models.TextField()
    progress_since = models.TextField()
    reason = models.TextField(null=True)
    why = models.TextField(null=True)
    next_look = models.TextField(null=True)
    verdict = models.TextField(null=True)
    foremost = models.TextField(null=True)
    foremost_since = models.TextField(null=True)
    silences = models.IntegerField()
    silent_since = models.TextField(null=True)

    class Meta(Table.Meta):
        db_table = "bench_recommendation"


class Silence(Table):
    rowid = models.IntegerField(primary_key=True)
    reference = models.TextField()
    kind = models.TextField()
    since = models.TextField()

    class Meta(Table.Meta):
        db_table = "bench_silence"


class Latest(Table):
    position = models.IntegerField(primary_key=True)
    reference = models.TextField()
    title = models.TextField()
    day = models.TextField()
    silent = models.BooleanField()
    what = models.TextField()
    words = models.TextField(null=True)

    class Meta(Table.Meta):
        db_table = "bench_latest"


class Promise(Table):
    position = models.IntegerField(primary_key=True)
    reference = models.TextField()
    title = models.TextField()
    responsible = models.TextField()
    words = models.TextField()
    state = models.TextField()
    first_due_on = models.TextField()
    due_on = models.TextField()
    kept_on = models.TextField(null=True)
    moves = models.IntegerField()

    class Meta(Table.Meta):
        db_table = "bench_promise"


class Figure(Table):
    position = models.IntegerField(primary_key=True)
    name = models.TextField()
    how = models.TextField()
    value = models.TextField()
    percent = models.IntegerField(null=True)
    beside = models.TextField()

    class Meta(Table.Meta):
        db_table = "bench_figure"


class Edition(Table):
    period = models.TextField(primary_key=True)
    responded_count = models.IntegerField(null=True)
    responded_of = models.IntegerField(null=True)
    completed_count = models.IntegerField(null=True)
    completed_of = models.IntegerField(null=True)
    explained_count = models.IntegerField(null=True)
    explained_of = models.IntegerField(null=True)
    told_count = models.IntegerField(null=True)
    told_of = models.IntegerField(null=True)

    class Meta(Table.Meta):
        db_table = "bench_edition"


AT_ONCE = 200
SILENT = 20
PROMISES = 60


def linked(rows, base):
    rows = list(rows)
    for row in rows:
        row.href = f"{base}/r/{row.reference}"
    return rows


def dressed(rows, base):
    rows = linked(rows, base)
    for row in rows:
        row.responders = words.responders(row.responsible)
    return rows


def show(request, slug):
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise Http404
    base = f"/p/{slug}"
    counts = Recommendation.objects.aggregate(
        all_of=Count("position"),
        answered=Count("position", filter=~Q(response="awaiting")),
        done=Count("position", filter=Q(progress="done")),
        stalled=Count("position", filter=Q(progress="stalled")),
        silent=Count("silent_since"),
    )
    promised = Promise.objects.aggregate(
        all_of=Count("position"),
        kept=Count("position", filter=Q(state__in=("kept", "kept-late"))),
        open=Count("position", filter=Q(state="open")),
        missed=Count("position", filter=Q(state="missed")),
        moved=Count("position", filter=Q(moves__gt=0)),
    )
    silent = Recommendation.objects.filter(silent_since__isnull=False).order_by("silent_since", "position")
    silent = dressed(silent[:SILENT], base)
    silences = {}
    for silence in Silence.objects.filter(reference__in=[row.reference for row in silent]).order_by("rowid"):
        silences.setdefault(silence.reference, []).append(silence)
    for row in silent:
        row.all = silences.get(row.reference, ())
    figures = list(Figure.objects.order_by("position"))
    for it in figures:
        it.beside = json.loads(it.beside)
    context = {
        "project": project,
        "base": base,
        "today": datetime.date.today().isoformat(),
        "counts": words.counts(base, {**counts, "missed": promised["missed"], "confirmed": project.confirmed}),
        "rows": dressed(Recommendation.objects.order_by("position")[:AT_ONCE], base),
        "more": max(0, counts["all_of"] - AT_ONCE),
        "latest": linked(Latest.objects.order_by("position"), base),
        "silent": silent,
        "more_silent": max(0, counts["silent"] - SILENT),
        "promises": dressed(Promise.objects.order_by("position")[:PROMISES], base),
        "promised": promised,
        "more_promises": max(0, promised["all_of"] - PROMISES),
        "figures": figures,
        "course": words.course(list(Edition.objects.order_by("period").values())),
    }
    return render(request, "project.html", context)


urlpatterns = [path("p/<slug:slug>", show)]
application = get_wsgi_application()
