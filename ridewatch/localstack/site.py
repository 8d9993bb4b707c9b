"""One stack's place in one LocalStack: what is there carries its name."""

from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from ridewatch.embedded import aws


@dataclass(frozen=True)
class Site:
    """A LocalStack, and the name of our stack in it."""

    endpoint_url: str
    name: str

    @property
    def secret(self) -> str:
        """The name of the secret that holds MongoDB's address."""
        return f"{self.name}/mongodb"

    @property
    def code_bucket(self) -> str:
        """The bucket that SAM uploads the code to."""
        return f"{self.name}-code"

    @property
    def champion(self) -> str:
        """The parameter that training writes; no stack knows it."""
        return f"/{self.name}/champion"

    @property
    def log_groups(self) -> tuple[str, ...]:
        """How the names of log groups begin: LocalStack makes one for each function by the function's name."""
        return f"/aws/lambda/{self.name}/", f"/aws/lambda/{self.name}-", f"/aws/apigateway/{self.name}"

    def status(self) -> str | None:
        """Tell what CloudFormation says of the stack, None if it knows none."""
        try:
            (stack,) = self.client("cloudformation").describe_stacks(StackName=self.name)["Stacks"]
        except ClientError:
            return None
        return str(stack["StackStatus"])

    def client(self, service: str) -> Any:
        """Make a boto3 client of this LocalStack."""
        return aws.client(self.endpoint_url, service)
