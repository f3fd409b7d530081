"""A school's bundle: all its documents laid out, for `batch --bundle` and the page."""

from pfmp_cli.planning.editions import Document, name_edition
from pfmp_cli.press.bundle import list_bundled, pack_bundle
from pfmp_cli.press.merging.packed_master import MasterKey, Rendering, pack, recipe_of
from pfmp_cli.press.workshop import Workshop


def bundle_up(workshop: Workshop, documents: dict[str, Document]) -> bytes:
    """The bundle of these documents of a workshop. Raises InputRefused with what is wrong in a
    template."""
    editions = list(list_bundled(workshop.referentiel, workshop.projet, documents))
    workshop.lay_out(editions)
    made = {edition: workshop.get_rendering(edition) for edition in editions}
    return pack_bundle(
        workshop.referentiel,
        workshop.projet,
        documents,
        {name_edition(of): one._replace(key=_key(one), html="") for of, one in made.items()},
        {_key(one): pack(workshop.get_merger(of).master) for of, one in made.items()},
        workshop.secret.key if workshop.secret else b"",
    )


def _key(rendering: Rendering) -> MasterKey:
    """A bundle is the same file on every system."""
    return MasterKey(recipe_of(rendering.key))
