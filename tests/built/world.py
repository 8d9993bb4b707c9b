"""What the built functions find: MiniStack's stores and secrets, a MongoDB, a model in charge."""

import os
from contextlib import ExitStack, contextmanager

from adapters.mongodb.connection import connect
from ridewatch.embedded import aws, processes
from ridewatch.embedded.home import Home
from ridewatch.embedded.ports import kept
from tests.lab import local_world
from tests.lab.aws import secrets, stores
from tests.lab.mongodb import MongoDB
from tests.secantus import mongodb

NAME = "built"
PORT = 4600
"""The first to be tried."""


@contextmanager
def world(folder):
    """Make all of it, and end it. Gives the same World as the lab's, and the environment of every function."""
    with ExitStack() as held:
        endpoint = held.enter_context(ministack(folder))
        held.enter_context(variable("AWS_ENDPOINT_URL", endpoint))
        uri = held.enter_context(mongodb())
        found = held.enter_context(stores(NAME))
        values = {"mongodb": uri, "api-key": local_world.API_KEY, "signing": "signing-key"}
        held.enter_context(secrets(**values))
        local_world._publish(found)
        database = connect(uri)
        held.callback(database.client.close)
        topic = aws.client(endpoint, "sns").create_topic(Name=NAME)["TopicArn"]
        yield local_world.World(MongoDB(database, uri), found, folder), environment(endpoint, found, topic)


@contextmanager
def ministack(folder):
    """Start MiniStack, and end it."""
    home = Home(folder)
    home.prepare()
    with kept(PORT) as held:
        started = aws.start(home, held.ports[0], held.locks)
        try:
            aws.await_aws(home, started)
            yield started.endpoint_url
        finally:
            processes.end_all(home)


@contextmanager
def variable(name, value):
    """Set a variable of this process' environment, and take it back."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name)
        os.environ.update({name: before} if before else {})


def environment(endpoint, found, topic):
    """Give what the template, and Lambda, set."""
    return {
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_LAMBDA_FUNCTION_NAME": "built",
        "POWERTOOLS_METRICS_NAMESPACE": "Ridewatch",
        "POWERTOOLS_SERVICE_NAME": "built",
        "BUCKET": found.bucket,
        "QUEUE_URL": found.queue_url,
        "DLQ_URL": found.dlq_url,
        "CHAMPION_PARAMETER": found.champion_parameter,
        "MONGODB_SECRET": "mongodb",
        "API_KEY_SECRET": "api-key",
        "SIGNING_SECRET": "signing",
        "TIME_ZONE": "America/New_York",
        "RETENTION_DAYS": "90",
        "MAX_WINDOWS": "24",
        "SAMPLE_ROWS": "1000",
        "MIN_ROWS": "50",
        "MATURE_HOURS": "48",
        "FALSE_PAGES_A_QUARTER": "1",
        "FALSE_TICKETS_A_MONTH": "1",
        "ALERT_TOPIC": topic,
        "EVENT_BUS": "default",
    }
