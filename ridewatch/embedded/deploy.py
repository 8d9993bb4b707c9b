"""Deploys template.yaml to an embedded AWS, through CloudFormation as on a real one."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from ridewatch.embedded.errors import DeployFailed
from ridewatch.embedded.home import CHECKOUT
from ridewatch.embedded.package import thin_zip

STACK = "ridewatch"
MONGO_SECRET = "ridewatch/mongodb"  # noqa: S105 - the name of a secret, not one
CODE_BUCKET = "ridewatch-code"
PARAMETERS = {
    "ApiRateLimit": "10000",
    "ApiBurstLimit": "10000",
    "VisibilitySeconds": "70",
    "MaxReceiveCount": "60",
}
"""One client replays as fast as it can. A batch may take a minute, so a message is not given to another worker before;
its tries outlast an hour without MongoDB."""

Client = Callable[[str], Any]
Template = dict[str, Any]


def deploy(client: Client, mongodb_uri: str, parameters: Mapping[str, str]) -> dict[str, str]:
    """Deploy the stack and give its outputs. Raises DeployFailed."""
    template = _template()
    refuse_unknown(parameters, template)
    client("secretsmanager").create_secret(Name=MONGO_SECRET, SecretString=mongodb_uri)
    _upload_code(client("s3"), template)
    outputs = _create(client("cloudformation"), template, PARAMETERS | dict(parameters))
    _answer_in_our_shape(client("apigateway"), template["Resources"]["Api"]["Properties"], outputs["ApiId"])
    return outputs


def _template() -> Template:
    from samtranslator.yaml_helper import yaml_parse

    template: Template = yaml_parse((CHECKOUT / "template.yaml").read_text())
    return template


def refuse_unknown(parameters: Mapping[str, str], template: Template | None = None) -> None:
    """Refuse what the template has not, as CloudFormation does and MiniStack does not. Raises DeployFailed."""
    template = template or _template()
    if unknown := parameters.keys() - template["Parameters"].keys():
        message = (
            f"template.yaml has no parameter {', '.join(sorted(unknown))}; it has {', '.join(template['Parameters'])}"
        )
        raise DeployFailed(message)


def _upload_code(s3: Any, template: Template) -> None:
    """Put a zip for each function beside the stack and point the template at it."""
    s3.create_bucket(Bucket=CODE_BUCKET)
    zips: dict[str, str] = {}
    for function in _functions(template):
        room = function["Handler"].split(".")[0]
        if room not in zips:
            zips[room] = f"s3://{CODE_BUCKET}/{room}.zip"
            s3.put_object(Bucket=CODE_BUCKET, Key=f"{room}.zip", Body=thin_zip(room))
        function["CodeUri"] = zips[room]


def _functions(template: Template) -> list[Template]:
    resources = template["Resources"].values()
    return [resource["Properties"] for resource in resources if resource["Type"] == "AWS::Serverless::Function"]


def _create(cloudformation: Any, template: Template, parameters: Mapping[str, str]) -> dict[str, str]:
    _ask(cloudformation, template, parameters)
    stack = _wait(cloudformation)
    if stack["StackStatus"] != "CREATE_COMPLETE":
        raise DeployFailed(_reasons(cloudformation, stack))
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def _ask(cloudformation: Any, template: Template, parameters: Mapping[str, str]) -> None:
    pairs = [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()]
    try:
        cloudformation.create_stack(
            StackName=STACK, TemplateBody=json.dumps(template), Parameters=pairs, Capabilities=["CAPABILITY_IAM"]
        )
    except ClientError as error:
        message = f"template.yaml was refused: {error.response['Error']['Message']}"
        raise DeployFailed(message) from error


def _wait(cloudformation: Any) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while True:
        stack: dict[str, Any] = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
        if not stack["StackStatus"].endswith("IN_PROGRESS") or time.monotonic() > deadline:
            return stack
        time.sleep(0.05)


def _reasons(cloudformation: Any, stack: Mapping[str, Any]) -> str:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    failures = [
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '')}"
        for event in events
        if event["ResourceStatus"].endswith("FAILED")
    ]
    return f"the stack is {stack['StackStatus']}: " + "; ".join(failures)


def _answer_in_our_shape(apigateway: Any, api: Template, api_id: str) -> None:
    """Tell MiniStack the template's gateway responses: it takes them by its API, not from a template."""
    for kind, response in api["GatewayResponses"].items():
        headers = response["ResponseParameters"]["Headers"]
        apigateway.put_gateway_response(
            restApiId=api_id,
            responseType=kind,
            **({"statusCode": str(response["StatusCode"])} if "StatusCode" in response else {}),
            responseParameters={f"gatewayresponse.header.{name}": value for name, value in headers.items()},
            responseTemplates=response["ResponseTemplates"],
        )
    apigateway.create_deployment(restApiId=api_id, stageName=api["StageName"])
