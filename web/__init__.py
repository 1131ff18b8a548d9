"""The pages and the API. `create_app` is where the parts are put together; nothing here knows a rule or a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from assistant.publishing import Publisher
    from web.settings import Settings


def create_app(settings: Settings | None = None, publisher: Publisher | None = None) -> Flask:
    """The site for these settings (those of the environment where none are given)."""
    # Imported here: the command line imports this package too, and most of its commands need no Flask.
    from flask import Flask

    from web import (
        api,
        chat,
        completions,
        declaration,
        documents,
        errors,
        feedback,
        gate,
        journal,
        languages,
        offline,
        openapi,
        privacy,
        reading,
        safety,
        widget,
    )
    from web.parts import Parts, publisher_for
    from web.settings import read_settings
    from web.tools import calendar, dossier, eligibility, simulator, sources, uploads

    settings = settings or read_settings()
    app = Flask(__name__)
    languages.add_to(app)
    app.extensions["reglo"] = Parts(settings, publisher or publisher_for(settings))
    app.json.sort_keys = False  # type: ignore[attr-defined]
    for part in (gate, safety, errors, journal, reading, uploads):
        part.add_to(app)
    for site in (chat, feedback, documents, api, completions, openapi, offline, declaration, privacy, widget):
        app.register_blueprint(site.pages)
    for tool in (simulator, dossier, calendar, eligibility, sources):
        app.register_blueprint(tool.pages)
    return app
