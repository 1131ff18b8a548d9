"""The site on its port: the starter documents at the first start, then what is held, then questions."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from assistant.assistant import Assistant
from assistant.publishing import NoGeneration
from web import create_app, wording
from web.parts import Parts
from web.tools.uploads import largest_upload

_SPARE: Final = 8
_SWITCH: Final = 0.0005  # seconds
_SILENT: Final = 30  # seconds after which a connection that says nothing is closed
_ANY: Final = ("0.0.0.0", "::")  # noqa: S104, looked for and never used
_CONNECTIONS: Final = 2_000  # open at once: many who hold one must not keep others out

if TYPE_CHECKING:
    from flask import Flask
    from waitress.server import BaseWSGIServer as WSGIServer

    from web.settings import Settings

Say = Callable[[str], object]


def serve(parts: Parts, say: Say) -> None:
    settings = parts.settings
    assistant = _ready(parts, say)
    server = server_for(create_app(settings, parts.publisher), settings)
    _tune()
    say(_welcome(assistant, parts, f"http://{settings.host}:{server.effective_port}"))
    server.run()


def server_for(app: Flask, settings: Settings) -> WSGIServer:
    """The server of the site, listening on its port."""
    from waitress import create_server

    return create_server(
        app,
        host=settings.host,
        port=settings.port,
        # Those at work, those that wait, and a few to refuse the others and to send what costs nothing.
        threads=settings.at_once() + settings.queue + _SPARE,
        connection_limit=_CONNECTIONS,
        channel_timeout=_SILENT,
        asyncore_use_poll=True,
        ident=None,
        # What a proxy says of its visitors goes to the gate, which knows how many proxies there are; else nowhere.
        clear_untrusted_proxy_headers=not settings.proxies,
        # Twice ours: what is a little too large gets our own page, what is far too large is not even read.
        max_request_body_size=2 * largest_upload(settings),
        # A file that someone has checked never touches the disk.
        inbuf_overflow=2 * largest_upload(settings),
    )


def _tune() -> None:
    """For many small requests beside a few long ones: threads change places often, and our own queue is what counts."""
    sys.setswitchinterval(_SWITCH)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def _ready(parts: Parts, say: Say) -> Assistant:
    try:
        return parts.assistant()
    except NoGeneration:
        say("Premier démarrage : Réglo lit les documents livrés avec lui.")
        report = parts.publisher.ingest(())
        for warning in report.warnings:
            say(f"Attention : {warning}")
        return parts.assistant()


def _welcome(assistant: Assistant, parts: Parts, address: str) -> str:
    documents = wording.counted(len(assistant.knowledge.documents), "document")
    passages = wording.counted(len(assistant.passages), "passage")
    lines = [f"Réglo est ouvert : {address}", f"{documents}, {passages}."]
    if parts.settings.host in _ANY and not parts.settings.hosts:
        lines.append(
            "Il écoute tout le réseau, mais ne répond qu'à cette machine : dites sous quels noms avec REGLO_HOSTS."
        )
    for question in assistant.examples()[-1:]:
        answer = assistant.answer(question, today=parts.settings.today())
        lines += ["", f"Par exemple : {question}", f"  {wording.verdict(answer)}"]
        lines += [f"  « {citation.quote} » ({wording.source(citation)})" for citation in answer.citations[:1]]
    return "\n".join([*lines, "", "Ctrl+C pour fermer."])
