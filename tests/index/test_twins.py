from index.twins import twins

SENTENCE = (
    "La note obtenue au bloc de compétences est conservée sur demande du candidat pendant cinq ans et dans "
    "les conditions que fixe le règlement de l'examen publié par le recteur de l'académie"
)


def test_a_text_repeated_but_for_its_accents_and_case_is_a_twin() -> None:
    assert twins([SENTENCE, "Autre chose.", SENTENCE.upper()]).tolist() == [0, 1, 0]


def test_a_text_with_one_more_word_is_a_twin() -> None:
    assert twins([SENTENCE, f"{SENTENCE} concernée"]).tolist() == [0, 0]


def test_a_figure_or_a_code_makes_the_difference() -> None:
    assert twins([f"{SENTENCE}, soit 5 ans", f"{SENTENCE}, soit 3 ans"]).tolist() == [0, 1]
    assert twins(["E41 | Épreuve écrite | 3", "E42 | Épreuve écrite | 3"]).tolist() == [0, 1]


def test_texts_without_a_word_are_no_trouble() -> None:
    assert len(twins(["", "?", ""])) == 3


def test_no_text_gives_no_twin() -> None:
    assert twins([]).tolist() == []
