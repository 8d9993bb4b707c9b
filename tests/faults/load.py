"""Bounded load: a few callers who ask for rides and tell what became of them, and note what they were answered."""

import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import requests

ROUTES = ("/predict", "/actuals")
TIMEOUT_SECONDS = 120


@dataclass(frozen=True)
class Seen:
    """What a caller saw of one request."""

    route: str
    status: str
    seconds: float


@dataclass
class Accepted:
    """Ids that the API has answered for: from then on they may not be lost."""

    predictions: set[str] = field(default_factory=set)
    actuals: set[str] = field(default_factory=set)
    rides: set[str] = field(default_factory=set)
    """Rides whose actual was accepted."""


class Load:
    """Callers, each in a thread: rides in a request, then their actuals, a pause, and again until the bound."""

    def __init__(self, stack, rides, *, callers=2, requests=400, seconds=300.0, pause=0.25, batch=10):  # noqa: PLR0913
        self.seen, self.accepted = [], Accepted()
        self._stack, self._rides, self._batch, self._pause = stack, rides, batch, pause
        self._bound, self._until = requests // 2 // callers, time.monotonic() + seconds
        self._lock, self._stopped = threading.Lock(), threading.Event()
        self._pool, self._callers = ThreadPoolExecutor(callers), range(callers)
        self._calls = []

    def __enter__(self):
        self._calls = [self._pool.submit(self._call, caller) for caller in self._callers]
        return self

    def __exit__(self, *_):
        self._stopped.set()
        self.wait()

    def wait(self):
        """Wait until every caller is done."""
        for call in self._calls:
            call.result(5 * TIMEOUT_SECONDS)
        self._pool.shutdown()

    def __add__(self, other):
        """Put two loads together, as if it had been one."""
        self.seen = [*self.seen, *other.seen]
        for name, ids in vars(other.accepted).items():
            getattr(self.accepted, name).update(ids)
        return self

    def run(self):
        """Make all the requests."""
        with self:
            self.wait()
        return self

    @property
    def statuses(self):
        """How many requests were answered with what."""
        return Counter(seen.status for seen in self.seen)

    def milliseconds(self, share):
        """Give a quantile of the time that callers waited."""
        return 1000 * float(np.quantile([seen.seconds for seen in self.seen], share))

    def _call(self, caller):
        with requests.Session() as session:
            session.headers["x-api-key"] = self._stack.api_key
            for turn in range(self._bound):
                if self._stopped.is_set() or time.monotonic() > self._until:
                    return
                self._turn(session, caller * self._bound + turn)
                self._stopped.wait(self._pause)

    def _turn(self, session, turn):
        """Ask for some rides and tell how long each took."""
        rows = [(turn * self._batch + row) % len(self._rides) for row in range(self._batch)]
        rides = [self._rides.ride(row) | {"ride_id": uuid.uuid4().hex} for row in rows]
        answers = self._post(session, "/predict", {"rides": rides})
        if answers:
            self.accepted.predictions |= {one["prediction_id"] for one in answers["predictions"]}
            told = [
                {"ride_id": one["ride_id"], "duration_minutes": float(self._rides.duration_minutes[row])}
                for one, row in zip(answers["predictions"], rows, strict=True)
            ]
            self._tell(session, told)

    def _tell(self, session, told):
        if receipts := self._post(session, "/actuals", {"actuals": told}):
            self.accepted.actuals |= {one["actual_id"] for one in receipts["actuals"]}
            self.accepted.rides |= {one["ride_id"] for one in receipts["actuals"]}

    def _post(self, session, route, body):
        began, answer = time.monotonic(), None
        try:
            answer = session.post(self._stack.api_url + route, json=body, timeout=TIMEOUT_SECONDS)
            status = str(answer.status_code)
        except requests.RequestException as error:
            status = type(error).__name__
        with self._lock:
            self.seen.append(Seen(route, status, time.monotonic() - began))
        return answer.json() if answer is not None and answer.ok else None
