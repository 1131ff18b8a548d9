"""What each document answers and leaves unsaid, the disagreements, and the mentions of one thing."""

from __future__ import annotations

from assistant.assistant import Assistant
from assistant.register import register
from assistant.sources import mentions, sources
from tests.assistant.conftest import TODAY


def test_every_document_is_there_with_its_facts_by_topic(library: Assistant) -> None:
    told = sources(library.knowledge, TODAY)
    assert [source.document.slug for source in told] == list(library.knowledge.documents)
    for source in told:
        facts = [f for f in library.knowledge.facts.facts if f.document == source.document.slug]
        asked = [f for f in facts if f.prop not in ("name", "code", "optional")]
        assert source.count == len(asked)


def test_an_example_is_one_of_the_facts_in_the_words_that_give_it(starting: Assistant) -> None:
    [reference] = [s for s in sources(starting.knowledge, TODAY) if s.document.slug == "referentiel-mco"]
    [topic] = [topic for topic in reference.topics if topic.label == "coefficient"]
    assert topic.count == 10
    assert topic.example.startswith("E1 (Culture générale et expression) : 3")
    assert "E1" in topic.citation.quote


def test_a_silence_is_what_others_give_and_this_one_does_not(starting: Assistant) -> None:
    silences = {s.document.slug: s.silences for s in sources(starting.knowledge, TODAY)}
    assert "âge" in silences["leonie-aviat"]
    assert "âge" not in silences["sacre-coeur-amiens"]
    assert "coefficient" in silences["sacre-coeur-amiens"]


def test_a_document_of_another_diploma_leaves_nothing_unsaid(elsewhere: Assistant) -> None:
    silences = {s.document.slug: s.silences for s in sources(elsewhere.knowledge, TODAY)}
    assert silences["cap-cuisine-toque-bleue"] == ()


def test_how_old_a_document_is_is_told(starting: Assistant) -> None:
    standing = {s.document.slug: s.standing for s in sources(starting.knowledge, TODAY)}
    assert standing["circulaire-aix-marseille-2022"] == "past"
    assert standing["leonie-aviat"] == "undated"
    assert standing["sacre-coeur-amiens"] == "current"


def test_the_register_holds_every_contradiction_with_all_its_values(library: Assistant) -> None:
    told = register(library.knowledge)
    assert len(told) == len(library.knowledge.facts.disagreements())
    for disagreement in told:
        assert len({value.value for value in disagreement.values}) > 1


def test_a_disagreement_is_worded_as_people_read_it(starting: Assistant) -> None:
    [written] = [one for one in register(starting.knowledge) if one.about.startswith("E21")]
    assert {value.value for value in written.values} == {"40 min", "2 h"}


def test_mentions_lead_from_document_to_document_and_back(starting: Assistant) -> None:
    fact = starting.knowledge.facts.about("unit:E5", "coefficient")[0]
    at = fact.evidence[0]
    here = mentions(starting.knowledge, at.document, at.start, at.end)
    assert here is not None
    assert here.about.startswith("E5")
    assert here.count > 2
    seen = 1
    while here.after is not None:
        there = mentions(starting.knowledge, here.after.document, here.after.start, here.after.end)
        assert there is not None
        assert there.place == here.place + 1
        assert there.before is not None
        here, seen = there, seen + 1
    assert here.place == here.count
    assert seen > 1


def test_words_that_give_no_fact_have_no_other_mentions(starting: Assistant) -> None:
    assert mentions(starting.knowledge, "referentiel-mco", 0, 3) is None
