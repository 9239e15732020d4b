"""Both prove the code, and nothing that is sent lets it be found."""

from __future__ import annotations

import pytest

from trainer.peer.proving import BadShareError, Exchange, agree


def test_who_knows_the_secret_is_proved_both_ways() -> None:
    guest, host = Exchange(b"secret", "s"), Exchange(b"secret", "s")
    said, heard = guest.with_host(host.share), host.with_guest(guest.share)
    assert agree(said.guest, heard.guest)
    assert agree(said.host, heard.host)
    assert said.guest != said.host


@pytest.mark.parametrize(("key", "session"), [(b"other", "s"), (b"secret", "other")])
def test_another_secret_or_session_proves_nothing(key: bytes, session: str) -> None:
    guest, host = Exchange(key, session), Exchange(b"secret", "s")
    said, heard = guest.with_host(host.share), host.with_guest(guest.share)
    assert not agree(said.guest, heard.guest)
    assert not agree(said.host, heard.host)


def test_a_proof_is_worth_nothing_in_another_connection() -> None:
    guest, host, again = (Exchange(b"secret", "s") for _ in range(3))
    said = guest.with_host(host.share)
    assert not agree(said.guest, again.with_guest(guest.share).guest)


@pytest.mark.parametrize("share", ["", "zz" * 32, "00" * 31, "00" * 33, "0 " * 32, "\u0660" * 64])
def test_what_is_no_number_of_a_connection_is_refused(share: str) -> None:
    with pytest.raises(BadShareError):
        Exchange(b"secret", "s").with_guest(share)


def test_what_is_sent_first_differs_each_time() -> None:
    assert Exchange(b"secret", "s").share != Exchange(b"secret", "s").share
