"""Questions with a known kind of answer on the starter library."""

COEFFICIENT = "Quel est le coefficient de l'épreuve de gestion opérationnelle ?"
DISAGREEMENT = "Combien de temps dure l'écrit d'anglais E21 ?"
SILENCE = "Quelle est la capitale de l'Australie ?"
