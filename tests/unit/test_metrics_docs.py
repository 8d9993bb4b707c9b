import pathlib

from metrics_exporter.catalogue import CATALOGUE
from metrics_exporter.describe import page

DOCUMENT = pathlib.Path(__file__).parents[2] / "docs" / "metrics.md"


def test_the_document_is_what_the_code_says():
    """After a change: `cd functions && ../.venv/bin/python -m metrics_exporter.describe > ../docs/metrics.md`."""
    assert DOCUMENT.read_text() == page()


def test_names_are_unique_and_prefixed():
    """One name, one meaning."""
    names = [metric.name for metric in CATALOGUE]
    assert len(set(names)) == len(names)
    assert all(name.startswith("ridewatch_") for name in names)


def test_no_label_can_grow_without_bound():
    """Each takes its values from our own code, AWS's names, or what a model learnt; none from a caller's ride.

    A zone pair would be 70,000 series; a ride's id, as many as there are rides.
    """
    bounded = {"model_version", "served_by", "flag", "route", "field", "reason", "kind", "window", "column", "segment"}
    bounded |= {"check", "bin", "group", "measure", "rule", "severity", "probe", "function", "queue", "state", "source"}
    assert {label for metric in CATALOGUE for label in metric.labels} == bounded
