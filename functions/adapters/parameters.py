"""Parameters in the Systems Manager Parameter Store."""

from typing import TYPE_CHECKING

from adapters.aws import translated
from adapters.errors import ParameterMissing

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient

MISSING = ("ParameterNotFound",)


class Parameters:
    """Text parameters, by name. Every method raises StoreUnavailable when SSM does not answer."""

    def __init__(self, client: "SSMClient") -> None:
        self._client = client

    def read(self, name: str) -> str:
        """Give the parameter's value. Raises ParameterMissing."""
        with translated(f"parameter {name}", missing=ParameterMissing, missing_codes=MISSING):
            return self._client.get_parameter(Name=name)["Parameter"].get("Value", "")

    def write(self, name: str, value: str) -> None:
        """Set the parameter's value."""
        with translated(f"parameter {name}"):
            self._client.put_parameter(Name=name, Value=value, Type="String", Overwrite=True)
