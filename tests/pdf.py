"""What a test reads off a PDF: its words with their places, and what checkers say."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import page
import pdfua
import pdfua.rules.structure
import pikepdf
import pypdfium2

RULES = {"ua1": 104, "2a": 154}  # of each profile that page-validation knows


@dataclass(frozen=True)
class Word:
    """A word: page from 0, origin of its first character in points from the lower left."""

    text: str
    page: int
    x: float
    y: float


def read_words(content: bytes) -> list[Word]:
    """All words, page by page, in the order of their places (top down, left to right)."""
    words: list[Word] = []
    document = pypdfium2.PdfDocument(content)
    try:
        for number, one in enumerate(document):
            words += sorted(_page_words(one, number), key=lambda w: (w.page, -round(w.y), w.x))
    finally:
        document.close()
    return words


def _page_words(page: pypdfium2.PdfPage, number: int) -> list[Word]:
    text_page = page.get_textpage()
    words: list[Word] = []
    letters: list[str] = []
    origin = (0.0, 0.0)
    for index in range(text_page.count_chars()):
        char = chr(pypdfium2.raw.FPDFText_GetUnicode(text_page.raw, index))
        if char == "\0" or char.isspace():
            _close(words, letters, number, origin)
            continue
        if not letters:
            origin = _origin(text_page, index)
        letters.append(char)
    _close(words, letters, number, origin)
    return words


def _close(words: list[Word], letters: list[str], page: int, origin: tuple[float, float]) -> None:
    if letters:
        words.append(Word("".join(letters), page, *origin))
        letters.clear()


def _origin(text_page: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    import ctypes

    x, y = ctypes.c_double(), ctypes.c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    return x.value, y.value


def read_text(content: bytes) -> str:
    """The text of the whole document, words apart by one space."""
    return " ".join(word.text for word in read_words(content))


def find_faults(content: bytes, folder: Path) -> list[str]:
    """What `qpdf --check` and two checkers of PDF/UA-1 and PDF/A-2a hold against a document.

    A rule that a checker skips is a fault too.
    """
    path = folder / "a-verifier.pdf"
    path.write_bytes(content)
    report = pdfua.validate(str(path))
    faults = [
        f"{finding.rule_id} {finding.message}"
        for finding in report.findings
        if finding.severity.name in ("ERROR", "WARNING")
    ]
    faults += [f"{outcome.rule_id} {outcome.skipped_reason}" for outcome in report.skipped]
    return (
        faults
        + find_faults_of(content, "ua1")
        + find_faults_of(content, "2a")
        + (find_syntax_faults(path))
    )


def find_faults_of(content: bytes, profile: str) -> list[str]:
    """What `page-validation` holds against a document."""
    report = page.validate_pdf_bytes(content, profile=profile)
    assert report.rules.total == RULES[profile]
    assert report.is_compliant == (report.rules.passed == report.rules.total)
    return [f"{failure.rule_id} {failure.message}" for failure in report.failures]


def _as_integer(value: object) -> int | None:
    """For pdfua, whose own asks an array whether it is one, which pikepdf takes ill."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


pdfua.rules.structure.as_integer = _as_integer


def find_syntax_faults(path: Path) -> list[str]:
    """What `qpdf --check` holds against a file."""
    with pikepdf.open(path) as pdf:
        faults = list(pdf.check_pdf_syntax())
    if qpdf := shutil.which("qpdf"):
        done = subprocess.run([qpdf, "--check", path], capture_output=True, text=True, check=False)
        faults += [done.stdout + done.stderr] if done.returncode else []
    return faults
