"""A request as it came in, and the answer as it goes out. The other parts of the server come in."""

from dataclasses import dataclass, field

import msgspec

from plie_desktop.protocol import signature
from plie_desktop.protocol.signature import SignatureRefusedError, SignedRequest
from plie_desktop.server.refusal import RequestRefusedError


@dataclass(frozen=True)
class Call:
    """A request, nothing of it decoded.

    Attributes:
        headers: in order, repeated ones included.
    """

    method: str
    authority: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...] = field(repr=False)
    body: bytes = field(repr=False)

    def claim(self) -> SignedRequest:
        """What the request says of its signature; nothing in it is proven yet.

        Raises:
            RequestRefusedError: it is not signed in our profile.
        """
        try:
            return signature.read(self.headers)
        except SignatureRefusedError:
            raise RequestRefusedError("signature") from None

    def check_signature(self, public_key: bytes) -> None:
        """Make sure that this key signed the request.

        Raises:
            RequestRefusedError: it did not.
        """
        try:
            signature.verify(
                public_key,
                method=self.method,
                authority=self.authority,
                path=self.path,
                query=self.query,
                headers=self.headers,
                body=self.body,
            )
        except (SignatureRefusedError, ValueError):
            raise RequestRefusedError("signature") from None


@dataclass(frozen=True)
class Answer:
    """What goes back.

    Attributes:
        nonce: of the next request, empty when nobody can be given one.
    """

    status: int
    message: msgspec.Struct
    nonce: str = ""
