"""The school's logo: an image of its folder, whatever its name and its links say."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from pfmp_cli.diagnostics import InputRefused
from pfmp_cli.loading.images import find_logo, image_address, read_image
from pfmp_cli.loading.school import School
from pfmp_cli.loading.school_files import SchoolLoader
from pfmp_cli.loading.sources import Sources
from pfmp_cli.shipped import shipped
from tests.systems import UNIX

Load = Callable[[str], School]


def make_image(kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    Image.effect_noise((60, 40), 50).save(buffer, kind, **options)
    return buffer.getvalue()


@pytest.fixture
def load(tmp_path: Path) -> Load:
    folder = tmp_path / "lycee"
    folder.mkdir()

    def load_logo(name: str) -> School:
        text = f"etablissement:\n  nom: Lycée\n  logo: {name}\n"
        (folder / "pfmp.yaml").write_text(text, encoding="utf-8")
        loader = SchoolLoader()
        schools = loader.load_schools(Sources(folder / "pfmp.yaml"))
        loader.refuse()
        return schools[0]

    return load_logo


@pytest.fixture
def refused(load: Load) -> Callable[[str], str]:
    def problem(name: str) -> str:
        with pytest.raises(InputRefused) as caught:
            load(name)
        (one,) = caught.value.diagnostics
        assert one.position is not None
        assert (one.position.line, one.position.column) == (3, 9)
        return f"{one.rule.code} {one.message}"

    return problem


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("logo.png", make_image("PNG"), "png"),
        ("logo.jpg", make_image("JPEG"), "jpeg"),
        ("logo.jpeg", make_image("JPEG", progressive=True), "jpeg"),
        ("sous.svg", shipped("examples/logo.svg").read_bytes(), "svg+xml"),
        ("sans-nom", make_image("PNG"), "png"),
    ],
)
def test_an_image_is_one_by_its_bytes(
    load: Load, tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    (tmp_path / "lycee" / name).write_bytes(content)
    logo = load(name).logo

    assert logo is not None
    assert image_address(logo).startswith(f"data:image/{kind};base64,")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_image_cut_anywhere_is_no_image(tmp_path: Path, kind: str) -> None:
    content, path = make_image(kind), tmp_path / "logo"
    path.write_bytes(content)
    assert read_image(path) is not None
    for end in range(0, len(content) - 1, 7):
        path.write_bytes(content[:end])
        assert read_image(path) is None, end


def test_a_damaged_png_is_told_where_pfmp_yaml_names_it(
    refused: Callable[[str], str], tmp_path: Path
) -> None:
    content = bytearray(make_image("PNG"))
    content[len(content) // 2] ^= 1
    (tmp_path / "lycee/logo.png").write_bytes(content)

    assert refused("logo.png") == (
        "fichier/logo-inutilisable le logo « logo.png » n'est pas une image entière, SVG, PNG ou "
        "JPEG, de 5 Mo au plus"
    )


@pytest.mark.parametrize(
    "content", [b"", b"texte", b"<html/>", b"<svg", b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 12]
)
def test_what_is_no_image_is_refused(
    refused: Callable[[str], str], tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "lycee/logo.png").write_bytes(content)

    assert refused("logo.png").startswith("fichier/logo-inutilisable ")


@UNIX
def test_a_huge_file_is_not_read(refused: Callable[[str], str], tmp_path: Path) -> None:
    with (tmp_path / "lycee/logo.png").open("wb") as file:
        file.truncate(10**12)

    assert refused("logo.png").startswith("fichier/logo-inutilisable ")


@UNIX
@pytest.mark.parametrize("name", ["/etc/passwd", "../secret.svg", "lien.svg", ".", "tuyau"])
def test_what_is_not_a_file_of_the_folder_is_refused(
    refused: Callable[[str], str], tmp_path: Path, name: str
) -> None:
    shutil.copy(shipped("examples/logo.svg"), tmp_path / "secret.svg")
    (tmp_path / "lycee/lien.svg").symlink_to("../secret.svg")
    os.mkfifo(tmp_path / "lycee/tuyau")

    assert refused(name) == (
        f"fichier/logo-ailleurs le logo « {name} » n'est pas un fichier du dossier de pfmp.yaml"
    )


@UNIX
def test_a_comparison_takes_no_other_logo_either(load: Load, tmp_path: Path) -> None:
    shutil.copy(shipped("examples/logo.svg"), tmp_path / "lycee/logo.svg")
    projet = load("logo.svg").projet
    assert find_logo(tmp_path / "lycee/pfmp.yaml", projet) == tmp_path / "lycee/logo.svg"

    (tmp_path / "lycee/logo.svg").unlink()
    (tmp_path / "lycee/logo.svg").symlink_to("/proc/self/environ")
    assert find_logo(tmp_path / "lycee/pfmp.yaml", projet) is None
