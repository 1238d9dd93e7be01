#!/usr/bin/env python3
"""Measures the project page: kept, asked for again, made anew, and beside it the same page in Express and Django.

benches/web.py [--rounds 5] [--seconds 5] [--keep] [--small-only]

Everything that it makes lies in target/bench-web. It needs cargo, wrk, node with npm, and python3 with venv.
"""

import argparse
import http.client
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import measuring
from measuring import BENCHES, ROOT, built, cpu, figures, machine, median, memory, run, stolen, stop
from same import differences

WORK = ROOT / "target" / "bench-web"
PAGE = "/p/the-long-road"
PORTS = {"ours": 18080, "anew": 18081, "cold": 18082, "express": 18083, "django": 18084, "open": 18085}


def filled(programs, name, recommendations, events, keep):
    folder = WORK / name
    marker = folder / "made"
    today = time.strftime("%Y-%m-%d", time.gmtime())
    if keep and marker.exists() and marker.read_text() == today:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    began = time.monotonic()
    run(programs["fill"], folder, recommendations, events)
    print(f"made in {time.monotonic() - began:.0f} s", file=sys.stderr)
    marker.write_text(today)
    return folder


def peers():
    """Installs both peers from their pinned lists, once."""
    express, django = WORK / "express", WORK / "django"
    wanted = (BENCHES / "peers/express/package.json").read_text()
    if not (express / "done").exists() or (express / "done").read_text() != wanted:
        shutil.rmtree(express, ignore_errors=True)
        express.mkdir(parents=True)
        shutil.copy(BENCHES / "peers/express/package.json", express)
        run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", cwd=express, stdout=subprocess.DEVNULL)
        (express / "done").write_text(wanted)
    for name in ("server.js", "words.js"):
        shutil.copy(BENCHES / "peers/express" / name, express)
    shutil.copytree(BENCHES / "peers/express/views", express / "views", dirs_exist_ok=True)
    wanted = (BENCHES / "peers/django/requirements.txt").read_text()
    if not (django / "done").exists() or (django / "done").read_text() != wanted:
        shutil.rmtree(django, ignore_errors=True)
        run(sys.executable, "-m", "venv", django)
        run(django / "bin/pip", "install", "-q", "-r", BENCHES / "peers/django/requirements.txt")
        (django / "done").write_text(wanted)
    return express, django


def start(port, command, environment=None, cwd=None, log="server"):
    return measuring.start(port, command, WORK / f"{log}.log", environment, cwd)


def serving(programs, folder, port, log="ours"):
    settings = {
        "HEARBACK_DATABASE_URL": f"sqlite://{folder}/hearback.db",
        "HEARBACK_LISTEN": f"127.0.0.1:{port}",
        "HEARBACK_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "HEARBACK_ALLOW_FILE_MAIL": "yes",
    }
    return start(port, [programs["hearback"], "serve"], settings, log=log)


def ask(port, path=PAGE, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    began = time.perf_counter()
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    took = time.perf_counter() - began
    connection.close()
    return took, answer, body


def wrk(port, seconds, process, tag=None):
    environment = {**os.environ}
    if tag:
        environment["BENCH_TAG"] = tag
    before, machine_before = cpu(process.pid), machine()
    command = ["wrk", "-t2", "-c32", f"-d{seconds}s", "--timeout", "20s", "--latency", "-s", BENCHES / "report.lua"]
    said = subprocess.run(
        [str(part) for part in [*command, f"http://127.0.0.1:{port}{PAGE}"]],
        env=environment, check=True, capture_output=True, text=True,
    ).stdout
    after, taken = cpu(process.pid), stolen(machine_before)
    measured = json.loads(next(line for line in said.splitlines() if line.startswith("JSON "))[5:])
    if measured["errors"]:
        print(f"{measured['errors']} errors on port {port}", file=sys.stderr)
    return {
        "rps": measured["requests"] / measured["us"] * 1e6,
        "p50": measured["p50"] / 1000,
        "p99": measured["p99"] / 1000,
        "cpu": (after - before) / max(1, measured["requests"]) * 1e6,
        "bytes": measured["bytes"] / max(1, measured["requests"]),
        "stolen": taken,
        "errors": measured["errors"],
    }


def ready(port, process):
    """Waits until a server of ours says that it is ready."""
    while process.poll() is None:
        if ask(port, "/health/ready")[1].status == 200:
            return
        time.sleep(0.002)
    sys.exit(f"what listened on port {port} ended before it was ready")


def opening(programs, folders, times):
    """How long a start takes until the server says that it is ready, and the first request after that, in milliseconds,
    and how much memory is resident after it."""
    first, starts = ({name: [] for name in folders} for _ in range(2))
    resident = {}
    for _ in range(times):
        for name, folder in folders.items():
            began = time.perf_counter()
            process = serving(programs, folder, PORTS["open"], log=f"open-{name}")
            ready(PORTS["open"], process)
            starts[name].append((time.perf_counter() - began) * 1000)
            first[name].append(ask(PORTS["open"])[0] * 1000)
            for _ in range(50):
                ask(PORTS["open"])
            resident[name] = memory(process.pid)
            stop(process)
    medians = ({name: statistics.median(times) for name, times in of.items()} for of in (first, starts))
    return *medians, resident


def made(programs, folders, times):
    """A page made anew from the record in memory, one request at a time, in milliseconds."""
    servers = {}
    for port, (name, folder) in zip((PORTS["open"], PORTS["open"] + 1), folders.items()):
        command = [programs["anew"], folder, f"127.0.0.1:{port}", "pages"]
        servers[name] = (port, start(port, command, log=f"made-{name}"))
        ask(port)
    took = {name: [] for name in folders}
    for _ in range(times):
        for name, (port, _) in servers.items():
            took[name].append(ask(port)[0] * 1000)
    for _, process in servers.values():
        stop(process)
    return {name: statistics.median(times) for name, times in took.items()}


def measured(servers, tag, args):
    targets = {
        "kept": ("ours", None),
        "304": ("ours", tag),
        "anew": ("anew", None),
        "cold": ("cold", None),
        "express": ("express", None),
        "django": ("django", None),
    }
    for what, (name, with_tag) in targets.items():
        wrk(PORTS[name], min(2, args.seconds), servers[name], with_tag)
    rounds = {what: [] for what in targets}
    for number in range(args.rounds):
        print(f"round {number + 1} of {args.rounds}", file=sys.stderr)
        for what, (name, with_tag) in targets.items():
            rounds[what].append(wrk(PORTS[name], args.seconds, servers[name], with_tag))
    return rounds


LABELS = {
    "kept": "hearback, page from the cache",
    "304": "hearback, 304",
    "anew": "hearback, page made anew",
    "cold": "hearback, record read anew too",
    "express": "Express, cluster of 2",
    "django": "Django, gunicorn with 2 workers",
}


def told(rounds, resident, first, starts, anew, sizes):
    def of(what, which):
        return median(rounds, what, which)

    print("\n| what | requests/s | p50 ms | p99 ms | CPU µs per request | bytes | stolen % |")
    print("|---|---|---|---|---|---|---|")
    for what, label in LABELS.items():
        print(
            f"| {label} | {of(what, 'rps'):,.0f} | {of(what, 'p50'):.1f} | {of(what, 'p99'):.1f} "
            f"| {of(what, 'cpu'):,.0f} | {of(what, 'bytes'):,.0f} | {of(what, 'stolen'):.1f} |"
        )
    rate = {what: of(what, "rps") for what in LABELS}
    rows = [
        ("page from the cache / Express", rate["kept"] / rate["express"], ">=", 12),
        ("page from the cache / Django", rate["kept"] / rate["django"], ">=", 80),
        ("page made anew / Express", rate["anew"] / rate["express"], ">=", 2),
        ("page made anew / Django", rate["anew"] / rate["django"], ">=", 10),
        ("p99 of a page made anew / Express", of("anew", "p99") / of("express", "p99"), "<=", 0.5),
        # Both fill the machine; most of the CPU of so short an answer is the kernel's, which no program
        # saves, so the CPU stands in the first table and is not held against a limit.
        ("time of a 304 / page from the cache", rate["kept"] / rate["304"], "<=", 0.2),
        ("resident memory after the rounds, MB", resident["ours"][0], "<=", 48),
        ("resident memory at most, MB", resident["ours"][1], "<=", 48),
    ]
    if "large" in first:
        rows += [
            ("2,000 and 100,000 / 200 and 5,000: page made anew", anew["large"] / anew["small"], "<=", 3),
            ("2,000 and 100,000 / 200 and 5,000: first page when ready", first["large"] / first["small"], "<=", 3),
            ("resident memory with 2,000 and 100,000, MB", resident["large"][1], "<=", 48),
        ]
    figures(rows)
    print(f"\nPages of {', '.join(f'{size:,}' for size in sizes)} bytes (hearback, Express, Django).")
    for name, value in first.items():
        print(
            f"{name}: ready {starts[name]:.0f} ms after the start, first page then {value:.1f} ms, "
            f"page made anew {anew[name]:.1f} ms"
        )


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--unlike", action="store_true", help="measure although the pages hold different facts")
    parser.add_argument("--keep", action="store_true", help="use today's databases again")
    parser.add_argument("--small-only", action="store_true", help="leave out the project of 2,000 and 100,000")
    args = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    programs = built("--bin", "hearback", "--bench", "fill", "--bench", "anew")
    folders = {"small": filled(programs, "small", 200, 5_000, args.keep)}
    if not args.small_only:
        folders["large"] = filled(programs, "large", 2_000, 100_000, args.keep)
    express, django = peers()
    database = {"DATABASE": f"{folders['small']}/hearback.db"}
    servers = {"ours": serving(programs, folders["small"], PORTS["ours"])}
    for name, without in (("anew", "pages"), ("cold", "records")):
        address = f"127.0.0.1:{PORTS[name]}"
        servers[name] = start(PORTS[name], [programs["anew"], folders["small"], address, without], log=name)
    settings = {**database, "PORT": str(PORTS["express"]), "NODE_ENV": "production"}
    servers["express"] = start(PORTS["express"], ["node", "server.js"], settings, cwd=express, log="express")
    gunicorn = ["bin/gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{PORTS['django']}", "project_page:application"]
    gunicorn[1:1] = ["--chdir", str(BENCHES / "peers/django")]
    servers["django"] = start(
        PORTS["django"], [django / gunicorn[0], *gunicorn[1:]], {**database, "PYTHONDONTWRITEBYTECODE": "1"},
        log="django",
    )
    addresses = [f"http://127.0.0.1:{PORTS[name]}{PAGE}" for name in ("ours", "anew", "cold", "express", "django")]
    found, sizes, counted = differences(addresses[0], addresses[1:])
    if found and not args.unlike:
        sys.exit(f"the pages differ in {found} facts")
    print(f"{found} facts differ; the pages hold the same facts: {counted}", file=sys.stderr)
    _, answer, _ = ask(PORTS["ours"])
    tag = answer.getheader("ETag")
    if ask(PORTS["ours"], headers={"If-None-Match": tag})[1].status != 304:
        sys.exit("a known page is not answered with 304")
    rounds = measured(servers, tag, args)
    resident = {"ours": memory(servers["ours"].pid)}
    for process in list(servers.values()):
        stop(process)
    first, starts, more = opening(programs, folders, args.rounds)
    anew = made(programs, folders, 6 * args.rounds)
    resident.update(more)
    told(rounds, resident, first, starts, anew, [sizes[0], sizes[3], sizes[4]])
    last = {"rounds": rounds, "resident": resident, "first": first, "starts": starts, "anew": anew}
    (WORK / "last.json").write_text(json.dumps(last))


if __name__ == "__main__":
    try:
        main()
    finally:
        measuring.stop_all()
