"""An account as the template lays it out: moto's services, with the names that the template gives them."""

from dataclasses import dataclass, field
from typing import Any

import boto3

from adapters.models import ModelStore, described
from adapters.objects import Objects
from contracts.model import ModelCard
from tests.cards import card
from tests.onnx_graphs import linear
from tests.security.resolved import ACCOUNT, REGION, STACK

BUCKET = "ridewatch-bucket"
MONGODB_SECRET = "ridewatch/mongodb"
CHAMPION = f"/{STACK}/champion"
VERSION = "v1"


@dataclass(frozen=True)
class Account:
    """What the template makes, by its logical ids, and what a person adds: the model and the secret of MongoDB."""

    names: dict[str, str]
    database: Any
    session: boto3.Session = field(default_factory=boto3.Session)
    """The tests' own: what they do to the account is not taken down as a function's call."""

    @classmethod
    def made(cls, database: Any, mongodb_uri: str) -> "Account":
        """Make everything."""
        sqs, secrets = boto3.client("sqs"), boto3.client("secretsmanager")
        topics = {name: boto3.client("sns").create_topic(Name=name)["TopicArn"] for name in TOPICS}
        boto3.client("s3").create_bucket(Bucket=BUCKET)
        secrets.create_secret(Name=MONGODB_SECRET, SecretString=mongodb_uri)
        made = {name: secrets.create_secret(Name=name, SecretString=f"key-of-{name}")["ARN"] for name in SECRETS}
        urls = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in QUEUES}
        arns = {f"{name}.Arn": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}" for name in QUEUES}
        return cls(made | topics | urls | arns | log_groups() | BY_NAME, database)

    @property
    def objects(self) -> Objects:
        """Its bucket."""
        return Objects(self.session.client("s3"), BUCKET)

    def publish(self) -> ModelCard:
        """Put a model into the bucket, and in charge."""
        body = linear(2.0)
        made = card(VERSION, {"model": described(VERSION, "model", body)})
        ModelStore(self.objects).publish(made, {"model": body})
        self.name_champion(VERSION)
        return made

    def name_champion(self, version: str) -> None:
        """Put a version in charge, whether there is one or not."""
        self.session.client("ssm").put_parameter(Name=CHAMPION, Value=version, Type="String", Overwrite=True)


QUEUES = ("EventsQueue", "EventsDlq")
TOPICS = ("AlertsTopic",)
SECRETS = ("ApiKeySecret", "SigningSecret")
BY_NAME: dict[str, Any] = {"Bucket": BUCKET, "Bucket.Arn": f"arn:aws:s3:::{BUCKET}", "MongoSecretName": MONGODB_SECRET}
LOGS = {"Predict": "predict", "Record": "record", "Redrive": "redrive", "DriftReport": "drift_report"}


def log_groups() -> dict[str, str]:
    """Name the log groups as GetAtt does, with `:*` at the end."""
    groups = LOGS | {"Reports": "reports"}
    return {
        f"{name}Logs.Arn": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/aws/lambda/{STACK}/{folder}:*"
        for name, folder in groups.items()
    }
