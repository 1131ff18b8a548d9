import json
from pathlib import Path

import numpy as np
import pytest

from index.abstention import Kind, Trial, trials
from index.confidence import DEPTH, Confidence, Signs, names, read_signs
from index.encoder import Encoder
from index.evaluation import read
from index.reliability import Rate, measure
from index.search import Searcher
from index.training.confidence import learn, logistic, written

SETS = Path(__file__).parents[2].parent / "shared" / "evaluation"
TEXTS = [
    "L'épreuve E41 a pour coefficient 3.",
    "La date limite d'inscription est le 1er décembre 2026.",
    "Le candidat peut être admis en apprentissage à Lyon.",
    "Le stage dure seize semaines, dans une ou deux entreprises.",
]


def signs(encoder: Encoder, question: str) -> Signs:
    searcher = Searcher.build(range(len(TEXTS)), TEXTS, encoder)
    hits = searcher.search(question, DEPTH)
    return read_signs(searcher, question, hits, TEXTS[hits[0].id])


def test_names_are_numbers_codes_and_words_with_a_capital_but_the_first() -> None:
    assert [token.text for token in names("Quel jour de 2026 passe-t-on l'E41 à Lyon ?")] == ["2026", "e41", "lyon"]


def test_a_question_in_the_words_of_a_passage_is_surer_than_one_that_nothing_speaks_of(embedded: Encoder) -> None:
    known, foreign = (
        signs(embedded, "Combien de semaines dure le stage ?"),
        signs(embedded, "Quel volcan domine Naples ?"),
    )
    assert (known.unheard, known.lost) == (0, 0)
    assert known.meant == pytest.approx(1)
    assert foreign.unheard > 0.9
    assert foreign.lost == 1
    confidence = Confidence.load()
    assert confidence.answers(known)
    assert not confidence.answers(foreign)


def test_a_name_changed_for_another_makes_the_passage_less_sure(embedded: Encoder) -> None:
    right, wrong = (signs(embedded, f"Peut-on être admis en apprentissage à {city} ?") for city in ("Lyon", "Brest"))
    assert (right.lost, wrong.lost) == (0, 1)
    confidence = Confidence.load()
    assert confidence.probability(wrong) < confidence.probability(right) / 2


def test_what_each_sign_adds_makes_the_probability(embedded: Encoder) -> None:
    read_, confidence = signs(embedded, "coefficient de l'E41"), Confidence.load()
    total = confidence.constant + sum(confidence.parts(read_).values())
    assert confidence.probability(read_) == pytest.approx(1 / (1 + np.exp(-total)))


def test_a_logistic_regression_finds_the_odds() -> None:
    ones = np.ones((100, 1))
    right = np.r_[np.ones(75), np.zeros(25)]
    assert logistic(ones, right, np.ones(100), ridge=0.0)[0] == pytest.approx(np.log(3))
    assert logistic(ones, right, np.r_[np.ones(75), np.full(25, 3.0)], ridge=0.0)[0] == pytest.approx(0)


def trial(kind: Kind, meant: float, right: bool) -> Trial:
    return Trial(kind, "?", Signs(meant, *[0.0] * (len(Signs.names()) - 1)), meant, right)


KNOWN = [
    *(trial(Kind.ANSWERABLE, 0.5 + place / 400, True) for place in range(200)),
    *(trial(Kind.FOREIGN, place / 400, False) for place in range(240)),
]


def test_what_is_learnt_is_written_and_read_again(tmp_path: Path) -> None:
    found = learn(KNOWN)
    (tmp_path / "learnt.toml").write_text(written(found, len(KNOWN)), encoding="utf-8")
    assert Confidence.load(tmp_path / "learnt.toml") == found
    assert found.weights[0] > 0


def test_the_rates_are_those_of_the_threshold() -> None:
    found = measure(KNOWN, learn(KNOWN))
    assert found.refused.share == pytest.approx(0.095, abs=0.01)
    assert found.answered[Kind.FOREIGN].share == pytest.approx(found.lexical[Kind.FOREIGN].share, abs=0.01)
    assert sum(bin_.count for bin_ in found.bins) == len(KNOWN)
    assert measure(KNOWN, learn(KNOWN), threshold=0.0).refused.share == 0
    with pytest.raises(ValueError, match="aucune question"):
        measure(KNOWN[200:], learn(KNOWN))


def test_the_interval_is_that_of_wilson() -> None:
    rate = Rate.of(np.r_[np.ones(2, bool), np.zeros(98, bool)])
    assert (rate.low, rate.high) == (pytest.approx(0.0055, abs=1e-4), pytest.approx(0.0700, abs=1e-4))
    assert Rate.of(np.zeros(0, bool)) == Rate(0.0, 0, 0.0, 1.0)


def beir(folder: Path, words: str, documents: int = 30) -> Path:
    (folder / "qrels").mkdir(parents=True)
    passages = [{"_id": f"p{n}", "text": f"{words} numéro {n} de la série {n % 3}."} for n in range(documents)]
    questions = [{"_id": f"p{n}", "text": f"Que dit {words} numéro {n} ?"} for n in range(documents)]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, passages)))
    (folder / "queries.jsonl").write_text("\n".join(map(json.dumps, questions)))
    (folder / "qrels" / "test.tsv").write_text("".join(f"p{n}\tp{n}\t1\n" for n in range(documents)))
    return folder


def test_no_question_is_both_learnt_from_and_asked(embedded: Encoder, tmp_path: Path) -> None:
    sets = [read(beir(tmp_path / "a", "La fiche de stage")), read(beir(tmp_path / "b", "Une recette de cuisine"))]
    known, asked = (list(trials(sets, embedded, seen)) for seen in (True, False))
    plain = {Kind.ANSWERABLE, Kind.REMOVED, Kind.FOREIGN}
    learnt, kept = ({t.question for t in part if t.kind in plain} for part in (known, asked))
    assert learnt.isdisjoint(kept)
    assert len(learnt | kept) == 60
    assert all(t.right <= (t.kind is Kind.ANSWERABLE) for t in known + asked)
    altered = [t for t in known + asked if t.kind is Kind.ALTERED]
    assert altered
    assert not any(t.right for t in altered)


@pytest.mark.long
def test_it_is_known_when_not_to_answer(embedded: Encoder) -> None:
    """On 1,034 questions that no training saw, and as many foreign to the library."""
    for name in ("piaf", "service-public"):
        if not (SETS / name).is_dir():
            pytest.skip(f"{SETS / name} n'est pas là : rien à mesurer")
    asked = list(trials([read(SETS / name) for name in ("piaf", "service-public")], embedded))
    found = measure(asked, Confidence.load())
    assert found.answered[Kind.FOREIGN].count >= 1000
    assert found.refused.share <= 0.10
    assert found.answered[Kind.FOREIGN].share <= 0.03
    assert found.answered[Kind.ALTERED].share <= found.lexical[Kind.ALTERED].share / 2
    assert found.answered[Kind.REMOVED].share < found.lexical[Kind.REMOVED].share
    assert all(abs(bin_.said - bin_.so) < 0.15 for bin_ in found.bins if bin_.count > 60)
