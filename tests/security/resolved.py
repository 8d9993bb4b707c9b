"""What CloudFormation makes of a policy: Ref, GetAtt and Sub, with the names of one account."""

import re
from collections.abc import Mapping
from typing import Any

REGION, ACCOUNT, STACK = "us-east-1", "123456789012", "ridewatch"
PSEUDO = {
    "AWS::Partition": "aws",
    "AWS::Region": REGION,
    "AWS::AccountId": ACCOUNT,
    "AWS::StackName": STACK,
    "AWS::URLSuffix": "amazonaws.com",
}


def resolved(value: Any, names: Mapping[str, str]) -> Any:
    """Resolve the intrinsic functions of a value. Raises KeyError for a name that is not given."""
    if isinstance(value, list):
        return [resolved(part, names) for part in value]
    if not isinstance(value, Mapping):
        return value
    if len(value) == 1 and (function := _FUNCTIONS.get(next(iter(value)))):
        return function(next(iter(value.values())), PSEUDO | names)
    return {key: resolved(part, names) for key, part in value.items()}


def _substituted(text: str, names: Mapping[str, str]) -> str:
    return re.sub(r"\$\{([^}]+)\}", lambda found: names[found[1]], text)


_FUNCTIONS = {
    "Ref": lambda name, names: names[name],
    "Fn::GetAtt": lambda path, names: names[".".join(path)],
    "Fn::Sub": _substituted,
}
