"""Plans to print."""

from datetime import date, timedelta
from uuid import UUID

from hypothesis import strategies as st

from plie_desktop.models.domain.plan import PlanMeeting, PlanPaper, PlanStep

TODAY = date(2026, 3, 2)
HOSTILE = (
    "<b>gras",
    "<para>&amp;</para> & <br/>",
    '<img src="file:///etc/passwd"/>',
    "{phone} {0} %s \\n (x) \\",
    "/JavaScript (app.alert(1)) >> endobj",
    "';--",
)
OVERLONG = {
    "long word": "a" * 100_000,
    "wide word": "W" * 5_000,
    "stacked accents": "e" + "\u0301" * 100_000,
    "long text": "mot " * 30_000,
    "controls": "\x00" * 9,
    "emoji": "😀" * 999,
}


class Wordy(dict):
    """A catalogue where every message is half as long again."""

    def get(self, message, _default=None):
        return message + " " + message[: len(message) // 2].translate({123: 40, 125: 41})


def make_step(title="Atelier", first=TODAY, last=None, **marks) -> PlanStep:
    return PlanStep(title, "CLPS", "Rennes", first, last, **marks)


def make_paper(**changes) -> PlanPaper:
    said = {
        "participant_id": UUID(int=1),
        "number": "RM-2026-00042-P3",
        "version": 3,
        "data_date": date(2026, 3, 1),
        "first_name": "Fatima",
        "full_name": "Fatima Benali",
        "referent_name": "Claire Morvan",
        "referent_phone": "0612345678",
        "situation": ("J’ai dix ans d’expérience du ménage.", "J’habite à Maurepas."),
        "wishes": ("Travailler dans une école, près de chez moi.", "Passer le permis."),
        "helps": ("J’ai un abonnement de bus",),
        "blocks": ("Lire les courriers",),
        "steps": (
            make_step("Bilan en français", date(2026, 1, 5), date(2026, 1, 30), is_done=True),
            make_step("Cours de français", date(2026, 2, 9), date(2026, 4, 24), is_current=True),
            make_step("", date(2026, 4, 25), date(2026, 6, 7), is_gap=True),
            make_step("Stage dans une école", date(2026, 6, 8), date(2026, 6, 19)),
            make_step("Chantier d’insertion", date(2026, 9, 1)),
        ),
        "meetings": (
            PlanMeeting("2026-04-01T14:30", "Par téléphone"),
            PlanMeeting("2026-03-03T10:00", "Espace social, Maurepas"),
        ),
    }
    return PlanPaper(**{**said, **changes})


def crowded(text, steps):
    """A paper where every place holds `text` and the pathway goes on and on."""
    many = (text,) * 12
    return make_paper(
        number=text,
        first_name=text,
        full_name=text,
        referent_name=text,
        referent_phone=text,
        referent_email=text,
        organisation=text,
        dpo_contact=text,
        situation=many,
        wishes=many,
        helps=many,
        blocks=many,
        steps=steps,
        meetings=tuple(PlanMeeting(f"2026-04-{day:02}T10:00", text) for day in range(1, 13)),
    )


def long_pathway(text):
    return tuple(
        PlanStep(
            "" if at % 2 else text,
            text,
            text,
            TODAY + timedelta(days=at),
            TODAY + timedelta(days=400 + at),
            is_done=at < 12,
            is_current=at == 12,
            is_gap=bool(at % 2),
        )
        for at in range(40)
    )


_typed = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=120),
    st.sampled_from(HOSTILE),
    st.builds(lambda letter, count: letter * count, st.sampled_from("aWi-é "), st.integers(1, 900)),
)
_several = st.lists(_typed, max_size=8).map(tuple)
_days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
_steps = st.lists(
    st.builds(
        PlanStep,
        title=_typed,
        operator=_typed,
        place=_typed,
        starts_on=_days,
        ends_on=st.none() | _days,
        is_done=st.booleans(),
        is_current=st.booleans(),
        is_gap=st.booleans(),
    ),
    max_size=25,
).map(tuple)
_moments = st.datetimes(allow_imaginary=False).map(lambda at: at.isoformat()[:16]) | _typed
_meetings = st.lists(st.builds(PlanMeeting, _moments, _typed), max_size=9).map(tuple)
anything_said = st.fixed_dictionaries(
    {
        "full_name": _typed,
        "first_name": _typed,
        "referent_name": _typed,
        "referent_phone": _typed,
        "situation": _several,
        "wishes": _several,
        "helps": _several,
        "blocks": _several,
        "steps": _steps,
        "meetings": _meetings,
    }
)
