"""The project page in Django: its ORM, the cached template loader, gunicorn with 2 workers.

DATABASE=path gunicorn --workers 2 --bind 127.0.0.1:8083 project_page:application
"""

import datetime
import json
import os
from pathlib import Path
from urllib.parse import quote

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
from django.db.models import Case, Count, F, Q, Value, When  # noqa: E402
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
    verdict = models.TextField(null=True)
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
    details = models.TextField()
    proof = models.TextField(null=True)

    class Meta(Table.Meta):
        db_table = "bench_latest"


class Promise(Table):
    position = models.IntegerField(primary_key=True)
    reference = models.TextField()
    title = models.TextField()
    words = models.TextField()
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


def dressed(rows, base, silences):
    rows = list(rows)
    for row in rows:
        row.href = f"{base}/r/{row.reference}"
        names = [name.strip() for name in row.responsible.split(";")]
        row.responders = [(name, "/responders/" + quote(" ".join(name.split()).lower())) for name in names if name]
        row.silences = silences.get(row.reference, ())
    return rows


def show(request, slug):
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        raise Http404
    today, base = datetime.date.today().isoformat(), f"/p/{slug}"
    counts = Recommendation.objects.aggregate(
        all_of=Count("position"),
        answered=Count("position", filter=~Q(response="awaiting")),
        done=Count("position", filter=Q(progress="done")),
        confirmed=Count("position", filter=Q(verdict="confirmed")),
        stalled=Count("position", filter=Q(progress="stalled")),
        silent=Count("silent_since"),
    )
    rows = list(Recommendation.objects.order_by("position")[:200])
    silent = list(
        Recommendation.objects.filter(silent_since__isnull=False).order_by("silent_since", "position")[:20]
    )
    silences = {}
    wanted = {row.reference for row in rows} | {row.reference for row in silent}
    for silence in Silence.objects.filter(reference__in=wanted).order_by("rowid"):
        silences.setdefault(silence.reference, []).append(silence)
    state = Case(
        When(kept_on__isnull=False, kept_on__lte=F("first_due_on"), then=Value("kept")),
        When(kept_on__isnull=False, then=Value("kept-late")),
        When(due_on__lt=today, then=Value("missed")),
        default=Value("open"),
    )
    order = Case(
        When(state="missed", then=0), When(state="open", then=1), When(state="kept-late", then=2), default=3
    )
    promises = list(Promise.objects.annotate(state=state).order_by(order, "due_on", "position"))
    for promise in promises:
        promise.href = f"{base}/r/{promise.reference}"
    latest = list(Latest.objects.order_by("position"))
    for it in latest:
        it.href, it.details = f"{base}/r/{it.reference}", json.loads(it.details)
    figures = list(Figure.objects.order_by("position"))
    for it in figures:
        it.beside = json.loads(it.beside)
    context = {
        "project": project,
        "base": base,
        "today": today,
        "counts": counts,
        "rows": dressed(rows, base, silences),
        "more": max(0, counts["all_of"] - 200),
        "latest": latest,
        "silent": dressed(silent, base, silences),
        "more_silent": max(0, counts["silent"] - 20),
        "promises": promises,
        "promised": {
            "kept": sum(row.state in ("kept", "kept-late") for row in promises),
            "open": sum(row.state == "open" for row in promises),
            "missed": sum(row.state == "missed" for row in promises),
            "moved": sum(row.moves > 0 for row in promises),
        },
        "figures": figures,
        "course": words.course(list(Edition.objects.order_by("period").values())),
    }
    return render(request, "project.html", context)


urlpatterns = [path("p/<slug:slug>", show)]
application = get_wsgi_application()
