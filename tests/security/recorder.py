"""Every AWS call that is made, as IAM sees it, taken down by botocore's own events."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import boto3

from tests.security.iam import Call
from tests.security.resolved import ACCOUNT, REGION

TO_BE_BUILT, ANSWERED = "before-parameter-build.*.*", "after-call.s3.GetObject"


@contextmanager
def recorded(secret_arns: dict[str, str]) -> Iterator[list[Call]]:
    """Take down the calls of every client that is made meanwhile; a presigned address counts, its reader makes it."""
    made: list[Call] = []

    def built(params: dict[str, Any], model: Any, **_: Any) -> None:
        made.append(_call(model.service_model.service_name, model.name, params, secret_arns))

    def answered(parsed: dict[str, Any], **_: Any) -> None:
        if parsed.get("Error", {}).get("Code") == "NoSuchKey":
            made.append(_asks_whether_it_is_missing(made[-1]))

    boto3.setup_default_session()
    boto3.DEFAULT_SESSION.events.register(TO_BE_BUILT, built)
    boto3.DEFAULT_SESSION.events.register(ANSWERED, answered)
    yield made
    boto3.setup_default_session()


def _asks_whether_it_is_missing(get: Call) -> Call:
    """Give S3's second question: it says 404 to who may list the bucket, 403 to others; there is no prefix in it."""
    return Call("s3:ListBucket", get.resource.partition("/")[0])


def _call(  # noqa: PLR0911 - each service names what it is asked for in its own way
    service: str, operation: str, params: dict[str, Any], secret_arns: dict[str, str]
) -> Call:
    match service, operation:
        case "s3", "ListObjectsV2":
            return Call("s3:ListBucket", f"arn:aws:s3:::{params['Bucket']}", (("s3:prefix", params["Prefix"]),))
        case "s3", _:
            return Call(f"s3:{operation}", f"arn:aws:s3:::{params['Bucket']}/{params['Key']}")
        case "sqs", _:
            queue = params["QueueUrl"].rpartition("/")[2]
            return Call(f"sqs:{operation.removesuffix('Batch')}", f"arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}")
        case "ssm", _:
            return Call(f"ssm:{operation}", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{params['Name']}")
        case "sns", _:
            return Call(f"sns:{operation}", params["TopicArn"])
        case "events", "PutEvents":
            (entry,) = params["Entries"]
            bus = f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{entry['EventBusName']}"
            return Call("events:PutEvents", bus, (("events:source", entry["Source"]),))
        case "secretsmanager", _:
            return Call(f"secretsmanager:{operation}", secret_arns.get(params["SecretId"], params["SecretId"]))
    message = f"say here what IAM calls {service} {operation}"
    raise ValueError(message)
