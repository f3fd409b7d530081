"""What copying, a scanner or an autocorrection did to the texts of a YAML file."""

from pfmp_cli.rules.declare import warning

EURO_IN_WORD = warning(
    "euro/mot",
    "« {found} » : le signe « € » est collé à un mot",
    "écrivez « {mended} », où la correction automatique met un « € » ; sinon, une espace",
)
EURO_BEFORE_WORD = warning(
    "euro/debut",
    "« {found} » : le signe « € » est collé à un mot",
    "mettez une espace, ou retapez le mot",
)
SPACES = warning("espaces/suite", "plusieurs espaces de suite", "n'en gardez qu'une")
SPARE_SPACE = warning("espaces/signe", "une espace de trop", "enlevez-la")
SPACE_AT_SLASH = warning(
    "espaces/barre", "« {found} » : une espace d'un seul côté de la barre", "enlevez-la"
)
OPEN_ACCORD = warning(
    "accord/ouvert", "« {found} » : la parenthèse n'est pas refermée", "écrivez « {found}) »"
)
DOUBLE_ACCORD = warning(
    "accord/double", "« {found} » : l'accord est écrit deux fois", "gardez-en un"
)
BULLET_FIRST = warning(
    "puces/debut", "une puce commence le texte", "enlevez-la : l'impression met les puces"
)
BULLET_INSIDE = warning(
    "puces/milieu", "une puce est au milieu du texte", "faites-en deux éléments de liste"
)
QUOTE = warning(
    "guillemets/guillemet",
    "« {found} » n'est pas un guillemet français",
    "mettez ce texte entre « et »",
)
APOSTROPHE = warning("guillemets/apostrophe", "« {found} » n'est pas une apostrophe", "écrivez '")
LOST = warning("caracteres/perdu", "un caractère invisible ou perdu est ici", "retapez ce mot")
MISREAD = warning(
    "caracteres/mal-lu",
    "« {found} » : un accent ou une apostrophe mal lus, ou copiés d'un PDF",
    "retapez ce mot",
)
LAST_SIGN = warning(
    "ponctuation/fin",
    "« {found} » finit un élément de liste",
    "enlevez-le : l'impression met la ponctuation",
)
STOP_INSIDE = warning(
    "ponctuation/milieu",
    "un point est au milieu d'un élément de liste",
    "faites-en deux éléments",
)
ALONE = warning(
    "parentheses/seule", "le signe {sign} est seul", "ajoutez {other}, ou enlevez {sign}"
)
