"""What is said of a school (`pfmp.yaml`) under a référentiel, and of the dates of its periods."""

from pfmp_cli.rules.declare import error, warning

_CHECK_DATES = "vérifiez les deux dates"

TOO_MANY_PERIODES = error(
    "dates/nombre",
    "{given:période} dans le calendrier, alors que la classe en a {asked}",
    "enlevez celle qui est en trop",
)
ENDS_FIRST = error(
    "dates/ordre",
    "la période finit le {au} avant d'avoir commencé, le {du}",
    "corrigez l'une des deux dates",
)
MORE_THAN_A_YEAR = error(
    "dates/annee",
    "la période dure plus d'un an, du {du} au {au}",
    "corrigez l'année de l'une des deux dates",
)

OF_A_DIPLOMA = error(
    "diplomes/pour-tous",
    "« {key} » est de chaque diplôme",
    "mettez-la sous « diplomes », dans celui dont elle est",
)
DIVISION_OF_ANOTHER = error(
    "diplomes/division",
    "la division « {division} » est déjà celle du diplôme {sigle}",
    "laissez-la à un seul diplôme",
)
SAME_DIPLOMA = error(
    "diplomes/double",
    "deux diplômes ont le même sigle, {sigle}",
    "enlevez l'un des deux, ou changez le « sigle » dans l'un des référentiels",
)
NO_REFERENTIEL = error(
    "diplomes/referentiel",
    "le référentiel « {name} » n'existe pas",
    "son chemin part du dossier de ce fichier",
)
SAMPLE_VALUES = warning(
    "exemple/etablissement",
    "« etablissement » est encore en partie celui de l'exemple : {names}",
    "remplacez-le par le vôtre : il s'imprime sur tous les documents",
)
YEAR_OVER = warning(
    "calendrier/annee-finie",
    "l'année scolaire {year} est finie",
    "mettez à jour « annee_scolaire » et les dates des périodes",
)
NO_DATES = warning(
    "calendrier/sans-dates",
    "la période « {periode} » n'a pas de dates",
    "ajoutez ses deux dates à la liste de la classe",
)
OVERLAP = warning(
    "calendrier/chevauchement",
    "la période commence le {du}, avant la fin de la précédente, le {au}",
    _CHECK_DATES,
)
FEW_WEEKS = warning(
    "calendrier/courte",
    "la période « {periode} » a des jours dans {given:semaine}, le référentiel en demande {asked}",
    _CHECK_DATES,
)
MANY_WEEKS = warning(
    "calendrier/longue", "la période « {periode} » dure plus de {asked:semaine}", _CHECK_DATES
)
_DAYS_OF = "la période « {periode} » a {days:jour} de stage en tout, "
FEW_DAYS = warning(
    "calendrier/peu-de-jours",
    f"{_DAYS_OF}moins que les {{asked:semaine}} du référentiel",
    _CHECK_DATES,
)
MANY_DAYS = warning(
    "calendrier/trop-de-jours",
    f"{_DAYS_OF}plus que les {{asked:semaine}} du référentiel",
    _CHECK_DATES,
)
STARTS_OFF = warning("calendrier/debut", "la période commence un {why}, le {day}", "{advice}")
ENDS_OFF = warning("calendrier/fin", "la période finit un {why}, le {day}", "{advice}")
IN_HOLIDAYS = warning(
    "calendrier/vacances",
    "la période « {periode} » a {days} dans les {holidays} de la zone {zone}, {when}",
    "vérifiez les deux dates, et « zone »",
)
HOLIDAYS_UNKNOWN = warning(
    "calendrier/vacances-inconnues",
    "les vacances scolaires sont connues jusqu'au {day} : les jours d'après ne leur sont pas "
    "comparés",
    "comparez-les vous-même au calendrier de la zone {zone}",
)
OUTSIDE_YEAR = warning(
    "calendrier/annee-scolaire",
    "le {day} n'est pas dans l'année scolaire {year}",
    "vérifiez la date, ou « annee_scolaire »",
)

DIVISION_WITHOUT_OPTION = error(
    "option/division", "la division « {division} » n'a pas d'option", "ajoutez {choices}"
)
OPTION_IN_COMMON = error(
    "option/commune", "la classe « {classe} » est commune aux options", "enlevez cette option"
)

NO_GAP = error(
    "complement/sans-lacune",
    "l'activité « {activite} » a déjà ses {name}",
    "un complément remplit une lacune du référentiel ; enlevez celui-ci",
)
OUTDATED = warning(
    "perime/convention",
    "la note de service n° 96-241 n'est plus en vigueur",
    "la convention type est celle de la circulaire n° 2016-053 du 29 mars 2016",
)
