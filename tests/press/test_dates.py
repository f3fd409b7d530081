"""Dates are values: a master has room for them, and knows none."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from pfmp_cli.calendar.weeks import Intervalle, build_periodes
from pfmp_cli.domain.projet import Calendrier, DatesPeriode, Projet
from pfmp_cli.domain.referentiel import Referentiel
from pfmp_cli.domain.selection import Selection
from pfmp_cli.lists.class_file import read_eleves
from pfmp_cli.lists.enrolment import enrol
from pfmp_cli.lists.pupils import Eleve, Roster
from pfmp_cli.loading.class_files import make_schema
from pfmp_cli.planning.plan import PlannedDocument, plan_documents
from pfmp_cli.press.layout.make_master import lay_out
from pfmp_cli.press.pupil_document import merge_pupil
from pfmp_cli.press.template.context import build_context
from pfmp_cli.press.workshop import Workshop
from tests.direct import set_values
from tests.pdf import read_words

Days = tuple[date, date]
CLASSES = [
    ("seconde", ""), ("premiere", "A"), ("premiere", "B"), ("terminale", "A"), ("terminale", "B"),
]  # fmt: skip
STARTS = [date(2025, 11, 17), date(2026, 3, 9), date(2026, 6, 8)]


def open_workshop(referentiel: Referentiel, shift: int = 0) -> Workshop:
    """A school whose periods are of the référentiel's weeks, `shift` days after `STARTS`."""
    periodes = {
        classe.code: tuple(
            DatesPeriode(
                du=du + timedelta(days=shift), au=du + timedelta(days=shift + 5, weeks=w - 1)
            )
            for du, w in zip(STARTS, (p.semaines for p in classe.periodes), strict=False)
        )
        for classe in referentiel.classes
    }
    return Workshop(referentiel, Projet(calendrier=Calendrier(periodes=periodes)))


def enrol_pupils(referentiel: Referentiel, number: int = 1) -> Roster:
    """That many pupils of every class and option; half of those in première do a third period."""
    rows = [
        f"NOM{n};{classe}{option};{classe};{option};{'oui' if n % 2 else 'non'}"
        for classe, option in CLASSES
        for n in range(number)
    ]
    text = "\n".join(["nom;prenom;classe;option;primo_entrant", *rows])
    lecture = read_eleves("eleves.csv", text.encode(), make_schema(referentiel))
    return enrol(lecture, referentiel, {}, Selection())


def give_dates(
    roster: Roster, referentiel: Referentiel, choose: Callable[[int], Days | None]
) -> Roster:
    """The pupils with dates of their own, which `choose` gives for a number of weeks."""

    def own(eleve: Eleve) -> tuple[tuple[str, tuple[Intervalle, ...]], ...]:
        e = eleve.enrolment
        assert e is not None
        done = build_periodes(referentiel.classe(e.classe), Calendrier(), e.variantes)
        chosen = ((periode.code, choose(periode.semaines)) for periode in done)
        return tuple((code, (Intervalle(*days),)) for code, days in chosen if days)

    return replace(roster, eleves=tuple(e._replace(dates=own(e)) for e in roster.eleves))


def plan(workshop: Workshop, roster: Roster, *names: str) -> tuple[PlannedDocument, ...]:
    known = workshop.documents
    documents = [known[name] for name in names or known]
    return plan_documents(roster, workshop.referentiel, documents).documents


def keys(workshop: Workshop, documents: Iterable[PlannedDocument]) -> set[str]:
    return {workshop.get_rendering(one.edition).key for one in documents}


def within(random: Random) -> Callable[[int], Days]:
    """Dates of any day of the year, as long as the period or shorter."""

    def choose(weeks: int) -> Days:
        du = date(2025, 9, 1) + timedelta(days=random.randrange(270))
        return du, du + timedelta(days=random.randrange(weeks * 7))

    return choose


def test_300_pupils_with_dates_of_their_own_need_no_layout_more(referentiel: Referentiel) -> None:
    workshop = open_workshop(referentiel)
    roster = enrol_pupils(referentiel, 60)
    redated = give_dates(roster, referentiel, within(Random(1)))
    usual = plan(workshop, roster)

    assert len(roster.eleves) == 300
    assert len({eleve.dates for eleve in redated.eleves}) == 300
    assert len(keys(workshop, usual)) > 50
    assert keys(workshop, plan(workshop, redated)) == keys(workshop, usual)
    assert not [e for e in {one.edition for one in usual} if "2025" in workshop.render(e)]


def test_a_change_of_calendar_lays_nothing_out(referentiel: Referentiel) -> None:
    roster = enrol_pupils(referentiel)
    old, new = open_workshop(referentiel), open_workshop(referentiel, 3)

    assert old.compose(plan(old, roster)[0].edition) != new.compose(plan(new, roster)[0].edition)
    assert keys(old, plan(old, roster)) == keys(new, plan(new, roster))


def test_more_days_than_there_is_room_for_need_room(referentiel: Referentiel) -> None:
    workshop = open_workshop(referentiel)
    roster = enrol_pupils(referentiel)
    long = give_dates(roster, referentiel, lambda weeks: (STARTS[0], STARTS[0] + timedelta(90)))
    usual, larger = plan(workshop, roster), plan(workshop, long)

    assert {
        one.edition.document
        for one, other in zip(larger, usual, strict=True)
        if workshop.get_rendering(one.edition).key != workshop.get_rendering(other.edition).key
    } == {"livret", "presence", "journal"}
    for one in larger:
        if one.edition.document == "presence":
            assert "pfmp1.jour_79?" not in (html := workshop.render(one.edition))
            assert f"pfmp{one.edition.periode}.jour_78?" in html


def check(workshop: Workshop, document: PlannedDocument) -> None:
    """A pupil's document says what its direct rendering says, at the same places."""
    edition = document.edition
    values = workshop.compose(edition, document.eleve)
    context = build_context(edition, workshop.referentiel, workshop.projet, workshop.logo)
    html = set_values(workshop.templates.render(edition.document, context), values)
    direct = read_words(lay_out(html))
    outcome = merge_pupil(document, workshop)
    content = workshop.get_merger(edition).master.pdf + outcome.update
    merged = read_words(content)

    assert outcome.misfits == ()
    assert [(word.text, word.page) for word in merged] == [(w.text, w.page) for w in direct]
    for one, other in zip(merged, direct, strict=True):
        assert (one.x, one.y) == pytest.approx((other.x, other.y), abs=0.1), one.text


def last_days(weeks: int) -> Days:
    """That many weeks from a Wednesday, over Christmas and the New Year."""
    return (du := date(2025, 12, 17)), du + timedelta(days=7 * weeks - 1)


@pytest.mark.parametrize("weeks", [1, 3, 5])
def test_merge_equals_direct_rendering_with_dates_of_their_own(
    referentiel: Referentiel, weeks: int
) -> None:
    workshop = open_workshop(referentiel)
    roster = give_dates(enrol_pupils(referentiel), referentiel, lambda _: last_days(weeks))
    for document in plan(workshop, roster, "presence", "attestation"):
        if document.edition.classe == "seconde":
            check(workshop, document)


@pytest.mark.lent
@pytest.mark.parametrize("weeks", range(1, 9))
def test_merge_equals_direct_rendering_on_every_class_option_and_number_of_weeks(
    referentiel: Referentiel, weeks: int
) -> None:
    workshop = open_workshop(referentiel)
    roster = give_dates(enrol_pupils(referentiel, 2), referentiel, lambda _: last_days(weeks))
    for document in plan(workshop, roster):
        check(workshop, document)
