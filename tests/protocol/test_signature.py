"""One fixed profile of RFC 9421: the vectors of the standard, another library, and tampering."""

import base64
import random
from types import SimpleNamespace

import http_message_signatures as reference
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from plie_desktop.clock import SystemChance
from plie_desktop.protocol import signature
from plie_desktop.protocol.signature import (
    SignatureRefusedError,
    read,
    sign,
    verify,
)

# RFC 9421, appendix B.1.4 (test-key-ed25519).
PRIVATE = base64.b64decode("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=")
PUBLIC = base64.b64decode("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")
BODY = b"\x28\xb5\x2f\xfd what travels"
REQUEST = {
    "method": "POST",
    "authority": "siege.example.fr",
    "path": "/sync/v1/exchange",
    "query": "part=1",
}
TYPE = "application/vnd.plie.exchange+msgpack+zstd"
NONCE = "bm9uY2Ugb2YgMTYgYnl0ZXM"
CREATED = 1_770_000_000


def signed(**changes):
    """The headers, as a server receives them, of the request above with some parts changed."""
    parts = {**REQUEST, "content_type": TYPE, "nonce": NONCE, "body": BODY, "created": CREATED}
    return list(sign(PRIVATE, **{**parts, **changes}).items())


def check(headers, *, body=BODY, public=PUBLIC, **changes):
    return verify(public, **{**REQUEST, **changes}, headers=headers, body=body)


def replaced(headers, name, value):
    return [(each, value if each.lower() == name else old) for each, old in headers]


class TestStandards:
    def test_primitive_gives_the_signature_of_rfc_9421_appendix_b_2_6(self):
        base = (
            '"date": Tue, 20 Apr 2021 02:07:55 GMT\n'
            '"@method": POST\n'
            '"@path": /foo\n'
            '"@authority": example.com\n'
            '"content-type": application/json\n'
            '"content-length": 18\n'
            '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" '
            '"content-length");created=1618884473;keyid="test-key-ed25519"'
        )
        given = Ed25519PrivateKey.from_private_bytes(PRIVATE).sign(base.encode())
        assert base64.b64encode(given).decode() == (
            "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
        )

    def test_digest_is_that_of_rfc_9530(self):
        """Section 2 and appendix D: {"hello": "world"} with and without its last line feed."""
        assert signature.content_digest(b'{"hello": "world"}\n') == (
            "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
        )
        assert signature.content_digest(b'{"hello": "world"}') == (
            "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"
        )

    @pytest.mark.parametrize("query", ["", "a=1&b=2"])
    @pytest.mark.parametrize("body", [b"", BODY])
    def test_another_implementation_accepts_what_we_sign(self, query, body):
        headers = dict(signed(query=query, body=body))
        (result,) = verifier().verify(message(headers, query), body=body, max_age=None)
        assert list(result.covered_components) == [f'"{name}"' for name in COVERED] + [
            '"@signature-params"'
        ]

    @pytest.mark.parametrize("query", ["", "a=1&b=2"])
    def test_we_accept_what_another_implementation_signs(self, query):
        headers = {
            "Content-Digest": signature.content_digest(BODY),
            "Content-Type": TYPE,
            "X-Nonce": NONCE,
        }
        asked = message(headers, query)
        sign_by_reference(asked)
        assert check(list(headers.items()), query=query) == NONCE
        ours = dict(signed(query=query, created=read(list(headers.items())).created))
        assert headers == ours


COVERED = ("@method", "@authority", "@path", "@query", "content-digest", "content-type", "x-nonce")


class Keys(reference.HTTPSignatureKeyResolver):
    """The one key of these tests."""

    def resolve_public_key(self, key_id):
        assert key_id == signature.key_id(PUBLIC)
        return Ed25519PrivateKey.from_private_bytes(PRIVATE).public_key()

    def resolve_private_key(self, key_id):
        return Ed25519PrivateKey.from_private_bytes(PRIVATE)


def message(headers, query):
    url = f"https://{REQUEST['authority']}{REQUEST['path']}{query and '?' + query}"
    return SimpleNamespace(method="POST", url=url, headers=headers)


def verifier():
    found = reference.HTTPMessageVerifier(
        signature_algorithm=reference.algorithms.ED25519, key_resolver=Keys()
    )
    found.max_clock_skew = reference.signatures.datetime.timedelta(days=36_500)
    return found


def sign_by_reference(asked):
    reference.HTTPMessageSigner(
        signature_algorithm=reference.algorithms.ED25519, key_resolver=Keys()
    ).sign(
        asked,
        key_id=signature.key_id(PUBLIC),
        label=signature.LABEL,
        covered_component_ids=COVERED,
        use_existing_digest=True,
    )


class TestSigning:
    def test_signed_request_is_accepted_and_gives_its_nonce(self):
        assert check(signed()) == NONCE

    def test_order_and_case_of_headers_do_not_matter(self):
        headers = [(name.upper(), value) for name, value in reversed(signed())]
        assert check([("Host", "x"), *headers, ("Accept", "*/*"), ("accept", "b")]) == NONCE

    def test_case_of_the_authority_does_not_matter(self):
        assert check(signed(authority="SIEGE.example.FR")) == NONCE

    @pytest.mark.parametrize(
        "authority", ["localhost:8000", "127.0.0.1:41321", "[::1]:8000", "siege.example.fr"]
    )
    def test_authorities_of_every_form_can_be_signed_for(self, authority):
        assert check(signed(authority=authority), authority=authority) == NONCE

    def test_claim_can_be_read_before_the_key_is_known(self):
        claim = read(signed())
        assert claim.key_id == signature.key_id(PUBLIC)
        assert (claim.nonce, claim.content_type, claim.created) == (NONCE, TYPE, CREATED)

    def test_key_is_named_by_16_letters_of_its_hash(self):
        assert len(signature.key_id(PUBLIC)) == 16
        assert signature.key_id(PUBLIC) != signature.key_id(bytes(32))

    def test_fresh_keys_sign_and_differ(self):
        private, public = signature.new_key_pair(SystemChance())
        parts = {**REQUEST, "content_type": TYPE, "nonce": NONCE, "body": BODY, "created": CREATED}
        headers = list(sign(private, **parts).items())
        assert check(headers, public=public) == NONCE
        assert signature.new_key_pair(SystemChance())[1] != public
        with pytest.raises(SignatureRefusedError, match="another key"):
            check(headers)

    @pytest.mark.parametrize(
        "part",
        [
            {"method": "post"},
            {"method": "PO ST"},
            {"authority": "a/b"},
            {"authority": "user@siege.example.fr"},
            {"authority": ""},
            {"path": ""},
            {"path": "sync"},
            {"path": "/a//b"},
            {"path": "/a/../b"},
            {"path": "/a/."},
            {"path": "/a%2Fb"},
            {"path": "/a b"},
            {"path": "/é"},
            {"query": "a=%41"},
            {"query": "a=1+2"},
            {"query": "a=1#b"},
            {"query": "x" * 1025},
            {"content_type": "Application/JSON"},
            {"content_type": "text/plain\r\nX-More: 1"},
            {"content_type": ""},
            {"nonce": "short"},
            {"nonce": "n" * 65},
            {"nonce": 'abcdefghijklmnop"\n'},
            {"created": -1},
        ],
    )
    def test_what_a_proxy_could_rewrite_is_never_signed(self, part):
        with pytest.raises(SignatureRefusedError):
            signed(**part)


class TestTampering:
    @pytest.mark.parametrize(
        "change",
        [
            {"method": "PUT"},
            {"method": "post"},
            {"authority": "siege.example.org"},
            {"authority": "siege.example.fr:443"},
            {"path": "/sync/v1/nonce"},
            {"path": "/sync/v1/exchange/"},
            {"path": "/sync/v1/./exchange"},
            {"path": "/sync/v1/exchang%65"},
            {"query": ""},
            {"query": "part=2"},
            {"query": "part=%31"},
            {"query": "part=1&"},
            {"body": b""},
            {"body": BODY + b" "},
        ],
    )
    def test_changed_request_is_refused(self, change):
        with pytest.raises(SignatureRefusedError):
            check(signed(), **change)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("content-type", "application/json"),
            ("x-nonce", "bm9uY2Ugb2YgMTcgYnl0ZXM"),
            ("x-nonce", f" {NONCE}"),
            ("content-digest", signature.content_digest(b"other")),
        ],
    )
    def test_changed_header_is_refused(self, name, value):
        with pytest.raises(SignatureRefusedError):
            check(replaced(signed(), name, value))

    def test_body_changed_with_its_digest_is_refused(self):
        headers = replaced(signed(), "content-digest", signature.content_digest(b"other"))
        with pytest.raises(SignatureRefusedError, match="does not fit the request"):
            check(headers, body=b"other")

    def test_signature_of_another_request_is_refused(self):
        other = dict(signed(nonce=NONCE[::-1]))
        with pytest.raises(SignatureRefusedError, match="does not fit the request"):
            check(replaced(signed(), "signature", other["Signature"]))

    @pytest.mark.parametrize("name", signature.HEADERS)
    def test_missing_header_is_refused(self, name):
        headers = [(each, value) for each, value in signed() if each.lower() != name]
        with pytest.raises(SignatureRefusedError, match="missing"):
            check(headers)

    @pytest.mark.parametrize("name", signature.HEADERS)
    def test_repeated_header_is_refused_even_with_the_same_value(self, name):
        twin = next((each.swapcase(), value) for each, value in signed() if each.lower() == name)
        with pytest.raises(SignatureRefusedError, match="repeated"):
            check([*signed(), twin])

    def test_second_signature_is_refused(self):
        headers = dict(signed())
        for name in ("Signature-Input", "Signature"):
            value = headers[name]
            headers[name] = f"{value}, more={value.removeprefix('plie=')}"
        with pytest.raises(SignatureRefusedError, match="profile"):
            check(list(headers.items()))

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("plie=", "sig1="),
            ("plie=", "plie= "),
            ('"@method" "@authority"', '"@authority" "@method"'),
            ('"@method" ', ""),
            ('"x-nonce")', '"x-nonce" "date")'),
            ('"x-nonce")', '"x-nonce";sf)'),
            ('alg="ed25519"', 'alg="rsa-pss-sha512"'),
            ('alg="ed25519"', 'alg="ED25519"'),
            (';alg="ed25519"', ""),
            (";created=1770000000", ""),
            (";created=1770000000", ";created=1770000000;expires=1870000000"),
            (";created=1770000000", ";created=01770000000"),
            (";created=1770000000", ';created="1770000000"'),
            (";created=1770000000", ";created=1770000000.0"),
            (";created=1770000000", ";created=-1"),
            (";created=1770000000", f";created={'9' * 13}"),
            (";created=1770000000", ";created=\u0661770000000"),
            (";keyid=", ';nonce="a";keyid='),
            (";created=", "; created="),
        ],
    )
    def test_other_parameters_are_refused(self, old, new):
        value = dict(signed())["Signature-Input"]
        assert old in value
        with pytest.raises(SignatureRefusedError, match="profile"):
            check(replaced(signed(), "signature-input", value.replace(old, new, 1)))

    def test_created_is_signed_although_it_decides_nothing(self):
        value = dict(signed())["Signature-Input"].replace("1770000000", "1770000001")
        with pytest.raises(SignatureRefusedError, match="does not fit the request"):
            check(replaced(signed(), "signature-input", value))

    @pytest.mark.parametrize(
        "respell",
        [
            lambda value: value.replace("plie=:", "plie=: "),
            lambda value: value.replace("plie=", "sig1="),
            lambda value: value.rstrip(":") + ";a=1:",
            lambda value: value.replace("==:", ":"),
            lambda value: value.replace("==:", "=:"),
            lambda value: value + "\n",
            lambda value: f"plie=:{value[6:91]}~==:",
            lambda _value: "plie=::",
        ],
    )
    def test_other_spelling_of_the_signature_is_refused(self, respell):
        value = dict(signed())["Signature"]
        assert respell(value) != value
        with pytest.raises(SignatureRefusedError, match="profile"):
            check(replaced(signed(), "signature", respell(value)))

    def test_last_letter_of_the_signature_has_one_spelling(self):
        """Four bits of it are unused: 15 other letters would decode to the same bytes."""
        value = dict(signed())["Signature"]
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        at = value.index("==:") - 1
        for other in range(64):
            if letters[other] != value[at]:
                spelt = f"{value[:at]}{letters[other]}{value[at + 1 :]}"
                with pytest.raises(SignatureRefusedError):
                    check(replaced(signed(), "signature", spelt))

    def test_three_thousand_damaged_requests_are_refused(self):
        rolls = random.Random(99)
        for _ in range(3000):
            headers = signed()
            at = rolls.randrange(len(headers))
            name, value = headers[at]
            place = rolls.randrange(len(value) + 1)
            piece = rolls.choice(["", " ", "A", '"', ";", ",", "\t", "=", ":", "\x00", "é", "0"])
            damaged = value[:place] + piece + value[place + rolls.randrange(3) :]
            if damaged == value:
                continue
            headers[at] = (name, damaged)
            with pytest.raises(SignatureRefusedError):
                check(headers)
