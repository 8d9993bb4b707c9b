"""Who needs a key, and what the gateway itself answers."""

import json

import pytest

OPEN = {
    ("get", "/health"),
    ("options", "/health"),
    ("options", "/predict"),
    ("options", "/actuals"),
    ("get", "/reports"),
    ("get", "/reports.csv"),
    ("get", "/reports/{proxy+}"),
}
KEYED = {("post", "/predict"), ("post", "/actuals")}


def _needs_key(operation):
    return {"api_key": []} in operation.get("security", [])


def test_these_routes_need_a_key_and_no_others(api):
    """A browser cannot send a key to the report page: its function asks for one itself."""
    routes = {(verb, path): _needs_key(it) for path, verbs in api["paths"].items() for verb, it in verbs.items()}
    assert {route for route, needs in routes.items() if needs} == KEYED
    assert {route for route, needs in routes.items() if not needs} == OPEN


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("DEFAULT_4XX", None, "bad_request"),
        ("DEFAULT_5XX", None, "internal"),
        ("INVALID_API_KEY", "403", "forbidden"),
        ("MISSING_AUTHENTICATION_TOKEN", "404", "not_found"),
        ("REQUEST_TOO_LARGE", "413", "too_large"),
        ("UNSUPPORTED_MEDIA_TYPE", "415", "unsupported_media_type"),
        ("THROTTLED", "429", "too_many_requests"),
        ("QUOTA_EXCEEDED", "429", "quota_exceeded"),
    ],
)
def test_the_gateways_errors_have_our_shape(api, kind, status, code):
    """A caller handles one kind of error, whoever made it, and a browser may read it."""
    response = api["x-amazon-apigateway-gateway-responses"][kind]
    assert response.get("statusCode") == status
    text = response["responseTemplates"]["application/json"].replace("$context.error.messageString", '"what"')
    error = json.loads(text)["error"]
    assert error["code"] == code
    assert error["message"]
    assert error["fields"] == []
    assert response["responseParameters"]["gatewayresponse.header.Access-Control-Allow-Origin"] == "'*'"


def test_a_key_has_a_rate_and_a_quota(resources):
    """One caller cannot take it all."""
    (plan,) = resources.of("AWS::ApiGateway::UsagePlan").values()
    assert plan["Throttle"] == {"RateLimit": {"Ref": "ApiRateLimit"}, "BurstLimit": {"Ref": "ApiBurstLimit"}}
    assert plan["Quota"] == {"Limit": {"Ref": "ApiMonthlyQuota"}, "Period": "MONTH"}
    assert plan["ApiStages"] == [{"ApiId": {"Ref": "Api"}, "Stage": {"Fn::Sub": "${Apiv1Stage}"}}]


def test_access_is_logged_without_the_key(resources):
    """The format names the key's id, never its value."""
    (stage,) = resources.of("AWS::ApiGateway::Stage").values()
    condition, setting, _ = stage["AccessLogSetting"]["Fn::If"]
    assert condition == "HasAccessLogs"
    fields = json.loads(setting["Format"])
    assert fields["status"] == "$context.status"
    assert not [value for value in fields.values() if value == "$context.identity.apiKey"]


def test_the_log_group_of_the_api_forgets(resources):
    """It is the stack's own, with its retention."""
    assert resources["ApiLogs"]["Properties"]["RetentionInDays"] == {"Ref": "LogRetentionDays"}
