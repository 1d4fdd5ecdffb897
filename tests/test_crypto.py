"""What is encrypted at rest can be read back with any key still in use, and with no other."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from backoffice.crypto import CannotDecrypt, decrypt, encrypt


class TestEncrypt:
    def test_gives_back_what_was_put_in(self) -> None:
        assert decrypt(encrypt(b"\x00geheim\xff")) == b"\x00geheim\xff"

    def test_never_gives_the_same_token_twice(self) -> None:
        assert encrypt(b"geheim") != encrypt(b"geheim")

    def test_takes_passphrases_of_any_form(self, settings: Settings) -> None:
        settings.FIELD_KEYS = ["k", "een zin met spaties en ü", "x" * 500]
        assert decrypt(encrypt(b"geheim")) == b"geheim"

    def test_refuses_to_work_without_a_key(self, settings: Settings) -> None:
        settings.FIELD_KEYS = ["", " "]
        with pytest.raises(ImproperlyConfigured):
            encrypt(b"geheim")


class TestDecrypt:
    def test_reads_what_an_older_key_wrote(self, settings: Settings) -> None:
        settings.FIELD_KEYS = ["old"]
        token = encrypt(b"geheim")
        settings.FIELD_KEYS = ["new", "old"]
        assert decrypt(token) == b"geheim"

    def test_writes_with_the_newest_key(self, settings: Settings) -> None:
        settings.FIELD_KEYS = ["new", "old"]
        token = encrypt(b"geheim")
        settings.FIELD_KEYS = ["new"]
        assert decrypt(token) == b"geheim"

    def test_refuses_once_the_key_is_gone(self, settings: Settings) -> None:
        settings.FIELD_KEYS = ["old"]
        token = encrypt(b"geheim")
        settings.FIELD_KEYS = ["new"]
        with pytest.raises(CannotDecrypt):
            decrypt(token)

    def test_refuses_bytes_that_were_touched(self) -> None:
        token = bytearray(encrypt(b"geheim"))
        token[30] ^= 1
        with pytest.raises(CannotDecrypt):
            decrypt(bytes(token))
