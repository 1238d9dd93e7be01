"""What both benches need: building, starting and stopping, and what the machine says of processes."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCHES = ROOT / "benches"
TICKS = os.sysconf("SC_CLK_TCK")
started = []


def run(*command, **more):
    print("+", " ".join(str(part) for part in command), file=sys.stderr)
    return subprocess.run([str(part) for part in command], check=True, **more)


def built(*targets):
    """The release build of these targets."""
    asked = ["cargo", "build", "--release", "--message-format=json", *targets]
    said = run(*asked, cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout
    messages = [json.loads(line) for line in said.splitlines()]
    return {
        message["target"]["name"]: Path(message["executable"]) for message in messages if message.get("executable")
    }


def environment(settings):
    """Ours without settings of an instance that is not part of this, and with these."""
    return {**{key: value for key, value in os.environ.items() if not key.startswith("HEARBACK_")}, **(settings or {})}


def start(port, command, log, settings=None, cwd=None):
    """Starts a server and waits until it listens."""
    with open(log, "w") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            env=environment(settings),
            cwd=cwd or Path(log).parent,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    started.append(process)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"{command[0]} ended; see {log}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.01)
    sys.exit(f"{command[0]} does not listen; see {log}")


def stop(process, how=signal.SIGTERM):
    if process.poll() is None:
        os.killpg(process.pid, how)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process in started:
        started.remove(process)


def stop_all():
    for process in list(started):
        stop(process)


def family(pid):
    """A process and all below it."""
    all_of = [pid]
    for parent in all_of:
        try:
            for task in Path(f"/proc/{parent}/task").glob("*/children"):
                all_of.extend(int(child) for child in task.read_text().split())
        except FileNotFoundError:
            continue  # It has ended; its parent knows what it used.
    return all_of


def cpu(pid, gone=False):
    """Seconds of CPU that a server has used, its workers included; with `gone` also those that have ended."""
    ticks = 0
    for member in family(pid):
        try:
            fields = Path(f"/proc/{member}/stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            continue
        ticks += sum(int(field) for field in fields[11 : 15 if gone else 13])
    return ticks / TICKS


def memory(pid):
    """Resident now and at most, in MB."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    return tuple(int(lines[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM"))


def machine():
    """All ticks of all cores, and those that the host took away."""
    ticks = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return sum(ticks[:8]), ticks[7]


def stolen(before):
    """The share of the machine's time that the host took away since, in percent."""
    (all_before, stolen_before), (all_after, stolen_after) = before, machine()
    return (stolen_after - stolen_before) / max(1, all_after - all_before) * 100


def median(rounds, what, which):
    return statistics.median(measured[which] for measured in rounds[what])


def figures(rows):
    """Prints what was measured beside what is demanded: name, value, ">=" or "<=", and the bound."""
    print("\n| figure | measured | demanded | met |\n|---|---|---|---|")
    for name, value, how, bound in rows:
        met = value >= bound if how == ">=" else value <= bound
        print(f"| {name} | {value:.2f} | {how} {bound} | {'yes' if met else 'no'} |")
