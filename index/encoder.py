"""Text to vectors: the embedded French encoder, and any sentence-transformers model in its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Floats = NDArray[np.float32]

EMBEDDED = Path(__file__).parent / "model"
_STATIC = ["StaticEmbedding", "Normalize"]
_TYPES = {"F32": np.float32, "F16": np.float16, "I8": np.int8}


class UnknownEncoder(Exception):
    """No encoder by that name or at that path; one sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model wants before each question and before each passage, as its own configuration says."""

    query: str = ""
    document: str = ""

    @classmethod
    def of(cls, named: Mapping[str, str | None]) -> Prompts:
        passages = (named.get(name) for name in ("document", "passage", "corpus"))
        return cls(named.get("query") or "", next(filter(None, passages), ""))

    @classmethod
    def read(cls, folder: Path) -> Prompts:
        path = folder / "config_sentence_transformers.json"
        return cls.of(json.loads(path.read_text(encoding="utf-8")).get("prompts") or {}) if path.exists() else cls()


class Encoder(Protocol):
    """Texts to vectors of unit length, so that an inner product is a cosine."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def fingerprint(self) -> str:
        """The same for the same vectors alone."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Passages and words: (len(texts), dimension); a text without a known token is a row of zeros."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> Floats:
        """The same for questions, which some models want announced otherwise."""
        ...

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of its own, whole: a word of the language, then, and no slip."""
        ...


class StaticEncoder:
    """A table of token vectors, averaged and normalised, without torch.

    Reads the folder of a sentence-transformers model made of StaticEmbedding and Normalize. The table is
    `embedding.weight` (tokens, d), or `embeddings` (tokens, d) in bytes with its `weights` (tokens,).
    """

    def __init__(
        self,
        name: str,
        tokenizer: Tokenizer,
        table: NDArray[Any],
        weights: Floats | None,
        files: list[Path],
        prompts: Prompts | None = None,
    ) -> None:
        if table.ndim != 2 or (weights is not None and weights.shape != table.shape[:1]):
            raise ValueError(f"a table of shape (tokens, d) and weights of shape (tokens,), not {table.shape}")
        self.name = name
        self._tokenizer = tokenizer
        self._table = table
        self._weights = weights if weights is not None else np.ones(len(table), np.float32)
        self._files = files
        self._prompts = prompts or Prompts()

    @classmethod
    def load(cls, folder: Path) -> StaticEncoder:
        try:
            part = folder / _modules(folder)[0]["path"]
            files = [part / "tokenizer.json", part / "model.safetensors"]
            tokenizer = Tokenizer.from_file(str(files[0]))
            arrays = _safetensors(files[1])
        except Exception as error:  # tokenizers raises nothing narrower
            raise UnknownEncoder(f"Pas d'encodeur lisible dans {folder} ({error}).") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        table, weights = (arrays.get(name) for name in ("embeddings", "weights"))
        if table is None:
            table = arrays["embedding.weight"]
        return cls(folder.name, tokenizer, table, weights, files, Prompts.read(folder))

    @property
    def dimension(self) -> int:
        return int(self._table.shape[1])

    @cached_property
    def fingerprint(self) -> str:
        parts = [hashlib.sha256(file.read_bytes()).digest() for file in self._files]
        return hashlib.sha256(b"".join([*parts, self._prompts.document.encode()])).hexdigest()

    def encode(self, texts: Sequence[str]) -> Floats:
        """(len(texts), dimension)"""
        return self._encode([self._prompts.document + text for text in texts])

    def encode_questions(self, texts: Sequence[str]) -> Floats:
        """(len(texts), dimension)"""
        return self._encode([self._prompts.query + text for text in texts])

    def _encode(self, texts: Sequence[str]) -> Floats:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, ids in enumerate(map(np.asarray, self._tokens(texts))):
            if len(ids):
                vectors[row] = self._weights[ids] @ self._table[ids].astype(np.float32, copy=False)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def knows(self, word: str) -> bool:
        return self._tokenizer.token_to_id(word) is not None

    def _tokens(self, texts: Sequence[str], batch: int = 1000) -> Iterator[list[int]]:
        # A lone surrogate is text for Python and not for anybody else.
        for start in range(0, len(texts), batch):
            sound = [text.encode("utf-8", "replace").decode() for text in texts[start : start + batch]]
            for encoding in self._tokenizer.encode_batch_fast(sound, add_special_tokens=False):
                yield encoding.ids


class SentenceTransformerEncoder:
    """Any model that sentence-transformers can load."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self.name = name
        self._model = model
        self._prompts = Prompts.of(model.prompts)

    @classmethod
    def load(cls, name_or_path: str, download: bool = False) -> SentenceTransformerEncoder:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise UnknownEncoder(
                f"L'encodeur « {name_or_path} » demande sentence-transformers : lancez « make install » sans LIGHT=1."
            ) from None
        try:
            return cls(name_or_path, SentenceTransformer(name_or_path, local_files_only=not download, device="cpu"))
        except (OSError, ValueError) as error:
            hint = "vérifiez le nom et la connexion" if download else "donnez un dossier, ou --download"
            raise UnknownEncoder(f"L'encodeur « {name_or_path} » n'est pas sur cette machine : {hint}.") from error

    @property
    def dimension(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def fingerprint(self) -> str:
        digest = hashlib.sha256()
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(name.encode() + tensor.detach().cpu().float().numpy().tobytes())
        digest.update(self._prompts.document.encode())
        return digest.hexdigest()

    def encode(self, texts: Sequence[str]) -> Floats:
        """(len(texts), dimension)"""
        return self._floats(self._model.encode_document, texts, self._prompts.document)

    def encode_questions(self, texts: Sequence[str]) -> Floats:
        """(len(texts), dimension)"""
        return self._floats(self._model.encode_query, texts, self._prompts.query)

    def _floats(self, encode: Callable[..., object], texts: Sequence[str], prompt: str) -> Floats:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = encode(list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)

    def knows(self, word: str) -> bool:
        vocabulary = self._vocabulary
        return word in vocabulary or f"\u2581{word}" in vocabulary  # SentencePiece marks the start of a word

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(self._model.tokenizer.get_vocab())


def load_encoder(name_or_path: str | Path | None = None, download: bool = False) -> Encoder:
    """The embedded encoder, or the model of that folder or name (from the local cache unless `download`)."""
    folder = Path(name_or_path) if name_or_path else EMBEDDED
    if folder.is_dir() and [str(m["type"]).rpartition(".")[2] for m in _modules(folder)] == _STATIC:
        return StaticEncoder.load(folder)
    return SentenceTransformerEncoder.load(str(name_or_path), download)


def _modules(folder: Path) -> list[dict[str, str]]:
    try:
        return list(json.loads((folder / "modules.json").read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise UnknownEncoder(f"{folder} n'est pas le dossier d'un encodeur : modules.json manque.") from error


def _safetensors(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a safetensors file, left on disk and read as they are needed."""
    content = np.asarray(np.memmap(path, np.uint8, "r"))
    start = 8 + int.from_bytes(content[:8].tobytes(), "little")
    header = json.loads(content[8:start].tobytes())
    return {
        name: content[start + at["data_offsets"][0] : start + at["data_offsets"][1]]
        .view(_TYPES[at["dtype"]])
        .reshape(at["shape"])
        for name, at in header.items()
        if name != "__metadata__"
    }
