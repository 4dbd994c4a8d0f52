"""Why a request is refused, as status and as a sentence. The other parts of the server come in."""

from typing import Final

from plie_desktop.errors import PlieError
from plie_desktop.protocol.messages import Refusal
from plie_desktop.text import N_

_REFUSALS: Final[dict[str, tuple[int, str]]] = {
    "frame": (
        400,
        N_("Le siège n’a pas reconnu ce message. Mettez l’application à jour, puis réessayez."),
    ),
    "signature": (
        401,
        N_(
            "Le siège n’a pas reconnu la signature de cet ordinateur. "
            "Demandez une nouvelle invitation à la coordination."
        ),
    ),
    "revoked": (
        403,
        N_(
            "Le siège a retiré l’accès de cet ordinateur. "
            "Appelez la coordination : ce qui attend ici n’est pas perdu."
        ),
    ),
    "nonce": (409, N_("Ce message avait déjà servi. Relancez la synchronisation.")),
    "gap": (409, N_("Il manque des saisies avant celles-ci. Elles vont être renvoyées.")),
    "fork": (
        409,
        N_("Une copie de ce coffre a déjà envoyé d’autres saisies. Elles vont être renumérotées."),
    ),
    "epoch": (
        409,
        N_("Le siège a été rétabli depuis une sauvegarde. Vos dernières saisies vont repartir."),
    ),
    "cursor": (
        410,
        N_("Le siège ne sait plus où en était cet ordinateur. Tout va être relu depuis le début."),
    ),
    "too-big": (413, N_("L’envoi est trop gros pour le siège. Il va être coupé en plusieurs.")),
    "too-old": (
        426,
        N_("Cette version de l’application est trop ancienne. Installez la version à jour."),
    ),
    "busy": (429, N_("Le siège reçoit trop de demandes. Réessayez dans une minute.")),
    "code-unknown": (
        403,
        N_("Ce code d’invitation n’est pas le bon. Relisez-le, puis tapez-le à nouveau."),
    ),
    "code-used": (
        403,
        N_("Ce code d’invitation a déjà servi. Demandez-en un nouveau à la coordination."),
    ),
    "code-expired": (
        403,
        N_("Ce code d’invitation n’est plus valable. Demandez-en un nouveau à la coordination."),
    ),
}


class RequestRefusedError(PlieError):
    """A request is refused; nothing of it was kept.

    Attributes:
        code: one of the codes of `plie_desktop.protocol.messages.Refusal`.
        status: HTTP status of the answer.
    """

    def __init__(self, code: str, *, expected: int = 0) -> None:
        self.code = code
        self.status, sentence = _REFUSALS[code]
        self._expected = expected
        super().__init__(sentence)

    def message(self) -> Refusal:
        """The refusal as it travels."""
        return Refusal(self.code, self.sentence, self._expected)
