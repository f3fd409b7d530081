"""SIECLE's files of pupils and of those responsible for them, as an office has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.pupils import Roster
from tests.lists.formats.test_school_files import ENTITES
from tests.reading import load_class
from tests.workbooks import zipped

PUPILS, GUARDIANS = "ElevesSansAdresses.xml", "ResponsablesAvecAdresses.xml"
ANNE = {
    "eleve.adresse": "3 RUE DU LAC, BAT. B",
    "eleve.code_postal": "12000",
    "eleve.ville": "VERNAC",
    "eleve.responsable_nom": "BOISCÔTÉ Anne",
    "eleve.responsable_telephone": "06123",
    "eleve.responsable_courriel": "anne@familles.example",
}


class Office:
    """A folder with what SIECLE exports."""

    def __init__(self, folder: Path, referentiel: Referentiel) -> None:
        self.folder, self.referentiel = folder, referentiel

    def read(self, name: str, **files: bytes) -> Roster:
        """Read one of these files, the others being beside it."""
        for title, content in files.items():
            (self.folder / title.replace("_", ".")).write_bytes(content)
        return load_class(self.folder / name, None, self.referentiel, Projet(), Selection())


@pytest.fixture
def office(tmp_path: Path, referentiel: Referentiel) -> Office:
    return Office(tmp_path, referentiel)


def content(name: str) -> bytes:
    folder = "guardians" if name == GUARDIANS else "school_files"
    return (Path(__file__).parent / folder / name).read_bytes()


def archive(*names: str) -> bytes:
    return zipped(**{name.replace(".", "_"): content(name) for name in names})


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("a.xml", {"a_xml": content(PUPILS), "ResponsablesAvecAdresses_xml": content(GUARDIANS)}),
        ("a.xml", {"a_xml": content(PUPILS),
                   "ResponsablesAvecAdresses_0000001B_zip": archive(GUARDIANS)}),
        ("a.zip", {"a_zip": archive(PUPILS, GUARDIANS)}),
        ("a.zip", {"a_zip": archive(PUPILS), "ResponsablesAvecAdresses_zip": archive(GUARDIANS)}),
    ],
)  # fmt: skip
def test_the_first_legal_representative_and_their_address_are_the_pupil_s(
    office: Office, name: str, files: dict[str, bytes]
) -> None:
    lea, yann = office.read(name, **files).eleves

    assert {field: text for field, text in lea.values.items() if field in ANNE} == ANNE
    assert yann.values.keys().isdisjoint(ANNE)


def test_a_doubt_about_a_person_is_told_at_their_line(office: Office) -> None:
    files = {"a_xml": content(PUPILS), "ResponsablesAvecAdresses_xml": content(GUARDIANS)}
    doubt, _ = office.read("a.xml", **files).diagnostics

    assert doubt.position is not None
    assert (doubt.position.line, doubt.position.label) == (14, "PERSONNE_ID 902, TEL_PORTABLE")
    assert doubt.position.file.endswith("ResponsablesAvecAdresses.xml")


def test_an_address_of_the_pupil_s_own_counts_more(office: Office) -> None:
    own = (
        b"<ADRESSES><ADRESSE ADRESSE_ID='7'><LIGNE1_ADRESSE>INTERNAT</LIGNE1_ADRESSE></ADRESSE>"
        b"</ADRESSES></DONNEES>"
    )
    pupils = (
        content(PUPILS)
        .replace(b"<ID_NATIONAL>", b"<ADRESSE_ID>7</ADRESSE_ID><ID_NATIONAL>", 1)
        .replace(b"</DONNEES>", own)
    )
    files = {"a_xml": pupils, "ResponsablesAvecAdresses_xml": content(GUARDIANS)}

    assert office.read("a.xml", **files).eleves[0].values["eleve.adresse"] == "INTERNAT"


@pytest.mark.parametrize(
    ("guardians", "told"),
    [
        (ENTITES, "le XML déclare un DTD ou des entités"),
        (b"<?xml version='1.0'?><BEE_RESPONSABLES><DONNEES>", "le XML s'arrête"),
        (b"PK\x03\x04zut", "le fichier est abîmé"),
    ],
)
def test_what_is_wrong_with_it_is_told_of_it(office: Office, guardians: bytes, told: str) -> None:
    files = {"a_xml": content(PUPILS), "ResponsablesAvecAdresses_xml": guardians}
    with pytest.raises(InputRefused) as refused:
        office.read("a.xml", **files)

    (doubt,) = refused.value.diagnostics
    assert doubt.position is not None
    assert doubt.position.file.endswith("ResponsablesAvecAdresses.xml")
    assert told in doubt.message


def test_the_usual_name_of_the_xml_is_printed_after_that_of_the_register(office: Office) -> None:
    used = b"<NOM>LE GOFF</NOM><NOM_USAGE>KERN</NOM_USAGE>"
    pupils = content(PUPILS).replace(b"<NOM>LE GOFF</NOM>", used)

    assert office.read("a.xml", a_xml=pupils).eleves[1].nom == "LE GOFF"
    assert office.read("a.xml", a_xml=pupils).eleves[1].values["eleve.nom"] == (
        "LE GOFF (usage : KERN)"
    )


def test_a_file_of_guardians_that_is_too_large_is_refused(office: Office) -> None:
    huge = content(GUARDIANS) + b" " * (33 * 2**20)
    files = {"ElevesSansAdresses_xml": content(PUPILS), "ResponsablesAvecAdresses_xml": huge}
    with pytest.raises(InputRefused) as refused:
        office.read(PUPILS, **files)

    assert [d.rule.code for d in refused.value.diagnostics] == ["liste/fichier-trop-gros"]
