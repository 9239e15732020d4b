"""What can go wrong with network and disk, in words. Nothing that a server says is shown."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

from trainer.installing.types import InstallError

if TYPE_CHECKING:
    from urllib.error import HTTPError

LATER = "Try again later."
WITHOUT_NETWORK = (
    "Without a network: get the zip file on another machine, and run: "
    "trainer models install --from FILE.zip"
)
PORTAL = (
    "A network of a hotel or hospital may want you to sign in: open a page in your browser first, "
    "then try again."
)
_UNREACHABLE = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN)
_FORBIDDEN = (401, 403, 451)
_GONE = (404, 410)
_PROXY_WANTS_A_NAME = 407
_TOO_MANY = 429
_FULL = (errno.ENOSPC, errno.EDQUOT)
_MB = 1e6


class BrokenOffError(Exception):
    """The connection ended before the file did; `problem` is what to say if it stays so."""

    def __init__(self, problem: InstallError) -> None:
        super().__init__(problem.message)
        self.problem = problem


def explain_network(error: Exception, host: str) -> InstallError:
    """Return what to say about an error while a server is asked or heard."""
    import socket
    import ssl
    from urllib.error import HTTPError, URLError

    if isinstance(error, HTTPError):
        return explain_status(error, host)
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        error = error.reason
    if isinstance(error, socket.gaierror):
        message = f"The name {host} was not found: there is no network, or it knows no names."
        return InstallError(message, f"Connect this machine and try again. {WITHOUT_NETWORK}")
    if isinstance(error, ssl.SSLCertVerificationError):
        return InstallError(f"It cannot be proved that {host} answers.", _certificate_hint())
    if isinstance(error, ssl.SSLError):
        return InstallError(f"No safe connection to {host} came about.", PORTAL)
    if isinstance(error, TimeoutError):
        return explain_stall(host)
    if isinstance(error, ConnectionRefusedError):
        return InstallError(f"{host} takes no connection.", f"{LATER} {WITHOUT_NETWORK}")
    if isinstance(error, OSError) and error.errno in _UNREACHABLE:
        message = f"{host} cannot be reached: there is no network."
        return InstallError(message, f"Connect this machine and try again. {WITHOUT_NETWORK}")
    if isinstance(error, OSError) and "Tunnel connection failed" in str(error):
        return InstallError("The proxy of this machine refused the connection.", _proxy_hint())
    return explain_break(host)


def explain_break(host: str) -> InstallError:
    """Return what to say where the connection ended too early."""
    message = f"The connection to {host} broke off."
    return InstallError(message, "What was downloaded is kept. Try again to go on from there.")


def explain_stall(host: str) -> InstallError:
    """Return what to say where nothing came for too long."""
    message = f"Nothing came from {host} for too long."
    return InstallError(message, "What was downloaded is kept. Try again to go on from there.")


def explain_status(error: HTTPError, host: str) -> InstallError:
    """Return what to say about an answer that is no file."""
    code = error.code
    if 300 <= code < 400:
        message = f"{host} sends on to an address that is not safe, or in circles."
        return InstallError(message, PORTAL)
    if code in _GONE:
        message = f"The model is no longer where it was published ({code} from {host})."
        return InstallError(message, f"A newer trainer may know its place. {WITHOUT_NETWORK}")
    if code in _FORBIDDEN:
        message = f"{host} does not give the model to this machine ({code})."
        return InstallError(message, f"Try another network. {WITHOUT_NETWORK}")
    if code == _PROXY_WANTS_A_NAME:
        return InstallError("The proxy of this machine refused the connection.", _proxy_hint())
    if code >= 500 or code == _TOO_MANY:
        message = f"{host} has a fault or too much to do now ({code})."
        return InstallError(message, f"{LATER} {WITHOUT_NETWORK}")
    return InstallError(f"{host} gave an answer that does not fit ({code}).", WITHOUT_NETWORK)


def explain_page(host: str) -> InstallError:
    """Return what to say where a web page came in place of the file."""
    return InstallError(f"A web page came from {host} in place of the model.", PORTAL)


def explain_other_file(host: str, came: str, whole: int) -> InstallError:
    """Return what to say where another file than the known one is offered."""
    message = f"{host} has another file than the known one: {came}, and not {megabytes(whole)}."
    return InstallError(message, f"A newer trainer may know the new one. {WITHOUT_NETWORK}")


def explain_disk(error: OSError, place: object) -> InstallError:
    """Return what to say where the disk does not take what is written."""
    if error.errno in _FULL:
        message = f"The disk of {place} is full."
        return InstallError(message, "Free some space, and try again.")
    message = f"{place} cannot be used: {error.strerror or type(error).__name__}."
    return InstallError(message, "Check the disk and your rights to that folder.")


def megabytes(count: int) -> str:
    """Return a number of bytes as people say it: 41 MB."""
    return f"{count / _MB:.0f} MB" if count >= _MB else f"{count} bytes"


def _certificate_hint() -> str:
    hint = "Check the date and time of this machine."
    if sys.platform == "darwin":
        return f"{hint} With a Python from python.org, run: Install Certificates.command"
    if sys.platform != "win32":
        return f"{hint} If they are right, install the package ca-certificates. {PORTAL}"
    return f"{hint} {PORTAL}"


def _proxy_hint() -> str:
    return f"Check the system's proxy settings, or the variable https_proxy. {WITHOUT_NETWORK}"
