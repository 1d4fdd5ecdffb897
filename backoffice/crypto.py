"""Bytes encrypted at rest with the keys of the house (`settings.FIELD_KEYS`)."""

from base64 import urlsafe_b64encode
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class CannotDecrypt(Exception):
    """None of the keys fits: the bytes were damaged, or the key that made them was dropped."""


def encrypt(plain: bytes) -> bytes:
    """Return `plain` encrypted and signed with the newest key, as Fernet's ASCII token."""
    return _cipher(tuple(settings.FIELD_KEYS)).encrypt(plain)


def decrypt(token: bytes) -> bytes:
    """Return what `encrypt` was given, whichever of the keys it used. Raises CannotDecrypt."""
    try:
        return _cipher(tuple(settings.FIELD_KEYS)).decrypt(token)
    except InvalidToken as problem:
        raise CannotDecrypt("no key of FIELD_KEYS fits") from problem


@lru_cache(maxsize=4)
def _cipher(passphrases: tuple[str, ...]) -> MultiFernet:
    keys = [Fernet(_derive(phrase.strip())) for phrase in passphrases if phrase.strip()]
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS is empty")
    return MultiFernet(keys)


def _derive(passphrase: str) -> bytes:
    """Return a Fernet key (32 bytes, base64) for a passphrase of any form."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"backoffice.crypto fields")
    return urlsafe_b64encode(kdf.derive(passphrase.encode()))
