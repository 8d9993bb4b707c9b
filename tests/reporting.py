"""A model version, and predictions of it, as small as a report needs them."""

import gzip
import json
import random
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np

from adapters.models import ModelStore, described
from contracts.joining import Label, ToldActual
from contracts.model import ModelCard, TrainingData
from contracts.profile import DeclaredColumn, Rule, Segment, SegmentFamily
from drift_report.alert_parts import AlertParts
from drift_report.parts import Parts
from drift_report.settings import Settings
from monitoring.profiles import reference
from monitoring.profiles.fitting import Rows, reference_of
from monitoring.profiles.marginals import marginals_of
from monitoring.profiles.spec import make_spec
from rides.checks import CHECKS
from tests.fakes.alerts import FakeBus, FakeTopic
from tests.samples import NOON, prediction

VERSION = "v1"
MIDNIGHT = datetime(2019, 2, 4, 5, tzinfo=UTC)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
ZONES = [str(zone) for zone in range(1, 31)]
DECLARED = (
    DeclaredColumn(name="zone", kind="categorical"),
    DeclaredColumn(name="distance", kind="numeric"),
    DeclaredColumn(name="hour", kind="categorical", categories=tuple(map(str, range(24))), cycle="day", ordered=True),
    DeclaredColumn(name="prediction", kind="numeric", role="prediction"),
    DeclaredColumn(name="actual", kind="numeric", role="actual"),
    DeclaredColumn(name="error", kind="numeric", role="error"),
    DeclaredColumn(name="absolute_error", kind="numeric", role="absolute_error"),
    DeclaredColumn(name="squared_error", kind="numeric", role="squared_error", edges=()),
)
FAMILIES = (
    SegmentFamily(
        name="distance",
        segments=(
            Segment(label="short", any_of=(Rule(column="distance", high=3),)),
            Segment(label="long", any_of=(Rule(column="distance", low=3),)),
        ),
    ),
)
ONE_WEEK = {"start": "2019-02-04", "end": "2019-02-11", "model_version": VERSION}


def features(luck, hour):
    """Give one ride's features."""
    return {"zone": luck.choice(ZONES), "distance": luck.lognormvariate(1, 0.5), "hour": hour}


def reference_columns(count=2_000):
    """Give the reference's columns."""
    luck = random.Random(1)  # noqa: S311 - no secret
    rows = [features(luck, place % 24) for place in range(count)]
    minutes = [5 * row["distance"] for row in rows]
    actual = [minute + luck.gauss(0.5, 2) for minute in minutes]
    errors = [minute - truth for minute, truth in zip(minutes, actual, strict=True)]
    columns = {name: [row[name] for row in rows] for name in ("zone", "distance", "hour")}
    outcomes = {"error": errors, "absolute_error": [abs(e) for e in errors], "squared_error": [e * e for e in errors]}
    return columns | {"prediction": minutes, "actual": actual} | outcomes


def hours_of(columns):
    """Give each row's hour, from some Monday's midnight."""
    return np.arange(len(columns["zone"])) % (24 * 28)


@cache
def a_reference():
    """Give that reference."""
    columns = reference_columns()
    return reference_of(make_spec(DECLARED, columns, FAMILIES, CHECKS), Rows(columns, {}, hours_of(columns)))


def publish(objects, version=VERSION, **changes):
    """Publish a model version with that reference; changes are of its card."""
    card, bodies = _version(version)
    ModelStore(objects).publish(card.model_copy(update=changes), bodies)


@cache
def _version(version):
    """Give its card and what it lists, made once."""
    columns, known = reference_columns(), a_reference()
    sample = columns | {"stratum": (hours_of(columns) % 168).tolist()}
    bodies = {
        "profile": reference.packed(known),
        "marginals": marginals_of(known, (1.0, 60.0)).model_dump_json().encode(),
        "reference": gzip.compress(json.dumps({"columns": sample}).encode()),
    }
    card = ModelCard(
        version=version,
        created_at=MIDNIGHT,
        estimator="none",
        features=(),
        training=TrainingData(sources=(), start=MIDNIGHT, end=MIDNIGHT, rows=0, dropped={}),
        judged_on="out-of-fold",
        errors={},
        artifacts={name: described(version, name, body) for name, body in bodies.items()},
    )
    return card, bodies


def log(stores, count=600, span=WEEK, label=True, at=NOON, **changes):
    """Log predictions evenly over a span, and their actuals: every tenth of two hours, the others of ten minutes."""
    luck = random.Random(2)  # noqa: S311 - no secret
    pickups = [MIDNIGHT + span * place / count for place in range(count)]
    stores.predictions.add([logged(place, pickup, luck, changes) for place, pickup in enumerate(pickups)], at)
    if label:
        minutes = {f"p{place}": 120.0 if place % 10 == 0 else 10.0 for place in range(count)}
        attach(stores, minutes)
    hours = {pickup.replace(minute=0, second=0, microsecond=0) for pickup in pickups}
    stores.hours.touch([(VERSION, hour) for hour in hours], stores.clock())


def logged(place, pickup, luck, changes):
    """Give one prediction of 12.5 minutes."""
    drawn = features(luck, (pickup - HOUR * 5).hour) | changes
    return prediction(f"p{place}", f"r{place}", pickup=pickup, features=drawn, minutes=12.5, model_version=VERSION)


def attach(stores, minutes, at=None):
    """Give predictions their actuals, now or at another moment of the server's clock."""
    told = {name: ToldActual(f"a-{name}", f"r-{name}", value, None, NOON, NOON) for name, value in minutes.items()}
    labels = [Label(name, minutes[name], actual, None) for name, actual in told.items()]
    stores.predictions.label(labels, at or stores.clock())


def parts(stores, objects, **changes):
    """Give what the process works with."""
    settings = {
        "bucket": "bucket",
        "mongodb_secret": "mongodb",
        "time_zone": ZoneInfo("America/New_York"),
        "max_windows": 5,
        "sample_rows": 400,
        "min_rows": 50,
        "mature_hours": 24,
        "false_pages": 1,
        "false_tickets": 1,
        "alert_topic": "topic",
        "event_bus": "default",
    }
    names = ("predictions", "rejections", "hours", "profiles", "reports", "watches")
    return Parts(
        Settings(**settings | changes),
        **{name: getattr(stores, name) for name in names},
        objects=objects,
        alerting=AlertParts(
            stores.series, stores.alerts, stores.silences, stores.acceptances, topic=FakeTopic(), bus=FakeBus()
        ),
        clock=stores.clock,
    )
