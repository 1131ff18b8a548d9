"""A cross-encoder, where one is given: it reads the question and a passage together, and orders the first hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from index.search import Hit

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class UnknownReranker(Exception):
    """No cross-encoder by that name or at that path; one sentence says what to do."""


class Reranker:
    """Any CrossEncoder that sentence-transformers can load."""

    def __init__(self, name: str, model: CrossEncoder) -> None:
        self.name = name
        self._model = model

    @classmethod
    def load(cls, name_or_path: str, download: bool = False) -> Reranker:
        try:
            from sentence_transformers import CrossEncoder
        except ImportError:
            raise UnknownReranker(
                f"Le modèle « {name_or_path} » demande sentence-transformers : lancez « make install » sans LIGHT=1."
            ) from None
        try:
            return cls(name_or_path, CrossEncoder(name_or_path, local_files_only=not download, device="cpu"))
        except (OSError, ValueError) as error:
            hint = "vérifiez le nom et la connexion" if download else "donnez un dossier, ou --download"
            raise UnknownReranker(f"Le modèle « {name_or_path} » n'est pas sur cette machine : {hint}.") from error

    def order(self, question: str, hits: Sequence[Hit], texts: Mapping[int, str], first: int = 30) -> list[Hit]:
        """The `first` hits in the order of the model, its score in theirs, then the others as they were.

        `texts` gives each hit's passage by its id.
        """
        near, far = hits[:first], hits[first:]
        if not near:
            return []
        scores = np.asarray(self._model.predict([(question, texts[hit.id]) for hit in near], show_progress_bar=False))
        order = np.argsort(-scores, kind="stable").tolist()
        return [*(replace(near[i], score=float(scores[i])) for i in order), *far]
