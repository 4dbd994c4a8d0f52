"""All that a person can do once their vault is open."""

from dataclasses import dataclass

from plie_desktop.services.doctor import DoctorService
from plie_desktop.services.imports import ImportService
from plie_desktop.services.intakes import IntakeService
from plie_desktop.services.participants import ParticipantService
from plie_desktop.services.passphrases import PassphraseService
from plie_desktop.services.pathways import PathwayService
from plie_desktop.services.plans import PlanService
from plie_desktop.services.preferences import PreferenceService
from plie_desktop.services.session import SessionService
from plie_desktop.services.synchronisation import SyncService
from plie_desktop.services.today import TodayService


@dataclass(frozen=True)
class Services:
    """The services of one session, built once in `bootstrap`."""

    session: SessionService
    intakes: IntakeService
    participants: ParticipantService
    pathways: PathwayService
    plans: PlanService
    synchronisation: SyncService
    preferences: PreferenceService
    passphrase: PassphraseService
    today: TodayService
    imports: ImportService
    doctor: DoctorService
