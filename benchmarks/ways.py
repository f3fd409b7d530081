"""The ways to make the booklets, each run in a process of its own.

`python -m benchmarks.ways WAY SCRATCH COUNT OUTPUT` prints what it measured as JSON. The
class file and what the Typst way reads are in SCRATCH, where `prepare` put them; all ways
write the same files, in the same folders.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.processes import OUTPUTS, PROJET, ROOT

if TYPE_CHECKING:
    import typst

    from pfmp_cli.lists.pupils import Roster
    from pfmp_cli.planning.plan import Plan
    from pfmp_cli.press.workshop import Workshop

TYPST_SOURCE = "livret.typ"
_WARM_UP = {"eleve.nom": "ÉCHAUFFEMENT"}


def class_file(scratch: Path, count: int) -> Path:
    """Where `run` puts the class file of `count` pupils."""
    return scratch / f"eleves-{count}.csv"


def prepare(scratch: Path, count: int, output: Path) -> dict[str, Any]:
    """What the other ways start from: pupils, content and fonts for Typst, HTML for WeasyPrint."""
    from benchmarks.typst_content import write_content
    from pfmp_cli.press.template.context import build_context

    workshop, _, plan = _load(scratch, count)
    edition = plan.documents[0].edition
    (scratch / "livret.html").write_text(workshop.render(edition), encoding="utf-8")
    context = build_context(edition, workshop.referentiel, workshop.projet)
    write_content(context, scratch, PROJET)
    (scratch / TYPST_SOURCE).write_bytes((ROOT / "benchmarks" / TYPST_SOURCE).read_bytes())
    pupils = [
        (order.path, workshop.compose(order.edition, order.eleve)) for order in plan.documents
    ]
    (scratch / "pupils.json").write_text(json.dumps(pupils), encoding="utf-8")
    return {}


def weasyprint_each(scratch: Path, count: int, output: Path) -> dict[str, Any]:
    """Jinja and WeasyPrint for each pupil, the values in the text."""
    from pfmp_cli.loading.sources import Sources
    from pfmp_cli.planning.editions import Edition
    from pfmp_cli.press.layout.make_master import lay_out
    from pfmp_cli.press.template.context import build_context
    from pfmp_cli.press.workshop import load_workshop
    from tests.direct import set_values

    shop = load_workshop(Sources(projet=PROJET))
    edition = Edition("livret", "terminale", "B")
    context = build_context(edition, shop.referentiel, shop.projet, shop.logo)

    def make(path: Path, values: Mapping[str, str]) -> None:
        path.write_bytes(lay_out(set_values(shop.templates.render("livret", context), values)))

    return _measure(output, make, _read_pupils(scratch, count))


def typst_each(scratch: Path, count: int, output: Path) -> dict[str, Any]:
    """Typst, the compiler kept warm, the pupil by `sys_inputs`."""
    compiler = _warm_typst(scratch, _WARM_UP)

    def make(path: Path, values: Mapping[str, str]) -> None:
        compiler.compile(output=path, sys_inputs=dict(values), pdf_standards="ua-1")

    return _measure(output, make, _read_pupils(scratch, count))


def typst_file_each(scratch: Path, count: int, output: Path) -> dict[str, Any]:
    """Typst, the pupil by a file: unlike other inputs, it lets Typst keep what pupils share."""
    pupil = scratch / "eleve.json"
    pupil.write_text(json.dumps(_WARM_UP))
    compiler = _warm_typst(scratch, {"eleve": pupil.name})

    def make(path: Path, values: Mapping[str, str]) -> None:
        pupil.write_text(json.dumps(values))
        compiler.compile(output=path, pdf_standards="ua-1")

    return _measure(output, make, _read_pupils(scratch, count))


def _warm_typst(scratch: Path, inputs: dict[str, str]) -> typst.Compiler:
    """A compiler that has its fonts and has compiled once."""
    import typst

    compiler = typst.Compiler(
        input=scratch / TYPST_SOURCE,
        root=scratch,
        font_paths=[scratch / "fonts"],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    compiler.compile(pdf_standards="ua-1")
    return compiler


def merge_each(scratch: Path, count: int, output: Path) -> dict[str, Any]:
    """What `pfmp batch` does for one more pupil once it has its master: merge and write."""
    from pfmp_cli.domain.fabrication import Liste
    from pfmp_cli.making.build_plan import Batch, BuildPlan
    from pfmp_cli.making.run import Run
    from pfmp_cli.output.folder import open_folder

    workshop, roster, plan = _load(scratch, count)
    for edition in plan.editions():
        workshop.get_merger(edition)
    liste = Liste(fichier="eleves.csv")
    build_plan = BuildPlan((workshop,), (Batch(liste, plan, roster, workshop),))
    with open_folder(output) as folder:
        start = time.perf_counter()
        run = Run(build_plan, folder)
        run.write_pupils()
        seconds = time.perf_counter() - start
    if said := list(run.outcome.diagnostics):
        raise SystemExit(f"{len(said)} diagnostics; the first: {said[0]}")
    return _tell(seconds, output)


def write_each(scratch: Path, count: int, output: Path) -> dict[str, Any]:
    """The limit: the bytes that `merge_each` wrote, by temporary file and rename."""
    merged = scratch / OUTPUTS / merge_each.__name__
    files = {path.relative_to(merged): path.read_bytes() for path in merged.rglob("*.pdf")}
    start = time.perf_counter()
    for name, content in files.items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = f"{path}.tmp"
        with open(beside, "wb", buffering=0) as file:
            file.write(content)
        os.replace(beside, path)
    return _tell(time.perf_counter() - start, output)


def weasyprint_once(scratch: Path, count: int, output: Path) -> dict[str, Any]:
    """WeasyPrint alone, of the HTML that a master is made of."""
    from pfmp_cli.press.layout.make_master import lay_out

    start = time.perf_counter()
    output.mkdir(parents=True)
    (output / "livret.pdf").write_bytes(lay_out((scratch / "livret.html").read_text("utf-8")))
    return _tell(time.perf_counter() - start, output)


def _load(scratch: Path, count: int) -> tuple[Workshop, Roster, Plan]:
    from pfmp_cli.domain.selection import Selection
    from pfmp_cli.loading.class_files import load_classes
    from pfmp_cli.loading.school import School
    from pfmp_cli.loading.sources import Sources
    from pfmp_cli.planning.editions import Document
    from pfmp_cli.planning.plan import plan_documents
    from pfmp_cli.press.workshop import load_workshop

    workshop = load_workshop(Sources(projet=PROJET))
    school = School(workshop.referentiel, workshop.projet)
    (lecture,) = load_classes(class_file(scratch, count), None, [(school, Selection())])
    plan = plan_documents(lecture, workshop.referentiel, [Document("livret")])
    if len(plan.documents) != count:
        raise SystemExit(f"{len(plan.documents)} booklets planned for {count} pupils")
    return workshop, lecture, plan


def _read_pupils(scratch: Path, count: int) -> list[tuple[str, dict[str, str]]]:
    pupils = json.loads((scratch / "pupils.json").read_text(encoding="utf-8"))
    return list(islice(pupils, count))


def _measure(
    output: Path,
    make: Callable[[Path, Mapping[str, str]], None],
    pupils: list[tuple[str, dict[str, str]]],
) -> dict[str, Any]:
    start = time.perf_counter()
    for name, values in pupils:
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path, values)
    return _tell(time.perf_counter() - start, output)


def _tell(seconds: float, output: Path) -> dict[str, Any]:
    sizes = [path.stat().st_size for path in output.rglob("*.pdf")]
    return {"seconds": seconds, "booklets": len(sizes), "bytes": sum(sizes)}


WAYS: dict[str, Callable[[Path, int, Path], dict[str, Any]]] = {
    way.__name__: way
    for way in (
        prepare,
        weasyprint_each,
        typst_each,
        typst_file_each,
        merge_each,
        write_each,
        weasyprint_once,
    )
}


def main() -> None:
    name, scratch, count, output = sys.argv[1:]
    print(json.dumps(WAYS[name](Path(scratch), int(count), Path(output))))


if __name__ == "__main__":
    main()
