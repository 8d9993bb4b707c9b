"""The template as written, and as CloudFormation sees it after the SAM transform."""

import copy
import pathlib
from types import SimpleNamespace

import pytest
from samtranslator.translator.transform import transform
from samtranslator.yaml_helper import yaml_parse

CHECKOUT = pathlib.Path(__file__).parents[2]


@pytest.fixture(scope="session")
def written():
    """Parse template.yaml as written."""
    return yaml_parse((CHECKOUT / "template.yaml").read_text())


@pytest.fixture(scope="session")
def resources(written):
    """Give the resources after the SAM transform, as Resources."""
    document = copy.deepcopy(written)
    document["Globals"]["Function"]["CodeUri"] = "s3://bucket/code.zip"
    return Resources(transform(document, {}, SimpleNamespace(load=dict))["Resources"])


class Resources(dict):
    """Resources by logical id."""

    def of(self, kind):
        """Give the properties of every resource of a type, by logical id."""
        return {name: resource["Properties"] for name, resource in self.items() if resource["Type"] == kind}


@pytest.fixture(scope="session")
def functions(resources):
    """Give the properties of every function, by logical id."""
    return resources.of("AWS::Lambda::Function")


@pytest.fixture(scope="session")
def api(resources):
    """Give the OpenAPI body that API Gateway is given."""
    return resources["Api"]["Properties"]["Body"]


@pytest.fixture(scope="session")
def policies(resources, functions):
    """Give the policy statements of every function's role, by logical id of the function."""
    return {name: statements_of(resources, function) for name, function in functions.items()}


def statements_of(resources, function):
    """Give the statements of a function's role."""
    role = resources[function["Role"]["Fn::GetAtt"][0]]["Properties"]
    return [statement for policy in role["Policies"] for statement in policy["PolicyDocument"]["Statement"]]
