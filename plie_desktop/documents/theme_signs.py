"""A sign for each theme of what blocks: small, and always beside its words."""

from collections.abc import Callable, Mapping
from typing import Final

from plie_desktop.documents.blocks import Mark
from plie_desktop.documents.layout import WARNING, WHITE
from plie_desktop.documents.signs import Square, sign
from plie_desktop.models.domain.plan import PlanPaper

SCALE: Final = 1.15


def _family(square: Square) -> None:
    square.disc((0.33, 0.8), 0.18)
    square.plate((0.06, 0.02), (0.54, 0.54))
    square.disc((0.79, 0.55), 0.13)
    square.plate((0.64, 0.02), (0.3, 0.36))


def _papers(square: Square) -> None:
    square.shape(((0.14, 0), (0.86, 0), (0.86, 0.72), (0.58, 1), (0.14, 1)))
    for line in (0.56, 0.36, 0.16):
        square.box((0.28, line), (0.44, 0.09), WHITE)


def _money(square: Square) -> None:
    square.disc((0.5, 0.5), 0.5)
    square.disc((0.55, 0.5), 0.31, WHITE)
    square.disc((0.55, 0.5), 0.2)
    square.box((0.71, 0.37), (0.2, 0.26))
    square.box((0.15, 0.53), (0.4, 0.08), WHITE)
    square.box((0.15, 0.39), (0.4, 0.08), WHITE)


def _work(square: Square) -> None:
    square.plate((0.32, 0.6), (0.36, 0.32))
    square.box((0.41, 0.6), (0.18, 0.22), WHITE)
    square.plate((0.02, 0.06), (0.96, 0.64))
    square.box((0.02, 0.34), (0.96, 0.06), WHITE)


def _training(square: Square) -> None:
    square.shape(((0.22, 0.22), (0.5, 0.1), (0.78, 0.22), (0.78, 0.52), (0.22, 0.52)))
    square.shape(((0.5, 0.96), (1, 0.7), (0.5, 0.44), (0, 0.7)))
    square.box((0.88, 0.26), (0.07, 0.46))


def _home(square: Square) -> None:
    square.shape(((0, 0.5), (0.5, 1), (1, 0.5)))
    square.box((0.14, 0.02), (0.72, 0.5))
    square.box((0.41, 0.02), (0.18, 0.32), WHITE)


def _language(square: Square) -> None:
    square.plate((0.02, 0.3), (0.96, 0.66))
    square.shape(((0.18, 0.34), (0.5, 0.34), (0.18, 0.02)))
    square.box((0.18, 0.68), (0.64, 0.09), WHITE)
    square.box((0.18, 0.48), (0.42, 0.09), WHITE)


def _way(square: Square) -> None:
    square.plate((0.02, 0.2), (0.96, 0.72))
    square.box((0.12, 0.52), (0.34, 0.26), WHITE)
    square.box((0.54, 0.52), (0.34, 0.26), WHITE)
    square.disc((0.27, 0.18), 0.15)
    square.disc((0.73, 0.18), 0.15)


def _screen(square: Square) -> None:
    square.plate((0.02, 0.3), (0.96, 0.66))
    square.box((0.13, 0.41), (0.74, 0.44), WHITE)
    square.box((0.42, 0.1), (0.16, 0.22))
    square.box((0.24, 0.04), (0.52, 0.1))


def _health(square: Square) -> None:
    square.disc((0.27, 0.68), 0.26)
    square.disc((0.73, 0.68), 0.26)
    square.shape(((0.06, 0.54), (0.5, 0.02), (0.94, 0.54), (0.73, 0.72), (0.27, 0.72)))


def _other(square: Square) -> None:
    square.plate((0.06, 0.06), (0.88, 0.88))
    square.box((0.22, 0.42), (0.56, 0.16), WHITE)


_DRAWN: Final[Mapping[str, Callable[[Square], None]]] = {
    "contraintes_familiales": _family,
    "difficulte_administrative": _papers,
    "difficulte_financiere": _money,
    "emploi": _work,
    "formation": _training,
    "logement": _home,
    "maitrise_langue": _language,
    "mobilite": _way,
    "numerique": _screen,
    "sante": _health,
}


def blocks_with_signs(paper: PlanPaper) -> list[tuple[Mark, str]]:
    """What blocks, each with the sign of its theme."""
    return [(of_theme(theme), said) for said, theme in paper.themed_blocks()]


def of_theme(theme: str) -> Mark:
    """The sign of a theme of the reference list of brakes; a bar for any other."""
    return sign(_DRAWN.get(theme, _other), WARNING, SCALE)
