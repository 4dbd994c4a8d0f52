"""A plan of two pages as PDF: the product beside a bare canvas and three other engines.

Every case sets the same words in the same typefaces, embedded. From one call to the next the
person's words differ and those of every paper stay, as in a day's work: an engine may keep what it
made of the latter. The canvas draws lines that
are already broken and placed: it is what ReportLab itself costs. The other engines break lines
and make the table of steps, in a smaller size, because they set one under the other what the
product sets side by side and have to do with two pages as well. Platypus runs as ReportLab is
installed, with its ASCII encoding; the bare canvas without.
"""

import atexit
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from itertools import cycle
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from uuid import UUID
from xml.sax.saxutils import escape

import fpdf
import pypdfium2
import typst
from pypdfium2 import raw
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from plie_desktop import fonts
from plie_desktop.documents import plan_sheet
from plie_desktop.documents.layout import BOLD, REGULAR, UBUNTU
from plie_desktop.documents.spoken import period
from plie_desktop.models.domain.plan import PlanMeeting, PlanPaper, PlanStep
from plie_desktop.text import words

TODAY = date(2026, 3, 2)
FRENCH = words("fr")
SQUEEZE = 0.72
PAPERS = 32
FACES = (REGULAR, BOLD, UBUNTU)
COLUMNS = (20, 185, 140, 150)
TYPST = """
#let page_of(lines) = for line in lines {
  block(below: 4pt, text(size: line.size * 1pt, font: line.font, weight: line.weight, line.text))
}
#let d = json(bytes(sys.inputs.d))
#set page(paper: "a4", margin: 45pt)
#set text(font: "FiraGO", size: 11pt, lang: "fr")
#page_of(d.pages.at(0))
#table(columns: (20pt, 185pt, 140pt, 150pt), stroke: .4pt + gray,
  ..d.table.flatten().map(cell => text(10pt, cell)))
#pagebreak()
#page_of(d.pages.at(1))
"""


@dataclass(frozen=True)
class Line:
    """A line of the product's paper, where it stands."""

    text: str
    font: str
    size: float
    x: float
    y: float


def _step(title: str, operator: str, place: str, days: tuple[date, date | None]) -> PlanStep:
    first, last = days
    is_done = last is not None and last < TODAY
    return PlanStep(title, operator, place, first, last, is_done=is_done, is_gap=not title)


@dataclass(frozen=True)
class Document:
    """One paper as the engines get it: whole, in placed lines, in lines beside a table."""

    paper: PlanPaper
    placed: list[list[Line]]
    lines: list[list[Line]]
    table: list[list[str]]


def documents(number: int) -> list[Document]:
    """Papers that differ in what the person and the pathway say."""
    papers = [_told(usual_paper(), rank) for rank in range(number)]
    return [_document(paper) for paper in papers]


def _document(paper: PlanPaper) -> Document:
    placed, table = _lines(_product(paper)), _table(paper)
    return Document(paper, placed, _beside_table(placed, table), table)


def _told(paper: PlanPaper, rank: int) -> PlanPaper:
    def all_told(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{text} {rank}" for text in texts)

    return replace(
        paper,
        full_name=f"{paper.full_name} {rank}",
        situation=all_told(paper.situation),
        wishes=all_told(paper.wishes),
        helps=all_told(paper.helps),
        blocks=all_told(paper.blocks),
        steps=tuple(
            step if step.is_gap else replace(step, title=f"{step.title} {rank}")
            for step in paper.steps
        ),
    )


def usual_paper() -> PlanPaper:
    """Six steps with one gap, two meetings, three wishes."""
    return PlanPaper(
        participant_id=UUID(int=1),
        number="RM-2026-00042-P3",
        version=3,
        data_date=TODAY,
        first_name="Fatima",
        full_name="Fatima Benali",
        referent_name="Claire Morvan",
        referent_phone="0612345678",
        referent_email="c.morvan@example.org",
        situation=(
            "J’ai dix ans d’expérience du ménage et de l’accueil.",
            "Je parle arabe et français. Je lis un peu le français.",
            "Je cherche un emploi depuis plus de deux ans.",
            "J’habite à Maurepas avec mes deux enfants.",
            "Ma demande de logement est faite.",
        ),
        wishes=(
            "Travailler comme agent d’entretien dans une école, près de chez moi.",
            "Apprendre à mieux lire et écrire pour remplir mes papiers seule.",
            "Passer le permis.",
        ),
        helps=("Je suis ponctuelle", "J’ai un abonnement de bus", "Ma sœur garde mes enfants"),
        blocks=("Pas de permis de conduire", "Lire les courriers", "Garde le mercredi"),
        steps=(
            _step("Bilan en français", "Langue et Communication", "Villejean", _days(5, 30, 1)),
            _step("Atelier : écrire mon CV", "Point Accueil Emploi", "Maurepas", _days(2, 6, 2)),
            _step("Cours de français pour le travail", "CLPS", "Beauregard", _days(1, 28, 3)),
            _step("", "", "", _days(1, 30, 4)),
            _step("Stage dans une école", "École Jules-Ferry", "Rennes", _days(8, 19, 6)),
            _step("Visite de l’entreprise d’insertion", "Envie 35", "Rennes", _days(22, 30, 6)),
            _step("Chantier d’insertion", "Feuille d’érable", "Rennes", (date(2026, 9, 1), None)),
        ),
        meetings=(
            PlanMeeting("2026-03-03T10:00", "Espace social Maurepas, 11 place du Gros-Chêne"),
            PlanMeeting("2026-04-01T14:30", "Par téléphone"),
        ),
    )


def _days(first: int, last: int, month: int) -> tuple[date, date]:
    return date(2026, month, first), date(2026, month, last)


def _product(paper: PlanPaper) -> bytes:
    return plan_sheet.render(paper, FRENCH, TODAY)


def _lines(pdf: bytes) -> list[list[Line]]:
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for page in document:
        textpage = page.get_textpage()
        drawn = page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], textpage=textpage)
        pages.append([_line(one) for one in drawn])
    document.close()
    return pages


def _line(drawn: pypdfium2.PdfTextObj) -> Line:
    font = drawn.get_font().get_base_name().rpartition("+")[2]
    _, _, _, _, x, y = drawn.get_matrix().get()
    return Line(drawn.extract().strip(), font, drawn.get_font_size(), x, y)


def _table(paper: PlanPaper) -> list[list[str]]:
    """Done, what, whom and where, when; as the product says it."""
    return [
        [
            "x" if step.is_done else "",
            step.title or "Rien de prévu pour le moment",
            f"{step.operator} {step.place}",
            period(step.starts_on, step.ends_on, FRENCH).replace("\u00a0", " "),
        ]
        for step in paper.steps
    ]


def _beside_table(pages: list[list[Line]], table: list[list[str]]) -> list[list[Line]]:
    """The lines that are not the table's, smaller."""
    cells = " ".join(cell for row in table for cell in row)
    return [
        [replace(line, size=line.size * SQUEEZE) for line in page if line.text not in cells]
        for page in pages
    ]


def _bare_canvas(document: Document) -> bytes:
    memory = BytesIO()
    canvas = Canvas(memory, pagesize=A4, pageCompression=1, invariant=1)
    for page in document.placed:
        for line in page:
            canvas.setFont(line.font, line.size)
            canvas.drawString(line.x, line.y, line.text)
        canvas.showPage()
    canvas.save()
    return memory.getvalue()


def _platypus(document: Document) -> bytes:
    def paragraph(line: Line) -> Paragraph:
        style = ParagraphStyle("", fontName=line.font, fontSize=line.size, leading=line.size * 1.3)
        return Paragraph(escape(line.text), style)

    cell = ParagraphStyle("cell", fontName=REGULAR, fontSize=10, leading=13)
    first, second = ([paragraph(line) for line in page] for page in document.lines)
    rows = [[Paragraph(escape(text), cell) for text in row] for row in document.table]
    grid = Table(rows, COLUMNS, style=[("GRID", (0, 0), (-1, -1), 0.4, colors.grey)])
    memory = BytesIO()
    # As installed; the documents room turns it off for the whole program.
    rl_config.useA85 = 1
    SimpleDocTemplate(memory, pagesize=A4, invariant=1).build([*first, grid, PageBreak(), *second])
    rl_config.useA85 = 0
    return memory.getvalue()


def _typst() -> Callable[[Document], bytes]:
    folder = {fonts.file(face).parent for face in FACES}.pop()
    # The compiler reads its template again for each document, from a file.
    place = Path(mkdtemp(prefix="plan-typst-"))
    atexit.register(rmtree, place, ignore_errors=True)
    template = place / "plan.typ"
    template.write_text(TYPST, encoding="utf-8")
    compiler = typst.Compiler(
        str(template), root=str(place), font_paths=[str(folder)], ignore_system_fonts=True
    )

    def described(line: Line) -> dict[str, object]:
        family, _, weight = line.font.partition("-")
        return {"text": line.text, "size": line.size, "font": family, "weight": weight.lower()}

    def build(document: Document) -> bytes:
        pages = [[described(line) for line in page] for page in document.lines]
        data = json.dumps({"pages": pages, "table": document.table})
        return bytes(compiler.compile(format="pdf", sys_inputs={"d": data}))

    return build


def _fpdf2(document: Document) -> bytes:
    pdf = fpdf.FPDF("P", "pt", "A4")
    pdf.set_margins(45, 45, 45)
    for face in FACES:
        pdf.add_font(face, "", fonts.file(face))
    for number, page in enumerate(document.lines):
        pdf.add_page()
        for line in page:
            pdf.set_font(line.font, "", line.size)
            pdf.multi_cell(0, line.size * 1.3, line.text, new_x="LMARGIN", new_y="NEXT")
        if number == 0:
            pdf.set_font(REGULAR, "", 10)
            with pdf.table(col_widths=COLUMNS, first_row_as_headings=False) as grid:
                for row in document.table:
                    grid.row(row)
    return bytes(pdf.output())


def builders() -> dict[str, Callable[[], bytes]]:
    """Each call makes the next paper of a round of them."""
    papers = documents(PAPERS)
    engines: dict[str, Callable[[Document], bytes]] = {
        "product": lambda document: _product(document.paper),
        "bare canvas": _bare_canvas,
        "platypus": _platypus,
        "typst": _typst(),
        "fpdf2": _fpdf2,
    }

    def in_turn(build: Callable[[Document], bytes]) -> Callable[[], bytes]:
        round_of_papers = cycle(papers)
        return lambda: build(next(round_of_papers))

    return {name: in_turn(build) for name, build in engines.items()}


def cases() -> dict[str, Callable[[], None]]:
    """What the bench times, by name; one call makes one document."""

    def only_made(build: Callable[[], bytes]) -> Callable[[], None]:
        def make() -> None:
            build()

        return make

    return {name: only_made(build) for name, build in builders().items()}
