"""What a manifest holds comes out as it went in, and shows nothing of a pupil."""

from __future__ import annotations

import hashlib
import json

import pytest

from pfmp_cli.output.manifest import (
    Entry,
    NotAManifest,
    format_manifest,
    hash_parts,
    key_of,
    opaque,
    read_manifest,
)

ENTRIES = {
    key_of("T1/MARTIN_Zoe_livret.pdf"): Entry(
        "livret", "m1", "v1", "l", "e", "terminale", "B", vides=("eleve.nom", "é"), taille=12,
        sha256="s",
    ),
    key_of("a.pdf"): Entry("grille", "m2", "v2", periode="2", tirage="classe"),
}  # fmt: skip


def test_entries_come_out_as_they_went_in() -> None:
    content = format_manifest(ENTRIES)

    assert read_manifest(content) == ENTRIES
    assert format_manifest(dict(reversed(ENTRIES.items()))) == content
    assert b"MARTIN" not in content


def test_what_an_entry_does_not_have_is_not_written() -> None:
    written = json.loads(format_manifest({"k": Entry("livret", "m", "v")}))

    assert written == {
        "pfmp": 1,
        "fichiers": {"k": {"document": "livret", "master": "m", "valeurs": "v"}},
    }


@pytest.mark.parametrize(
    "entry",
    [{"taille": "12"}, {"vides": [1]}, {"liste": 3}, {"nom": "x"}, {"vides": 1}],
    ids=str,
)
def test_an_entry_of_another_kind_is_no_manifest(entry: dict[str, object]) -> None:
    whole = {"document": "livret", "master": "m", "valeurs": "v", **entry}
    with pytest.raises(NotAManifest):
        read_manifest(json.dumps({"pfmp": 1, "fichiers": {"k": whole}}).encode())


def test_a_key_is_the_same_whatever_the_case_and_says_nothing() -> None:
    assert key_of("T1/A.pdf") == key_of("t1/a.PDF") != key_of("T1/B.pdf")
    assert opaque("ab", "c") != opaque("a", "bc")
    assert len(opaque("x")) == 32
    assert set(opaque("x")) <= set("0123456789abcdef")


@pytest.mark.parametrize("parts", [[b"un"], [b"un", b"deux"], [b"un", b"deux", b"", b"trois"]])
def test_the_hash_of_parts_is_that_of_the_whole(parts: list[bytes]) -> None:
    for _ in range(2):  # the first part is remembered
        assert hash_parts(parts) == hashlib.sha256(b"".join(parts)).hexdigest()
