"""The parts that a request or a command works with: the settings, and the publisher made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.settings import Settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.publishing import Publisher


@dataclass(frozen=True, slots=True)
class Parts:
    settings: Settings
    publisher: Publisher

    def assistant(self) -> Assistant:
        """The assistant of the current generation."""
        return self.publisher.assistant(self.settings.scope())


def publisher_for(settings: Settings) -> Publisher:
    from assistant.publishing import Publisher
    from index.encoder import load_encoder

    return Publisher(
        settings.home,
        lambda: load_encoder(settings.encoder, download=settings.download),
        database=settings.database,
        exact=settings.exact,
    )


def current_parts() -> Parts:
    """The parts of the site that answers the request at hand."""
    from flask import current_app

    parts: Parts = current_app.extensions["reglo"]
    return parts
