"""The page with the keyboard alone: all is reached and used, seen where it is, and told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pfmp_cli.domain.projet import Projet
from pfmp_cli.domain.referentiel import Referentiel
from tests.browser import wait_for
from tests.page.teacher import Teacher, open_page
from tests.page.test_in_a_browser import write_page_of

KEYS = {"Tab": 9, "Enter": 13, " ": 32, "ArrowUp": 38, "ArrowDown": 40}
SHIFT = 8
TEXTS = {"Enter": "\r", " ": " "}
HEAR = """
window.heard = [];
new MutationObserver((all) => all.forEach(({ addedNodes: [node] }) => heard.push(node.data)))
  .observe(document.querySelector("[role=status]"), { childList: true });
"""
FOCUSED = """(() => {
  const node = document.activeElement, style = getComputedStyle(node);
  const { top, bottom } = node.getBoundingClientRect();
  const outlined = style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2;
  return {
    name: node.id || node.download || node.ariaLabel || node.value || node.textContent,
    lost: node === document.body,
    seen: outlined && bottom > 0 && top < innerHeight,
    top: top + scrollY, bottom: bottom + scrollY,
  };
})()"""
PUPILS = 60


class Hands:
    """On the keyboard: after each key the focus is somewhere, seen, and goes as one reads."""

    def __init__(self, teacher: Teacher) -> None:
        self.teacher, self.window = teacher, teacher.window
        self.window.evaluate(HEAR)

    def press(self, key: str, *, shift: bool = False) -> None:
        known = {"key": key, "code": "Space" if key == " " else key, "modifiers": SHIFT * shift}
        known |= {"windowsVirtualKeyCode": KEYS[key]}
        text = {"text": TEXTS[key]} if key in TEXTS else {}
        self.window.call("Input.dispatchKeyEvent", type="keyDown", **known, **text)
        self.window.call("Input.dispatchKeyEvent", type="keyUp", **known)

    def write(self, text: str) -> None:
        self.window.call("Input.insertText", text=text)

    def look(self) -> str:
        focused = self.window.evaluate(FOCUSED)
        assert not focused["lost"]
        assert focused["seen"], focused
        return str(focused["name"])

    def walk(self, *, shift: bool = False) -> Iterator[str]:
        """The next, and the next, until one comes for the second time."""
        passed = [self.window.evaluate(FOCUSED)]
        for _ in range(400):
            self.press("Tab", shift=shift)
            here, last = self.window.evaluate(FOCUSED), passed[-1]
            if here["lost"] or here in passed[:-1]:
                return
            name = self.look()
            if here != last:
                above, below = (here, last) if shift else (last, here)
                assert above["top"] < below["bottom"], (last, here)
                passed.append(here)
                yield name
        raise AssertionError(f"the focus is held at {passed[-1]}")

    def go(self, name: str, *, shift: bool = False) -> None:
        passed = []
        for one in self.walk(shift=shift):
            passed.append(one)
            if one.startswith(name):
                return
        raise AssertionError(f"no {name} among {passed}")

    def has_file_dialog(self) -> bool:
        self.window.evaluate("0")
        return "Page.fileChooserOpened" in self.window.events

    def hear(self, text: str) -> str:
        """The next that is announced with these words in it."""
        at = f"heard.findIndex(said => said.includes({text!r}))"
        script = f"(at => at < 0 ? '' : heard.splice(0, at + 1).at(-1))({at})"
        return str(wait_for(lambda: self.window.evaluate(script), f"« {text} » among the said"))


@pytest.fixture(scope="module")
def public(referentiel: Referentiel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of attendance sheets, for every school."""
    folder = tmp_path_factory.mktemp("publique")
    return write_page_of(referentiel, Projet(), ("presence",), folder)[0]


@pytest.fixture
def hands(public: Path, tmp_path: Path) -> Iterator[Hands]:
    with open_page(public.as_uri(), tmp_path) as teacher:
        yield Hands(teacher)


def write_list(pupils: int) -> str:
    rows = (f"NGUYỄN {number:02}\tLan\tseconde\t2A" for number in range(pupils))
    return "\n".join(["nom\tprenom\tclasse\tdivision", *rows, "\tZoé\tseconde\t2A"])


def test_a_list_becomes_files_with_the_keyboard_alone(hands: Hands) -> None:
    hands.go("Comment le vérifier")
    hands.press("Enter")
    assert hands.look() == "confiance"
    hands.go("Comment le vérifier", shift=True)
    hands.go("Coller")
    hands.press("Enter")
    hands.go("collage")
    hands.write(write_list(PUPILS))
    hands.go("presence")
    assert "Cochez au moins un document" in hands.hear("0 document")
    hands.press(" ")
    assert hands.hear("à faire") == f"{PUPILS + 1} élèves lus, 120 documents à faire ; 1 erreur."
    hands.go("Préciser")
    hands.press(" ")
    hands.go("periode")
    hands.press("ArrowDown")
    hands.hear("60 documents à faire")
    hands.press("ArrowUp")
    hands.hear("120 documents à faire")
    hands.go("nom")
    hands.write("Lycée Ici")
    hands.go("Dates")
    hands.press("Enter")
    hands.go("Seconde, période 1, premier")
    hands.press("ArrowUp")
    assert hands.look() == "Seconde, période 1, premier jour"

    assert hands.window.evaluate("document.querySelector('pre').tabIndex") == -1
    hands.go("Faire les documents")
    hands.press("Enter")
    hands.look()
    hands.hear("100 documents sur 120")
    hands.hear("Fichier prêt : 2A.zip")
    assert hands.look() == "2A.zip"
    wait_for((hands.teacher.downloads / "2A.zip").is_file, "download")
    hands.go("2A : 60")
    hands.press("Enter")
    hands.go("presence-1, NGUYỄN 00")
    hands.press(" ")
    hands.hear("Fichier prêt : NGUYEN-00_Lan_presence-1.pdf")
    assert hands.look().startswith("presence-1, NGUYỄN 00")
    hands.go("À imprimer", shift=True)


def test_a_file_is_chosen_with_the_keyboard(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "eleves.txt"
    path.write_text(write_list(1))
    hands.window.call("Page.setInterceptFileChooserDialog", enabled=True)
    for name, key in (("liste", "Enter"), ("stages", " ")):
        hands.go(name)
        hands.window.events.clear()
        hands.press(key)
        wait_for(hands.has_file_dialog, f"dialog for {name}")
    hands.go("liste", shift=True)
    hands.window.give("#liste", path)
    hands.hear("0 document à faire")
    assert hands.look() == "liste"


def test_the_focus_is_never_lost_when_what_has_it_goes(hands: Hands) -> None:
    hands.go("Coller")
    hands.press("Enter")
    hands.go("collage")
    hands.write(write_list(2))
    hands.go("presence")
    hands.press(" ")
    hands.hear("4 documents")
    hands.go("Faire les documents")
    for name in ("2A :", "presence-1, NGUYỄN 00"):
        hands.go(name)
        hands.press("Enter")
    hands.hear("Fichier prêt")
    # A list that is slow to read: its documents come when one is among those of the list before.
    hands.window.evaluate(
        "document.getElementById('periode').dispatchEvent(new Event('change', { bubbles: true }))"
    )
    hands.hear("4 documents")
    assert hands.look() == "t-resultat"


def test_all_is_passed_both_ways_and_nothing_holds(hands: Hands) -> None:
    hands.window.evaluate("document.querySelectorAll('details').forEach(d => (d.open = true))")
    forth = list(hands.walk())
    back = list(hands.walk(shift=True))

    assert {"liste", "collage", "stages", "presence", "periode", "annee"} <= {*forth}
    assert {*back} == {*forth}
