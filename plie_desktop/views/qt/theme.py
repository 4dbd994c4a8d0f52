"""Dresses the whole window: colours, typeface, sizes, one style sheet.

Everything is ready before the first paint and costs a few milliseconds.
"""

from enum import StrEnum
from string import Template
from typing import Final

from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from plie_desktop import fonts, paths
from plie_desktop.views.qt import icons, looks
from plie_desktop.views.qt.palettes import DARK, LIGHT, STATES, SUN, Palette, contrast

TEXT_PERCENTS: Final = (100, 110, 125, 150, 175, 200)


class Theme(StrEnum):
    """What a person may choose; the values are what preferences keep."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    SUN = "sun"


def apply(app: QApplication, theme: Theme, text_percent: int = 100) -> None:
    """Dress the application and every widget it already has.

    Args:
        app: the one application.
        theme: `SYSTEM` follows the system's light, dark or high-contrast colours.
        text_percent: size of text, 100 to 200; other values are brought to the nearest bound.
    """
    percent = min(200, max(100, text_percent))
    palette = _chosen(app, theme)
    looks.keep(app, palette, percent)
    _load_typeface(app)
    font = QFont(looks.FAMILY)
    font.setPixelSize(looks.size("body"))
    app.setFont(font)
    app.setPalette(_qt_palette(palette))
    app.setStyleSheet(_style_sheet(palette))
    icons.redress(app)


def _chosen(app: QApplication, theme: Theme) -> Palette:
    hints = app.styleHints()
    if theme is not Theme.SYSTEM:
        palette = {Theme.LIGHT: LIGHT, Theme.DARK: DARK, Theme.SUN: SUN}[theme]
        # Title bars and native dialogs follow.
        hints.setColorScheme(Qt.ColorScheme.Dark if palette.dark else Qt.ColorScheme.Light)
        return palette
    hints.unsetColorScheme()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return from_system(app.style().standardPalette())
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def from_system(given: QPalette) -> Palette:
    """Roles filled from the system's own colours, for people who asked it for more contrast."""

    def named(role: QPalette.ColorRole) -> str:
        return given.color(role).name().upper()

    ground, ink = named(QPalette.ColorRole.Window), named(QPalette.ColorRole.WindowText)
    strong, on_strong = (
        named(QPalette.ColorRole.Highlight),
        named(QPalette.ColorRole.HighlightedText),
    )
    inks = (
        "line",
        "border",
        "text",
        "muted",
        "on_disabled",
        "on_selection",
        "rail_text",
        "rail_focus",
        "focus",
    )
    # What is chosen has a bar beside it and an edge around it, so it may keep the ground.
    grounds = ("page", "card", "hover", "disabled", "selection", "rail", "rail_hover")
    fills = ("primary", "primary_hover", "danger_hover", "rail_selected")
    on_fills = ("on_primary", "on_danger", "on_rail_selected")
    roles = dict.fromkeys((*inks, "danger", *STATES), ink)
    roles |= dict.fromkeys((*grounds, *(f"{state}_tint" for state in STATES)), ground)
    roles |= dict.fromkeys(fills, strong) | dict.fromkeys(on_fills, on_strong)
    return Palette(name="system", dark=_is_dark(ground), border_width=2, **roles)


def _is_dark(colour: str) -> bool:
    return contrast(colour, "#FFFFFF") > contrast(colour, "#000000")


def _load_typeface(app: QApplication) -> None:
    if app.property("plie-typeface"):
        return
    for face in ("FiraGO-Regular", "FiraGO-Bold"):
        QFontDatabase.addApplicationFont(str(fonts.file(face)))
    QDir.addSearchPath("theme", str(paths.resource("theme")))
    # Fusion draws alike on the three systems; the style sheet has nothing native to fight.
    if app.style().name() != "fusion":
        app.setStyle("Fusion")
    app.setProperty("plie-typeface", True)


def _style_sheet(palette: Palette) -> str:
    template = Template(paths.resource("theme", "app.qss").read_text(encoding="utf-8"))
    roles = palette.roles()
    edge = palette.border_width
    return template.substitute(
        roles,
        **{role: looks.size(role) for role in looks.SIZES},
        states="\n".join(_state_rules(state, roles) for state in STATES),
        edge=edge,
        rail_edge=edge if palette.rail == palette.page else 0,
        target=looks.TARGET - 2 * edge,
        whole=looks.TARGET,
        pad=16,
        round=looks.TARGET // 2,
        chip_round=_chip_height() // 2,
        shade="dark" if palette.dark else "light",
        tick="dark" if _is_dark(palette.on_primary) else "light",
    )


def _chip_height() -> int:
    # A radius of more than half the height makes the style sheet draw square corners.
    font = QFont(looks.FAMILY)
    font.setPixelSize(looks.size("help"))
    font.setBold(True)
    return max(QFontMetrics(font).height(), looks.scaled(16)) + 6


def _state_rules(state: str, roles: dict[str, str]) -> str:
    ink, tint, text = roles[state], roles[f"{state}_tint"], roles["text"]
    edge = ink if tint == roles["card"] else tint
    return (
        f'QFrame[chip="{state}"] {{ background: {tint}; border-color: {edge}; }}\n'
        f'QFrame[chip="{state}"] QLabel {{ color: {ink}; }}\n'
        f'QFrame[banner="{state}"] {{ background: {tint}; border-color: {edge}; '
        f"border-left-color: {ink}; }}\n"
        f'QFrame[banner="{state}"] QLabel {{ color: {text}; }}'
    )


def _qt_palette(palette: Palette) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    colours = {
        role.Window: palette.page,
        role.WindowText: palette.text,
        role.Base: palette.card,
        role.AlternateBase: palette.hover,
        role.Text: palette.text,
        role.Button: palette.card,
        role.ButtonText: palette.text,
        role.BrightText: palette.error,
        role.PlaceholderText: palette.muted,
        role.Highlight: palette.primary,
        role.HighlightedText: palette.on_primary,
        role.Accent: palette.primary,
        role.Link: palette.primary,
        role.LinkVisited: palette.primary,
        role.ToolTipBase: palette.card,
        role.ToolTipText: palette.text,
        role.Mid: palette.line,
        role.Dark: palette.border,
    }
    made = QPalette()
    for name, colour in colours.items():
        made.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(group.Disabled, name, QColor(palette.on_disabled))
    return made
