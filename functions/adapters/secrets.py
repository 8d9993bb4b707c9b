"""Secrets in Secrets Manager."""

from typing import TYPE_CHECKING

from adapters.aws import translated
from adapters.errors import SecretMissing

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

MISSING = ("ResourceNotFoundException",)


class Secrets:
    """The secrets of an account, by id."""

    def __init__(self, client: "SecretsManagerClient") -> None:
        self._client = client

    def read(self, secret_id: str) -> str:
        """Give the secret's text. Raises SecretMissing, StoreUnavailable."""
        with translated(f"secret {secret_id}", missing=SecretMissing, missing_codes=MISSING):
            text = self._client.get_secret_value(SecretId=secret_id).get("SecretString", "")
        if not text:
            message = f"secret {secret_id} holds no text"
            raise SecretMissing(message)
        return text
