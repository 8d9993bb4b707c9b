"""Which parts of a stack answer."""

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

from botocore.exceptions import ClientError

from ridewatch.embedded import aws, exporter, mongodb, prometheus, web
from ridewatch.embedded.state import Stack


def status(stack: Stack) -> dict[str, Any]:
    """Describe a stack: its addresses, and for each part whether it answers."""
    parts = _parts(stack)
    return {
        "api_url": stack.api_url,
        "api_key": stack.api_key,
        "mongodb_uri": stack.mongodb_uri,
        "bucket": stack.bucket,
        "queue_url": stack.queue_url,
        "dlq_url": stack.dlq_url,
        "reports_url": stack.reports_url,
        "metrics_url": stack.metrics_url,
        "prometheus_url": stack.prometheus_url or None,
        "endpoint_url": stack.endpoint_url,
        "parts": parts,
        "functions": stack.functions,
        "champion": _champion(stack) if parts["aws"] else None,
    }


def _parts(stack: Stack) -> dict[str, bool]:
    """Ask all parts at once: one that hangs does not hide the others."""
    with ThreadPoolExecutor() as pool:
        asked = {
            "aws": pool.submit(_aws_answers, stack),
            "api": pool.submit(_api_answers, stack.api_url),
            "mongodb": pool.submit(mongodb.answers, stack.mongodb_uri),
            "metrics": pool.submit(exporter.answers, stack.metrics_url),
        }
        if stack.prometheus_url:
            asked["prometheus"] = pool.submit(prometheus.answers, stack.prometheus_url)
        return {name: answer.result() for name, answer in asked.items()}


def _aws_answers(stack: Stack) -> bool:
    ask = aws.localstack_answers if stack.cloud == "localstack" else aws.answers
    return ask(stack.endpoint_url)


def _api_answers(api_url: str) -> bool:
    """Tell whether the API answers, by a model or without. A cold one takes its time."""
    answer = web.ask(f"{api_url}/health", 30)
    return answer is not None and answer[0] == HTTPStatus.OK


def _champion(stack: Stack) -> str | None:
    try:
        parameter = stack.client("ssm").get_parameter(Name=stack.champion_parameter)
    except ClientError:
        return None
    return str(parameter["Parameter"]["Value"])
