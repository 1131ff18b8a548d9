"""`python -m index.training.confidence FOLDER FOLDER ...` learns the weights of `index/confidence.toml`.

The folders are BEIR sets. The questions of half their documents are learnt from; `reglo evaluate abstention` asks the
others.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.abstention import Kind, Trial, trials
from index.confidence import LEARNT, Confidence, Signs
from index.encoder import load_encoder
from index.evaluation import read

Floats = NDArray[np.float64]

# What a trial counts for: an answer to a question foreign to the library does the most harm; where the answer is in the
# library and did not come first, it is not far.
_FOREIGN, _MISSED = 6.0, 0.3
_REFUSED = 0.095  # of the questions learnt from whose first passage answers
_HEADER = """# Learnt from {count} questions by `python -m index.training.confidence`; `index/confidence.py` explains.
# The probability that the first passage answers is the logistic of `constant` and of each sign times its weight.
"""


def learn(known: Sequence[Trial]) -> Confidence:
    """The weights most likely to have given these trials, and the threshold that refuses few of the right ones."""
    signs = np.array([astuple(trial.signs) for trial in known])
    right = np.array([trial.right for trial in known], np.float64)
    counts = np.array([_worth(trial) for trial in known])
    *weights, constant = logistic(np.column_stack([signs, np.ones(len(signs))]), right, counts).round(3).tolist()
    found = Confidence(tuple(weights), constant, 0.0)
    sure = [found.probability(trial.signs) for trial in known if trial.right]
    return Confidence(found.weights, constant, float(np.quantile(sure, _REFUSED).round(3)))


def _worth(trial: Trial) -> float:
    if trial.kind is Kind.FOREIGN:
        return _FOREIGN
    return _MISSED if trial.kind is Kind.ANSWERABLE and not trial.right else 1.0


def logistic(values: Floats, right: Floats, counts: Floats, ridge: float = 0.1, rounds: int = 30) -> Floats:
    """The coefficients of a logistic regression by Newton's method: `values` (n, d), `right` and `counts` (n,)."""
    found = np.zeros(values.shape[1])
    for _ in range(rounds):
        sure = 1 / (1 + np.exp(-values @ found))
        slope = values.T @ (counts * (right - sure)) - ridge * found
        bend = (values.T * (counts * sure * (1 - sure))) @ values + ridge * np.eye(len(found))
        found = found + np.linalg.solve(bend, slope)
    return np.asarray(found)


def written(found: Confidence, count: int) -> str:
    weights = "\n".join(f"{name} = {weight}" for name, weight in zip(Signs.names(), found.weights, strict=True))
    numbers = f"threshold = {found.threshold}\nconstant = {found.constant}"
    return f"{_HEADER.format(count=count)}{numbers}\n\n[weights]\n{weights}\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m index.training.confidence", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="BEIR folders")
    parser.add_argument("--out", type=Path, default=LEARNT)
    arguments = parser.parse_args()
    known = list(trials([read(folder) for folder in arguments.folders], load_encoder(), seen=True))
    arguments.out.write_text(written(learn(known), len(known)), encoding="utf-8")


if __name__ == "__main__":
    main()
