"""The tokens: the words most used, and pieces of words for all the others."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Mapping

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

UNKNOWN = "[UNK]"
_LETTERS = string.ascii_lowercase + string.digits
_LONGEST_PIECE = 8


def splitter() -> Tokenizer:
    """Folded words: no accents, no ligatures, lower case. Its model knows none of them yet."""
    tokenizer = Tokenizer(models.WordPiece({UNKNOWN: 0}, unk_token=UNKNOWN, max_input_chars_per_word=60))
    ligatures = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}
    tokenizer.normalizer = normalizers.Sequence(
        [
            *(normalizers.Replace(one, two) for one, two in ligatures.items()),
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("[^a-z0-9]+"), "removed")
    return tokenizer


def tokenizer_of(counts: Mapping[str, int], words: int, pieces: int) -> Tokenizer:
    """Whole words where they are known; else the longest known beginning, then pieces ("##")."""
    known = [word for word, _ in Counter(counts).most_common(words)]
    endings: Counter[str] = Counter()
    for word, count in counts.items():
        for start in range(max(1, len(word) - _LONGEST_PIECE), len(word)):
            endings[word[start:]] += count
    tails = [ending for ending, _ in endings.most_common(pieces)]
    tokens = [UNKNOWN, *known, *_LETTERS, *(f"##{tail}" for tail in [*_LETTERS, *tails])]
    vocabulary = {token: number for number, token in enumerate(dict.fromkeys(tokens))}
    tokenizer = splitter()
    tokenizer.model = models.WordPiece(vocabulary, unk_token=UNKNOWN, max_input_chars_per_word=60)
    return tokenizer
