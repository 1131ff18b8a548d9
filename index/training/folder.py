"""The encoder's folder, as sentence-transformers reads it, and nothing else does but a few lines of numpy."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

_HOUSE = "sentence_transformers"
_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": f"{_HOUSE}.sentence_transformer.modules.static_embedding.StaticEmbedding",
    },
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": f"{_HOUSE}.base.modules.normalize.Normalize"},
]
_NORMALIZE = {"module_input_name": "sentence_embedding", "module_output_name": "sentence_embedding"}
_SETTINGS = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def write(folder: Path, tokenizer: Tokenizer, table: NDArray[np.float32]) -> None:
    """`table`: (tokens, d). Each row is kept as bytes and the one number that they are multiplied by."""
    (folder / "1_Normalize").mkdir(parents=True, exist_ok=True)
    steps, weights = in_bytes(table)
    save_file({"embeddings": steps, "weights": weights}, folder / "model.safetensors")
    (folder / "model.safetensors").chmod(0o644)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in (
        ("modules.json", _MODULES),
        ("config_sentence_transformers.json", _SETTINGS),
        ("1_Normalize/config.json", _NORMALIZE),
    ):
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def in_bytes(table: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """(tokens, d) as whole numbers from -127 to 127, and what to multiply each row by: (tokens,)."""
    weights = (np.abs(table).max(axis=1) / 127).astype(np.float32)
    steps = np.rint(table / np.where(weights > 0, weights, 1)[:, None])
    return steps.astype(np.int8, order="C"), weights  # safetensors writes the bytes as they lie
