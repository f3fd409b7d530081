"""What is said of a list as a file: its size, its format, its encoding, its shape as a table."""

from pfmp_cli.rules.declare import error, remark, warning

_SAVE_AS_CSV = "enregistrez-le depuis le tableur au format « CSV UTF-8 »"
_EXPORT_AGAIN = "refaites l'export, ou enregistrez la liste au format « CSV UTF-8 »"
_LIST_ONLY = "ne gardez que la liste"
_OF_SIECLE = "donnez le fichier « ElevesSansAdresses.xml » de SIECLE, ou l'archive qui le contient"
_OPEN_ARCHIVE = "ouvrez l'archive, et donnez la liste des élèves qu'elle contient"

# Size

FILE_TOO_LARGE = error(
    "liste/fichier-trop-gros", "le fichier fait {size} Mo ; {limit} au plus sont lus", _EXPORT_AGAIN
)
ARCHIVE_TOO_LARGE = error(
    "liste/archive-trop-grosse",
    "une fois ouverte, l'archive a plus de {limit} Mo, ou de {files:fichier}",
    _EXPORT_AGAIN,
)
TOO_MANY_ROWS = error("liste/trop-de-lignes", "la liste a plus de {limit} lignes", _LIST_ONLY)
TOO_MANY_COLUMNS = error(
    "liste/trop-de-colonnes",
    "la ligne de titres a {columns} colonnes ; {limit} au plus sont lues",
    _LIST_ONLY,
)
SHEET_TOO_WIDE = error(
    "liste/feuille-trop-etendue",
    "une feuille du classeur va jusqu'à la cellule {cell} : c'est trop pour une liste",
    _LIST_ONLY,
)
WORKBOOK_TOO_LARGE = error(
    "liste/classeur-trop-grand",
    "les feuilles du classeur, ensemble, ont trop de cellules ou de texte pour une liste",
    _LIST_ONLY,
)

# Text

EMPTY_FILE = error("liste/vide", "le fichier est vide", _SAVE_AS_CSV)
NOT_TEXT = error("liste/pas-un-csv", "le fichier n'est pas un CSV : c'est {nature}", _SAVE_AS_CSV)
UNKNOWN_ENCODING = error(
    "liste/encodage-inconnu",
    "dans aucun encodage (UTF-8, Windows-1252, Macintosh, MS-DOS), les noms ne sont des mots",
    _SAVE_AS_CSV,
)
READ_AS_WINDOWS = remark(
    "liste/windows-1252",
    "le fichier n'est pas en UTF-8 : {text} est lu comme {encoding}",
    "rien à faire, si les accents des noms sont justes",
)
READ_DOUBTFULLY = warning(
    "liste/encodage",
    "le fichier n'est pas tout entier en UTF-8 : {text} est lu comme {encoding}",
    f"vérifiez les accents des noms, ou {_SAVE_AS_CSV}",
)
READ_WITHOUT_TITLES = warning(
    "liste/sans-titres",
    "le fichier n'a pas de ligne de titres : il est lu comme {titles}",
    "ajoutez une ligne de titres pour ce qui manque",
)
FREE_LINE_ABOVE = warning(
    "liste/ligne-libre",
    "{text}, au-dessus de la liste, n'est pas lu comme un élève",
    "si c'en est un, écrivez son nom tout en capitales",
)

# Workbooks and archives

BROKEN = error(
    "liste/fichier-abime",
    "le fichier est abîmé ou incomplet, ou n'est pas ce que dit son nom",
    _EXPORT_AGAIN,
)
PROTECTED = error(
    "liste/fichier-protege",
    "le fichier est protégé par un mot de passe",
    "enregistrez-le sans mot de passe ; d'une archive, donnez le contenu",
)
NO_SHEET = error(
    "liste/aucune-feuille",
    "aucune feuille du classeur n'a de ligne de titres avec « nom » et « prenom »",
    "donnez un titre à chaque colonne, par exemple : nom, prenom, division",
)
WEB_PAGE = error(
    "liste/page-web",
    "le fichier est une page web sans tableau, quel que soit son nom",
    "refaites l'export : c'est souvent la page de connexion, ou celle d'une erreur",
)
CUT_SHORT = warning(
    "liste/tableau-coupe",
    "le fichier s'arrête avant la fin de son tableau : il y manque peut-être des élèves",
    "refaites l'export, ou comptez les élèves",
)
NO_LIST_INSIDE = error(
    "liste/archive-sans-liste", "l'archive ne contient pas de fichier d'élèves", _OPEN_ARCHIVE
)
SEVERAL_LISTS_INSIDE = error(
    "liste/archive-a-trier", "l'archive contient plusieurs fichiers d'élèves", _OPEN_ARCHIVE
)

# XML

BROKEN_XML = error("liste/xml-abime", "le XML s'arrête ou se contredit ici", _EXPORT_AGAIN)
XML_WITH_ENTITIES = error(
    "liste/xml-entites",
    "le XML déclare un DTD ou des entités, ce que SIECLE ne fait pas : il est refusé",
    _OF_SIECLE,
)
NO_PUPIL_IN_XML = error(
    "liste/xml-sans-eleves", "ce fichier XML ne contient pas d'élèves", _OF_SIECLE
)
