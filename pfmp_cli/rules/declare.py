"""How a rule is declared.

    UNKNOWN_TITLE = warning(
        "liste/colonne-inconnue",
        "la colonne « {title} » est inconnue : elle est ignorée",
        "vouliez-vous dire « {near} » ?",
    )

A reader says it with `UNKNOWN_TITLE.at(position, title=…, near=…)`. `{cells:cellule}` is a number
with its noun, which agrees. Braces that are to be shown are doubled.
"""

from pfmp_cli.diagnostics import Rule, Severity


def error(code: str, sentence: str, help: str = "") -> Rule:
    """What it is about is refused."""
    return Rule(code, Severity.ERROR, sentence, help)


def warning(code: str, sentence: str, help: str = "") -> Rule:
    """The work goes on."""
    return Rule(code, Severity.WARNING, sentence, help)


def remark(code: str, sentence: str, help: str = "") -> Rule:
    """There is nothing to put right."""
    return Rule(code, Severity.REMARK, sentence, help)
