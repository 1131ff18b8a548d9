"""The command line. What is heavy is imported in the command that needs it, so that a question starts fast."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.asking import BadQuestion, read_request
from web.batch import answer_all
from web.exits import Misused, Wrong, run
from web.ingesting import ended, progress

if TYPE_CHECKING:
    from web.parts import Parts
    from web.settings import Settings


_GOLDEN = Path("tests/questions.toml")


class Day(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4 alone
    """A date as AAAA-MM-JJ."""

    name = "AAAA-MM-JJ"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"« {value} » n'est pas une date comme 2026-11-20", param, ctx)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Réglo répond aux questions de règlement d'après les documents qu'on lui donne.",
)
@click.option("--home", type=click.Path(path_type=Path), help="Dossier de la base et de l'index (REGLO_HOME).")
@click.pass_context
def cli(context: click.Context, home: Path | None) -> None:
    context.obj = {"home": home}


def _settings(**given: object) -> Settings:
    from web.settings import WrongSetting, read_settings

    try:
        return read_settings(**{**click.get_current_context().obj, **given})
    except WrongSetting as wrong:
        raise Misused(str(wrong)) from None


def _parts(**given: object) -> Parts:
    from web.parts import Parts, publisher_for

    settings = _settings(**given)
    return Parts(settings, publisher_for(settings))


@cli.command(help="Ouvre le site ; au premier démarrage, ingère les documents livrés.")
@click.option("--host", help="Adresse d'écoute (REGLO_HOST, 127.0.0.1).")
@click.option("--port", help="Port (REGLO_PORT, 8000).")
def serve(host: str | None, port: str | None) -> None:
    parts = _parts(host=host, port=port)
    from web.serving import serve as open_site

    open_site(parts, click.echo)


@cli.command(help="Ingère des fichiers ou des dossiers ; sans chemin, relit ce qui est là.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[CHEMIN ...]")
@click.option("--manifest", type=click.Path(path_type=Path), help="Un manifest.toml qui se trouve ailleurs.")
@click.option("--keep-starter", is_flag=True, help="Garde les documents livrés avec Réglo.")
def ingest(paths: tuple[Path, ...], manifest: Path | None, keep_starter: bool) -> None:
    publisher = _parts().publisher
    ended(publisher.ingest(paths, manifest=manifest, keep_starter=keep_starter, progress=progress))


@cli.command(help="Retire un document.")
@click.argument("slug")
def remove(slug: str) -> None:
    ended(_parts().publisher.remove(slug))


@cli.command(help="Répond à une question, ou à un lot de questions (JSON lines).")
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="La réponse en JSON.")
@click.option("--batch", type=click.Path(path_type=Path), metavar="FICHIER|-", help="Une question JSON par ligne.")
@click.option("--date", "today", type=Day(), help="Le jour de la question (aujourd'hui).")
@click.option("--school", help="Établissement.")
@click.option("--academy", help="Académie.")
@click.option("--session", help="Session, par exemple 2027.")
def ask(question: str | None, as_json: bool, batch: Path | None, today: date | None, **scope: str | None) -> None:
    if (question is None) == (batch is None):
        raise Misused("il faut une question, ou --batch FICHIER (- pour l'entrée standard).")
    parts = _parts()
    settings = parts.settings
    given = {name: value for name, value in scope.items() if value}
    day = today or settings.today()
    try:
        asked = read_request({"question": question or "-", **given}, day, settings.scope())
    except BadQuestion as wrong:
        raise Misused(str(wrong)) from None
    if batch is not None:
        answer_all(batch, parts.assistant(), asked)
        return
    from web import terminal

    answer = asked.answered_by(parts.assistant())
    click.echo(_json(asked.as_json(answer)) if as_json else terminal.answer(answer))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@cli.command(help="Les documents que Réglo a lus.")
def documents() -> None:
    from web import terminal

    held = _parts().publisher.documents()
    click.echo(terminal.documents(held) if held else "Aucun document : lancez « reglo ingest ».")


@cli.command(help="Le texte d'un document, tel que Réglo l'a lu.")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="Avec ce que l'on sait de lui, en JSON.")
def show(slug: str, as_json: bool) -> None:
    from web import terminal

    held = {document.slug: document for document in _parts().publisher.documents()}
    if slug not in held:
        known = ", ".join(sorted(held)) or "aucun"
        raise Wrong(f"le document « {slug} » n'est pas ici ; documents : {known}.")
    click.echo(_json(terminal.described(held[slug])) if as_json else held[slug].text)


@cli.command(help="Contrôle les preuves des faits, les désaccords, les documents anciens ou sans date.")
def check() -> None:
    parts = _parts()
    report = parts.publisher.check(parts.settings.today())
    for line in report.lines:
        click.echo(line)
    if not report.sound:
        raise click.exceptions.Exit(1)


@cli.command(help="Efface les questions gardées trop longtemps (réglage REGLO_JOURNAL_DAYS).")
@click.option("--all", "everything", is_flag=True, help="Toutes, quel que soit leur âge.")
def purge(everything: bool) -> None:
    from web.journal import journal_of
    from web.wording import counted

    settings = _settings()
    gone = journal_of(settings).purge(settings.today(), 0 if everything else settings.journal_days)
    click.echo(f"{counted(gone, 'jour')} de questions en moins." if gone else "Rien à effacer.")


@cli.group(help="Mesure la recherche, les silences ou les réponses.")
def evaluate() -> None:
    """Measures, each a command of its own."""


@evaluate.command(help="Mesure la recherche sur un dossier au format BEIR.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DOSSIER")
@click.option("--retriever", type=click.Choice(["lexical", "dense", "hybrid"]), default="hybrid", show_default=True)
@click.option("--encoder", help="Un autre modèle, par son nom ou son dossier.")
@click.option("--reranker", help="Un modèle (cross-encoder) qui reclasse les premiers, par son nom ou son dossier.")
@click.option("--download", is_flag=True, default=None, help="Permet de télécharger ces modèles.")
@click.option("--json", "as_json", is_flag=True, help="Les mesures en JSON.")
def retrieval(
    folder: Path, retriever: str, encoder: str | None, reranker: str | None, download: bool | None, as_json: bool
) -> None:
    from index.encoder import load_encoder
    from index.evaluation import evaluate as measure
    from index.reranker import Reranker, UnknownReranker
    from index.search import Retriever
    from web import terminal

    settings = _settings(encoder=encoder, download=download)
    try:
        second = Reranker.load(reranker, settings.download) if reranker else None
    except UnknownReranker as unknown:
        raise Wrong(str(unknown)) from None
    found = measure(folder, load_encoder(settings.encoder, download=settings.download), Retriever(retriever), second)
    rounded = {name: round(value, 4) for name, value in found.items()}
    click.echo(_json(rounded) if as_json else terminal.table(("mesure", "valeur"), rounded.items()))


@evaluate.command(help="Mesure si Réglo sait quand ne pas répondre, sur des dossiers BEIR que rien ne rapproche.")
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DOSSIER...")
@click.option("--threshold", type=click.FloatRange(0, 1), help="Probabilité sous laquelle il vaut mieux se taire.")
@click.option("--encoder", help="Un autre modèle, par son nom ou son dossier.")
@click.option("--json", "as_json", is_flag=True, help="Les mesures en JSON.")
def abstention(folders: tuple[Path, ...], threshold: float | None, encoder: str | None, as_json: bool) -> None:
    from dataclasses import asdict

    from index.abstention import trials
    from index.confidence import Confidence
    from index.encoder import load_encoder
    from index.evaluation import read
    from index.reliability import measure
    from web import measures

    asked = list(trials([read(folder) for folder in folders], load_encoder(_settings(encoder=encoder).encoder)))
    try:
        found = measure(asked, Confidence.load(), threshold)
    except ValueError as wrong:
        raise Wrong(f"{wrong} : donnez des dossiers plus grands.") from None
    click.echo(_json(asdict(found)) if as_json else measures.reliability(found))


@evaluate.command(help="Dit pourquoi les passages trouvés le sont, et si le premier répond.")
@click.argument("question")
def explain(question: str) -> None:
    from index.confidence import DEPTH, Confidence, read_signs
    from web import measures

    assistant = _parts().assistant()
    hits = assistant.searcher.search(question, DEPTH)
    if not hits:
        raise Wrong("aucun passage n'a de mot ni de sens commun avec cette question.")
    passages = [assistant.passages[hit.id] for hit in hits]
    signs = read_signs(assistant.searcher, question, hits, passages[0].searchable)
    click.echo(measures.explained(hits, [passage.text for passage in passages], signs, Confidence.load()))


@evaluate.command(help="Pose les questions de référence et compte les réponses justes, par famille.")
@click.argument("file", default=_GOLDEN, type=click.Path(path_type=Path), metavar="[FICHIER]")
def answers(file: Path) -> None:
    from assistant import evaluation

    questions = evaluation.read_questions(file)
    parts = _parts()
    assistant = parts.assistant()
    outcomes = evaluation.run(questions, lambda ask, history, day: assistant.answer(ask, history, today=day))
    held = (document.sha256 for document in assistant.knowledge.documents.values())
    evaluation.Score.of(outcomes, parts.settings.today(), held).save(parts.settings.home)
    click.echo(evaluation.table(outcomes))
    if any(outcome.wrong for outcome in outcomes):
        raise click.exceptions.Exit(1)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command `reglo`."""
    from web.settings import one_thread_each

    one_thread_each()
    run(cli, arguments)
