"""Masters kept by the hash of all that they depend on; laid out, where there is none, by processes
of their own: the memory that takes goes with them.

A worker imports this file: what it does not need is not here.
"""

from collections.abc import Generator, Sequence
from contextlib import closing

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.planning.editions import Edition
from pfmp_cli.press.cache_folder import keep, recall
from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.merging.packed_master import MasterKey, Rendering, pack, unpack
from pfmp_cli.press.workers import Stopped, map_in_processes
from pfmp_cli.terminal.console import track


def read_master(key: MasterKey) -> Master | None:
    """The kept master of that key; None where there is none, or not a whole one."""
    content = recall(f"{key}.maquette")
    return unpack(content) if content else None


def keep_master(key: MasterKey, master: Master) -> None:
    """Keep a master for later runs."""
    keep(f"{key}.maquette", pack(master))


def lay_out_all(
    missing: Sequence[tuple[Edition, Rendering]],
) -> Generator[Master | InputRefused, None, None]:
    """The master of each, kept, under a bar; what the layout refuses, in its place."""
    with closing(map_in_processes(_make, [rendering for _, rendering in missing])) as made:
        laid_out = zip(missing, made, strict=True)
        for (edition, _), master in track(laid_out, "Mise en page", len(missing)):
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
