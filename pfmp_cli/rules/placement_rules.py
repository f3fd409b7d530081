"""What is said of a file of placements: its titles, its dates, whose each placement is, and when.

`{text}`, `{name}`, `{ine}` are the beginning of what the file says, between « ».
"""

from pfmp_cli.rules.declare import error, warning

# Titles

NOBODYS_PLACEMENTS = error(
    "liste/stages-de-personne",
    "le fichier ne dit pas de quels élèves sont les stages",
    "donnez-lui une colonne « ine », ou « nom » et « prenom », ou « élève »",
)
NO_PLACEMENTS = error(
    "liste/stages-introuvables",
    "le fichier ne dit rien des stages : ni entreprise, ni tuteur, ni dates",
    "vérifiez les titres ; la liste des colonnes est dans docs/stages.md",
)
EMPTY_PLACEMENTS = warning("liste/aucun-stage", "le fichier ne contient aucun stage")

# Dates

NO_OTHER_DATE = error(
    "liste/date-seule", "le stage n'a que cette date", "donnez les deux dates, ou aucune"
)
ENDS_BEFORE = error(
    "liste/stage-a-rebours",
    "le stage finit le {last}, avant d'avoir commencé, le {first}",
    "corrigez l'une des deux dates",
)
OVER_A_YEAR = error(
    "liste/stage-trop-long",
    "le stage dure plus d'un an, du {first} au {last}",
    "corrigez l'année de l'une des deux dates",
)

# Whose they are

INE_OF_ANOTHER = error(
    "liste/ine-d-un-autre",
    "l'INE {ine} est celui de {owner} (ligne {line} de la liste), pas de {name}",
    "corrigez l'INE ou le nom",
)
INE_TWICE = error(
    "liste/ine-double", "l'INE {ine} est aux lignes {lines} de la liste", "corrigez la liste"
)
NOBODY = error(
    "liste/stage-anonyme",
    "on ne sait pas de quel élève est ce stage",
    "donnez son INE, ou son nom",
)
UNKNOWN_INE = error(
    "liste/ine-inconnu",
    "l'INE {ine} n'est pas dans la liste des élèves",
    "corrigez-le, ou donnez aussi le nom et le prénom",
)
UNKNOWN_NAME = error("liste/eleve-inconnu", "{name} n'est pas dans la liste des élèves", "{advice}")
BORN_OTHERWISE = error(
    "liste/naissance-contredite",
    "{name} est né(e) le {here} ici, le {there} dans la liste (ligne {line})",
    "corrigez l'une des deux dates, si c'est le même élève",
)
INE_OTHERWISE = error(
    "liste/ine-contredit",
    "l'INE de {name} est {here} ici, {there} dans la liste (ligne {line})",
    "corrigez l'un des deux, si c'est le même élève",
)
HOMONYMS = error(
    "liste/homonymes",
    "{count} élèves de la liste s'appellent {name} (lignes {lines})",
    "ajoutez à ce fichier la date de naissance, ou l'INE",
)
NONE_BORN_THEN = error(
    "liste/homonymes-nes-autrement",
    "aucun des {count} élèves {name} de la liste (lignes {lines}) n'est né le {born}",
    "corrigez la date de naissance, ou donnez l'INE",
)

# Which period, and what else is said of it

UNCLEAR_PERIOD = error(
    "liste/periode-introuvable", "on ne sait pas de quelle période est ce stage", "{advice}"
)
UNKNOWN_PERIOD = error(
    "liste/periode-inconnue", "{text} n'est pas une période de cet élève", "{advice}"
)
_THEIR_COLUMN = "« oui » dans la colonne « {column} » de la liste"
NOT_THEIR_PERIOD = error(
    "liste/periode-d-une-variante",
    "la période {periode} est celle des élèves « {variante} », dont la liste dit qu'il n'est pas",
    f"écrivez {_THEIR_COLUMN}, ou corrigez la période",
)
TAKEN_FOR = warning(
    "liste/variante-supposee",
    "cet élève est compté « {variante} » : il a un stage dans la période {periode}",
    f"pour le dire, écrivez {_THEIR_COLUMN} ; sinon, corrigez la période",
)
UNCONCERNED = warning(
    "liste/non-concerne",
    "{text} est lu « non concerné » : cet élève n'a rien pour la période {periode}",
    "s'il a un stage, écrivez l'entreprise, ou videz la cellule ; sinon, écrivez « non concerné » "
    "seul",
)
PLACED_ALL_THE_SAME = warning(
    "liste/non-concerne-place",
    "{text} pour la période {periode}, où cet élève a un stage : le stage est gardé",
    "corrigez l'un des deux",
)
PERIOD_TWICE = error(
    "liste/periode-double",
    "{name} a un autre stage pour la période {periode}, à la ligne {line}, et celui-ci n'a pas de "
    "dates",
    "donnez ses dates à chaque stage, supprimez l'une des lignes, ou corrigez sa période",
)
MANY_STAGES = error(
    "liste/trop-de-stages",
    "la période {periode} de cet élève a plus de {most} stages",
    "supprimez des lignes, ou corrigez leur période",
)
CONTRADICTED = error(
    "liste/valeur-contredite",
    "{here} ici, {there} dans {place}",
    "corrigez l'un des deux, ou videz-le ; pour deux stages, donnez ses dates à chacun",
)
OVERLAP = warning(
    "liste/stages-simultanes",
    "ce stage {days} (période {periode}) chevauche celui {other_days} (période {other}), {where}",
    "corrigez ces dates, ou celles de l'autre, si l'élève n'est pas dans les deux à la fois",
)
GAP = warning(
    "liste/jours-sans-stage",
    "il y a {days:jour} entre ce stage, qui commence le {first}, et celui d'avant, fini le {last} "
    "(période {periode})",
    "corrigez ces dates, si l'élève est en entreprise ces jours-là",
)
