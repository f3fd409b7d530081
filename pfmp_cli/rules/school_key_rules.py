"""What is said of the dates, divisions and lists of a `pfmp.yaml` under its référentiel."""

from __future__ import annotations

from pfmp_cli.rules.declare import error, warning

TOO_MANY_DATES = error(
    "dates/en-trop",
    "{count} périodes datées, alors que la classe en a {periodes}",
    "enlevez celle qui est en trop",
)
ENDS_TOO_SOON = error(
    "dates/ordre",
    "la période finit le {au} avant d'avoir commencé, le {du}",
    "corrigez l'une des deux dates",
)
LASTS_TOO_LONG = error(
    "dates/duree",
    "la période dure plus d'un an, du {du} au {au}",
    "corrigez l'année de l'une des deux dates",
)
DIVISION_WITHOUT_OPTION = error(
    "option/division", "la division « {division} » n'a pas d'option", "ajoutez {choices}"
)
DIVISION_OF_COMMON_CLASS = error(
    "option/division-commune",
    "la classe « {classe} » est commune aux options",
    "enlevez l'option de cette division",
)
LIST_OF_COMMON_CLASS = error(
    "reference/liste-commune",
    "la classe « {classe} » est commune aux options",
    "enlevez l'option de cette liste",
)
UNKNOWN_DOCUMENT = error("reference/document", "document inconnu « {document} »", "{advice}")
OUTDATED_CONVENTION = warning(
    "perime/convention",
    "la note de service n° 96-241 n'est plus en vigueur",
    "la convention type est celle de la circulaire n° 2016-053 du 29 mars 2016",
)
