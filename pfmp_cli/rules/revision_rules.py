"""What is said of a file as git has it at a revision."""

from __future__ import annotations

from pfmp_cli.rules.declare import error

NO_GIT = error(
    "commande/git-absent",
    "git n'est pas installé : une révision ne peut pas être lue",
    "installez git, ou donnez deux fichiers",
)
NOT_YOURS = error(
    "commande/depot-d-un-autre",
    "git refuse ce dépôt, qui est à un autre utilisateur",
    'tapez : git config --global --add safe.directory "$PWD"',
)
NO_REPOSITORY = error(
    "commande/pas-de-depot",
    "le dossier courant n'est pas un dépôt git : « {revision} » n'y est rien",
    "allez dans le dossier du dépôt, ou donnez deux fichiers",
)
NO_REVISION = error(
    "commande/revision-inconnue",
    "la révision « {revision} » n'existe pas",
    "« git log --oneline » montre celles qui existent",
)
NOT_FETCHED = error(
    "commande/revision-absente",
    "la révision « {revision} » n'existe pas",
    "ce dépôt n'a que les dernières : « git fetch --unshallow » apporte les autres",
)
NO_PATH = error(
    "commande/chemin-inconnu",
    "« {path} » n'est pas un fichier de la révision « {revision} »",
    "le chemin part de la racine du dépôt ; "
    "« git ls-tree -r --name-only {revision} » montre ceux qui existent",
)
PATH_IS_HERE = error(
    "commande/chemin-sans-point",
    "« {path} » n'est pas un fichier de la révision « {revision} »",
    "vouliez-vous dire « {revision}:./{path} » ?",
)
NO_FILE = error(
    "commande/revision-sans-fichier",
    "« {word} » est une révision, et non un fichier",
    "ajoutez le chemin du référentiel : « {word}:referentiel.yaml »",
)
