"""The reference: what the rows of training were like at every hour of the week, and how alike rows of a day are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from contracts.profile import ProfileSpec, Role
from monitoring.numeric.clustered import History
from monitoring.numeric.design import effective_days
from monitoring.numeric.values import Floats
from monitoring.profiles.archive import Arrays, Unreadable, read, written
from monitoring.profiles.layout import Counts, layout_of
from monitoring.profiles.moments import mean
from monitoring.profiles.profile import Profile
from monitoring.profiles.strata import Strata, effective_rows, weights_at
from monitoring.profiles.verdicts import OF_INPUTS, TOLD

SKILL = "skill"
"""Among the dependences, that of how much better answers are than naive ones."""
PARTS = ("stratum", "place", "cell", "counts", "sums", "squares", "rows", "checks")


@dataclass(frozen=True)
class Reference:
    """Made once, at training; a window is held against it at the window's own hours of the week."""

    inputs: Strata
    outcomes: Strata
    """Of the rows on which the model was judged; the same where it was judged out of fold."""
    history: History
    """Every day of the inputs by bin, as it was and as is usual of its hours; both of shape (days, cells)."""
    occurrences: Floats
    """How many hours of each hour of the week the inputs cover; shape (168,)."""
    dependence: Mapping[str, float]
    """By column: the intraclass correlation of rows of one day, of the shares of its bins, or, of a measure, of its
    mean; by check: of the share of rows that break it."""
    predictions: Floats
    """The mean prediction of the rows of each bin of the features; shape (cells,), NaN where there is none."""

    @cached_property
    def days(self) -> float:
        """Give the number of equally full days that would tell as much."""
        columns = [column for column in self.spec.columns if column.role == "feature"]
        cells = layout_of(self.spec).columns[columns[0].name]
        return effective_days(self.history.days[:, cells].sum(axis=1))

    @property
    def spec(self) -> ProfileSpec:
        """What is counted."""
        return self.inputs.spec

    def mean(self, role: Role) -> float:
        """Give the mean of the measure of a role over all rows; 0 where nothing has that role or a value of it."""
        found = (mean(self._whole.column(column.name)) for column in self.spec.columns if column.role == role)
        return next(found, None) or 0.0

    @cached_property
    def _whole(self) -> Profile:
        return self.outcomes.at(np.ones_like(self.outcomes.rows, dtype=np.float64))

    def at(self, rows: Counts, judged: Counts) -> "Expected":
        """Reweight to the hours of a window's rows and of its judged ones, by slice; both of shape (168, slices).

        What is known of every row is put at the hours of all, what only a label tells at those of the judged ones:
        labels come later for some hours than for others.
        """
        inputs, outcomes = (
            [weights_at(each.rows, now) for now in (rows, judged)] for each in (self.inputs, self.outcomes)
        )
        weights = (*inputs, *outcomes)
        found, *others = (part.at(weight) for part, weight in zip(self._parts, weights, strict=True))
        for other in others:
            for name in ("counts", "sums", "squares"):
                found.arrays()[name][:] += other.arrays()[name]
        return Expected(
            found,
            rows=effective_rows(self.inputs.rows, inputs[0]),
            judged=effective_rows(self.outcomes.rows, outcomes[1]),
            shares=_shares(self.inputs.rows, inputs[0][:, 0]),
        )

    @cached_property
    def _parts(self) -> list[Strata]:
        """Part the columns, so that no two share one: of inputs or of judged rows, told before or by a label."""
        return [
            strata.only(c for c in self.spec.columns if (c.role in OF_INPUTS, c.role in TOLD) == (of_inputs, told))
            for strata, of_inputs in ((self.inputs, True), (self.outcomes, False))
            for told in (True, False)
        ]

    @cached_property
    def of_whole_weeks(self) -> "Expected":
        """Each hour of the week with the same weight per hour that the reference covers: what a whole week holds."""
        weights = np.divide(1.0, self.occurrences, out=np.zeros_like(self.occurrences), where=self.occurrences > 0)
        by_slice = np.repeat(weights[:, None], self.inputs.rows.shape[1], axis=1)
        rows = effective_rows(self.inputs.rows, by_slice)
        return Expected(self.inputs.at(by_slice), rows, rows, _shares(self.inputs.rows, weights))


@dataclass(frozen=True)
class Expected:
    """The reference at the hours of a window: counts are parts of rows."""

    profile: Profile
    rows: Floats
    """By slice: so many equally weighted rows would tell as much of the inputs."""
    judged: Floats
    """The same of the outcomes."""
    shares: Floats
    """Of each slice among all rows, at the hours of all rows."""


def _shares(rows: Counts, weights: Floats) -> Floats:
    weighted = weights @ rows
    found: Floats = weighted / max(float(weighted[0]), 1e-12)
    return found


def packed(reference: Reference) -> bytes:
    """Write a reference; its spec is in it, as JSON."""
    parts = {f"inputs_{name}": getattr(reference.inputs, name) for name in PARTS}
    if reference.outcomes is not reference.inputs:
        parts |= {f"outcomes_{name}": getattr(reference.outcomes, name) for name in PARTS}
    return written(
        {
            "spec": _text(reference.spec.model_dump_json()),
            "dependence": _text(json.dumps(dict(reference.dependence), sort_keys=True)),
            "history_days": reference.history.days,
            "history_expected": reference.history.expected,
            "occurrences": reference.occurrences,
            "predictions": reference.predictions,
            **parts,
        }
    )


def unpacked(body: bytes) -> Reference:
    """Read a reference. Raises Unreadable."""
    arrays = read(body)
    try:
        spec = ProfileSpec.model_validate_json(arrays["spec"].tobytes())
        inputs = _strata(spec, arrays, "inputs")
        outcomes = _strata(spec, arrays, "outcomes") if "outcomes_rows" in arrays else inputs
        return Reference(
            inputs,
            outcomes,
            history=History(arrays["history_days"], arrays["history_expected"]),
            occurrences=arrays["occurrences"],
            dependence=json.loads(arrays["dependence"].tobytes()),
            predictions=arrays["predictions"],
        )
    except (KeyError, ValueError) as error:
        message = f"this is no reference: {error}"
        raise Unreadable(message) from error


def _strata(spec: ProfileSpec, arrays: Arrays, prefix: str) -> Strata:
    return Strata(spec, **{name: arrays[f"{prefix}_{name}"] for name in PARTS})


def _text(text: str) -> "np.typing.NDArray[np.uint8]":
    return np.frombuffer(text.encode(), dtype=np.uint8)
