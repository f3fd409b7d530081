"""A pytest plugin (`-p tools.mutants.reach`): which tests call which functions of the package.

`REACH` names the JSON file that it writes: {file: {first line of a function: [tests]}}, those first
that call the fewest functions, for they ask most of each. Under ANYWHERE are those that start a
process, of which nothing is known.
"""

from __future__ import annotations

import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

_ROOT = f"{Path.cwd()}/"
ANYWHERE = ("", 0)
_calls: dict[str, set[tuple[str, int]]] = defaultdict(set)  # by test function
_current: set[tuple[str, int]] = set()


def _note(frame: FrameType, _event: str, _value: Any) -> None:
    code = frame.f_code
    if code.co_filename.startswith(f"{_ROOT}pfmp_cli/"):
        _current.add((code.co_filename, code.co_firstlineno))


def _hear(event: str, _values: object) -> None:
    if event == "subprocess.Popen":
        _current.add(ANYWHERE)


sys.addaudithook(_hear)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    _current.clear()
    sys.settrace(_note)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        _calls[item.nodeid.partition("[")[0]] |= _current


def pytest_sessionfinish() -> None:
    reach: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for test in sorted(_calls, key=lambda test: len(_calls[test])):
        for file, line in _calls[test]:
            reach[file.removeprefix(_ROOT)][line].append(test)
    Path(os.environ["REACH"]).write_text(json.dumps(reach), "utf-8")
