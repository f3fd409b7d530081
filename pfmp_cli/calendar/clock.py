"""What day it is."""

import os
from datetime import UTC, date, datetime
from functools import cache


@cache
def today() -> date:
    """The day of the run, or what `SOURCE_DATE_EPOCH` says. Asked once: the layout sets it too."""
    said = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(said), UTC).date() if said.isdecimal() else date.today()
