"""How measures of the search read in a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from web import terminal

if TYPE_CHECKING:
    from index.confidence import Confidence, Signs
    from index.reliability import Rate, Reliability
    from index.search import Hit

_KINDS = {
    "foreign": "étrangères à la bibliothèque",
    "removed": "dont le document a été retiré",
    "altered": "dont un nom ou un nombre a été changé",
}
_SIGNS = {
    "meant": "mots de la question que le passage dit, ou dit presque",
    "unheard": "mots que rien ne dit ici",
    "lost": "noms et nombres absents du passage",
    "agreed": "rangs selon les mots et selon le sens",
    "apart": "avance sur les suivants, par les mots",
    "margin": "avance sur les suivants, en tout",
    "cosine": "proximité de sens",
    "around": "proximité de sens des suivants",
    "length": "longueur de la question",
    "mass": "rareté des mots communs",
}
_LONGEST = 60  # characters of a passage


def reliability(found: Reliability) -> str:
    """The rates of both errors, beside those of the words alone, then what was said against what was so."""
    refused = [
        ["quand le premier passage répond", *_rate(found.refused), ""],
        ["sur toutes celles qui ont une réponse", *_rate(found.refused_all), ""],
    ]
    answered = [
        [_KINDS[kind], *_rate(rate), f"{100 * found.lexical[kind].share:.1f} %"]
        for kind, rate in found.answered.items()
    ]
    bins = [[f"{bin_.low:.1f}", bin_.count, f"{bin_.said:.2f}", f"{bin_.so:.2f}"] for bin_ in found.bins]
    heads = ("questions", "part", "à 95 %", "posées", "les mots seuls")
    return "\n\n".join(
        [
            f"Seuil : {found.threshold:g}",
            "Refusées à tort\n" + terminal.table(heads, refused),
            "Répondues à tort\n" + terminal.table(heads, answered),
            "Fiabilité\n" + terminal.table(("à partir de", "posées", "annoncé", "constaté"), bins),
        ]
    )


def _rate(rate: Rate) -> list[str]:
    return [f"{100 * rate.share:.1f} %", f"{100 * rate.low:.1f} à {100 * rate.high:.1f} %", str(rate.count)]


def explained(hits: Sequence[Hit], texts: Sequence[str], signs: Signs, confidence: Confidence) -> str:
    """What each score of the passages is made of, then what speaks for the first and against it."""
    found = [
        [f"{hit.score:.2f}", *(f"{part:.2f}" for part in hit.parts().values()), " ".join(text.split())[:_LONGEST]]
        for hit, text in zip(hits, texts, strict=True)
    ]
    parts = [
        [_SIGNS[name], f"{getattr(signs, name):.2f}", f"{part:+.2f}"] for name, part in confidence.parts(signs).items()
    ]
    sure = confidence.probability(signs)
    verdict = "assez pour répondre" if confidence.answers(signs) else "trop peu pour répondre"
    return "\n\n".join(
        [
            terminal.table(("score", "mots", "sens", "voisins", "passage"), found),
            terminal.table(("signe", "valeur", "apport"), [*parts, ["constante", "", f"{confidence.constant:+.2f}"]]),
            f"Probabilité que le premier passage réponde : {sure:.2f} (seuil {confidence.threshold:g} : {verdict}).",
        ]
    )
