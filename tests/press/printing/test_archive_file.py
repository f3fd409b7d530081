"""A zip has the documents as they are, for their owner alone, and nothing of the clock."""

from __future__ import annotations

import stat
import zipfile
from io import BytesIO

from pfmp_cli.press.printing.archive_file import fill_archive

DOCUMENTS = [("T1/b.pdf", b"%PDF-1.7 b"), ("T1/a.pdf", b"%PDF-1.7 a" * 99)]


def test_an_archive_holds_the_documents_for_their_owner_alone() -> None:
    one, other = BytesIO(), BytesIO()
    fill_archive(one, DOCUMENTS)
    fill_archive(other, DOCUMENTS)

    assert one.getvalue() == other.getvalue()
    with zipfile.ZipFile(one) as archive:
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == DOCUMENTS
        for info in archive.infolist():
            mode = info.external_attr >> 16
            assert (stat.S_ISREG(mode), stat.S_IMODE(mode)) == (True, 0o600)
            assert (info.create_system, info.compress_type) == (3, zipfile.ZIP_STORED)
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
