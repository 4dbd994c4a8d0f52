"""What headquarters, or whoever answered in its place, said instead of what was asked."""

from typing import Final

from plie_desktop.errors import ServerRefusedError, ServerUnreachableError
from plie_desktop.text import N_

UNREACHABLE: Final = N_(
    "Le siège ne répond pas. Vos saisies restent sur ce portable et partiront plus tard."
)
STALLED: Final = N_(
    "La liaison avec le siège s’est interrompue. Vos saisies restent ici et partiront plus tard."
)
NOT_HEADQUARTERS: Final = N_(
    "Ce qui a répondu n’est pas le siège, peut-être la page d’un réseau Wi-Fi. "
    "Rien n’a changé ici : essayez un autre réseau ou vérifiez l’adresse."
)
NOT_TRUSTED: Final = N_(
    "Le serveur n’a pas pu prouver qu’il est le siège, rien n’a été envoyé. "
    "Essayez un autre réseau et prévenez le siège."
)
FORKED: Final = N_(
    "Une copie de ce coffre a déjà envoyé d’autres saisies au siège. "
    "Appelez la coordination : ce qui attend ici n’est pas perdu."
)
BUSY: Final = N_("Le siège est très occupé. Vos saisies restent ici et partiront plus tard.")


class RequestRefusedError(ServerRefusedError):
    """Headquarters itself refused a request, with one of the codes of `protocol.Refusal`.

    Attributes:
        code: what the program acts on.
        expected: the number expected next, for `gap` and `epoch`.
    """

    def __init__(self, code: str, sentence: str, expected: int = 0) -> None:
        super().__init__(FORKED if code == "fork" else sentence)
        self.code = code
        self.expected = expected


def not_headquarters() -> ServerUnreachableError:
    """An answer came, and it is not one of headquarters'."""
    return ServerUnreachableError(NOT_HEADQUARTERS)
