"""The model in charge: it follows the pointer, and the last good model keeps serving when the next cannot be loaded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from adapters.errors import AdapterError
from contracts.api import Health
from contracts.model import NO_MODEL, ModelCard
from predict.call import Call
from rides.answerer import Answerer, without_model
from rides.model import ModelUnusable

REFRESH = timedelta(seconds=30)
RETRY = timedelta(seconds=1)
"""How soon the pointer is read again while no model has ever been loaded."""


class OutOfTime(Exception):
    """The call has no time left for reading a model; the next one begins anew."""


@dataclass(frozen=True)
class Serving:
    """A model version that answers, and since when."""

    version: str
    answerer: Answerer
    loaded_at: datetime | None


MayLoad = Callable[[], bool]
Load = Callable[[str, MayLoad], tuple[ModelCard, Answerer]]
Tell = Callable[[str, str | None], None]
"""Called with the problem (empty when there is none) and the version that serves, at each change of either."""


class Champion:
    """The model that the pointer names, as far as it can be loaded."""

    def __init__(self, pointer: Callable[[], str], load: Load, tell: Tell) -> None:
        self._pointer = pointer
        self._load = load
        self._tell = tell
        self._serving: Serving | None = None
        self._problem = ""
        self._checked: datetime | None = None

    def serving(self, call: Call) -> Serving:
        """Give what to answer with: while no model has ever been loaded, the fallback that ships with the code."""
        self._follow(call)
        return self._serving or Serving(NO_MODEL, without_model(), None)

    def health(self, call: Call) -> Health:
        """Say how it stands."""
        self._follow(call)
        return Health(
            status="degraded" if self._problem else "ok",
            model_version=self._version,
            loaded_at=self._serving.loaded_at if self._serving else None,
            problems=(self._problem,) if self._problem else (),
        )

    def _follow(self, call: Call) -> None:
        wait = REFRESH if self._serving else RETRY
        if self._checked and self._checked <= call.now < self._checked + wait:
            return
        self._checked = call.now
        before = (self._problem, self._version)
        self._problem = self._refreshed(call)
        if before != (self._problem, self._version):
            self._tell(self._problem, self._version)

    def _refreshed(self, call: Call) -> str:
        """Load what the pointer names, unless it serves already; give the problem, if any."""
        wanted = ""
        try:
            wanted = self._pointer().strip()
            if wanted != self._version:
                card, answerer = self._load(wanted, call.may_load)
                self._serving = Serving(card.version, answerer, call.now)
        except (AdapterError, ModelUnusable, OutOfTime) as error:
            return f"The champion {wanted} cannot be loaded: {error}" if wanted else f"No champion is named: {error}"
        return ""

    @property
    def _version(self) -> str | None:
        return self._serving.version if self._serving else None
