"""The site on its port: the starter documents at the first start, then what is held, then questions."""

from __future__ import annotations

from collections.abc import Callable

from assistant.assistant import Assistant
from assistant.publishing import NoGeneration
from web import create_app, wording
from web.parts import Parts
from web.tools.uploads import largest_upload

Say = Callable[[str], object]


def serve(parts: Parts, say: Say) -> None:
    from waitress import create_server

    settings = parts.settings
    assistant = _ready(parts, say)
    server = create_server(
        create_app(settings, parts.publisher),
        host=settings.host,
        port=settings.port,
        threads=settings.threads,
        ident=None,
        # Twice ours: what is a little too large gets our own page, what is far too large is not even read.
        max_request_body_size=2 * largest_upload(settings),
        # A file that someone has checked never touches the disk.
        inbuf_overflow=2 * largest_upload(settings),
    )
    say(_welcome(assistant, parts, f"http://{settings.host}:{server.effective_port}"))
    server.run()


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
    for question in assistant.examples()[-1:]:
        answer = assistant.answer(question, today=parts.settings.today())
        lines += ["", f"Par exemple : {question}", f"  {wording.verdict(answer)}"]
        lines += [f"  « {citation.quote} » ({wording.source(citation)})" for citation in answer.citations[:1]]
    return "\n".join([*lines, "", "Ctrl+C pour fermer."])
