"""What LocalStack is given: the secret with MongoDB's address, a bucket for the code, the stack."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ridewatch.embedded import deploy
from ridewatch.embedded.home import Home
from ridewatch.localstack import built, sam
from ridewatch.localstack.site import Site

PARAMETERS = deploy.PARAMETERS | {"AccessLogs": "account-has-role"}
"""As on the embedded stack; and nothing is set for the whole account, so that nothing is left of it."""

FAILED = "UPDATE_FAILED"
"""Where LocalStack leaves an update that failed. It rolls nothing back, and SAM waits for the rollback."""


@dataclass(frozen=True)
class Wish:
    """What is to be deployed, and where."""

    site: Site
    template: Path
    parameters: Mapping[str, str] = field(default_factory=dict)
    functions_mongodb_uri: str | None = None
    """MongoDB as the functions' containers reach it, where that is another address than this machine's."""


def deploy_to(wish: Wish, mongodb_uri: str, home: Home) -> dict[str, str]:
    """Create or update everything, and give the stack's outputs. Raises DeployFailed, NotBuilt."""
    deploy.refuse_unknown(wish.parameters)
    site = wish.site
    _keep_secret(site.client("secretsmanager"), site.secret, wish.functions_mongodb_uri or mongodb_uri)
    site.client("s3").create_bucket(Bucket=site.code_bucket)
    parameters = PARAMETERS | {"MongoSecretName": site.secret} | dict(wish.parameters)
    template = built.without_aliases(wish.template)
    deployment = sam.Deployment(site.name, template, site.endpoint_url, site.code_bucket, parameters)
    sam.deploy(deployment, home, lambda: site.status() == FAILED)
    (stack,) = site.client("cloudformation").describe_stacks(StackName=site.name)["Stacks"]
    return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}


def _keep_secret(secrets: Any, name: str, value: str) -> None:
    try:
        secrets.create_secret(Name=name, SecretString=value)
    except secrets.exceptions.ResourceExistsException:
        secrets.put_secret_value(SecretId=name, SecretString=value)
