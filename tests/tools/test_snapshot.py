"""The snapshot: what it runs is there to be run."""

from __future__ import annotations

import re
from pathlib import Path

from pfmp_cli.press.template.render import Templates
from pfmp_cli.press.template.template_files import list_documents
from tools.snapshot import light_sessions, written_sessions

ROOT = Path(__file__).resolve().parents[2]


def test_every_session_has_lines_and_the_files_that_it_starts_from() -> None:
    written = [*written_sessions(ROOT, "lourdes"), *written_sessions(ROOT, "octets")]
    sessions = [*light_sessions(ROOT), *written]

    assert len({session.name for session in sessions}) == len(sessions) > 10
    assert [session.name for session in sessions if not session.lines] == []
    copied = [path for session in sessions for path in session.copied]
    assert copied
    assert [path for path in copied if not path.exists()] == []


def test_what_is_compared_between_systems_is_every_document_in_both_diplomas() -> None:
    documents = list_documents(Templates().folders)
    lines = {one.name: " ".join(one.lines) for one in written_sessions(ROOT, "octets")}

    for diploma in ("bac", "autre-diplome"):
        asked = re.findall(r"--documents \\?\s*(\S+)", lines[diploma])
        assert documents.keys() <= set(",".join(asked).split(","))
