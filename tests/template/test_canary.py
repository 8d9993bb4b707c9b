"""New code of predict takes requests over at once, or by and by with CodeDeploy, as a parameter says."""

import copy
import json
import re
from types import SimpleNamespace

import pytest
from samtranslator.translator.transform import transform


@pytest.fixture
def transformed(written):
    """Give a function that transforms the template with parameters, as CloudFormation hands them to the transform."""

    def make(**parameters):
        document = copy.deepcopy(written)
        document["Globals"]["Function"]["CodeUri"] = "s3://bucket/code.zip"
        return transform(document, parameters, SimpleNamespace(load=dict))["Resources"]

    return make


def _canaries(written):
    return [name for name in written["Parameters"]["CanaryDeployment"]["AllowedValues"] if name != "off"]


def _of(resources, prefix):
    return {name: resource for name, resource in resources.items() if resource["Type"].startswith(prefix)}


@pytest.mark.parametrize("parameters", [{}, {"CanaryDeployment": "off"}])
def test_off_means_no_codedeploy_at_all(transformed, parameters):
    """What the embedded stack and LocalStack do not know is not even mentioned."""
    resources = transformed(**parameters)
    assert "codedeploy" not in json.dumps(resources).lower()
    assert list(_of(resources, "AWS::Lambda::Alias")) == ["PredictFunctionAliaslive"]


def test_every_way_of_shifting_that_can_be_chosen_shifts_and_rings_back(transformed, written):
    """The alias moves by the group's rules, and both alarms of callers' errors stop it."""
    for canary in _canaries(written):
        resources = transformed(CanaryDeployment=canary)
        (group,) = _of(resources, "AWS::CodeDeploy::DeploymentGroup").values()
        assert group["Properties"]["DeploymentConfigName"]["Fn::Sub"][1] == {"ConfigName": canary}
        assert group["Properties"]["AutoRollbackConfiguration"]["Enabled"] is True
        alarms = [alarm["Name"] for alarm in group["Properties"]["AlarmConfiguration"]["Alarms"]]
        assert alarms == [
            resources[name]["Properties"]["AlarmName"] for name in ("PredictErrorsAlarm", "ApiErrorsAlarm")
        ]
        assert "CodeDeployLambdaAliasUpdate" in resources["PredictFunctionAliaslive"]["UpdatePolicy"]


@pytest.mark.parametrize("canary", ["off", "Canary10Percent5Minutes"])
def test_callers_reach_predict_by_its_alias(transformed, canary):
    """Else shifting the alias would shift nobody."""
    resources = transformed(CanaryDeployment=canary)
    paths = resources["Api"]["Properties"]["Body"]["paths"]
    for path in ("/predict", "/actuals", "/health"):
        for operation in paths[path].values():
            uri = operation["x-amazon-apigateway-integration"]["uri"]["Fn::Sub"]
            assert "${PredictFunctionAliaslive}" in uri


def test_a_changed_parameter_of_predict_publishes_a_version_too(written):
    """SAM names versions by the template before parameters are filled in: the description has to tell them apart."""
    function = copy.deepcopy(written["Resources"]["PredictFunction"]["Properties"])
    told = set(re.findall(r"\$\{(\w+)\}", function.pop("VersionDescription")["Fn::Sub"]))
    function.pop("DeploymentPreference")
    used = _refs(function) | _refs(written["Globals"]["Function"])
    assert told == used & set(written["Parameters"])


def _refs(value):
    """Name all that a part of the template refers to."""
    text = json.dumps(value)
    return set(re.findall(r'"Ref": "(\w+)"', text)) | set(re.findall(r"\$\{(\w+)\}", text))


def test_alarms_of_the_api_look_for_it_by_the_name_that_it_has(resources):
    """API Gateway's metrics know an API by its name alone."""
    alarm = resources["ApiErrorsAlarm"]["Properties"]
    name = resources["Api"]["Properties"]["Name"]
    assert {"Name": "ApiName", "Value": name} in alarm["Dimensions"]
    assert resources["Api"]["Properties"]["Body"]["info"]["title"] == name
