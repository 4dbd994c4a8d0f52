"""Printing: the pages shown, from memory to the printer, and nowhere else."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPageSize

from plie_desktop.documents import preview
from plie_desktop.views.plan import printing
from plie_desktop.views.qt.places import Destination, Place
from plie_desktop.views.qt.shortcuts import Act
from tests.support.robots import Keyboard, press_act
from tests.views.plan.bench import pdf_printer

ROOT = Path(__file__).resolve().parents[3]
A4 = (595, 842)


def sheets(pdf: bytes):
    """The size of each page, in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [tuple(round(side) for side in page.get_size()) for page in document]
    finally:
        document.close()


def difference(one: bytes, other: bytes) -> float:
    """How far two PDFs look apart at a glance, in levels of 255, on their worst page."""
    pairs = zip(preview.pages(one, 300), preview.pages(other, 300), strict=True)
    glances = [(glance(mine), glance(theirs)) for mine, theirs in pairs]
    return max(
        sum(abs(a - b) for a, b in zip(mine, theirs, strict=True)) / len(mine)
        for mine, theirs in glances
    )


def glance(page) -> bytes:
    """A page as a small grey picture."""
    small = printing.image(page).scaled(
        120, 170, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return bytes(small.convertToFormat(QImage.Format.Format_Grayscale8).constBits())


def test_what_is_printed_is_what_is_shown(bench, tmp_path):
    target = tmp_path / "printed.pdf"
    bench.prints_into(target)
    bench.enter("dorian")
    bench.press("Imprimer")
    printed = target.read_bytes()
    assert sheets(printed) == [A4, A4]
    assert difference(printed, bench.presenter._made.pdf) < 1
    number = bench.presenter._made.paper.number
    assert bench.told() == f"Le plan {number} est parti à l’imprimante."


def test_printing_asked_for_before_the_paper_is_made_prints_that_paper(bench, tmp_path):
    target = tmp_path / "printed.pdf"
    bench.prints_into(target)
    bench.enter("dorian")
    bench.plans.gate.clear()
    bench.button("English").click()
    bench.page.on_act(Act.PRINT)
    bench.plans.gate.set()
    bench.settle()
    assert "My plan towards work" in bench.paper()
    assert difference(target.read_bytes(), bench.presenter._made.pdf) < 1


def test_only_the_pages_asked_for_are_printed(bench, tmp_path):
    target = tmp_path / "printed.pdf"

    def second_page_only(_title, pages, _over):
        printer = pdf_printer(target)
        printer.setFromTo(pages, pages)
        return printer

    bench.outlets.choose_printer = second_page_only
    bench.enter("dorian")
    bench.press("Imprimer")
    assert sheets(target.read_bytes()) == [A4]


def test_a_sheet_of_other_proportions_shows_the_whole_page(bench, tmp_path):
    target = tmp_path / "printed.pdf"

    def wide(*_asked):
        printer = pdf_printer(target)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
        return printer

    bench.outlets.choose_printer = wide
    bench.enter("dorian")
    bench.press("Imprimer")
    (first, _) = preview.pages(target.read_bytes(), 36)
    (shown, _) = preview.pages(bench.presenter._made.pdf, 36)
    inked = ink(first)
    wanted = ink(shown)
    assert inked[0] / inked[1] == pytest.approx(wanted[0] / wanted[1], abs=0.02)


def ink(page) -> tuple[int, int]:
    """Width and height of what is printed, in pixels."""
    step = page.width * 3
    rows = [page.rgb[at : at + step] for at in range(0, len(page.rgb), step)]
    high = [number for number, row in enumerate(rows) if min(row) < 128]
    wide = [
        at for at in range(page.width) if any(min(row[3 * at : 3 * at + 3]) < 128 for row in rows)
    ]
    return wide[-1] - wide[0], high[-1] - high[0]


def test_printing_can_be_stopped(bench, tmp_path):
    target = tmp_path / "printed.pdf"
    bench.prints_into(target)
    bench.enter("dorian")
    bench.plans.gate.clear()
    bench.button("Imprimer").click()
    bench.qtbot.waitUntil(lambda: bench.button("Annuler").isVisible())
    assert "Impression du plan…" in bench.said()
    bench.button("Annuler").click()
    bench.plans.gate.set()
    bench.settle()
    assert "L’impression est arrêtée" in bench.told()
    assert not bench.button("Annuler").isVisible()
    bench.press("Imprimer")
    assert "est parti à l’imprimante" in bench.told()


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer_is_told(bench, tmp_path):
    bench.prints_into(tmp_path / "absent" / "printed.pdf")
    bench.enter("dorian")
    bench.press("Imprimer")
    assert "L’imprimante n’a pas répondu" in bench.told()


def test_a_laptop_without_a_printer_is_told_what_to_do(bench, monkeypatch):
    class NoPrinter:
        @staticmethod
        def availablePrinterNames():
            return []

    monkeypatch.setattr(printing, "QPrinterInfo", NoPrinter)
    bench.enter("dorian")
    bench.press("Imprimer")
    assert "Ce portable n’a pas d’imprimante" in bench.told()


def test_a_dialog_that_is_left_prints_nothing(bench):
    bench.outlets.choose_printer = lambda *_asked: None
    bench.enter("dorian")
    bench.press("Imprimer")
    assert bench.told() == ""


def test_from_the_file_to_the_paper_in_two_keys(at_work, qtbot, tmp_path):
    target = tmp_path / "printed.pdf"
    someone = at_work.people()[0].id
    at_work.go(qtbot, Destination(Place.PARTICIPANT_FILE, someone))
    outlets = at_work.work.navigation.feature(Place.PLAN)[1].outlets
    outlets.choose_printer = lambda *_asked: pdf_printer(target)
    press_act(at_work, Act.PRINT)
    Keyboard(at_work.host).press(Qt.Key.Key_Return)
    at_work.settle(qtbot)
    assert at_work.work.navigation.shown == Destination(Place.PLAN, someone)
    assert sheets(target.read_bytes()) == [A4, A4]


def test_ctrl_p_prints_the_plan_in_sight(at_work, qtbot, tmp_path):
    target = tmp_path / "printed.pdf"
    at_work.go(qtbot, Destination(Place.PLAN, at_work.people()[0].id))
    outlets = at_work.work.navigation.feature(Place.PLAN)[1].outlets
    outlets.choose_printer = lambda *_asked: pdf_printer(target)
    press_act(at_work, Act.PRINT)
    at_work.settle(qtbot)
    assert sheets(target.read_bytes()) == [A4, A4]


def print_alone(folder: Path, where: str = "") -> tuple[dict, bytes]:
    """Print in a process that may write to no file; what it touched, and the paper.

    The paper comes through a pipe unless `where` names a file.
    """
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "tests.views.plan.printing_alone"]
    process = subprocess.Popen(
        [*command, str(folder), where or f"/dev/fd/{writing}"],
        cwd=ROOT,
        pass_fds=(writing,),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    with os.fdopen(reading, "rb") as paper, ThreadPoolExecutor(1) as reader:
        printed = reader.submit(paper.read)
        report, told = process.communicate(timeout=120)
    assert process.returncode == 0, told.decode()
    return json.loads(report), printed.result()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process in what it writes")
def test_printing_writes_no_file(tmp_path):
    report, paper = print_alone(tmp_path)
    assert report["opened"] == []
    assert report["changed"] == []
    assert "est parti à l’imprimante" in report["told"]
    assert sheets(paper) == [A4, A4]


@pytest.mark.skipif(sys.platform == "win32", reason="as above")
def test_a_file_written_while_printing_would_be_seen(tmp_path):
    report, paper = print_alone(tmp_path, str(tmp_path / "plain.pdf"))
    assert str(tmp_path / "plain.pdf") in report["changed"]
    assert (tmp_path / "plain.pdf").stat().st_size == 0
    assert paper == b""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="CUPS as Linux has it")
def test_what_cups_needs_as_a_file_stays_in_memory(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("TMPDIR", "elsewhere")
    with printing._spool_in_memory():
        assert os.environ["TMPDIR"] == str(tmp_path)
    assert os.environ["TMPDIR"] == "elsewhere"
