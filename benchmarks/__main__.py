"""Fills a database, starts the system as in production, and measures it side by side with what the
same answers cost without it.

Every workload is answered in several ways, in turns, one round after the other: what else the
machine does meets all of them. The table says how ours compares with each. Nothing is judged: the
figures depend on the machine. The filled database is kept for the next run.
"""

import argparse
import shlex
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import report
from benchmarks.beside import beside, limits_command, stock_command
from benchmarks.filling import SIZES
from benchmarks.graphql import graphql_detail, graphql_list, graphql_report
from benchmarks.load import NoLoad, measure, wrk
from benchmarks.samples import take
from benchmarks.system import NotStarted, System, cold_start_s, prepared, running
from benchmarks.workloads import Bench, case_by_id, case_list, inbox, search_by_name, statistics
from benchmarks.writes import assign_case, create_referral
from deploy.local.settings import PROJECT_DIR

KEPT = PROJECT_DIR / ".bench"
WORKLOADS = {
    "list": case_list,
    "by-id": case_by_id,
    "search": search_by_name,
    "referral": create_referral,
    "assign": assign_case,
    "inbox": inbox,
    "statistics": statistics,
    "graphql-list": graphql_list,
    "graphql-detail": graphql_detail,
    "graphql-report": graphql_report,
}
WRITES = 500  # new records in a round of a workload that writes


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--cases", choices=SIZES, default="10k", help="size of the database")
    parser.add_argument("--only", nargs="+", choices=WORKLOADS, default=list(WORKLOADS))
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each way, 1 to 50")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of a round, 1 to 60")
    parser.add_argument("--connections", type=int, default=8, help="requests under way, 1 to 256")
    parser.add_argument("--refill", action="store_true", help="forget the kept database first")
    parser.add_argument("--state", type=Path, default=KEPT, help="folder of the kept databases")
    parser.add_argument("--smoke", action="store_true", help="small and short: does it work?")
    given = parser.parse_args()
    given.rounds = min(max(given.rounds, 1), 50)
    given.seconds = min(max(given.seconds, 1.0), 60.0)
    given.connections = min(max(given.connections, 1), 256)
    if given.smoke:
        given.cases, given.rounds, given.seconds, given.connections = "1k", 1, 1.0, 2
    return given


def main() -> int:
    given = arguments()
    try:
        wrk()
        run(given)
    except (NoLoad, NotStarted) as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


def run(given: argparse.Namespace) -> None:
    state_dir = given.state.resolve() / given.cases
    installation = prepared(state_dir, SIZES[given.cases], is_refilled=given.refill)
    with running(installation) as system:
        print(f"Ready after {system.start_s:.1f} s", flush=True)
        lines = [*measured_lines(system, given)]
        memory = report.memory_rows(system.memory_mib())
        command = shlex.join(["python", "-m", "benchmarks", *sys.argv[1:]])
        about = report.machine(installation, command)
    if given.smoke:
        print("The harness works. What it measured this quickly says nothing.")
        return
    scope = (
        f"{SIZES[given.cases]:,} cases; {given.rounds} rounds of {given.seconds:g} s for each way,"
        f" in turns; {given.connections} connections; medians. CPU is that of the process that"
        " answers, for each request; PostgreSQL's comes on top."
    )
    cold_s = cold_start_s()
    start = (
        f"Start until all parts are ready: {cold_s:.1f} s from nothing (databases made and"
        f" migrated), {system.start_s:.1f} s with the filled databases."
    )
    report.write(["# Results", "", scope, "", *about, "", *lines, "", start, "", *memory])
    print(f"Written to {report.FILE.relative_to(PROJECT_DIR)}")


def measured_lines(system: System, given: argparse.Namespace) -> Iterator[str]:
    """The table row by row, printed as it grows."""
    samples = take(system)
    with (
        beside(system, "limits", limits_command) as (limits_url, limits),
        beside(system, "stock", stock_command) as (stock_url, stock),
    ):
        writes = WRITES // 20 if given.smoke else WRITES
        bench = Bench(system, limits_url, limits, stock_url, stock, samples, writes)
        print(report.HEAD)
        yield report.HEAD
        for name in given.only:
            began = time.monotonic()
            workload = WORKLOADS[name](bench)
            measured = measure(
                workload.ways,
                rounds=given.rounds,
                seconds=given.seconds,
                connections=given.connections,
                warm_up=not given.smoke,
            )
            for row in report.rows_of(workload.title, workload.goal, measured):
                print(row)
                yield row
            print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
