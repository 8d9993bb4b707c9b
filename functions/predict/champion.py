"""The model in charge: it follows the pointer, and the last good model keeps serving when the next cannot be loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.errors import AdapterError
from contracts.api import Health
from contracts.model import ModelCard
from predict.problems import NoModel
from rides.answerer import Answerer
from rides.model import ModelUnusable

REFRESH = timedelta(seconds=30)
RETRY = timedelta(seconds=1)
"""How soon the pointer is read again while no model has ever been loaded."""


@dataclass(frozen=True)
class Serving:
    """A model version that answers, and since when."""

    card: ModelCard
    answerer: Answerer
    loaded_at: datetime


Tell = Callable[[str, str | None], None]
"""Called with the problem (empty when there is none) and the version that serves, at each change of either."""


class Champion:
    """The model that the pointer names, as far as it can be loaded."""

    def __init__(
        self, pointer: Callable[[], str], load: Callable[[str], tuple[ModelCard, Answerer]], tell: Tell
    ) -> None:
        self._pointer = pointer
        self._load = load
        self._tell = tell
        self._serving: Serving | None = None
        self._problem = ""
        self._checked: datetime | None = None

    def serving(self, now: datetime) -> Serving:
        """Give the model to answer with. Raises NoModel while none has ever been loaded."""
        self._follow(now)
        if self._serving is None:
            message = f"No model is loaded, so nothing was answered or kept; ask again later. {self._problem}"
            raise NoModel(message)
        return self._serving

    def health(self, now: datetime) -> Health:
        """Say how it stands. Raises NoModel."""
        serving = self.serving(now)
        return Health(
            status="degraded" if self._problem else "ok",
            model_version=serving.card.version,
            loaded_at=serving.loaded_at,
            problems=(self._problem,) if self._problem else (),
        )

    def _follow(self, now: datetime) -> None:
        if self._checked and self._checked <= now < self._checked + (REFRESH if self._serving else RETRY):
            return
        self._checked = now
        before = (self._problem, self._version)
        self._problem = self._refreshed(now)
        if before != (self._problem, self._version):
            self._tell(self._problem, self._version)

    def _refreshed(self, now: datetime) -> str:
        """Load what the pointer names, unless it serves already; give the problem, if any."""
        wanted = ""
        try:
            wanted = self._pointer().strip()
            if wanted != self._version:
                card, answerer = self._load(wanted)
                self._serving = Serving(card, answerer, now)
        except (AdapterError, ModelUnusable) as error:
            return f"The champion {wanted} cannot be loaded: {error}" if wanted else f"No champion is named: {error}"
        return ""

    @property
    def _version(self) -> str | None:
        return self._serving.card.version if self._serving else None
