"""Days and numbers as people of a language write them; Qt's own words in that language."""

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLibraryInfo, QLocale, QTranslator

from plie_desktop.clock import paris
from plie_desktop.text import Words

_LOCALES: Final = {
    "fr": QLocale(QLocale.Language.French, QLocale.Country.France),
    # English words, European days: 12/03/2026 must not become the 3rd of December.
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


class Speech:
    """Formats for one language.

    Attributes:
        words: the words of the same language.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self._locale = _LOCALES[words.language]

    def day(self, day: date) -> str:
        """In full: jeudi 12 mars 2026."""
        return self._locale.toString(_qdate(day), "dddd d MMMM yyyy")

    def short_day(self, day: date) -> str:
        """In figures: 12/03/2026."""
        return day.strftime("%d/%m/%Y")

    def month(self, day: date) -> str:
        """The month and year: mars 2026."""
        return self._locale.toString(_qdate(day), "MMMM yyyy")

    def short_month(self, day: date) -> str:
        """The month alone, for an axis: mars, juil."""
        return self._locale.toString(_qdate(day), "MMM")

    def hour(self, moment: datetime) -> str:
        """The time in France: 14:32."""
        return moment.astimezone(paris()).strftime("%H:%M")

    def moment(self, moment: datetime, today: date) -> str:
        """When something happened, as near as people say it: aujourd’hui à 14:32."""
        here = moment.astimezone(paris())
        days = (today - here.date()).days
        near = {
            0: self.words.say("aujourd’hui à {hour}", hour=self.hour(moment)),
            1: self.words.say("hier à {hour}", hour=self.hour(moment)),
        }
        far = self.words.say(
            "le {day} à {hour}", day=self.short_day(here.date()), hour=self.hour(moment)
        )
        return near.get(days, far)

    def number(self, number: int) -> str:
        """With the language's own space or comma between thousands."""
        return self._locale.toString(number)


def translate_qt(app: QCoreApplication, language: str) -> bool:
    """Give Qt's own words (buttons of system dialogs, menus of fields) in a language.

    Returns:
        Whether Qt has a catalogue for it; English needs none.
    """
    QLocale.setDefault(_LOCALES[language])
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    found = translator.load(f"qtbase_{language}", folder)
    if found:
        app.installTranslator(translator)
    return found


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
