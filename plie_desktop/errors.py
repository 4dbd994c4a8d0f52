"""The one tree of errors. Every room may use it; it uses nothing.

PlieError
├── RefusedInputError      a person or a file gave something that cannot be taken
├── VaultError             the vault cannot be opened or written
│   ├── WrongPassphraseError
│   ├── VaultMissingError
│   ├── VaultDamagedError
│   ├── VaultBusyError
│   └── DiskFullError
├── ServerError            headquarters cannot be reached or does not agree
│   ├── ServerUnreachableError
│   ├── ServerRefusedError
│   └── EnrolmentRefusedError
└── NotAllowedError        the person's role does not include this act

`sentence` is a French message id that may be shown to a person as it stands once its `details`
are filled in; neither ever holds personal data.
"""


class PlieError(Exception):
    """A failure that a person can be told in one sentence.

    Attributes:
        sentence: French message id, with `{name}` places for `details`.
        details: values for the places; never personal data.
    """

    def __init__(self, sentence: str, **details: object) -> None:
        super().__init__(sentence.format(**details) if details else sentence)
        self.sentence = sentence
        self.details = details


class RefusedInputError(PlieError):
    """What was typed or read from a file cannot be taken as it is."""


class VaultError(PlieError):
    """The vault cannot be opened, read or written."""


class WrongPassphraseError(VaultError):
    """The passphrase (or the laptop's own secret) does not open this vault."""


class VaultMissingError(VaultError):
    """There is no vault where one was expected."""


class VaultDamagedError(VaultError):
    """A file of the vault is truncated, plain, foreign or altered."""


class VaultBusyError(VaultError):
    """Another running program holds the vault."""


class DiskFullError(VaultError):
    """The disk has no room left; nothing of the save was kept."""


class ServerError(PlieError):
    """The exchange with headquarters did not happen."""


class ServerUnreachableError(ServerError):
    """No answer, or an answer that is not headquarters'."""


class ServerRefusedError(ServerError):
    """Headquarters answered and refused."""


class EnrolmentRefusedError(ServerError):
    """The invitation code is wrong, used or too old."""


class NotAllowedError(PlieError):
    """The role of this person does not include this act."""
