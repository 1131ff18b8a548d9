"""The golden questions: what was expected of each answer, and whether it was so, by family."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answers import Answer
from index.text import fold

_KEYS = {"ask", "history", "family", "kind", "rule", "says", "never", "cites", "values", "date"}
_ACCEPTED = {"answer": {"rule", "passages"}}  # where a computed answer and a quoted one are both right
_UNIT = re.compile(r"(?<=[0-9]) (?=(?:h|min|mo|ko|%|€)(?![a-z]))|(?<=[0-9]h) (?=[0-9]{2}\b)")
_SCORE = "score.json"  # the file of a home that keeps the last score
Ask = Callable[[str, Sequence[str], date], Answer]


class BadQuestions(Exception):
    """A file of golden questions that cannot be used; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Golden:
    """A question and what its answer must be.

    `kind` is that of the answer, or "answer" where a rule and passages are both right. All of `says`
    stand in the text, the quotes or the values; none of `never` in the text; one of `cites`
    must be cited; `values` are all the values of its disagreements.
    """

    ask: str
    family: str
    kind: str
    day: date
    history: tuple[str, ...] = ()
    rule: str | None = None
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with its answer and what was wrong with it (nothing: right)."""

    golden: Golden
    answer: Answer
    wrong: tuple[str, ...]


def read_questions(path: Path) -> list[Golden]:
    """The questions of a TOML file: a `date` for all, and one table `[[question]]` each."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadQuestions(
            f"{path} : fichier de questions illisible ({error}) ; corrigez-le ou nommez-en un autre."
        ) from None
    return [_golden(path, number, entry, table) for number, entry in enumerate(table.get("question", ()), 1)]


def _golden(path: Path, number: int, entry: dict[str, Any], table: dict[str, Any]) -> Golden:
    unknown, missing = set(entry) - _KEYS, {"ask", "family", "kind"} - set(entry)
    day = entry.get("date", table.get("date"))
    if unknown or missing or not isinstance(day, date):
        what = f"clé inconnue {sorted(unknown)}" if unknown else f"il manque {sorted(missing) or ['date']}"
        raise BadQuestions(f"{path}, [[question]] n° {number} : {what} ; clés permises : {sorted(_KEYS)}.")
    lists = {key: tuple(entry.get(key, ())) for key in ("history", "says", "never", "cites", "values")}
    return Golden(entry["ask"], entry["family"], entry["kind"], day, rule=entry.get("rule"), **lists)


def judge(golden: Golden, answer: Answer) -> tuple[str, ...]:
    """What is wrong with an answer, one phrase each."""
    wrong = []
    if str(answer.kind) not in _ACCEPTED.get(golden.kind, {golden.kind}):
        wrong.append(f"kind {answer.kind} au lieu de {golden.kind}")
    if golden.rule and answer.rule != golden.rule:
        wrong.append(f"rule {answer.rule} au lieu de {golden.rule}")
    values = [value for d in answer.disagreements for value in d.values]
    said = _plain(" ".join([answer.text, *(c.quote for c in answer.citations), *(v.value for v in values)]))
    wrong += [f"ne dit pas « {words} »" for words in golden.says if _plain(words) not in said]
    wrong += [f"dit « {words} »" for words in golden.never if _plain(words) in _plain(answer.text)]
    if golden.cites and not set(golden.cites) & {c.document for c in answer.citations}:
        wrong.append(f"ne cite aucun de {list(golden.cites)}")
    if golden.values and set(golden.values) != {value.value for value in values}:
        wrong.append(f"désaccord entre {sorted({v.value for v in values})} au lieu de {sorted(golden.values)}")
    if not golden.values and values and golden.kind == "rule":
        wrong.append(f"fausse alerte entre {sorted({v.value for v in values})}")
    return tuple(wrong)


def _plain(text: str) -> str:
    """Folded; a number and its unit are one word, as some documents write "4h" and others "4 h"."""
    return _UNIT.sub("", " ".join(fold(text).split()))


def run(questions: Iterable[Golden], ask: Ask) -> list[Outcome]:
    """Each question asked, each answer judged."""
    outcomes = []
    for golden in questions:
        answer = ask(golden.ask, golden.history, golden.day)
        outcomes.append(Outcome(golden, answer, judge(golden, answer)))
    return outcomes


def table(outcomes: Sequence[Outcome]) -> str:
    """Right and wrong by family, then each miss with what was wrong."""
    right = Counter(o.golden.family for o in outcomes if not o.wrong)
    asked = Counter(o.golden.family for o in outcomes)
    width = max(map(len, asked), default=0)
    lines = [f"{family:<{width}}  {right[family]:>3} / {asked[family]}" for family in sorted(asked)]
    lines.append(f"{'total':<{width}}  {sum(right.values()):>3} / {len(outcomes)}")
    misses = [f"- {o.golden.ask} : {' ; '.join(o.wrong)}" for o in outcomes if o.wrong]
    return "\n".join([*lines, *misses])


@dataclass(frozen=True, slots=True)
class Score:
    """How many golden questions were answered right, by family as (right, asked), when and on which documents (the
    SHA-256 of each)."""

    day: date
    right: int
    asked: int
    families: Mapping[str, tuple[int, int]]
    documents: tuple[str, ...]

    @classmethod
    def of(cls, outcomes: Sequence[Outcome], day: date, documents: Iterable[str]) -> Score:
        right = Counter(o.golden.family for o in outcomes if not o.wrong)
        asked = Counter(o.golden.family for o in outcomes)
        families = {family: (right[family], asked[family]) for family in sorted(asked)}
        return cls(day, right.total(), asked.total(), families, tuple(sorted(documents)))

    def save(self, home: Path) -> None:
        (home / _SCORE).write_text(json.dumps(asdict(self), default=date.isoformat), encoding="utf-8")

    @classmethod
    def load(cls, home: Path) -> Score | None:
        """The score kept in a home; None where there is none, or none that can be read."""
        try:
            kept = json.loads((home / _SCORE).read_text(encoding="utf-8"))
            families = {family: (int(right), int(asked)) for family, (right, asked) in kept["families"].items()}
            day = date.fromisoformat(kept["day"])
            return cls(day, int(kept["right"]), int(kept["asked"]), families, tuple(kept["documents"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
