"""What is said of a YAML file: that it cannot be had, its text, its shape."""

from pfmp_cli.rules.declare import error, warning

# The file

TOO_BIG = error(
    "fichier/trop-gros",
    "le fichier fait plus de 1 Mo",
    "vérifiez que c'est bien un fichier de pfmp",
)
NO_FILE = error(
    "fichier/absent", "le fichier « {path} » n'existe pas", "vérifiez son nom et son dossier"
)
A_FOLDER = error("fichier/dossier", "« {path} » est un dossier", "donnez le nom d'un fichier YAML")
UNREADABLE = error(
    "fichier/illisible",
    "le fichier « {path} » ne peut pas être lu",
    "vérifiez ses droits d'accès",
)

# Its text

NOT_UTF8 = error(
    "syntaxe/utf-8",
    "le fichier n'est pas en UTF-8",
    "enregistrez-le en UTF-8 depuis votre éditeur de texte",
)
CONTROL_CHARACTER = error(
    "syntaxe/caractere",
    "caractère invisible interdit (U+{code})",
    "supprimez-le, ou retapez cette ligne",
)
ENDLESS_WORD = error(
    "syntaxe/mot-sans-fin",
    "un mot de {length} lettres n'a pas de place dans un document",
    "coupez-le par des espaces, ou supprimez-le",
)
SECOND_DOCUMENT = error(
    "syntaxe/second-document",
    "le fichier contient un second document YAML",
    "supprimez cette ligne et ce qui la suit",
)
INDICATOR = error(
    "syntaxe/ancre",
    "« {typed} » : les ancres, alias et étiquettes YAML ne sont pas admis",
    "mettez la valeur entre guillemets, ou répétez-la",
)
AMBIGUOUS = error(
    "syntaxe/ambigu",
    "« {text} » est ambigu : YAML y lit {reading}",
    'écrivez "{text}" entre guillemets{otherwise}',
)
TOO_DEEP = error("syntaxe/profondeur", "les listes sont trop imbriquées", "simplifiez ce passage")
KEY_TWICE = error(
    "syntaxe/cle-double",
    "la clé « {key} » est déjà écrite ligne {line}",
    "gardez-en une seule",
)
NOT_A_KEY = error("syntaxe/cle", "une clé doit être un texte simple", "écrivez « clé: valeur »")
QUOTE_NOT_CLOSED = error(
    "syntaxe/guillemet",
    "un guillemet n'est pas refermé",
    "ajoutez le même guillemet à la fin du texte",
)
BACKSLASH = error(
    "syntaxe/barre",
    "la barre « \\ » a un autre sens entre guillemets doubles",
    "écrivez « / » dans un chemin ; sinon, entourez le texte de guillemets simples '…'",
)
CURLY_QUOTES = error(
    "syntaxe/guillemets-typographiques",
    "des guillemets typographiques n'entourent pas une valeur",
    'entourez la valeur de guillemets droits "…"',
)
CURLY_QUOTES_IN_TEXT = warning(
    "syntaxe/guillemets-imprimes",
    "ces guillemets typographiques font partie du texte",
    'écrivez "…" à leur place ; pour les imprimer, écrivez "« … »"',
)
NO_BREAK_SPACE = error(
    "syntaxe/espace-insecable",
    "une espace insécable est là où il faut une espace ordinaire",
    "effacez-la, et tapez une espace",
)
COMMENT_INSIDE = warning(
    "syntaxe/commentaire",
    "« {comment} » est lu comme un commentaire, et ne fait pas partie de la valeur",
    'entourez toute la valeur de guillemets droits "…" ; pour un commentaire, écrivez « # » puis '
    "une espace",
)
NO_COLON = error(
    "syntaxe/deux-points-absents",
    "il manque « : » après la clé",
    "écrivez « clé: valeur », avec une espace après le « : »",
)
NO_COMMA = error(
    "syntaxe/virgule",
    "il manque une virgule, ou la fin de cette liste entre crochets ou accolades",
    "vérifiez ses virgules et ce qui la referme",
)
NO_VALUE = error(
    "syntaxe/valeur",
    "il manque une valeur entre deux virgules, ou après un crochet",
    "complétez-la, ou enlevez ce qui est en trop",
)
MISPLACED_DASH = error(
    "syntaxe/tiret",
    "un tiret de liste n'est pas à sa place",
    "mettez-le au début de la ligne suivante ; s'il fait partie du texte, "
    "mettez ce texte entre guillemets",
)
OUT_OF_LINE = error(
    "syntaxe/retrait",
    "cette ligne n'est pas alignée avec celles qui l'entourent",
    "donnez-lui le même retrait qu'aux clés ou aux tirets d'à côté, avec des espaces",
)
NEEDS_QUOTES = error(
    "syntaxe/debut",
    "un texte ne peut pas commencer ainsi sans guillemets",
    "mettez la valeur entre guillemets",
)
NO_SPACE = error(
    "syntaxe/espace",
    "il manque une espace après « : »",
    "écrivez « clé: valeur », ou mettez entre guillemets un texte qui contient « : »",
)
TEXT_BEHIND_BAR = error(
    "syntaxe/bloc",
    "il y a du texte derrière « | » ou « > »",
    "commencez ce texte à la ligne suivante, en retrait",
)
TABULATION = error(
    "syntaxe/tabulation", "une tabulation sert de retrait", "remplacez-la par des espaces"
)
MISPLACED_COLON = error(
    "syntaxe/deux-points",
    "« : » n'est pas à sa place",
    "mettez entre guillemets un texte qui contient « : »",
)
MISPLACED_KEY = error(
    "syntaxe/retrait-cle",
    "cette clé n'est pas à sa place",
    "donnez-lui le même retrait que ses voisines ; "
    "vérifiez l'espace après le « : » de la ligne précédente",
)
TEXT_TOO_MANY = error(
    "syntaxe/en-trop",
    "il y a du texte en trop après la valeur",
    'entourez de guillemets droits "…" toute la valeur, jusqu\'au bout de la ligne',
)
NOT_YAML = error(
    "syntaxe/yaml",
    "le fichier n'est pas du YAML bien formé",
    "vérifiez cette ligne et la précédente",
)

# Its shape: keys and values

UNKNOWN_KEY = error("forme/cle-inconnue", "clé inconnue « {key} »", "{advice}")
MISSING_KEY = error(
    "forme/cle-absente", "la clé « {key} » manque", "ajoutez une ligne « {key}: … »"
)
EMPTY = error("forme/vide", "{name} est vide", "complétez cette ligne")
NOT_OF_KIND = error("forme/genre", "{name} doit être {kind}, pas {found}", "{advice}")
TOO_SMALL = error(
    "forme/minimum", "{name} vaut {value}, il faut au moins {least}", "corrigez ce nombre"
)
TOO_SHORT = error(
    "forme/trop-court",
    "{name} compte {count:élément}, il en faut au moins {least}",
    "complétez la liste",
)
NOT_A_CHOICE = error("forme/choix", "{name} ne peut pas valoir {found}", "{advice}")
UNFORESEEN = error("forme/valeur", "{name} ne peut pas être {found}", "corrigez cette valeur")
MORE_FAULTS = error(
    "forme/encore", "le fichier a encore {number:erreur}", "corrigez d'abord les premières"
)
NOT_A_DATE = error("forme/date", "{found} n'est pas une date", "écrivez {date}")
NO_SUCH_DATE = error(
    "forme/date-impossible",
    "le « {value} » n'existe pas",
    "{advice}",
)
NOT_DAYS = error(
    "forme/jours",
    "« {value} » n'est pas une suite de jours de la semaine",
    "écrivez par exemple lundi-vendredi, ou lundi, mardi, jeudi ; un jour au moins reste libre",
)
NOT_A_TERRITORY = error("forme/territoire", "« {value} » n'est pas un territoire connu", "{advice}")
NOT_A_YEAR = error(
    "forme/annee", "« {value} » n'est pas une année scolaire", "écrivez par exemple 2025-2026"
)
YEARS_APART = error(
    "forme/annees",
    "« {value} » n'est pas une année scolaire",
    "les deux années se suivent : {years}",
)
NOT_A_POSTCODE = error(
    "forme/code-postal", "« {value} » n'est pas un code postal", "écrivez les cinq chiffres"
)
NOT_AN_ADDRESS = error(
    "forme/courriel",
    "« {value} » n'est pas une adresse électronique",
    "écrivez nom@domaine.fr",
)
NOT_A_UAI = error(
    "forme/uai", "« {value} » n'est pas un UAI", "écrivez sept chiffres et une lettre majuscule"
)
