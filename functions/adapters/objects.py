"""Objects in one S3 bucket."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from adapters.aws import translated
from adapters.errors import ObjectMissing

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import PutObjectRequestTypeDef

MISSING = ("NoSuchKey", "404")


class Objects:
    """The objects of a bucket, by key. Every method raises StoreUnavailable when S3 does not answer."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def get(self, key: str) -> bytes:
        """Give the object's content. Raises ObjectMissing."""
        with translated(self._at(key), missing=ObjectMissing, missing_codes=MISSING):
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def put(
        self, key: str, body: bytes, content_type: str = "application/json", *, content_encoding: str | None = None
    ) -> None:
        """Store an object in place of any of that key."""
        order: PutObjectRequestTypeDef = {
            "Bucket": self._bucket,
            "Key": key,
            "Body": body,
            "ContentType": content_type,
        }
        if content_encoding:
            order["ContentEncoding"] = content_encoding
        with translated(self._at(key)):
            self._client.put_object(**order)

    def list(self, prefix: str) -> Iterator[str]:
        """Give the keys that begin with `prefix`, in order."""
        with translated(self._at(prefix)):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix):
                for found in page.get("Contents", ()):
                    yield found["Key"]

    def delete(self, key: str) -> None:
        """Remove the object, if it is there."""
        with translated(self._at(key)):
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def presigned(self, key: str, seconds: int) -> str:
        """Give an address that lets whoever holds it read the object for so many seconds."""
        order = {"Bucket": self._bucket, "Key": key}
        return self._client.generate_presigned_url("get_object", Params=order, ExpiresIn=seconds)

    def _at(self, key: str) -> str:
        return f"s3://{self._bucket}/{key}"
