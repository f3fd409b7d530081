"""The French public holidays, as the package `holidays` has them."""

from datetime import date

# By year and `territoire`: what is remembered from run to run, for the package takes a tenth of a
# second to load.
KNOWN: dict[tuple[int, str | None], frozenset[date]] = {}


def find_public_holidays(year: int, territoire: str | None = None) -> frozenset[date]:
    """Those of metropolitan France, or of a `territoire` (a subdivision of the package's)."""
    key = year, territoire
    if key not in KNOWN:
        from holidays import country_holidays

        KNOWN[key] = frozenset(country_holidays("FR", subdiv=territoire, years=year))
    return KNOWN[key]
