"""Commands that read files into the base."""

import csv
import io
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from plie_desktop.commands.opening import opened
from plie_desktop.commands.output import Output
from plie_desktop.errors import PlieError, RefusedInputError
from plie_desktop.services.import_lines import RejectedLine, ReplacedAnswer
from plie_desktop.services.imports import ImportReport
from plie_desktop.services.plain_files import require_place, write_whole
from plie_desktop.text import N_

_REPLACED: Final = N_(
    "Cette réponse a été corrigée ici, et le fichier en donne une autre : il l’emporte. "
    "Vérifiez-la."
)
_MOST_TOLD: Final = 12
_FIRST_TOLD: Final = 10


def import_intakes(asked: Namespace, output: Output) -> int:
    """Take in a file of intakes; 1 when a line holds it up.

    What would hold up the report is seen before anything is taken in.
    """
    if asked.report is not None:
        _require_free(asked.report, asked.file)
        require_place(asked.report)
    with opened(asked, output.words) as services:
        report = services.imports.run(
            asked.file, dry_run=asked.dry_run, skip_rejected=asked.skip_rejected
        )
    is_reported = asked.report is None or _write_report(report, asked.report, output)
    output.document(_as_document(report, output))
    _tell(report, output, is_rehearsal=asked.dry_run)
    return 1 if not is_reported or (report.rejected and not asked.skip_rejected) else 0


def _tell(report: ImportReport, output: Output, *, is_rehearsal: bool) -> None:
    output.facts(
        {
            N_("Créés"): report.created,
            N_("Mis à jour"): report.updated,
            N_("Inchangés"): report.unchanged,
            N_("Corrections faites ici et remplacées"): len(report.replaced),
            N_("Lignes refusées"): len(report.rejected),
        }
    )
    for one in report.replaced:
        output.table([(_place(one, output), output.words.say(_REPLACED))])
    for line in report.rejected:
        output.table([(_place(line, output), output.said(line.sentence, line.details))])
    _tell_columns(report.unknown_columns, output)
    if report.rejected and not report.is_written:
        output.say(N_("Rien n’a été enregistré. Corrigez ces lignes, ou ajoutez --skip-rejected."))
    elif not report.lines:
        output.say(
            N_("Ce fichier n’a que la ligne des colonnes, et personne. Vérifiez que c’est le bon.")
        )
    elif is_rehearsal:
        output.say(N_("C’était un essai, rien n’a été enregistré. Relancez sans --dry-run."))


def _tell_columns(unknown: Sequence[str], output: Output) -> None:
    if len(unknown) > _MOST_TOLD:
        told, more = unknown[:_FIRST_TOLD], len(unknown) - _FIRST_TOLD
        output.say(
            N_("Colonnes laissées de côté : {list}, et {more} autres."),
            list=", ".join(told),
            more=more,
        )
    elif unknown:
        output.say(N_("Colonnes laissées de côté : {list}."), list=", ".join(unknown))


def _place(line: RejectedLine | ReplacedAnswer, output: Output) -> str:
    place = output.words.say(N_("Ligne {line}"), line=line.line_number)
    return f"{place}, {line.column}" if line.column else place


def _as_document(report: ImportReport, output: Output) -> dict[str, object]:
    return {
        "created": report.created,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "replaced": [{"line": one.line_number, "column": one.column} for one in report.replaced],
        "rejected": [_rejected(line, output) for line in report.rejected],
        "unknown_columns": report.unknown_columns,
        "written": report.is_written,
    }


def _rejected(line: RejectedLine, output: Output) -> dict[str, object]:
    return {
        "line": line.line_number,
        "column": line.column,
        "reason": output.said(line.sentence, line.details),
    }


def _require_free(report: Path, intakes: Path) -> None:
    if report.suffix.lower() not in (".csv", ".json"):
        raise RefusedInputError(
            N_("Le compte rendu s’écrit en .csv ou en .json. Changez la fin de son nom.")
        )
    if report.resolve() == intakes.resolve():
        raise RefusedInputError(
            N_("Le compte rendu remplacerait le fichier à importer. Donnez-lui un autre nom.")
        )


def _write_report(report: ImportReport, file: Path, output: Output) -> bool:
    """Whether it could be written: what was taken in is told all the same."""
    try:
        write_whole(file, _report_file(report, file, output))
    except PlieError as error:
        output.say(error.sentence, **error.details)
        return False
    return True


def _report_file(report: ImportReport, file: Path, output: Output) -> bytes:
    if file.suffix.lower() == ".json":
        return msgspec.json.encode(_as_document(report, output))
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=";")
    writer.writerow(("line", "column", "reason"))
    writer.writerows(_rejected(line, output).values() for line in report.rejected)
    # The mark tells a spreadsheet that this is UTF-8.
    return lines.getvalue().encode("utf-8-sig")
