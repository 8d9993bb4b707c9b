import base64
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

import predict.app
from contracts.api import MAX_BODY_BYTES
from rides.fallback import default_fallback
from tests.calls import Context, call, event_named, from_origin, reply

RIDE = {"pickup_zone": 10, "dropoff_zone": 50, "distance": 4.0}


def test_a_ride_is_answered(api):
    """With its id, the model's version and who answered."""
    answer = api.ask(event_named("predict"))

    assert answer.status == 200
    assert answer.headers["Content-Type"] == ["application/json"]
    UUID(answer.json.pop("prediction_id"))
    assert answer.json | {"prediction_id": ""} == {
        "ride_id": "ride-1",
        "prediction_id": "",
        "duration_minutes": 400.0,
        "model_version": "v1",
        "served_by": "champion",
        "flags": answer.json["flags"],
        "estimated_error": None,
        "interval": None,
        "explanation": None,
    }


def test_the_tlcs_names_are_enough(api):
    """The id is made, a UUIDv7, and the pickup is now."""
    before = datetime.now(UTC)
    answer = api.ask(call("POST", "/predict", {"PULocationID": 10, "DOLocationID": 50, "trip_distance": 40}))

    (event,) = api.outside.events
    assert answer.status == 200
    assert UUID(answer.json["ride_id"]).version == 7
    assert event.ride.ride_id == answer.json["ride_id"]
    assert before <= event.ride.pickup_time <= datetime.now(UTC)
    assert event.ride.pickup_time == event.predicted_at


def test_the_event_tells_what_was_answered(api):
    """One message holds the ride, its features, the answer and its latency."""
    answer = api.ask(call("POST", "/predict", RIDE | {"pickup_time": "2019-03-01T08:30:00"}))

    (event,) = api.outside.events
    assert event.kind == "prediction"
    assert event.prediction_id == answer.json["prediction_id"]
    assert event.minutes == answer.json["duration_minutes"] == 40.0
    assert event.ride.pickup_time == datetime(2019, 3, 1, 13, 30, tzinfo=UTC)
    assert event.features["distance"] == 4.0
    assert event.naive_minutes == default_fallback().minutes(event.features)
    assert event.latency_ms > 0


def test_when_time_runs_out_the_fallback_answers(api):
    """By the table of the version in charge; the event says who answered."""
    answer = reply(api.handler(event_named("predict"), Context(remaining_ms=999)))

    (event,) = api.outside.events
    assert (answer.status, answer.json["served_by"], answer.json["model_version"]) == (200, "fallback", "v1")
    assert event.served_by == "fallback"
    assert event.minutes == event.naive_minutes == answer.json["duration_minutes"]


def test_one_ride_asked_twice_gives_two_predictions(api):
    """The ride is the same, the predictions are not."""
    answers = [api.ask(event_named("predict")).json for _ in range(2)]

    assert [answer["ride_id"] for answer in answers] == ["ride-1", "ride-1"]
    assert len({event.prediction_id for event in api.outside.events}) == 2


def test_many_rides_are_judged_each_by_itself(api):
    """An invalid ride has an error in its place and leaves a rejection; the others are answered."""
    answer = api.ask(event_named("predict_many"))

    first, second, third = answer.json["predictions"]
    assert answer.status == 200
    assert (first["ride_id"], third["ride_id"]) == ("ride-1", "ride-3")
    assert second["error"]["code"] == "invalid_ride"
    assert {problem["field"] for problem in second["error"]["fields"]} == {"pickup_zone", "distance"}
    assert sorted(event.kind for event in api.outside.events) == ["prediction", "prediction", "rejection"]
    assert len(api.outside.sqs.bodies) == 1


def test_five_hundred_rides_are_answered_at_once(api):
    """In their order, in as few messages as fit."""
    rides = [RIDE | {"ride_id": f"r{i}", "distance": i / 10} for i in range(500)]
    answer = api.ask(call("POST", "/predict", {"rides": rides}))

    assert [told["ride_id"] for told in answer.json["predictions"]] == [ride["ride_id"] for ride in rides]
    assert [told["duration_minutes"] for told in answer.json["predictions"]] == pytest.approx(list(range(500)))
    assert len(api.outside.events) == 500
    assert len(api.outside.sqs.requests) == 1
    assert len(api.outside.sqs.bodies) <= 3


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"pickup_zone": 0}, {"pickup_zone": "greater_than_equal"}),
        ({"pickup_zone": 266}, {"pickup_zone": "less_than_equal"}),
        ({"pickup_zone": 1.5}, {"pickup_zone": "int_from_float"}),
        ({"pickup_zone": None}, {"pickup_zone": "int_type"}),
        ({"pickup_zone": True}, {"pickup_zone": "number_type"}),
        ({"pickup_zone": 10**400}, {"pickup_zone": "less_than_equal"}),
        ({"distance": "4"}, {"distance": "number_type"}),
        ({"distance": -0.1}, {"distance": "greater_than_equal"}),
        ({"distance": 1000.1}, {"distance": "less_than_equal"}),
        ({"distance": {"$gt": 1}}, {"distance": "float_type"}),
        ({"passengers": -1}, {"passengers": "greater_than_equal"}),
        ({"pickup_time": 1551447000}, {"pickup_time": "time_type"}),
        ({"pickup_time": "1551447000"}, {"pickup_time": "time_type"}),
        ({"pickup_time": "soon"}, {"pickup_time": "datetime_from_date_parsing"}),
        ({"pickup_time": "9999-12-31T23:59:59"}, {"pickup_time": "time_out_of_range"}),
        ({"pickup_time": "0001-01-01T00:00:00+14:00"}, {"pickup_time": "time_out_of_range"}),
        ({"ride_id": ""}, {"ride_id": "string_too_short"}),
        ({"ride_id": "a b"}, {"ride_id": "string_pattern_mismatch"}),
        ({"ride_id": 7}, {"ride_id": "string_type"}),
        ({"tip": 1}, {"tip": "extra_forbidden"}),
        ({"PULocationID": 11}, {"PULocationID": "extra_forbidden"}),
        ({"__proto__": {}}, {"__proto__": "extra_forbidden"}),
    ],
)
def test_a_wrong_field_is_named_with_the_remedy(api, change, fields):
    """422, the field, the reason and what to give; a rejection without the content."""
    answer = api.ask(call("POST", "/predict", RIDE | change))

    assert answer.status == 422
    assert answer.error["code"] == "invalid_ride"
    assert answer.fields == fields
    assert all(name in answer.error["message"] for name in fields)
    assert all("Give " in problem["message"] or "Known" in problem["message"] for problem in answer.error["fields"])
    (event,) = api.outside.events
    assert event.kind == "rejection"
    assert {problem.field: problem.reason for problem in event.problems} == fields


@pytest.mark.parametrize("distance", ["NaN", "Infinity", "-Infinity"])
def test_what_json_does_not_know_is_no_json(api, distance):
    """400: such numbers are no JSON at all."""
    answer = api.ask(call("POST", "/predict", json.dumps(RIDE).replace("4.0", distance)))
    assert (answer.status, answer.error["code"]) == (400, "invalid_json")


def test_a_number_beyond_floats_is_not_finite(api):
    """1e999 is JSON, but no number we can hold."""
    answer = api.ask(call("POST", "/predict", json.dumps(RIDE).replace("4.0", "1e999")))
    assert (answer.status, answer.fields) == (422, {"distance": "finite_number"})


@pytest.mark.parametrize("body", [None, "", "{", "[1,", "ride", "[" * 5000, "\ud800", '{"a": "\\ud800"}', "9" * 5000])
def test_a_body_that_is_no_json_is_refused(api, body):
    """400, and a rejection."""
    answer = api.ask(call("POST", "/predict", body))

    assert (answer.status, answer.error["code"]) == (400, "invalid_json")
    assert [event.kind for event in api.outside.events] == ["rejection"]


@pytest.mark.parametrize("body", ["[]", "1", "null", '"ride"', "true"])
def test_json_that_is_no_object_is_refused(api, body):
    """422, with the two forms that are taken."""
    answer = api.ask(call("POST", "/predict", body))
    assert (answer.status, answer.error["code"]) == (422, "invalid_request")
    assert '"rides"' in answer.error["message"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"rides": []}, "too_short"),
        ({"rides": [RIDE] * 501}, "too_long"),
        ({"rides": RIDE}, "list_type"),
        ({"rides": None}, "list_type"),
        ({"rides": [RIDE], "more": 1}, "extra_forbidden"),
    ],
)
def test_a_list_of_rides_has_1_to_500_and_stands_alone(api, body, reason):
    """422 for the whole, and one rejection."""
    answer = api.ask(call("POST", "/predict", body))

    assert answer.status == 422
    assert answer.fields == {"rides": reason}
    assert len(api.outside.events) == 1


def test_what_is_no_object_among_rides_has_its_error_in_place(api):
    """Null, a list and a number do not keep the ride beside them from its answer."""
    answer = api.ask(call("POST", "/predict", {"rides": [None, [], 1, RIDE]}))

    *errors, told = answer.json["predictions"]
    assert all(error["error"]["fields"][0]["reason"] == "model_type" for error in errors)
    assert told["duration_minutes"] == 40.0


def test_a_body_of_256_kibibytes_is_read_and_one_byte_more_is_not(api):
    """The limit is told, and counts bytes."""
    text = json.dumps(RIDE)
    full = text + " " * (MAX_BODY_BYTES - len(text))

    assert api.ask(call("POST", "/predict", full)).status == 200
    answer = api.ask(call("POST", "/predict", full + " "))
    assert (answer.status, answer.error["code"]) == (413, "too_large")
    assert str(MAX_BODY_BYTES) in answer.error["message"]


def test_a_body_in_base64_is_read(api):
    """As API Gateway sends what it takes for binary."""
    body = base64.b64encode(json.dumps(RIDE).encode()).decode()
    assert api.ask(call("POST", "/predict", body, isBase64Encoded=True)).status == 200
    assert api.ask(call("POST", "/predict", "%%%", isBase64Encoded=True)).status == 400


def test_a_caller_cannot_fill_the_log_or_the_stores_with_field_names(api):
    """Long and many unknown names are cut."""
    body = RIDE | {"x" * 10_000: 1} | {f"field{i}": i for i in range(5_000)}
    answer = api.ask(call("POST", "/predict", body))

    assert answer.status == 422
    assert len(answer.text) < 10_000
    assert len(api.outside.sqs.bodies[0]) < 10_000


def test_actuals_are_taken_each_by_itself(api):
    """By minutes or by the drop-off time; one of them is over 1,500 minutes."""
    answer = api.ask(event_named("actuals"))

    first, second, third = answer.json["actuals"]
    taken = {event.actual_id: event for event in api.outside.events if event.kind == "actual"}
    assert answer.status == 200
    assert taken[first["actual_id"]].duration_minutes == 11.5
    assert taken[second["actual_id"]].dropoff_time == datetime(2019, 3, 1, 13, 40, tzinfo=UTC)
    assert third["error"]["fields"][0]["field"] == "duration_minutes"


@pytest.mark.parametrize("minutes", [0, 0.5, 1500])
def test_one_actual_is_taken(api, minutes):
    """From nothing to 1,500 minutes."""
    answer = api.ask(call("POST", "/actuals", {"ride_id": "r", "duration_minutes": minutes}))

    (event,) = api.outside.events
    assert (answer.status, answer.json) == (200, {"ride_id": "r", "actual_id": event.actual_id})
    assert event.duration_minutes == minutes


@pytest.mark.parametrize(
    "body",
    [
        {"ride_id": "r"},
        {"duration_minutes": 5},
        {"ride_id": "r", "duration_minutes": -1},
        {"ride_id": "r", "duration_minutes": 1500.1},
        {"ride_id": "r", "duration_minutes": 5, "dropoff_datetime": "2019-03-01T08:40:00"},
        {"ride_id": "r", "dropoff_datetime": 1551447000},
        {"ride_id": "r", "duration_minutes": None},
    ],
)
def test_a_wrong_actual_is_refused(api, body):
    """422, and a rejection of its route."""
    answer = api.ask(call("POST", "/actuals", body))

    (event,) = api.outside.events
    assert (answer.status, answer.error["code"]) == (422, "invalid_actual")
    assert (event.kind, event.route) == ("rejection", "/actuals")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/predict", 405, "method_not_allowed"),
        ("DELETE", "/actuals", 405, "method_not_allowed"),
        ("POST", "/health", 405, "method_not_allowed"),
        ("GET", "/nothing", 404, "not_found"),
        ("POST", "/predict/", 200, None),
    ],
)
def test_paths_and_methods(api, method, path, status, code):
    """What is not served says so in our shape, and names the method that is."""
    answer = api.ask(call(method, path, RIDE))

    assert answer.status == status
    assert answer.json.get("error", {}).get("code") == code
    assert ("Allow" in answer.headers) == (status == 405)


def test_options_is_answered_for_browsers(api):
    """With what may be sent from another origin, and no event."""
    answer = api.ask(from_origin(call("OPTIONS", "/predict"), "https://example.com"))

    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == ["*"]
    assert "X-Api-Key" in answer.headers["Access-Control-Allow-Headers"][0]
    assert "POST" in answer.headers["Access-Control-Allow-Methods"][0]
    assert api.outside.events == []


def test_errors_too_may_be_read_from_another_origin(api):
    """A page can show what was wrong."""
    answer = api.ask(from_origin(call("POST", "/predict", "{"), "https://example.com"))
    assert answer.headers["Access-Control-Allow-Origin"] == ["*"]


def test_when_the_queue_refuses_the_caller_does_not_notice(api):
    """The events are spilled, a line of the log and a metric say so."""
    api.outside.sqs.away = True
    answer = api.ask(event_named("predict"))

    spilled = [key for key in api.outside.objects.bodies if key.startswith("spill/")]
    lines = api.log()
    assert (answer.status, len(spilled)) == (200, 1)
    assert any("https://queue" in line.get("problem", "") for line in lines)
    assert any(line.get("MessagesSpilled") == [1.0] for line in lines)


def test_when_all_else_fails_the_log_has_the_events_in_full(api):
    """A line for each event, and a counter."""
    api.ask(event_named("health"))
    api.outside.sqs.away = api.outside.objects.away = True
    answer = api.ask(event_named("predict_many"))

    lines = api.log()
    unsent = [line["event"] for line in lines if line.get("message") == "event unsent"]
    assert answer.status == 200
    assert [event["kind"] for event in unsent] == ["prediction", "prediction", "rejection"]
    assert unsent[0]["prediction_id"] == answer.json["predictions"][0]["prediction_id"]
    assert any(line.get("EventsUnsent") == [3.0] for line in lines)


def test_the_log_has_ids_and_no_rides(api):
    """Request, ride and prediction ids; no zone, no distance."""
    answer = api.ask(event_named("predict"))

    (line,) = [line for line in api.log() if line.get("message") == "answered"]
    assert line["predictions"] == {answer.json["prediction_id"]: "ride-1"}
    assert line["function_request_id"]
    assert line["correlation_id"] == "1a2b3c4d-0000-4000-8000-00000000000a"
    assert "zone" not in json.dumps(line)
    assert "distance" not in json.dumps(line)


def test_requests_and_predictions_are_counted(api):
    """As metrics in the log, in the namespace of all."""
    api.ask(event_named("predict_many"))

    (metrics,) = [line for line in api.log() if "_aws" in line]
    assert metrics["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Ridewatch"
    assert (metrics["Requests"], metrics["Predictions"], metrics["Rejections"]) == ([1.0], [2.0], [1.0])


def test_what_nobody_thought_of_is_a_500_in_our_shape(api, monkeypatch):
    """The caller reads no detail; the log has it."""
    monkeypatch.setattr(predict.app, "predict", lambda *_, **__: 1 / 0)
    answer = api.ask(event_named("predict"))

    assert (answer.status, answer.error["code"]) == (500, "internal")
    assert "zero" not in answer.text
    assert any("ZeroDivisionError" in line.get("exception", "") for line in api.log())


def test_a_callers_own_field_names_stay_out_of_the_log(api):
    """They may hold anything."""
    api.ask(call("POST", "/predict", RIDE | {"jane.doe@example.com": 1, "distance": -1}))

    lines = json.dumps(api.log())
    assert "distance:greater_than_equal" in lines
    assert "jane" not in lines
