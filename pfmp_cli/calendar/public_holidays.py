"""The French public holidays, as the package `holidays` has them."""

from datetime import date
from functools import cache


@cache
def find_public_holidays(year: int, territoire: str | None = None) -> frozenset[date]:
    """Those of metropolitan France, or of a `territoire` (a subdivision of the package's).

    The package takes a tenth of a second to load: only where dates are worked out.
    """
    from holidays import country_holidays

    return frozenset(country_holidays("FR", subdiv=territoire, years=year))
