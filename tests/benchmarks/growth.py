"""A rule's answer among the exam tables of other diplomas: what does not concern a question must cost it nothing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from assistant.assistant import Assistant
from assistant.publishing import Publisher
from corpus.documents import Scope
from index.encoder import load_encoder
from tests.benchmarks.answers import RULE_QUESTIONS, TODAY
from tests.benchmarks.clock import milliseconds, seconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.material import Material

COPIES = (1, 10, 100)
ASKED = 300
WARM = 30
MORE = Bar(1.25)  # what the noise of a machine may add
SLOWEST = Bar(5)  # p99 against the median
TABLE = """# BTS Spécialité {name}

| Épreuves | Coefficient | Forme | Durée |
|---|---|---|---|
| E1 Expression | 2 | écrite | 3 h |
| E2 Langue vivante étrangère | 4 | orale | 30 min |
| E3 Droit et économie | {weight} | écrite | 2 h |
"""


def measure(material: Material) -> Iterator[Figure]:
    """The questions that name their diploma, asked in turns of one assistant with and one without the other tables."""
    del material  # these tables are made here
    with TemporaryDirectory() as folder:
        alone = _assistant(Path(folder) / "0", 0)
        for copies in COPIES:
            among = _assistant(Path(folder) / str(copies), copies)
            yield from _figures(alone, among, copies)


def _figures(alone: Assistant, among: Assistant, copies: int) -> Iterator[Figure]:
    diploma = alone.knowledge.vocabulary.examined[0]
    asked = cycle([f"{question.rstrip(' ?')} en {diploma} ?" for question in RULE_QUESTIONS])
    rounds = [
        (seconds(partial(alone.answer, q, today=TODAY)), seconds(partial(among.answer, q, today=TODAY)))
        for _, q in zip(range(WARM + ASKED), asked, strict=False)
    ]
    reference, taken = (list(side) for side in zip(*rounds[WARM:], strict=True))
    middle, before = median(taken), median(reference)
    name = f"réponse « rule » parmi {copies} autre(s) diplôme(s)"
    yield Figure(name, milliseconds(middle), f"sans eux : {milliseconds(before)}", middle / before, MORE)
    slowest = quantiles(taken, n=100)[98]
    yield Figure(f"{name}, p99", milliseconds(slowest), f"médiane : {milliseconds(middle)}", slowest / middle, SLOWEST)


def _assistant(folder: Path, copies: int) -> Assistant:
    tables = folder / "tables"
    tables.mkdir(parents=True)
    for number in range(copies):
        name = chr(97 + number // 10) * 3 + chr(97 + number % 10) * 3
        (tables / f"table-{number}.md").write_text(TABLE.format(name=name, weight=number + 1), encoding="utf-8")
    publisher = Publisher(folder / "home", load_encoder)
    publisher.ingest([tables] if copies else [], keep_starter=True)
    return publisher.assistant(Scope())
