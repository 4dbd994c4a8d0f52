"""Figures without Shift on a French keyboard.

On AZERTY the upper row gives & é " ' ( - è _ ç à unless Shift is held. Where only figures make
sense, those keys give the figures printed on them.
"""

import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

AZERTY_ROW: Final = dict(zip("&é\"'(-è_çà", "1234567890", strict=True))
"""What the upper row types without Shift, and the figure on the same key."""

_ROW_SCAN_CODES: Final = {
    "win32": range(0x02, 0x0C),
    "darwin": (18, 19, 20, 21, 23, 22, 26, 28, 25, 29),
    # X11 and Wayland: evdev codes plus eight.
    "linux": range(10, 20),
}
_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def digit(event: QKeyEvent) -> str:
    """The figure that a key press stands for, or an empty string.

    A hyphen typed on a key outside the upper row (keypad, QWERTY) stays a hyphen.
    """
    text = event.text()
    if event.modifiers() & _MODIFIERS or len(text) != 1:
        return ""
    if text.isascii() and text.isdigit():
        return text
    if text not in AZERTY_ROW or event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
        return ""
    code = event.nativeScanCode()
    if code and code not in _ROW_SCAN_CODES.get(sys.platform, (code,)):
        return ""
    return AZERTY_ROW[text]
