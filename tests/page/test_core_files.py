"""What the page is packed with: found from the imports, and nothing that it cannot run."""

import io
import sys
import zipfile
from pathlib import Path

from pfmp_cli.lists.formats.encoding import NAMES
from pfmp_cli.page.core_files import find_core, find_imports, trim_library

# As wheels for the browser or pure Python; what `holidays` answers is written into the page.
LIBRARIES = {"holidays", "phonenumbers", "python_calamine", "xlrd"}


def test_the_page_runs_the_core_and_needs_no_more_than_a_browser_has() -> None:
    ours, others = find_core()

    assert {"pfmp_cli.lists.class_file", "pfmp_cli.press.merging.merge"} <= ours.keys()
    assert others - sys.stdlib_module_names == LIBRARIES


def test_what_is_left_out_of_python_is_not_what_the_page_imports() -> None:
    ours, _ = find_core()
    imported = {name for path in ours.values() for name in find_imports(path)}
    windows = ("cp874", "cp932", "cp949", "cp950", "cp1250", "cp1258")  # what an .xls may be in
    names = (*NAMES, *windows, "cp437", "cp858", "iso8859_15", "utf_16")
    encodings = {f"encodings.{name}" for name in names}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in (*imported, *encodings, "unittest", "encodings.cp855", "xml.dom.minidom"):
            archive.writestr(f"{name.replace('.', '/')}.py", "")
    with zipfile.ZipFile(io.BytesIO(trim_library(buffer.getvalue()))) as archive:
        kept = {name.removesuffix(".py").replace("/", ".") for name in archive.namelist()}
    assert kept == imported | encodings


def test_what_types_alone_need_is_no_import_and_a_late_one_is(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text(
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    import yaml\n"
        "def f():\n    from a import b\n"
    )
    assert {*find_imports(path)} == {"typing", "typing.TYPE_CHECKING", "a", "a.b"}
