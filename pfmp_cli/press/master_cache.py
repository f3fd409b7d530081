"""Masters kept between runs, by the hash of all that they depend on."""

from pfmp_cli.press.cache_folder import keep, recall
from pfmp_cli.press.merging.master import Master
from pfmp_cli.press.merging.packed_master import MasterKey, pack, unpack


def read_master(key: MasterKey) -> Master | None:
    """The kept master of that key; None where there is none, or not a whole one."""
    content = recall(f"{key}.zip")
    return unpack(content) if content else None


def keep_master(key: MasterKey, master: Master) -> None:
    """Keep a master for later runs."""
    keep(f"{key}.zip", pack(master))
