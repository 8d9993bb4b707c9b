"""Which predictions are explained whether or not it is asked for: a fair sample of all, chosen by their ids."""

from typing import Final
from zlib import crc32

EXPLAINED_SHARE: Final = 0.02


def is_explained(prediction_id: str) -> bool:
    """Choose EXPLAINED_SHARE of predictions, whoever asks."""
    return crc32(prediction_id.encode()) < EXPLAINED_SHARE * 2**32
