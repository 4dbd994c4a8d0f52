"""Days, ages and numbers as people write them; Qt's own words in French."""

from datetime import UTC, date, datetime

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QWidget

from plie_desktop.text import Words, words
from plie_desktop.views.qt.announce import announce
from plie_desktop.views.qt.language import Speech, translate_qt

DAY = date(2026, 3, 12)
NOON = datetime(2026, 3, 12, 13, 32, tzinfo=UTC)


@pytest.fixture
def french():
    return Speech(words("fr"))


@pytest.fixture
def english():
    # The formats alone are tried here, hence no catalogue.
    return Speech(Words("en", {}, {}))


def test_a_day_in_full(french, english):
    assert french.day(DAY) == "jeudi 12 mars 2026"
    assert english.day(DAY) == "Thursday 12 March 2026"


def test_a_day_in_figures_is_the_same_in_both_languages(french, english):
    assert french.short_day(DAY) == english.short_day(DAY) == "12/03/2026"


def test_a_month(french):
    assert french.month(DAY) == "mars 2026"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 12), "aujourd’hui à 14:32"),
        (date(2026, 3, 13), "hier à 14:32"),
        (date(2026, 3, 20), "le 12/03/2026 à 14:32"),
    ],
)
def test_a_moment_is_told_as_near_as_people_do(french, today, expected):
    assert french.moment(NOON, today) == expected


def test_a_moment_near_midnight_belongs_to_the_day_in_france(french):
    late = datetime(2026, 3, 12, 23, 30, tzinfo=UTC)
    assert french.moment(late, date(2026, 3, 13)) == "aujourd’hui à 00:30"


def test_thousands_are_parted_as_the_language_does(french, english):
    assert french.number(1234567) == "1\u202f234\u202f567"
    assert english.number(1234567) == "1,234,567"


def test_buttons_of_qt_speak_french(qapp):
    assert translate_qt(qapp, "fr")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Annuler"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler"


def test_an_announcement_reaches_the_accessibility_layer(qtbot, dressed, monkeypatch):
    sent = []

    class Spy:
        AnnouncementPoliteness = QtGui.QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event):
            sent.append((event.message(), event.politeness()))

    monkeypatch.setattr(QtGui, "QAccessible", Spy)
    widget = QWidget()
    qtbot.addWidget(widget)
    announce(widget, "Enregistré.")
    announce(widget, "Le disque est plein.", urgent=True)
    polite = Spy.AnnouncementPoliteness
    assert sent == [("Enregistré.", polite.Polite), ("Le disque est plein.", polite.Assertive)]
