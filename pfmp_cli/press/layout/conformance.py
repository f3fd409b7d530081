"""What a PDF says of itself: that it is PDF/UA-1 and PDF/A-2a at once, and what its colours are."""

from __future__ import annotations

from html import escape
from typing import Any

import pydyf

PRODUCER = "pfmp"
# What of XMP is not about the document (PDF/UA's own property) has to be described in it.
_BEFORE_TITLE = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<rdf:Description rdf:about="" pdf:Producer="{PRODUCER}" pdfuaid:part="1" pdfaid:part="2"
 pdfaid:conformance="A"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA</pdfaSchema:schema><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:property><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of PDF/UA</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">"""
_AFTER_TITLE = "</rdf:li></rdf:Alt></dc:title>\n"
_AFTER_IDENTIFIER = """</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
XMP = _BEFORE_TITLE, _AFTER_TITLE, _AFTER_IDENTIFIER


def describe(pdf: Any, title: str) -> None:
    """Say it in the catalogue, the metadata and the document's information.

    The metadata lie open: Chromium keeps the bytes of packed ones, and forgets that they are.
    """
    before, *after = XMP
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [f"{before}{escape(title, quote=False)}{''.join(after)}".encode()]
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
