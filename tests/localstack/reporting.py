"""Checks: reports that come by themselves, their page through API Gateway, the exporter's totals."""

from adapters.mongodb.reports import Reports
from tests.live import database, eventually, metric
from tests.localstack.deploying import comes_up
from tests.localstack.recording import ASKED, BATCHES, RIDES, records_a_replay, takes_spill_back_by_rule
from tests.localstack.recording import redrives_dead_letters as redrives
from tests.localstack.verdict import Checks

CHECKS = Checks()
DAY = "20190306"


def report_of_the_day(world):
    """Give the day's report once it knows every ride and its true duration."""
    found = [one for one in Reports(database(world.stack)).newest(5) if one.report_id.startswith(DAY)]
    return next((one for one in found if one.volume.labelled == RIDES), None)


@CHECKS.add(records_a_replay)
def reports_by_rule(world):
    """The scheduled rule reports the replayed day, uncalled, with Evidently from the built zip."""
    report = eventually(lambda: report_of_the_day(world), 240)
    assert (report.status, report.model_version) == ("complete", world.notes["version"])
    assert report.volume.predictions == RIDES
    assert report.performance.mae.value < 6
    assert report.evidently.status == "ok", report.evidently.note
    world.notes["report"] = report.report_id


@CHECKS.add(comes_up)
def keeps_its_page_shut(world):
    """The report page says 401 without a link, and with a signature that is not ours."""
    assert world.curl("/reports", key=False)[0] == 401
    assert world.curl("/reports?expires=4000000000&signature=" + "0" * 64, key=False)[0] == 401


@CHECKS.add(reports_by_rule)
def shows_the_page_by_a_link(world):
    """`ridewatch open --print` gives a link that opens the list and the report through API Gateway."""
    link = world.ridewatch("open", "--print").strip()
    status, page = world.curl(link, "-L", *world.cookies(), key=False)
    assert (status, world.notes["report"] in page) == (200, True)
    status, page = world.curl(f"/reports/{world.notes['report']}", "-L", *world.cookies(), key=False)
    assert (status, "2019" in page) == (200, True)


@CHECKS.add(shows_the_page_by_a_link)
def shows_what_evidently_drew(world):
    """Evidently's own report opens from there, out of the private bucket."""
    status, page = world.curl(f"/reports/{world.notes['report']}/evidently", "-L", *world.cookies(), key=False)
    assert status == 200
    assert len(page) > 1_000_000


@CHECKS.add(records_a_replay, redrives, takes_spill_back_by_rule)
def exports_the_totals(world):
    """The exporter's totals are MongoDB's to the unit: predictions, labels, actuals, rejections, dead letters."""
    wanted = {
        "ridewatch_predictions_total": RIDES + ASKED,
        "ridewatch_labelled_predictions_total": RIDES,
        "ridewatch_actuals_total": RIDES + len(BATCHES),
        "ridewatch_rejections_total": 1,
        "ridewatch_exporter_up": 1,
    }
    eventually(lambda: {name: metric(world.stack, name) for name in wanted} == wanted, 90)
    eventually(lambda: metric(world.stack, "ridewatch_queue_messages", queue="dlq", state="visible") == 1)
