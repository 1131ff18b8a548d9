"""A whole answer against a bare Flask page under waitress, asked over the same kind of connection in turns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import cycle
from statistics import median

from assistant.answers import Kind
from assistant.assistant import Assistant
from assistant.publishing import Publisher
from corpus.documents import Scope
from tests.benchmarks.clock import milliseconds, seconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.homes import home_of
from tests.benchmarks.material import Absent, Material
from tests.benchmarks.sites import Site, bare_flask, reglo

TODAY = date(2026, 11, 20)
ASKED = 200
WARM = 20
TEXTS = 1_500  # 2,000 passages with the starter documents
# How a unit's name in the question is looked for is a part of the work: codes, names, a slip of the finger.
RULE_QUESTIONS = (
    "Quel est le coefficient de l'épreuve E5 ?",
    "Quel est le coefficient de l'épreuve de gestion opérationnelle ?",
    "combien de temps dure e4.1",
    "Combien de temps dure l'écrit d'anglais E21 ?",
    "coef managment",
    "L'épreuve E3 est-elle écrite ou orale ?",
)
BARS = {Kind.RULE: (Bar(5), Bar(8)), Kind.PASSAGES: (Bar(12), Bar(15))}


def measure(material: Material) -> Iterator[Figure]:
    prose = material.passages(TEXTS)
    with home_of(prose) as (folder, publisher), bare_flask() as bare, reglo(folder) as site:
        assistant = publisher.assistant(Scope())
        asked = {
            Kind.RULE: _answered_as(Kind.RULE, assistant, list(RULE_QUESTIONS)),
            Kind.PASSAGES: _answered_as(Kind.PASSAGES, assistant, material.questions()),
        }
        for kind, questions in asked.items():
            yield from _figures(kind, questions, assistant, site, bare, _count(publisher))


def _figures(
    kind: Kind, questions: list[str], assistant: Assistant, site: Site, bare: Site, held: int
) -> Iterator[Figure]:
    """In turns: the answer in this process, the page over HTTP, the bare page over HTTP."""
    rounds = []
    for _, question in zip(range(WARM + ASKED), cycle(questions), strict=False):
        inside = seconds(partial(assistant.answer, question, today=TODAY))
        rounds.append((inside, seconds(partial(site.ask, question)), seconds(partial(bare.ask, question))))
    inside, over_http, reference = (median(side) for side in zip(*rounds[WARM:], strict=True))
    against = f"page Flask nue : {milliseconds(reference)}"
    name = f"réponse « {kind} » parmi {held:_} passages".replace("_", " ")
    for where, taken, bar in zip(("en mémoire", "par HTTP"), (inside, over_http), BARS[kind], strict=True):
        yield Figure(f"{name}, {where}", milliseconds(taken), against, taken / reference, bar)


def _answered_as(kind: Kind, assistant: Assistant, questions: list[str]) -> list[str]:
    found = [q for q in questions if assistant.answer(q, today=TODAY).kind is kind]
    if not found:
        raise Absent(f"aucune question n'a de réponse « {kind} »")
    return found


def _count(publisher: Publisher) -> int:
    return len(publisher.assistant(Scope()).passages)
