import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.encoder import EMBEDDED, Encoder, SentenceTransformerEncoder, StaticEncoder, UnknownEncoder, load_encoder

TEXTS = [
    "Quel est le coefficient de l'épreuve E41 ?",
    "Œuvre, cœur et « guillemets » – 15semaines",
    "anticonstitutionnellement xylophoniquement",
    "",
    "🙂 \x00 مرحبا",
    "mot " * 3000,
]
REFERENCE = """
import json, sys
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], local_files_only=True, device="cpu")
json.dump(model.encode(json.load(sys.stdin)).tolist(), sys.stdout)
"""


def test_the_embedded_encoder_is_read_without_torch() -> None:
    script = (
        "import sys; from index.encoder import load_encoder; load_encoder().encode(['bonjour']);"
        "sys.exit(any(heavy in sys.modules for heavy in ('torch', 'transformers', 'sentence_transformers', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_vectors_have_the_shape_that_is_said_and_unit_length(embedded: Encoder) -> None:
    vectors = embedded.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), embedded.dimension)
    assert vectors.dtype == np.float32
    lengths = np.linalg.norm(vectors, axis=1)
    assert np.allclose(lengths[[0, 1, 2, 5]], 1)
    assert lengths[3] == lengths[4] == 0  # nothing to read there


def test_no_text_gives_no_vector(embedded: Encoder) -> None:
    assert embedded.encode([]).shape == (0, embedded.dimension)


def test_the_embedded_encoder_is_light() -> None:
    size = sum(path.stat().st_size for path in EMBEDDED.rglob("*") if path.suffix in {".json", ".safetensors", ".md"})
    assert size <= 25 * 1000 * 1000


@pytest.mark.long
def test_vectors_are_those_of_sentence_transformers(embedded: Encoder) -> None:
    pytest.importorskip("sentence_transformers")
    run = subprocess.run(
        [sys.executable, "-c", REFERENCE, str(EMBEDDED)],
        input=json.dumps(TEXTS), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert np.abs(embedded.encode(TEXTS) - np.array(json.loads(run.stdout))).max() < 1e-5


@pytest.mark.long
def test_any_folder_of_sentence_transformers_takes_its_place(embedded: Encoder, tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    folder = tmp_path / "other"
    shutil.copytree(EMBEDDED, folder)
    modules = json.loads((folder / "modules.json").read_text())
    (folder / "modules.json").write_text(json.dumps(modules[:1]))  # without Normalize: not the static reader's case
    other = load_encoder(folder)
    assert not isinstance(other, StaticEncoder)
    assert other.dimension == embedded.dimension
    assert other.encode([]).shape == (0, embedded.dimension)
    assert np.abs(other.encode(TEXTS) - embedded.encode(TEXTS)).max() < 1e-5
    assert other.fingerprint == load_encoder(folder).fingerprint


@pytest.fixture
def announced(tmp_path: Path) -> Path:
    """The embedded encoder's folder with prompts of its own."""
    folder = tmp_path / "announced"
    shutil.copytree(EMBEDDED, folder)
    path = folder / "config_sentence_transformers.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"prompts": {"query": "stage: ", "passage": "oral: "}}))
    return folder


def test_questions_and_passages_are_announced_as_the_model_says(embedded: Encoder, announced: Path) -> None:
    encoder = load_encoder(announced)
    assert np.array_equal(encoder.encode_questions(["durée"]), embedded.encode(["stage: durée"]))
    assert np.array_equal(encoder.encode(["durée"]), embedded.encode(["oral: durée"]))
    assert encoder.fingerprint != embedded.fingerprint
    assert np.array_equal(embedded.encode_questions(TEXTS), embedded.encode(TEXTS))


@pytest.mark.long
def test_sentence_transformers_announces_them_alike(announced: Path) -> None:
    pytest.importorskip("sentence_transformers")
    static, other = load_encoder(announced), SentenceTransformerEncoder.load(str(announced))
    assert np.abs(static.encode_questions(TEXTS) - other.encode_questions(TEXTS)).max() < 1e-5
    assert np.abs(static.encode(TEXTS) - other.encode(TEXTS)).max() < 1e-5


@pytest.mark.long
def test_a_model_that_is_not_here_is_named_with_what_to_do() -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(UnknownEncoder, match="--download"):
        load_encoder("nobody/nothing-of-that-name")


def test_the_fingerprint_tells_encoders_apart(embedded: Encoder, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(EMBEDDED, copy)
    assert load_encoder(copy).fingerprint == embedded.fingerprint
    with (copy / "model.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x07")
    assert load_encoder(copy).fingerprint != embedded.fingerprint


def test_a_folder_that_lacks_a_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownEncoder, match=r"modules\.json"):
        load_encoder(tmp_path)
    for name in ("tokenizer.json", "model.safetensors"):
        folder = tmp_path / name
        shutil.copytree(EMBEDDED, folder)
        (folder / name).write_bytes(b"\x00" * 20)
        with pytest.raises(UnknownEncoder, match="encodeur"):
            load_encoder(folder)
