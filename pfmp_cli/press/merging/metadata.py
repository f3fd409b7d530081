"""What a document says of itself: its title, and that it is PDF/UA-1 and PDF/A-2a at once."""

from html import escape

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


def write_xmp(title: str, identifier: str = "") -> bytes:
    """The metadata of a document, which has its `identifier` in them where it has one."""
    said = f"<dc:identifier>{identifier}</dc:identifier>\n" if identifier else ""
    text = f"{_BEFORE_TITLE}{escape(title, quote=False)}{_AFTER_TITLE}{said}{_AFTER_IDENTIFIER}"
    return text.encode()


def write_info(title: str) -> str:
    """The document information that says the same."""
    return f"<</Title <feff{title.encode('utf-16-be').hex()}>/Producer ({PRODUCER})>>"
