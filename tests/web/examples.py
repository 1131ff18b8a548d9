"""Questions with a known kind of answer on the starter library."""

COEFFICIENT = "Quel est le coefficient de l'épreuve de gestion opérationnelle ?"
DISAGREEMENT = "Combien de temps dure l'écrit d'anglais E21 ?"
SILENCE = "Quelle est la capitale de l'Australie ?"
CLARIFICATION = "J'ai eu 12 en E5, 14 en E6 et 9, ma moyenne ?"
SCHOOLS = "Quel est le rythme ?"
MISSPELT = "coefficiant de la gestion opérationnelle"
ACADEMIES = "Quelle est la date de E41 ?"
