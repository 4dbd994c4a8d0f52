"""One style sheet, three sets of colours, sizes of text, icons that follow."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPalette, QRawFont
from PySide6.QtWidgets import QLabel

from plie_desktop import paths
from plie_desktop.views.qt import icons, looks, theme
from plie_desktop.views.qt.palettes import DARK, LIGHT, SUN, contrast
from plie_desktop.views.qt.theme import Theme
from plie_desktop.views.widgets.button import Button, IconButton
from plie_desktop.views.widgets.label import Label
from tests.support import page_rules

ICONS = sorted(file.stem for file in paths.resource("icons").glob("*.svg"))


@pytest.fixture
def shown(qtbot, dressed):
    kept = []

    def show(widget):
        kept.append(widget)
        page_rules.show(widget, 300, 100)
        return widget

    yield show
    for widget in kept:
        page_rules.discard(widget)


@pytest.mark.parametrize(
    ("chosen", "palette"), [(Theme.LIGHT, LIGHT), (Theme.DARK, DARK), (Theme.SUN, SUN)]
)
def test_a_theme_gives_its_colours_to_the_application(qapp, dressed, chosen, palette):
    dressed(chosen)
    assert looks.colours() is palette
    ink = qapp.palette().color(QPalette.ColorRole.WindowText).name().upper()
    ground = qapp.palette().color(QPalette.ColorRole.Window).name().upper()
    assert (ink, ground) == (palette.text, palette.page)


def test_the_systems_theme_follows_light_and_dark(qapp, dressed):
    dressed(Theme.SYSTEM)
    is_dark = qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert looks.colours() is (DARK if is_dark else LIGHT)


def test_the_systems_own_colours_are_kept_for_those_who_want_more_contrast(qapp, dressed):
    given = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, "#000000"),
        (role.WindowText, "#FFFF00"),
        (role.Highlight, "#00FFFF"),
        (role.HighlightedText, "#000000"),
    ):
        given.setColor(name, colour)
    made = theme.from_system(given)
    assert (made.page, made.text, made.primary, made.on_primary) == (
        "#000000",
        "#FFFF00",
        "#00FFFF",
        "#000000",
    )
    assert made.dark
    assert page_rules.pale_colours(made) == []


@pytest.mark.parametrize(
    ("asked", "percent", "body"), [(100, 100, 15), (150, 150, 22), (80, 100, 15), (900, 200, 30)]
)
def test_text_grows_within_its_bounds(qapp, dressed, asked, percent, body):
    dressed(Theme.LIGHT, asked)
    assert looks.text_percent() == percent
    assert qapp.font().pixelSize() == looks.size("body") == body


def test_words_on_screen_grow_with_the_size_of_text(shown, dressed):
    label = shown(Label("Nouvel accueil", "title"))
    before = label.sizeHint().height()
    dressed(Theme.LIGHT, 200)
    assert label.sizeHint().height() == pytest.approx(2 * before, abs=3)


def test_the_shipped_typeface_is_the_one_drawn(qapp, dressed):
    assert qapp.font().family() == "FiraGO"
    styles = []
    for is_bold in (False, True):
        font = QFont(qapp.font())
        font.setBold(is_bold)
        drawn = QRawFont.fromFont(font)
        styles.append((drawn.familyName(), drawn.styleName()))
    assert styles == [("FiraGO", "Regular"), ("FiraGO", "Bold")]


def test_figures_of_columns_have_one_width(qapp, dressed):
    metrics = QFontMetrics(looks.tabular(qapp.font()))
    assert len({metrics.horizontalAdvance(figure * 20) for figure in "0123456789"}) == 1


def test_every_role_of_the_style_sheet_is_known():
    sheet = paths.resource("theme", "app.qss").read_text(encoding="utf-8")
    used = set(re.findall(r"\$\{?([a-z_]+)", sheet))
    computed = {"edge", "rail_edge", "target", "whole", "pad", "round", "chip_round", "states"}
    assert used - set(LIGHT.roles()) - set(looks.SIZES) <= computed | {"shade", "tick"}


def test_a_mark_dresses_the_widget_again(shown):
    label = shown(Label("Le prénom est demandé."))
    before = label.palette().color(label.foregroundRole()).name()
    looks.mark(label, "role", "error")
    assert label.palette().color(label.foregroundRole()).name().upper() == LIGHT.error
    assert before.upper() == LIGHT.text


def test_kinds_of_buttons_differ(shown):
    pictures = [
        shown(Button("Continuer", kind)).grab().toImage()
        for kind in ("primary", "plain", "danger", "quiet")
    ]
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[i + 1 :])


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_drawn_in_the_colour_of_its_role(dressed, name):
    picture = icons.pixmap(name, "primary", 48).toImage()
    drawn = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert drawn
    # Strokes laid over each other may round by one.
    assert max(contrast(colour, LIGHT.primary) for colour in drawn) < 1.03


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_takes_its_colour_from_the_theme(name):
    text = paths.resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    assert "currentColor" in text
    assert not re.search(r"#[0-9A-Fa-f]{3,6}\b|<style|<image|href", text)


def test_an_icon_that_does_not_exist_is_an_error(dressed):
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_icons_on_screen_follow_the_theme(shown, dressed):
    button = shown(IconButton("close", "Fermer"))
    light = button.icon().pixmap(20).toImage()
    dressed(Theme.DARK)
    assert button.icon().pixmap(20).toImage() != light


def test_icons_on_screen_grow_with_the_text(shown, dressed):
    button = shown(Button("Continuer", "primary", "next"))
    before = button.iconSize().height()
    dressed(Theme.LIGHT, 200)
    assert button.iconSize().height() == 2 * before


def test_an_icon_of_what_cannot_be_used_is_paler(dressed):
    made = icons.icon("print", "primary")
    usable, not_usable = (
        made.pixmap(20, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    )
    assert usable != not_usable


def test_an_icon_may_be_taken_away(dressed):
    label = QLabel()
    icons.dress(label, "check", "ok")
    assert not label.pixmap().isNull()
    icons.dress(label, "")
    assert label.pixmap().isNull()


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#777777", "#777777") == 1
