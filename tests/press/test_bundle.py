"""A bundle: what a run needs beyond the list, for a machine that cannot lay out."""

from __future__ import annotations

import json
import zipfile
import zlib
from dataclasses import replace
from datetime import date
from itertools import accumulate, chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfmp_cli.checking.template_trial import try_editions
from pfmp_cli.diagnostics import InputRefused, OutputRefused
from pfmp_cli.domain.plain import from_plain, to_plain
from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.loading.school import School
from pfmp_cli.loading.secret import Secret
from pfmp_cli.loading.sources import Sources
from pfmp_cli.making.bundling import bundle_up
from pfmp_cli.output.single_file import write_marked
from pfmp_cli.planning.editions import Document, Edition
from pfmp_cli.press import workshop as workshops
from pfmp_cli.press.bundle import (
    FORMAT,
    MARK,
    PARTS,
    read_bundle,
    with_usual_room,
)
from pfmp_cli.press.workshop import Workshop, open_workshop
from pfmp_cli.shipped import shipped
from pfmp_cli.watching.previews import Preview, Request, make_previews
from tests.commande import give_key
from tests.commands.test_cli import Folder
from tests.reading import read_projet

DOCUMENTS = {"presence": Document("presence", True, True, "feuille de présence", "feuilles")}
PROJET = Projet(
    annee_scolaire="2025-2026",
    calendrier=Calendrier(
        periodes={"seconde": (DatesPeriode(du=date(2026, 1, 19), au=date(2026, 2, 7)),)}
    ),
)
WITHOUT_LAYOUT = """
import sys
for name in ("weasyprint", "pydyf", "fontTools", "tinycss2", "pypdfium2"):
    sys.modules[name] = None
from pfmp_cli.cli import run
sys.exit(run(sys.argv[1:]))
"""


KEY = b"\x0f" * 16


def make(referentiel: Referentiel, projet: Projet, path: Path) -> Path:
    """A bundle of attendance sheets."""
    workshop = Workshop(referentiel, projet, secret=Secret(KEY))
    content = bundle_up(workshop, DOCUMENTS)
    path.write_bytes(content)
    return path


@pytest.fixture(scope="module")
def lot(referentiel: Referentiel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(referentiel, PROJET, tmp_path_factory.mktemp("lot") / "lycee.lot")


@pytest.fixture(scope="module")
def ready(referentiel: Referentiel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a wheel has laid out, for whoever has no school's file."""
    return make(referentiel, Projet(), tmp_path_factory.mktemp("lot") / workshops.READY)


def test_the_same_documents_come_out_without_anything_to_lay_out_with(
    lot: Path, tmp_path: Path, cache_dir: Path
) -> None:
    stages = "nom;prenom;période;du;au\nA;Zoé;1;20/01/2026;30/01/2026\n"
    made = []
    for name, more in (("avec", ()), ("sans", ("--bundle", str(lot)))):
        folder = Folder(tmp_path / name, cache_dir if name == "avec" else tmp_path / "rien")
        folder.path.mkdir()
        folder.write("eleves.csv", "nom;prenom;classe\nA;Zoé;seconde\nB;Léo;seconde\n")
        folder.write("stages.csv", stages)
        if not more:
            folder.write(
                "pfmp.yaml",
                "annee_scolaire: 2025-2026\ncalendrier:\n  periodes:\n"
                "    seconde: [{du: 2026-01-19, au: 2026-02-07}]\n",
            )
            give_key(folder.path)
        words = ("batch", "eleves.csv", "--stages", "stages.csv", "--documents", "presence")
        outcome = folder.run(*words, *more, code=WITHOUT_LAYOUT if more else "")
        assert outcome.code == 0, outcome.err
        pages = sorted((folder.path / "documents").rglob("*.pdf"))
        made.append({page.name: page.read_bytes() for page in pages})
    assert len(made[0]) == 4
    assert made[0] == made[1]


def test_dates_that_need_more_room_than_a_bundle_has_are_told(
    lot: Path, tmp_path: Path, cache_dir: Path
) -> None:
    folder = Folder(tmp_path, cache_dir)
    folder.write("eleves.csv", "nom;prenom;classe\nA;Zoé;seconde\nB;Léo;seconde\n")
    folder.write("stages.csv", "nom;prenom;période;du;au\nA;Zoé;1;05/01/2026;28/02/2026\n")
    words = ("batch", "eleves.csv", "--stages", "stages.csv", "--documents", "presence")
    outcome = folder.run(*words, "--period", "1", "--bundle", str(lot))

    assert outcome.code == 3
    assert "le lot n'a pas « presence-1 » pour cet élève" in outcome.err
    assert [name for name in folder.files() if name.endswith(".pdf")] == [
        "documents/seconde/B_Leo_presence-1.pdf"
    ]


def test_a_bundle_and_a_school_are_not_given_together(lot: Path, folder: Folder) -> None:
    folder.write("eleves.csv", "nom;prenom;classe\nA;Zoé;seconde\n")
    outcome = folder.run("batch", "eleves.csv", "--bundle", str(lot), "--projet", "pfmp.yaml")

    assert outcome.code == 2
    assert "le lot a déjà son établissement" in outcome.err


@pytest.fixture
def folder(tmp_path: Path, cache_dir: Path) -> Folder:
    return Folder(tmp_path, cache_dir)


def change(lot: Path, path: Path, name: str, content: bytes) -> Path:
    """The bundle with one of its files changed."""
    with zipfile.ZipFile(lot) as old, zipfile.ZipFile(path, "w") as new:
        for info in old.infolist():
            new.writestr(info.filename, content if info.filename == name else old.read(info))
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "ce n'est pas un lot de pfmp"),
        (b"nom;prenom\n", "ce n'est pas un lot de pfmp"),
        (None, "ce fichier ne se lit pas"),
    ],
)
def test_what_is_no_bundle_is_told(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "x.lot"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        read_bundle(path)
    assert [d.message for d in refused.value.diagnostics] == [message]


@pytest.mark.parametrize(
    ("known", "message"),
    [
        ({"pfmp": 0}, "ce lot vient d'une autre version de pfmp"),
        ({"pfmp": FORMAT, "referentiel": {"diplome": 3}}, "ce lot est abîmé"),
        ([], "ce lot est abîmé"),
    ],
)
def test_a_bundle_of_another_kind_is_told(
    lot: Path, tmp_path: Path, known: object, message: str
) -> None:
    path = change(lot, tmp_path / "x.lot", "bundle.json", json.dumps(known).encode())
    with pytest.raises(InputRefused) as refused:
        read_bundle(path)
    assert [d.message for d in refused.value.diagnostics] == [message]


def test_a_key_of_another_length_is_told(lot: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(lot) as archive:
        known = json.loads(archive.read("bundle.json"))
    assert known["secret"] == KEY.hex()
    content = json.dumps(known | {"secret": "0f" * 65}).encode()
    with pytest.raises(InputRefused, match="abîmé"):
        read_bundle(change(lot, tmp_path / "x.lot", "bundle.json", content))


def test_a_master_that_is_not_what_it_was_is_told(lot: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(lot) as archive:
        parts = archive.read(PARTS)
    bundle = read_bundle(change(lot, tmp_path / "x.lot", PARTS, bytes(len(parts))))
    key = next(one.key for one in bundle.editions.values())

    with pytest.raises(InputRefused) as refused:
        bundle.read(key)
    assert [d.message for d in refused.value.diagnostics] == ["ce lot est abîmé"]


def test_where_there_is_no_school_what_a_wheel_has_laid_out_will_do(
    ready: Path, referentiel: Referentiel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workshops, "shipped", lambda _: ready)
    other = replace(referentiel, diplome=replace(referentiel.diplome, intitule="Un autre"))

    assert open_workshop(School(referentiel, Projet())).bundle
    assert not open_workshop(School(referentiel, PROJET)).bundle
    assert not open_workshop(School(referentiel, Projet(), (tmp_path,))).bundle
    assert not open_workshop(School(other, Projet())).bundle


def test_what_masters_share_is_in_a_bundle_once(lot: Path) -> None:
    with zipfile.ZipFile(lot) as archive:
        size = len(archive.read(PARTS))
    bundle = read_bundle(lot)

    assert size < sum(len(bundle.read(key).pdf) for key in bundle.masters) * 0.6


def test_parts_that_begin_alike_stand_where_packing_sees_it(lot: Path) -> None:
    bundle = read_bundle(lot)
    ends = [*accumulate(bundle.lengths, initial=0)]
    content = bundle.archive.read(PARTS)
    as_used = dict.fromkeys(chain.from_iterable(bundle.masters.values()))
    used = b"".join(content[ends[number] : ends[number + 1]] for number in as_used)

    assert bundle.archive.getinfo(PARTS).compress_size < 0.9 * len(zlib.compress(used, 9))


def test_a_check_and_a_preview_show_what_a_wheel_has_laid_out(
    ready: Path, referentiel: Referentiel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(workshops, "shipped", lambda _: ready)
    monkeypatch.setenv("PFMP_CACHE", str(tmp_path / "another"))
    workshop = open_workshop(School(referentiel, Projet()))
    edition = Edition("presence", "seconde", periode="1")
    (made,) = make_previews(Request(Sources(), "presence"))
    tried = try_editions(workshop, [edition], [edition])

    assert isinstance(made, Preview)
    assert made.pdf.startswith(workshop.get_merger(edition).master.pdf)
    assert tried == ({edition}, [])
    assert list((tmp_path / "another").glob("*.maquette")) == []


# Laws


def test_all_that_the_domain_says_comes_back(referentiel: Referentiel) -> None:
    projet, _ = read_projet(shipped("examples/pfmp.yaml"), referentiel)
    for noun in (referentiel, projet, Projet(), PROJET):
        assert from_plain(type(noun), json.loads(json.dumps(to_plain(noun)))) == noun


@given(
    st.sampled_from([Projet(), PROJET]),
    st.sampled_from([("seconde", None), ("premiere", "A"), ("terminale", "B")]),
    st.dictionaries(st.sampled_from("123"), st.integers(1, 9)),
)
def test_an_edition_of_the_usual_room_looks_the_same(
    referentiel: Referentiel, projet: Projet, where: tuple[str, str | None], own: dict[str, int]
) -> None:
    codes = [one.code for one in referentiel.classe(where[0]).periodes if not one.variante]
    weeks = tuple((code, own[code]) for code in codes if code in own)
    edition = Edition("presence", *where, periode=codes[0], weeks=weeks[:1])
    if weeks[:1] and weeks[0][0] != codes[0]:
        edition = replace(edition, weeks=())
    workshop = Workshop(referentiel, projet)

    usual = with_usual_room(edition, referentiel, projet)
    assert workshop.render(usual) == workshop.render(edition)


# The command


def test_a_bundle_is_made_again_in_its_place_and_never_over_another_file(
    lot: Path, tmp_path: Path
) -> None:
    content = lot.read_bytes()
    path = write_marked(tmp_path / "lycee.lot", content, MARK)
    assert write_marked(path, content, MARK) == path

    (tmp_path / "eleves.csv").write_text("nom;prenom\n", encoding="utf-8")
    with pytest.raises(OutputRefused):
        write_marked(tmp_path / "eleves.csv", content, MARK)
    assert (tmp_path / "eleves.csv").read_text("utf-8") == "nom;prenom\n"


@pytest.mark.parametrize(
    "change_of",
    [
        {"projet": {"fabrication": {"dossier": "/tmp"}}},
        {"projet": {"fabrication": {"dossier": "../dehors"}}},
        {"projet": {"annee_scolaire": "../2030"}},
        {"documents": {"a": {"name": "../../evil"}}},
        {"projet": {"calendrier": {"periodes": {"x": [{"du": "2026-01-01", "au": "9999-12-31"}]}}}},
    ],
)
def test_a_bundle_that_leads_elsewhere_is_refused(
    lot: Path, tmp_path: Path, change_of: dict[str, object]
) -> None:
    with zipfile.ZipFile(lot) as archive:
        known = json.loads(archive.read("bundle.json"))
    content = json.dumps(known | change_of).encode()
    with pytest.raises(InputRefused) as refused:
        read_bundle(change(lot, tmp_path / "x.lot", "bundle.json", content))
    assert [d.message for d in refused.value.diagnostics] == ["ce lot est abîmé"]
