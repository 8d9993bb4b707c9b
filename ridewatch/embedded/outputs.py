"""A stack known by its CloudFormation outputs: the same ones wherever template.yaml was deployed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from ridewatch.embedded.errors import StackMissing
from ridewatch.embedded.state import Part, Stack

FUNCTIONS = ("PredictFunction", "RecordFunction", "RedriveFunction", "DriftReportFunction", "ReportsFunction")
SECRETS = ("ApiKeySecretArn", "SigningSecretArn")
MONGO_SECRET = "MongoSecretName"  # noqa: S105 - the name of a parameter


def stack_of(  # noqa: PLR0913 - what the outputs do not tell, by name
    outputs: Mapping[str, str],
    *,
    cloud: str,
    endpoint_url: str,
    api_url: str,
    api_key: str = "",
    mongodb_uri: str = "",
    metrics_url: str = "",
    prometheus_url: str = "",
    processes: Mapping[str, Part] | None = None,
) -> Stack:
    """Gather where everything of a deployed stack is."""
    return Stack(
        cloud=cloud,
        endpoint_url=endpoint_url,
        api_url=api_url,
        api_key=api_key,
        mongodb_uri=mongodb_uri,
        bucket=outputs["BucketName"],
        queue_url=outputs["QueueUrl"],
        dlq_url=outputs["DlqUrl"],
        metrics_url=metrics_url,
        prometheus_url=prometheus_url,
        champion_parameter=outputs["ChampionParameterName"],
        functions={name: outputs[f"{name}Name"] for name in FUNCTIONS},
        secrets={name: outputs[name] for name in SECRETS},
        processes=dict(processes or {}),
    )


def on_aws(name: str, client: Callable[[str], Any]) -> Stack:
    """Find a stack in the account and region of the user's own credentials. Raises StackMissing.

    Its secrets are not read: to train nobody needs them.
    """
    described = _described(name, client)
    outputs = {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", ())}
    if "ChampionParameterName" not in outputs:
        message = f"{name} is {described['StackStatus']} and has no outputs of Ridewatch's template"
        raise StackMissing(message)
    parameters = {one["ParameterKey"]: one["ParameterValue"] for one in described.get("Parameters", ())}
    stack = stack_of(outputs, cloud="aws", endpoint_url="", api_url=outputs["ApiUrl"])
    return replace(stack, secrets=stack.secrets | {MONGO_SECRET: parameters[MONGO_SECRET]})


def _described(name: str, client: Callable[[str], Any]) -> dict[str, Any]:
    try:
        (stack,) = client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    except (ClientError, BotoCoreError) as error:
        message = f"the stack {name} cannot be seen with your AWS credentials: {error}"
        raise StackMissing(message) from error
    return dict(stack)


def with_api_key(stack: Stack) -> Stack:
    """Read the API key of a stack that was found without."""
    return stack if stack.api_key else replace(stack, api_key=_secret(stack, "ApiKeySecretArn"))


def with_mongodb_uri(stack: Stack) -> Stack:
    """Read the MongoDB URI of a stack that was found without."""
    return stack if stack.mongodb_uri else replace(stack, mongodb_uri=_secret(stack, MONGO_SECRET))


def _secret(stack: Stack, name: str) -> str:
    answer = stack.client("secretsmanager").get_secret_value(SecretId=stack.secrets[name])
    return str(answer["SecretString"])
