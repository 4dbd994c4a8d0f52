"""The colours of the window by role, as data.

Ratios follow WCAG 2.2 ("contrast ratio"); every pair that meets on the screen is listed in
`TEXT_PAIRS` (at least 4.5, 7 in full sun) or `SHAPE_PAIRS` (at least 3), and a test computes
them all.
"""

from dataclasses import asdict, dataclass
from typing import Final


@dataclass(frozen=True)
class Palette:
    """One set of colours, each `#RRGGBB`.

    Attributes:
        page: behind everything. card: raised areas and fields. hover: a card under the mouse.
        line: hairline that only decorates. border: edge that tells a control apart.
        selection: the chosen row. disabled, on_disabled: what cannot be used now.
        ok … neutral: what a state says; `*_tint` is the ground it is said on.
        rail*: the dark band of the main pages.
        border_width: in points.
    """

    name: str
    dark: bool
    page: str
    card: str
    hover: str
    line: str
    border: str
    text: str
    muted: str
    primary: str
    primary_hover: str
    on_primary: str
    danger: str
    danger_hover: str
    on_danger: str
    selection: str
    on_selection: str
    focus: str
    disabled: str
    on_disabled: str
    ok: str
    ok_tint: str
    warning: str
    warning_tint: str
    error: str
    error_tint: str
    info: str
    info_tint: str
    conflict: str
    conflict_tint: str
    neutral: str
    neutral_tint: str
    rail: str
    rail_text: str
    rail_hover: str
    rail_selected: str
    on_rail_selected: str
    rail_focus: str
    border_width: int = 1

    def roles(self) -> dict[str, str]:
        """Every colour under the name of its role."""
        return {name: value for name, value in asdict(self).items() if str(value).startswith("#")}


LIGHT: Final = Palette(
    name="light",
    dark=False,
    page="#F5F7F9",
    card="#FFFFFF",
    hover="#EDF3F5",
    line="#DDE4EA",
    border="#76879A",
    text="#15202B",
    muted="#46566A",
    primary="#0B5A6B",
    primary_hover="#084755",
    on_primary="#FFFFFF",
    danger="#B3261E",
    danger_hover="#8F1D17",
    on_danger="#FFFFFF",
    selection="#DCEEF2",
    on_selection="#15202B",
    focus="#B3390B",
    disabled="#E8ECF0",
    on_disabled="#5A6979",
    ok="#1B6E3C",
    ok_tint="#E0F3E7",
    warning="#8A4B00",
    warning_tint="#FFF0D6",
    error="#B3261E",
    error_tint="#FDE7E5",
    info="#1F5FA8",
    info_tint="#E3EEFA",
    conflict="#6A3FA0",
    conflict_tint="#EFE7F9",
    neutral="#46566A",
    neutral_tint="#E9EEF2",
    rail="#0A3F4B",
    rail_text="#E6F2F4",
    rail_hover="#14525F",
    rail_selected="#FFFFFF",
    on_rail_selected="#0A3F4B",
    rail_focus="#FFB38A",
)

DARK: Final = Palette(
    name="dark",
    dark=True,
    page="#11181F",
    card="#1A232C",
    hover="#222E39",
    line="#2C3945",
    border="#7D8D9C",
    text="#EEF3F7",
    muted="#B3C0CC",
    primary="#6CC7D9",
    primary_hover="#8FD7E5",
    on_primary="#06262D",
    danger="#FF9C93",
    danger_hover="#FFB8B1",
    on_danger="#3A0B08",
    selection="#17404A",
    on_selection="#EEF3F7",
    focus="#FFB38A",
    disabled="#26313B",
    on_disabled="#9AA8B5",
    ok="#7FD6A0",
    ok_tint="#12351F",
    warning="#F5C26B",
    warning_tint="#3B2A08",
    error="#FF9C93",
    error_tint="#451714",
    info="#8FC1F7",
    info_tint="#142C47",
    conflict="#C9ACF2",
    conflict_tint="#2E1F45",
    neutral="#B3C0CC",
    neutral_tint="#26313B",
    rail="#0B2229",
    rail_text="#DCEBEE",
    rail_hover="#14343D",
    rail_selected="#6CC7D9",
    on_rail_selected="#06262D",
    rail_focus="#FFB38A",
)

SUN: Final = Palette(
    name="sun",
    dark=False,
    page="#FFFFFF",
    card="#FFFFFF",
    hover="#FFFFFF",
    line="#000000",
    border="#000000",
    text="#000000",
    muted="#1F1F1F",
    primary="#00363F",
    primary_hover="#00363F",
    on_primary="#FFFFFF",
    danger="#7A0000",
    danger_hover="#7A0000",
    on_danger="#FFFFFF",
    selection="#FFFFFF",
    on_selection="#000000",
    focus="#7A1F00",
    disabled="#FFFFFF",
    on_disabled="#4A4A4A",
    ok="#003D17",
    ok_tint="#FFFFFF",
    warning="#4A2600",
    warning_tint="#FFFFFF",
    error="#7A0000",
    error_tint="#FFFFFF",
    info="#002E66",
    info_tint="#FFFFFF",
    conflict="#3C0F73",
    conflict_tint="#FFFFFF",
    neutral="#1F1F1F",
    neutral_tint="#FFFFFF",
    rail="#FFFFFF",
    rail_text="#000000",
    rail_hover="#FFFFFF",
    rail_selected="#00363F",
    on_rail_selected="#FFFFFF",
    rail_focus="#7A1F00",
    border_width=2,
)

PALETTES: Final = (LIGHT, DARK, SUN)

STATES: Final = ("ok", "warning", "error", "info", "conflict", "neutral")

TEXT_PAIRS: Final = (
    *((ink, ground) for ink in ("text", "muted") for ground in ("page", "card", "hover")),
    *((ink, ground) for ink in ("primary", "error", "warning") for ground in ("page", "card")),
    *((state, f"{state}_tint") for state in STATES),
    *(("text", f"{state}_tint") for state in STATES),
    ("primary", "hover"),
    ("danger", "card"),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    ("on_selection", "selection"),
    ("muted", "selection"),
    ("on_disabled", "disabled"),
    ("on_disabled", "card"),
    ("rail_text", "rail"),
    ("rail_text", "rail_hover"),
    ("on_rail_selected", "rail_selected"),
)
"""Ink on ground, for words."""

SHAPE_PAIRS: Final = (
    *(("border", ground) for ground in ("page", "card", "hover")),
    *(("focus", ground) for ground in ("page", "card", "hover", "selection")),
    *((state, ground) for state in STATES for ground in ("page", "card", f"{state}_tint")),
    ("primary", "selection"),
    ("primary", "card"),
    ("primary", "page"),
    ("rail_focus", "rail"),
    ("rail_selected", "rail"),
)
"""Edges, icons and rings against what is beside them."""


def contrast(one: str, other: str) -> float:
    """The WCAG contrast ratio of two `#RRGGBB` colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    # sRGB transfer function, as WCAG 2.2 writes it.
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - that formula
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
