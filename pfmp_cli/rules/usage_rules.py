"""What is said of the command line, and of what goes on around a command."""

from pfmp_cli.rules.declare import error, warning

_SHOW_HELP = "« {path} --help » montre ce qui peut s'écrire"

# What Typer found wrong with what was typed.
UNKNOWN_COMMAND = error("commande/inconnue", "commande « {word} » inconnue", "{advice}")
UNKNOWN_OPTION = error("commande/option-inconnue", "option « {word} » inconnue", "{advice}")
NO_COMMAND = error("commande/absente", "il manque une commande", _SHOW_HELP)
MISSING_WORD = error("commande/mot-absent", "il manque « {name} »", _SHOW_HELP)
MISSING_VALUE = error(
    "commande/valeur-absente", "il manque une valeur après « {option} »", _SHOW_HELP
)
GIVEN_TWICE = error(
    "commande/option-double", "« {option} » est donnée deux fois", "gardez l'une des deux valeurs"
)
UNUSABLE_VALUE = error(
    "commande/valeur-inutilisable", "valeur inutilisable pour « {name} »", _SHOW_HELP
)
WORD_TOO_MANY = error(
    "commande/mot-de-trop",
    "la commande a un mot de trop",
    'mettez entre guillemets ce qui a une espace ou une virgule ("lan nguyen", "livret,grille") ; '
    f"{_SHOW_HELP}",
)

# What the system refuses, and faults of ours.
NO_ACCESS = error(
    "commande/acces",
    "le système refuse l'accès à « {file} »",
    "vérifiez vos droits sur ce fichier et sur son dossier",
)
SYSTEM_REFUSES = error(
    "commande/systeme",
    "« {file} » : {reason}",
    "vérifiez ce fichier, son dossier et le disque",
)
NOTHING_SHOWN = error(
    "commande/affichage",
    "ce que la commande affiche ne peut pas être écrit : {reason}",
    "envoyez-le ailleurs, ou faites de la place",
)
CACHE_REFUSED = warning(
    "commande/cache",
    "le cache de pfmp n'est pas utilisé : ce dossier {fault}",
    "supprimez-le, et pfmp le refait pour vous seul ; ou nommez-en un autre dans PFMP_CACHE",
)
FAULT = error(
    "commande/defaut",
    "défaut de pfmp ({name}) ; ce n'est pas votre faute",
    "annulez la dernière modification, enregistrez",
)

# A school's folder that cannot be made.
FOLDER_NOT_EMPTY = error(
    "commande/dossier-plein",
    "le dossier « {folder} » n'est pas vide : {names}",
    "choisissez un dossier vide ou un nouveau nom ; rien n'a été touché",
)
FOLDER_NOT_MADE = error(
    "commande/dossier-refuse",
    "le dossier ne peut pas être créé : {reason}",
    "rien n'est écrit ; vérifiez son nom, vos droits, et la place sur le disque",
)

# A file as git has it at a revision.
NO_GIT = error(
    "commande/git-absent",
    "git n'est pas installé : une révision ne peut pas être lue",
    "installez git, ou donnez deux fichiers",
)
NOT_IN_GIT = error(
    "commande/revision",
    "git n'a pas ici « {path} » à la révision « {revision} »",
    "« git log --oneline » montre les révisions, que « git fetch --unshallow » apporte toutes ; le "
    "chemin part de la racine du dépôt, ou de ce dossier avec « ./ »",
)
