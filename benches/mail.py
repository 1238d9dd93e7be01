#!/usr/bin/env python3
"""Measures delivery, and beside it Postfix's generator, Nodemailer and Django sending the same messages.

benches/mail.py [--rounds 5] [--quick]

Everything that it makes lies in target/bench-mail. It needs cargo, node with npm, python3 with venv, openssl, PostgreSQL's
programs, and Postfix's smtp-sink and smtp-source, which it takes out of Debian's package where they are not installed.
"""

import argparse
import email
import html
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from email import policy
from pathlib import Path

import measuring
from measuring import BENCHES, ROOT, built, cpu, environment, figures, machine, median, run, start, stolen

WORK = ROOT / "target" / "bench-mail"
PORTS = {"sink": 18125, "plain": 18126, "link": 18127, "plain-link": 18128, "postgres": 18129, "check": 18130}
ROUND_TRIP = 30
SIGNATURES = {"rsa": ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "ed25519": ["-algorithm", "ed25519"]}


def postfix():
    """The folder with smtp-sink and smtp-source. The package is unpacked, not installed, and its mail server never runs."""
    unpacked = WORK / "postfix"
    if not shutil.which("smtp-sink", path=f"{os.environ['PATH']}:/usr/sbin") and not unpacked.exists():
        with tempfile.TemporaryDirectory() as folder:
            run("apt-get", "download", "postfix", cwd=folder)
            run("dpkg", "-x", next(Path(folder).glob("postfix_*.deb")), unpacked)
    found = shutil.which("smtp-sink", path=f"{os.environ['PATH']}:/usr/sbin:{unpacked}/usr/sbin")
    folder = Path(found).parent
    os.environ["LD_LIBRARY_PATH"] = str(folder.parent / "lib/postfix")
    return folder


def peers():
    """Installs both peers from their pinned lists, once."""
    for name in ("nodemailer", "django_mail"):
        folder, pinned = WORK / name, "package.json" if name == "nodemailer" else "requirements.txt"
        wanted = (BENCHES / "peers" / name / pinned).read_text()
        if not (folder / "done").exists() or (folder / "done").read_text() != wanted:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            shutil.copy(BENCHES / "peers" / name / pinned, folder)
            if name == "nodemailer":
                run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", cwd=folder, stdout=sys.stderr)
            else:
                run(sys.executable, "-m", "venv", folder / "venv")
                run(folder / "venv/bin/pip", "install", "-q", "-r", folder / pinned, stdout=sys.stderr)
            (folder / "done").write_text(wanted)
    # Where Node finds what was installed for it.
    shutil.copy(BENCHES / "peers/nodemailer/send.js", WORK / "nodemailer")
    return {
        "nodemailer": ["node", WORK / "nodemailer/send.js"],
        "django": [WORK / "django_mail/venv/bin/python", BENCHES / "peers/django_mail/send.py"],
    }


def postgres():
    """A server with its default settings, so one that waits for the disk, and the address of its databases."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    # PostgreSQL does not run as root, and its user may not be let into the folder of the project.
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="hearback-bench-"))
    if as_user:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"
    init = [programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    run(*as_user, *init, cwd="/", stdout=subprocess.DEVNULL)
    server = [programs / "postgres", "-D", data, "-p", PORTS["postgres"], "-k", folder, "-c", "listen_addresses=127.0.0.1"]
    process = start(PORTS["postgres"], [*as_user, *server], WORK / "postgres.log", cwd="/")
    url = f"postgres://postgres@127.0.0.1:{PORTS['postgres']}"

    def ask(sql):
        run(programs / "psql", "-q", "-d", f"{url}/postgres", "-c", sql, stdout=subprocess.DEVNULL)

    deadline = time.monotonic() + 30
    while subprocess.run([programs / "pg_isready", "-q", "-d", url]).returncode and time.monotonic() < deadline:
        time.sleep(0.1)
    return process, folder, url, ask


def settings(url, port, connections=8, signature=None):
    given = {
        "HEARBACK_DATABASE_URL": url,
        "HEARBACK_KEY_FILE": str(WORK / "hearback.key"),
        "HEARBACK_PUBLIC_URL": "https://updates.listeningtable.example",
        "HEARBACK_MAIL_FROM": "updates@listeningtable.example",
        "HEARBACK_BOUNCE_ADDRESS": "bounce@listeningtable.example",
        "HEARBACK_MAIL": f"smtp://127.0.0.1:{port}",
        "HEARBACK_MAIL_CONNECTIONS": str(connections),
        "HEARBACK_LOG": "warn",
    }
    if signature:
        key = WORK / f"{signature}.pem"
        if not key.exists():
            run("openssl", "genpkey", *SIGNATURES[signature], "-out", key, stderr=subprocess.DEVNULL)
            key.chmod(0o600)
        given |= {
            "HEARBACK_DKIM_DOMAIN": "listeningtable.example",
            "HEARBACK_DKIM_SELECTOR": signature,
            "HEARBACK_DKIM_KEY_FILE": str(key),
        }
    return given


def asked(command, given=None):
    """What a program says that it did, with the share of the machine's time that was stolen meanwhile."""
    before = machine()
    said = subprocess.run(
        [str(part) for part in command], env=environment(given), cwd=WORK, stdout=subprocess.PIPE, text=True
    )
    if said.returncode:
        sys.exit(f"{command[0]} failed")
    return {**json.loads(said.stdout.splitlines()[-1]), "stolen": stolen(before)}


class Instances:
    """Editions that wait to be sent, made once; each measurement begins with a copy."""

    def __init__(self, send, url, ask):
        self.send, self.url, self.ask = send, url, ask

    def make(self, people):
        base = WORK / f"{people}.db"
        for file in WORK.glob(f"{people}.db*"):
            file.unlink()
        run(self.send, "make", people, env=environment(settings(f"sqlite://{base}", 25)))

    def make_in_postgres(self, people):
        self.ask(f"CREATE DATABASE base{people}")
        run(self.send, "make", people, env=environment(settings(f"{self.url}/base{people}", 25)))
        self.ask("VACUUM ANALYZE")

    def copy(self, people):
        for file in WORK.glob("work.db*"):
            file.unlink()
        shutil.copy(WORK / f"{people}.db", WORK / "work.db")
        return f"sqlite://{WORK}/work.db"

    def copy_in_postgres(self, people):
        self.ask("DROP DATABASE IF EXISTS work")
        self.ask(f"CREATE DATABASE work TEMPLATE base{people}")
        self.ask("CHECKPOINT")
        return f"{self.url}/work"


def parted(which, whole, message):
    """A message as what stands before its name and after it, its blocks, and what stands before and after its link."""
    head, rest = whole.split(f"Hello {message['name']},", 1)
    middle, *after = rest.split(message["url"])
    # A block begins with an empty line in text and with an element in HTML.
    first, *blocks, last = re.split(r"(?<=\n)(?=\n)" if which == "text" else r"(?<=\n)(?=</?[hpul])", middle)
    return (head, first, [last, *after]), blocks


def put_aside(tag, styles):
    kind, style = tag.groups()
    if styles.setdefault(kind, style) != style:
        sys.exit(f"elements {kind} differ in their style")
    return f"<{kind}>"


def fields(block, styles):
    """What a template of theirs shows as one element of HTML. The style of each kind of element is kept in `styles`."""
    element = re.sub(r'^<(\w+) style="([^"]*)">', lambda tag: put_aside(tag, styles), block.strip())
    if element in ("<ul>", "</ul>"):
        return {"opens": element == "<ul>"}
    kind, words = re.fullmatch(r"<(\w+)>(.*)</\1>", element, re.S).groups()
    title, strong, rest = words.partition("</strong>: ")
    line = {"title": html.unescape(title.removeprefix("<strong>")) if strong else "", "words": html.unescape(rest or title)}
    return {"h2": {"heading": html.unescape(words)}, "h3": {"item": html.unescape(words)}, "li": {"line": line}}.get(
        kind, {"words": html.unescape(words)}
    )


def written_for_peers(send, url, most):
    """Takes our own messages apart: templates that hold all that is the same, and what each message puts into them."""
    run(send, "words", WORK / "words.json", most, env=environment(settings(url, 25)))
    ours = json.loads((WORK / "words.json").read_text())
    known, messages, frames = {}, [], {}
    for one in ours:
        one["text"], one["html"] = (one[which].replace("\r\n", "\n") for which in ("text", "html"))
        one["name"] = re.search(r"Hello ([^,]+),", one["text"])[1]
        one["url"] = one["unsubscribe"].strip().strip("<>")
        kept = ("from", "to", "sender", "reply_to", "subject", "message_id", "list_id", "unsubscribe", "name", "url")
        given = {key: one[key].strip() for key in kept}
        for which in ("text", "html"):
            frame, blocks = parted(which, one[which], one)
            if frames.setdefault(which, frame) != frame:
                sys.exit("messages differ in more than their blocks")
            given[which] = [known.setdefault((which, block), len(known)) for block in blocks]
        messages.append(given)
    # The lines of the text are broken already: that is spared to them.
    styles = {}
    blocks = [block if which == "text" else fields(block, styles) for which, block in known]
    (WORK / "messages.json").write_text(json.dumps({"messages": messages, "blocks": blocks}))
    loops = {
        ("text", "hbs"): "{{#each blocks}}{{{this}}}{{/each}}",
        ("text", "django"): "{% for block in blocks %}{{ block|safe }}{% endfor %}",
        ("html", "hbs"): (BENCHES / "peers/nodemailer/blocks.hbs").read_text().strip(),
        ("html", "django"): (BENCHES / "peers/django_mail/blocks.html").read_text().strip(),
    }
    for (which, kind), loop in loops.items():
        if which == "html":
            loop = re.sub(r"<(\w+)>", lambda tag: f'<{tag[1]} style="{styles[tag[1]]}">' if tag[1] in styles else tag[0], loop)
        head, first, after = frames[which]
        name, link = ("{{name}}", "{{{url}}}") if kind == "hbs" else ("{{ name }}", "{{ url|safe }}")
        ending = "txt" if which == "text" else "html"
        (WORK / f"mail.{ending}.{kind}").write_text(f"{head}Hello {name},{first}{loop}{link.join(after)}")
    return ours


def same(programs, commands, ours):
    """Lets the peers send a few to a sink that keeps them, and reads whether they say the same. Returns their sizes."""
    sizes = {"hearback": sum(one["size"] for one in ours) / len(ours)}
    for name, command in commands.items():
        folder = Path(tempfile.mkdtemp(prefix="hearback-sink-"))
        folder.chmod(0o777)
        sink = sinking(programs, PORTS["check"], ["-d", f"{folder}/%H%M%S."])
        asked([*command, WORK, PORTS["check"], 20])
        measuring.stop(sink)
        kept = [file.read_bytes() for file in folder.iterdir()]
        shutil.rmtree(folder)
        bodies = {tuple(html.unescape(one[which]).strip() for which in ("text", "html")) for one in ours[:20]}
        sizes[name] = sum(len(content) for content in kept) / len(kept)
        for content in kept:
            message = email.message_from_bytes(content, policy=policy.default)
            told = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
            body = tuple(html.unescape(words.replace("\r\n", "\n")).strip() for words in told)
            if body not in bodies or message.get_content_type() != "multipart/alternative":
                sys.exit(f"what {name} sends is not what hearback sends")
    return sizes


def sinking(programs, port, more=()):
    as_user = ["-u", "nobody"] if os.geteuid() == 0 else []
    command = [programs / "smtp-sink", *as_user, *more, f"127.0.0.1:{port}", 1000]
    return start(port, command, WORK / f"sink-{port}.log")


LABELS = {
    "generator": "smtp-source, 8 sessions",
    "staying": "smtp-source, 8 sessions that stay open",
    "sqlite": "hearback, SQLite, 8 connections",
    "postgres": "hearback, PostgreSQL, 8 connections",
    "rsa": "the same on SQLite, DKIM with RSA of 2048 bits",
    "ed25519": "the same on SQLite, DKIM with ed25519",
    "nodemailer": "Nodemailer, 16 connections",
    "django": "Django, 1 connection",
    "piped": f"hearback, SQLite, {ROUND_TRIP} ms, 16 connections, PIPELINING",
    "unpiped": "the same without PIPELINING",
}


def told(rounds, peaks, sizes, claiming):
    rates = {what: median(rounds, what, "rate") for what in LABELS}
    spent = {what: median(rounds, what, "per_1000") for what in LABELS}
    print("\n| what | messages | messages/s | CPU s per 1,000 | PostgreSQL's CPU s per 1,000 | stolen % |")
    print("|---|---|---|---|---|---|")
    for what, label in LABELS.items():
        beside = f"{median(rounds, what, 'database'):.3f}" if what == "postgres" else ""
        print(
            f"| {label} | {rounds[what][0]['messages']:,} | {rates[what]:,.0f} | {spent[what]:.3f} | {beside} "
            f"| {median(rounds, what, 'stolen'):.1f} |"
        )

    def ratio(one, other, which="rate"):
        """The median over the rounds of what one round says: both were measured within a minute of each other."""
        return sorted(a[which] / b[which] for a, b in zip(rounds[one], rounds[other]))[len(rounds[one]) // 2]

    few, many = sorted(peaks)
    figures([
        ("messages/s, SQLite / smtp-source", ratio("sqlite", "generator"), ">=", 1.0),
        ("messages/s, PostgreSQL / smtp-source", ratio("postgres", "generator"), ">=", 1.0),
        ("messages/s, SQLite / smtp-source that stays (told beside)", ratio("sqlite", "staying"), ">=", 0),
        ("messages/s, PostgreSQL / smtp-source that stays (told beside)", ratio("postgres", "staying"), ">=", 0),
        ("messages/s, SQLite / Nodemailer", ratio("sqlite", "nodemailer"), ">=", 15),
        ("messages/s, PostgreSQL / Nodemailer", ratio("postgres", "nodemailer"), ">=", 15),
        ("messages/s, SQLite / Django", ratio("sqlite", "django"), ">=", 25),
        ("messages/s, PostgreSQL / Django", ratio("postgres", "django"), ">=", 25),
        ("CPU of Nodemailer / SQLite", ratio("nodemailer", "sqlite", "per_1000"), ">=", 20),
        ("CPU of Nodemailer / PostgreSQL, ours alone", ratio("nodemailer", "postgres", "per_1000"), ">=", 20),
        (f"resident memory at most, {many:,} messages, MB", peaks[many], "<=", 64),
        (f"resident memory at most, {many:,} / {few:,}", peaks[many] / peaks[few], "<=", 1.1),
        ("over the slow link, with PIPELINING / without", ratio("piped", "unpiped"), ">=", 1.8),
    ])
    for name in ("rsa", "ed25519"):
        print(f"\nWith DKIM ({name}): CPU of Nodemailer, which does not sign / ours {ratio('nodemailer', name, 'per_1000'):.1f}.")
    print(f"\nClaiming alone: {claiming['seconds'] / claiming['messages'] * 1e6:.0f} µs a message, part of the above.")
    print(f"Bytes a message: {', '.join(f'{name} {size:,.0f}' for name, size in sizes.items())}.")


def measured(args, programs, send, commands, instances, database, size):
    many = 2_000 if args.quick else 20_000
    fewer = {"nodemailer": 500, "django": 200, "link": 500} if args.quick else {"nodemailer": 3_000, "django": 1_500, "link": 4_000}
    slow_few = fewer["link"] // 4
    source = ["-s", 8, "-m", many, "-l", round(size), "-f", "a@listeningtable.example", "-t", "b@people.example"]
    source += [f"127.0.0.1:{PORTS['sink']}"]

    def generator(*more):
        before, began, used = machine(), time.perf_counter(), os.times()
        run(programs / "smtp-source", *more, *source, stdout=subprocess.DEVNULL)
        seconds, now = time.perf_counter() - began, os.times()
        spent = now.children_user + now.children_system - used.children_user - used.children_system
        return {"messages": many, "seconds": seconds, "cpu": spent, "stolen": stolen(before)}

    def ours(url, port="sink", **more):
        return asked([send, "pass"], settings(url, PORTS[port], **more))

    def on_postgres():
        url, used = instances.copy_in_postgres(many), cpu(database.pid, gone=True)
        said = ours(url)
        return {**said, "database": (cpu(database.pid, gone=True) - used) / said["messages"] * 1000}

    def peer(name):
        return asked([*commands[name], WORK, PORTS["sink"], fewer[name]])

    targets = {
        "generator": generator,
        # Do not disconnect after a message.
        "staying": lambda: generator("-d"),
        "sqlite": lambda: ours(instances.copy(many)),
        "postgres": on_postgres,
        "rsa": lambda: ours(instances.copy(many), signature="rsa"),
        "ed25519": lambda: ours(instances.copy(many), signature="ed25519"),
        "nodemailer": lambda: peer("nodemailer"),
        "django": lambda: peer("django"),
        "piped": lambda: ours(instances.copy(fewer["link"]), "link", connections=16),
        "unpiped": lambda: ours(instances.copy(slow_few), "plain-link", connections=16),
    }
    for people in {many, fewer["link"], slow_few}:
        instances.make(people)
    instances.make_in_postgres(many)
    rounds = {what: [] for what in targets}
    for number in range(args.rounds):
        print(f"round {number + 1} of {args.rounds}", file=sys.stderr)
        for what, once in targets.items():
            said = once()
            said |= {"rate": said["messages"] / said["seconds"], "per_1000": said["cpu"] / said["messages"] * 1000}
            rounds[what].append(said)
    claiming = asked([send, "claim"], settings(instances.copy(many), PORTS["sink"]))
    peaks = {}
    for people in (1_000, 4_000) if args.quick else (10_000, 100_000):
        instances.make(people)
        peaks[people] = ours(instances.copy(people))["peak_mb"]
    return rounds, peaks, claiming


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--quick", action="store_true", help="whether it works: few messages, one round")
    args = parser.parse_args()
    args.rounds = args.rounds or (1 if args.quick else 5)
    WORK.mkdir(parents=True, exist_ok=True)
    send, programs, commands = built("--bench", "send")["send"], postfix(), peers()
    database, folder, url, ask = postgres()
    try:
        instances = Instances(send, url, ask)
        instances.make(2_001)
        ours = written_for_peers(send, instances.copy(2_001), 2_000)
        sizes = same(programs, commands, ours)
        sinking(programs, PORTS["sink"])
        sinking(programs, PORTS["plain"], ["-p"])
        for way, to in (("link", "sink"), ("plain-link", "plain")):
            command = [sys.executable, BENCHES / "slow.py", PORTS[way], PORTS[to], ROUND_TRIP]
            start(PORTS[way], command, WORK / f"{way}.log")
        rounds, peaks, claiming = measured(args, programs, send, commands, instances, database, sizes["hearback"])
        told(rounds, peaks, sizes, claiming)
        (WORK / "last.json").write_text(json.dumps({"rounds": rounds, "peaks": peaks, "sizes": sizes}))
    finally:
        measuring.stop(database, signal.SIGINT)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    try:
        main()
    finally:
        measuring.stop_all()
