"""What is said of the words of a command line: class, option, period, documents, formats."""

from pfmp_cli.rules.declare import error

UNKNOWN_DIPLOMA = error(
    "commande/diplome",
    "le référentiel « {path} » n'est celui d'aucun diplôme de pfmp.yaml",
    "écrivez --referentiel {known}",
)
SEVERAL_DIPLOMAS = error(
    "commande/quel-diplome",
    "on ne sait pas pour lequel des diplômes : {sigles}",
    "précisez la classe ou l'option, ou ajoutez --referentiel et le fichier de l'un d'eux",
)
UNKNOWN_CLASS = error("commande/classe", "classe « {word} » inconnue", "{advice}")
UNKNOWN_OPTION = error("commande/option", "option « {word} » inconnue", "{advice}")
UNKNOWN_PERIOD = error("commande/periode", "période « {word} » inconnue", "{advice}")
PERIOD_OF_A_VARIANT = error(
    "commande/periode-de-variante",
    "la période « {word} » est celle de la variante « {variante} »",
    "ajoutez --variante {code}, ou écrivez --period {periodes}",
)
PERIOD_WITHOUT = error(
    "commande/periode-sans",
    "la période « {word} » ne compte pas pour le diplôme : elle n'a pas de {document}",
    "écrivez --period {periodes}",
)
UNKNOWN_DOCUMENT = error("commande/document", "document « {word} » inconnu", "{advice}")
UNKNOWN_VARIANT = error("commande/variante", "variante « {word} » inconnue", "{advice}")
UNKNOWN_PUPIL = error("liste/eleve", "aucun élève ne s'appelle « {word} »", "{advice}")
EMPTY_DIVISION = error("liste/division", "aucun élève n'est en « {word} »", "{advice}")
UNKNOWN_FORMAT = error("commande/format", "format « {word} » inconnu", "{advice}")
UNKNOWN_SCHEMA = error("commande/schema", "schéma « {word} » inconnu", "{advice}")
WHICH_SCHEMA = error(
    "commande/quel-schema",
    "on ne sait pas quel schéma montrer",
    "écrivez {names}, ou -o DOSSIER pour les deux",
)
NO_CLASS = error("commande/sans-classe", "la classe manque", "ajoutez --class {codes}")
NO_OPTION = error(
    "commande/sans-option",
    "la classe « {classe} » se fait avec une option",
    "ajoutez --option {codes}",
)
NEEDLESS_OPTION = error(
    "commande/option-inutile",
    "la classe « {classe} » est commune à toutes les options : "
    "« --option {option} » n'y a pas de sens",
    "enlevez --option",
)
OPTION_OF_ANOTHER_CLASS = error(
    "commande/option-hors-classe",
    "la classe « {classe} » n'a pas d'option « {option} »",
    "écrivez --option {codes}",
)
