#!/usr/bin/env python3
"""Measures bringing in a pack of 100,000 people: how long it takes, and the most memory that was ever resident.

benches/intake.py [--people 100000] [--rounds 3] [--binary PATH]

The pack and the databases lie in a folder that is gone afterwards. It needs cargo, unless a binary is named.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measuring import built, environment

DEMANDED_SECONDS, DEMANDED_MB = 60, 200


def measured(binary, folder, *arguments):
    """Seconds and MB of one run."""
    settings = {
        "HEARBACK_DATABASE_URL": f"sqlite://{folder}/hearback.db",
        "HEARBACK_KEY_FILE": f"{folder}/hearback.key",
    }
    begun = time.monotonic()
    process = subprocess.Popen(
        [str(binary), *arguments], env=environment(settings), cwd=folder, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"hearback {' '.join(arguments)} ended with {process.returncode}")
    return time.monotonic() - begun, used.ru_maxrss * 1024 / 1_000_000


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--binary", type=Path)
    asked = asked.parse_args()
    binary = (asked.binary or built("--bin", "hearback")["hearback"]).resolve()
    runs = {"import": [], "the same again": [], "--check --annotate": []}
    with tempfile.TemporaryDirectory() as work:
        pack = Path(work) / "pack"
        size = ["--participants", str(asked.people), "--recommendations", "50", "--months", "12", "--seed", "1"]
        measured(binary, work, "generate", str(pack), *size)
        for number in range(asked.rounds):
            folder = Path(work) / str(number)
            folder.mkdir()
            for what, more in zip(runs, [[], [], ["--check", "--annotate", str(folder / "out.xlsx")]]):
                runs[what].append(measured(binary, folder, "import", str(pack), *more))
    print("| what | s | MB at most |\n|---|---|---|")
    for what, found in runs.items():
        seconds, memory = statistics.median(run[0] for run in found), max(run[1] for run in found)
        print(f"| {what} | {seconds:.1f} | {memory:.0f} |")
    seconds, memory = statistics.median(run[0] for run in runs["import"]), max(run[1] for run in runs["import"])
    met = seconds <= DEMANDED_SECONDS and memory < DEMANDED_MB
    print(f"\nDemanded of an import: {DEMANDED_SECONDS} s, less than {DEMANDED_MB} MB: {'met' if met else 'not met'}.")


main()
