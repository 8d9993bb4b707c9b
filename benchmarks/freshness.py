"""How long a ride takes from the API into Prometheus: `python benchmarks/freshness.py [rides]`, on a running stack.

Rides are asked about one by one; each is seen when the total in Prometheus, asked four times a second, has reached it.
"""

import argparse
import json
import pathlib
import sys
import threading
import time
import urllib.parse
import urllib.request
from statistics import median, quantiles

ROOT = pathlib.Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "functions"), str(ROOT)]

from ridewatch.api import Api  # noqa: E402 - the path comes first
from ridewatch.embedded.state import Stack, running  # noqa: E402 - the same

TOTAL = "sum(ridewatch_predictions_total)"
PAUSE = 0.5
LOOK = 0.25
RIDE = {"pickup_zone": 161, "dropoff_zone": 237, "distance": 1.2}


def main() -> None:
    """Ask about rides, and print how long they took."""
    parser = argparse.ArgumentParser(description="How long a ride takes from the API into Prometheus.")
    parser.add_argument("rides", type=int, nargs="?", default=200)
    rides = parser.parse_args().rides
    stack = running()
    if stack is None or not stack.prometheus_url:
        sys.exit("start a stack with a Prometheus first: ridewatch up --detach")
    took = measured(stack, rides)
    print(f"{rides} rides: median {median(took):.1f} s, p95 {quantiles(took, n=20)[-1]:.1f} s, most {max(took):.1f} s")


def measured(stack: Stack, rides: int) -> list[float]:
    """Give the seconds that each ride took."""
    before, sent = total(stack), list[float]()
    seen: list[float] = []
    looking = threading.Thread(target=_look, args=(stack, before, rides, seen))
    looking.start()
    api = Api(stack.api_url, stack.api_key)
    for _ in range(rides):
        sent.append(time.monotonic())
        api.predict([RIDE])
        time.sleep(PAUSE)
    looking.join()
    return [then - when for when, then in zip(sent, seen, strict=True)]


def _look(stack: Stack, before: int, rides: int, seen: list[float]) -> None:
    """Note when each ride is first counted."""
    while len(seen) < rides:
        counted = total(stack) - before
        seen += [time.monotonic()] * (counted - len(seen))
        time.sleep(LOOK)


def total(stack: Stack) -> int:
    """Ask Prometheus how many rides it knows of."""
    query = urllib.parse.urlencode({"query": TOTAL})
    with urllib.request.urlopen(f"{stack.prometheus_url}/api/v1/query?{query}") as answer:  # noqa: S310 - our own
        found = json.load(answer)["data"]["result"]
    return int(float(found[0]["value"][1])) if found else 0


if __name__ == "__main__":
    main()
