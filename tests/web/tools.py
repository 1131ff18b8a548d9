"""The addresses of the tools in their main states, on the starter library."""

ADDRESSES = (
    "/simulateur",
    "/simulateur?note-E1=12&note-E21=9,5&coef-E5=4&note-EF2=15&garde-E1=1&note-E5=abc",
    "/simulateur?note-E1=10&note-E2=10&note-E3=10&note-E4=10&note-E5=10&note-E6=10",
    "/dossier?epreuve=E41&epreuve=E42&academie=Corse&session=2027",
    "/calendrier",
    "/eligibilite?ou=BTS+MCO%2C+Sacr%C3%A9-Coeur%2C+Amiens&age=31&exception=non&niveau=oui",
    "/sources",
)
