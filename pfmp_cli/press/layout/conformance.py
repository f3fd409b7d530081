"""What a PDF says of itself: that it is PDF/UA-1 and PDF/A-2a at once, and what its colours are."""

from typing import Any

import pydyf

from pfmp_cli.press.merging.metadata import PRODUCER, write_xmp


def describe(pdf: Any, title: str) -> None:
    """Say it in the catalogue, the metadata and the document's information.

    The metadata lie open: Chromium keeps the bytes of packed ones, and forgets that they are.
    """
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [write_xmp(title)]
    metadata.compress = False
    pdf.info.clear()
    pdf.info.update(Title=pydyf.String(title), Producer=pydyf.String(PRODUCER))
    profile = pydyf.Stream([_make_srgb()], {"N": 3}, compress=True)
    pdf.add_object(profile)
    intent = pydyf.Dictionary({"Type": "/OutputIntent", "S": "/GTS_PDFA1"})
    intent["OutputConditionIdentifier"] = pydyf.String("sRGB")
    intent["DestOutputProfile"] = profile.reference
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


def _make_srgb() -> bytes:
    """A profile of 588 bytes, without the hour that it was made."""
    from PIL import ImageCms

    profile: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes(12) + profile[36:]
