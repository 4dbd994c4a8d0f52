"""The participant's plan: prepared, laid out, shown, kept, exported."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec

from plie_desktop import text
from plie_desktop.clock import Clock, Ids
from plie_desktop.errors import RefusedInputError
from plie_desktop.models.domain.changes import Changes
from plie_desktop.models.domain.intake import Intake
from plie_desktop.models.domain.participant import StaffMember
from plie_desktop.models.domain.pathway import Pathway
from plie_desktop.models.domain.plan import PaperKind, PlanPaper, PlanState
from plie_desktop.models.domain.plan_version import PlanVersion
from plie_desktop.models.domain.records import Kind
from plie_desktop.services.identity import Identity
from plie_desktop.services.pathway_reading import read_pathway
from plie_desktop.services.plain_files import write_whole
from plie_desktop.services.plan_writing import (
    LANGUAGES,
    MEETINGS,
    SECTION_LABELS,
    SITUATION,
    STEPS,
    STRENGTHS,
    UNASKED,
    WISHES,
    PlanText,
)
from plie_desktop.store.ports import Store, Transaction, held
from plie_desktop.text import N_

__all__ = ["SECTION_LABELS", "PageImage", "PlanChoices", "PlanService"]


@dataclass(frozen=True)
class PageImage:
    """One page as a picture; `rgb` holds three bytes a pixel, rows from the top, no padding."""

    width: int
    height: int
    rgb: bytes = field(repr=False)


ALL_SECTIONS: Final = frozenset(SECTION_LABELS)


@dataclass(frozen=True)
class PlanChoices:
    """What the person wants on the paper.

    Attributes:
        language: of the paper, one of `text.LANGUAGES`.
        sections: names of `SECTION_LABELS`; the others stay empty, to be filled in by hand. The
            languages are protected: they are there when the person wants them.
        show_brakes: codes of the brakes the person agreed to print.
        paper: what it is printed on.
    """

    language: str = "fr"
    sections: frozenset[str] = UNASKED
    show_brakes: frozenset[str] = field(default=frozenset(), repr=False)
    paper: PaperKind = PaperKind.A4


@dataclass(frozen=True)
class _Read:
    """What a plan is made of, as read in one snapshot."""

    intake: Intake
    number: str
    pathway: Pathway
    referent: StaffMember
    versions: tuple[PlanVersion, ...]


class PlanService:
    """Makes plans and keeps their versions."""

    def __init__(self, store: Store, identity: Identity, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._identity = identity
        self._clock = clock
        self._ids = ids

    def prepare(self, participant_id: UUID, choices: PlanChoices) -> PlanPaper:
        """Everything the plan says, as of today.

        While nothing it says has changed, a version that was shown is the one to be signed; it
        becomes the next version with its first other word, or once it is signed.

        Raises:
            RefusedInputError: this laptop holds no such file.
        """
        with self._store.read() as transaction:
            read = self._read(transaction, participant_id)
        latest = max((one.version for one in read.versions), default=0)
        for kept in read.versions:
            if kept.version == latest and _may_be_signed(kept, choices.language):
                again = self._paper(read, choices, latest, kept.id)
                if _says_the_same(again, kept):
                    return again
        return self._paper(read, choices, latest + 1, self._ids.new())

    def render(self, paper: PlanPaper, language: str, kind: PaperKind = PaperKind.A4) -> bytes:
        """The plan as a PDF. Pure: it belongs on the document lane."""
        from plie_desktop.documents import papers  # noqa: PLC0415 - slow to import

        return papers.render(kind, paper, text.words(language), paper.data_date)

    def page_count(self, pdf: bytes) -> int:
        """How many pages a PDF has."""
        from plie_desktop.documents import preview  # noqa: PLC0415 - slow to import

        return preview.page_count(pdf)

    def pages(self, pdf: bytes, dpi: int) -> tuple[PageImage, ...]:
        """A PDF as pictures, for the preview and the printer."""
        from plie_desktop.documents import preview  # noqa: PLC0415 - slow to import

        return tuple(
            PageImage(page.width, page.height, page.rgb) for page in preview.pages(pdf, dpi)
        )

    def missing(self, participant_id: UUID) -> tuple[str, ...]:
        """What the plan still lacks, as French message ids; it can be printed all the same."""
        with self._store.read() as transaction:
            read = self._read(transaction, participant_id)
            has_referent = transaction.participants.referent(participant_id) is not None
        told = PlanText(read.intake, read.pathway, text.words("fr"))
        today = self._clock.today()
        found = []
        if not has_referent:
            found.append(
                N_("Aucune personne référente n’est nommée. Choisissez-la dans le dossier.")
            )
        if not read.pathway.objectives:
            found.append(N_("Aucun objectif n’est écrit. Notez-le avec les mots de la personne."))
        if not any(not step.is_gap and not step.is_done for step in told.steps(today)):
            found.append(N_("Aucune étape n’est prévue. Ajoutez la prochaine dans le parcours."))
        if not told.meetings(today):
            found.append(N_("Aucun rendez-vous n’est fixé. Ajoutez le prochain dans le parcours."))
        return tuple(found)

    def keep(self, paper: PlanPaper, language: str, state: PlanState) -> Changes:
        """Keep the version that was shown or signed; older unsigned ones are superseded.

        Raises:
            NotAllowedError: this role makes no plan.
            RefusedInputError: this version is signed already.
        """
        self._identity.require(Kind.PLAN)
        with self._store.write() as transaction:
            # Laptops that have not seen each other give the same number to different versions.
            for other in transaction.plans.versions(paper.participant_id):
                is_before = other.id != paper.version_id and other.version <= paper.version
                if is_before and other.state in _UNSIGNED:
                    transaction.plans.add(replace(other, state=PlanState.SUPERSEDED))
            transaction.plans.add(
                PlanVersion(
                    id=paper.version_id or self._ids.new(),
                    participant_id=paper.participant_id,
                    version=paper.version,
                    made_on=self._clock.today(),
                    language=language,
                    state=state,
                    content=msgspec.json.encode(paper).decode(),
                )
            )
        return Changes(frozenset({paper.participant_id}), sync=True)

    def kept_paper(self, version: PlanVersion) -> PlanPaper:
        """A kept version as it was printed, to print it again.

        Raises:
            RefusedInputError: it was kept by a version of the program that wrote it otherwise.
        """
        try:
            return replace(_read_again(version), version_id=version.id)
        except msgspec.MsgspecError as error:
            raise RefusedInputError(
                N_("Cette version du plan ne se relit pas ici. Préparez-en une nouvelle.")
            ) from error

    def export(self, pdf: bytes, target: Path) -> None:
        """Write the paper where the person chose: the only plain file, because they asked.

        Raises:
            DiskFullError: nothing was written.
            RefusedInputError: the folder cannot be written.
        """
        write_whole(target, pdf)

    def _read(self, transaction: Transaction, participant_id: UUID) -> _Read:
        return _Read(
            intake=held(transaction.intakes.get(participant_id)),
            number=held(transaction.participants.get(participant_id)).number,
            pathway=read_pathway(transaction, participant_id, self._clock.today()),
            referent=transaction.participants.referent(participant_id) or self._identity.staff,
            versions=transaction.plans.versions(participant_id),
        )

    def _paper(
        self, read: _Read, choices: PlanChoices, version: int, version_id: UUID
    ) -> PlanPaper:
        told = PlanText(read.intake, read.pathway, text.words(choices.language))
        today = self._clock.today()
        chosen = choices.sections
        return PlanPaper(
            participant_id=read.intake.participant_id,
            number=f"{read.number}-P{version}",
            version=version,
            data_date=today,
            first_name=read.intake.value("first_name"),
            full_name=read.intake.display_name,
            referent_name=read.referent.name,
            referent_phone=read.referent.phone,
            referent_email=read.referent.email,
            situation=told.situation() if SITUATION in chosen else (),
            wishes=told.wishes() if WISHES in chosen else (),
            helps=(
                *(told.strengths() if STRENGTHS in chosen else ()),
                *(told.languages() if LANGUAGES in chosen else ()),
            ),
            blocks=told.brakes(choices.show_brakes),
            block_themes=told.brake_themes(choices.show_brakes),
            steps=told.steps(today) if STEPS in chosen else (),
            meetings=told.meetings(today) if MEETINGS in chosen else (),
            organisation=self._identity.organisation,
            version_id=version_id,
        )


_UNSIGNED: Final = frozenset({PlanState.DRAFT, PlanState.SHOWN})


def _may_be_signed(version: PlanVersion, language: str) -> bool:
    return version.state in _UNSIGNED and version.language == language


def _read_again(version: PlanVersion) -> PlanPaper:
    return msgspec.json.decode(version.content, type=PlanPaper)


def _says_the_same(paper: PlanPaper, version: PlanVersion) -> bool:
    """Whether a kept version says what this paper does, whatever the day it was made."""
    try:
        kept = _read_again(version)
    except msgspec.MsgspecError:
        return False
    # Versions of before were kept without the themes, which only draw signs.
    kept = replace(kept, block_themes=paper.block_themes)
    return replace(kept, data_date=paper.data_date, version_id=paper.version_id) == paper
