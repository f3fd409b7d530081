"""The snapshot: what it runs is there to be run."""

from __future__ import annotations

from pathlib import Path

from tools.snapshot import light_sessions, written_sessions

ROOT = Path(__file__).resolve().parents[2]


def test_every_session_has_lines_and_the_files_that_it_starts_from() -> None:
    sessions = [*light_sessions(ROOT), *written_sessions(ROOT, "lourdes")]

    assert len({session.name for session in sessions}) == len(sessions) > 10
    assert [session.name for session in sessions if not session.lines] == []
    copied = [path for session in sessions for path in session.copied]
    assert copied
    assert [path for path in copied if not path.exists()] == []
