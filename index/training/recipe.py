"""The whole recipe: vocabulary, first vectors, contrast."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.text import fold
from index.training.contrast import Ids, Log, Pool, Schedule, train
from index.training.cooccurrence import BREAK, company, main_axes, mutual_information
from index.training.texts import lines, pairs, sources
from index.training.vocabulary import tokenizer_of

# The small files speak as our readers do: they count more than law, debates and literature.
OURS = frozenset(
    {
        "admin_divers",
        "modernes_divers",
        "orientation_onisep",
        "phrases_sts",
        "questions",
        "service_public",
        "wikipedia_piaf",
    }
)
_NOT_PROSE = frozenset({"questions", "phrases_sts"})
# How often a sentence of the other files is drawn, against 6 for our register and 0.4 for literature and debates.
_PROSE = {"codes_juridiques": 1.0}
_MOST = 150_000  # sentences of one file
# How often a pair of each file is drawn: questions and their answers rather than names and laws.
_PAIRS = {
    "cnil_crpa_faq": 3.0,
    "metiers_formations_synonymes": 0.6,
    "mon_entreprise": 2.0,
    "piaf_train": 4.0,
    "service_public": 4.0,
    "sigles_formations": 0.3,
    "synonymes_wiktionnaire": 0.5,
    "titre_article_codes": 0.5,
    "travail_emploi": 3.0,
}

Tokens = dict[str, list[Ids]]


@dataclass(frozen=True, slots=True)
class Recipe:
    seed: int = 20
    words: int = 46_000
    pieces: int = 6_000
    dimension: int = 384
    window: int = 6
    frequent: float = 3e-5  # above that share of the text, a token is dropped from it at times
    rare: float = 3e-4  # the weight of a token of that share is half that of the rarest
    ours: int = 4  # how many times more our register counts
    longest: int = 128  # tokens of a passage in the contrast
    forget: tuple[float, float] = (0.5, 0.2)  # of the words that both sides hold, in prose and in pairs
    schedule: Schedule = field(default_factory=lambda: Schedule(steps=1700))


def cook(folder: Path, recipe: Recipe, log: Log) -> tuple[Tokenizer, NDArray[np.float32]]:
    """The tokenizer and its table of vectors (tokens, d), from the training folder."""
    rng = np.random.default_rng(recipe.seed)
    prose = {source.name.removesuffix(".txt.xz"): lines(source) for source in sources(folder)}
    taught = dict(pairs(folder))
    log(f"{sum(map(len, prose.values()))} lignes, {sum(map(len, taught.values()))} paires")
    tokenizer = tokenizer_of(_counts(prose, recipe), recipe.words, recipe.pieces)
    read = {name: _tokens(tokenizer, texts) for name, texts in prose.items()}
    asked = {name: _tokens(tokenizer, [pair.question for pair in found]) for name, found in taught.items()}
    answered = {name: _tokens(tokenizer, [pair.passage for pair in found]) for name, found in taught.items()}
    log(f"{tokenizer.get_vocab_size()} formes")

    shares = _shares(read, tokenizer.get_vocab_size(), recipe)
    together = {
        name: [np.concatenate(both) for both in zip(asked[name], answered[name], strict=True)] for name in asked
    }
    stream = _stream(read, together, shares, recipe, rng)
    log(f"{len(stream)} formes lues pour les voisinages")
    matrix = mutual_information(company(stream, len(shares), recipe.window))
    vectors = main_axes(matrix, recipe.dimension, rng)
    log(f"{matrix.nnz} voisinages retenus, {recipe.dimension} axes")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    weights = recipe.rare / (recipe.rare + shares)
    weights[0] = 0  # the unknown token says nothing
    table = (vectors / np.where(lengths > 0, lengths, 1) * weights[:, None]).astype(np.float32)

    table = train(
        table,
        _prose_pairs(read, recipe, rng),
        _taught_pairs(asked, answered, recipe),
        recipe.forget,
        recipe.schedule,
        recipe.seed,
        log,
    )
    return tokenizer, table


def _counts(prose: dict[str, list[str]], recipe: Recipe) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name, texts in prose.items():
        found = Counter(word for text in texts for word in re.findall("[a-z0-9]+", fold(text)))
        times = 2 * recipe.ours if name in OURS else 1
        counts.update({word: times * count for word, count in found.items()})
    return counts


def _tokens(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Ids]:
    return [np.asarray(encoding.ids, np.int32) for encoding in tokenizer.encode_batch_fast(list(texts))]


def _shares(read: Tokens, size: int, recipe: Recipe) -> NDArray[np.float64]:
    """The share of each token in the text: (tokens,)."""
    counts = np.zeros(size)
    for name, texts in read.items():
        counts += np.bincount(np.concatenate(texts), minlength=size) * (recipe.ours if name in OURS else 1)
    return np.asarray(counts / counts.sum())


def _stream(
    read: Tokens, taught: Tokens, shares: NDArray[np.float64], recipe: Recipe, rng: np.random.Generator
) -> NDArray[np.int64]:
    """All tokens one after the other, the lines apart, the frequent thinned out, our register repeated."""
    kept = np.sqrt(np.minimum(1, recipe.frequent / np.maximum(shares, 1e-12)))
    times = {name: recipe.ours if name in OURS else 1 for name in read} | dict.fromkeys(taught, 2)
    parts = []
    for name, texts in [*read.items(), *taught.items()]:
        flat = np.concatenate([part for text in texts for part in (text, [BREAK])]).astype(np.int64)
        parts += [flat[(flat == BREAK) | (rng.random(len(flat)) < kept[flat])] for _ in range(times[name])]
    return np.concatenate(parts)


def _prose_pairs(read: Tokens, recipe: Recipe, rng: np.random.Generator) -> Pool:
    """A sentence of prose as the question; as its passage, the lines around it."""
    found: list[tuple[Ids, Ids]] = []
    weights: list[float] = []
    for name, texts in read.items():
        if name in _NOT_PROSE:
            continue
        places = [i for i in range(1, len(texts) - 2) if 5 <= len(texts[i]) <= 60]
        for i in rng.permutation(places)[:_MOST].tolist():
            around = np.concatenate([texts[i - 1], texts[i + 1], texts[i + 2]])[: recipe.longest]
            if len(around):
                found.append((texts[i], around))
                weights.append(_PROSE.get(name, 6.0 if name in OURS else 0.4))
    return Pool(found, weights)


def _taught_pairs(asked: Tokens, answered: Tokens, recipe: Recipe) -> Pool:
    found: list[tuple[Ids, Ids]] = []
    weights: list[float] = []
    for name, questions in asked.items():
        for question, passage in zip(questions, answered[name], strict=True):
            if len(question) and len(passage):
                found.append((question, passage[: recipe.longest]))
                weights.append(_PAIRS.get(name, 1.0))
    return Pool(found, weights)
