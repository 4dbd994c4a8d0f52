"""Tooltips that hold what people typed: the toolkit takes for markup what begins like markup."""

from PySide6.QtGui import Qt as Markup


def plain(text: str) -> str:
    """The text of a tooltip that is shown letter by letter, whatever stands in it."""
    return Markup.convertFromPlainText(text) if Markup.mightBeRichText(text) else text
