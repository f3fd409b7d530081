"""Masters laid out by processes of their own; the memory that takes goes with them.

A worker imports this file: what it does not need is not here.
"""

from collections.abc import Generator, Sequence
from typing import NamedTuple

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.master_cache import keep_master
from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.merging.packed_master import MasterKey
from pfmp_cli.press.workers import Stopped, map_in_processes


class Rendering(NamedTuple):
    """What a master is laid out from: its HTML, its key, and the fields that it places.

    `html` is '' where the key is remembered, and nothing has been rendered yet.
    """

    html: str
    key: MasterKey
    fields: tuple[str, ...]


def lay_out_all(
    missing: Sequence[tuple[Edition, Rendering]],
) -> Generator[Master | InputRefused, None, None]:
    """The master of each, kept; what the layout refuses, in its place."""
    made = map_in_processes(_make, [rendering for _, rendering in missing])
    for (edition, _), master in zip(missing, made, strict=True):
        if isinstance(master, Stopped):
            yield InputRefused([master.explain(edition.label)])
        else:
            yield master


def _make(rendering: Rendering) -> Master:
    """Only here is WeasyPrint loaded, where a master is not at hand."""
    from pfmp_cli.press.layout.make_master import make_master

    master = make_master(rendering.html)
    keep_master(rendering.key, master)
    return master
