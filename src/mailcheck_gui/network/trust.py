"""What this computer trusts: TLS contexts for verifying handshakes.

Windows and macOS verify by themselves (truststore). Elsewhere OpenSSL verifies with the system's
roots. `SSL_CERT_FILE` and `SSL_CERT_DIR` are loaded on every system, where they exist. certifi's
roots serve only where the system has none at all.
"""

from __future__ import annotations

import os
import re
import ssl
import sys
from collections.abc import Iterable
from pathlib import Path

from mailcheck_gui.network.certificates import read_certificate

VERIFIED_BY_SYSTEM = sys.platform in ("win32", "darwin")
"""Whether the operating system verifies, which blocks and cannot leave out the dates."""

# X509_V_FLAG_NO_CHECK_TIME of <openssl/x509_vfy.h>; Python does not name it.
_NO_CHECK_TIME = ssl.VerifyFlags(0x200000)

# What mail programs still speak with TLS 1.2: also RSA key exchange and CBC with SHA-1, which
# Python leaves out. Security level 2: keys of 112 bits and more, no signature with SHA-1.
_CIPHERS = "DEFAULT:@SECLEVEL=2"
_LEGACY_CIPHERS = "ALL:@SECLEVEL=0"
_LEGACY_SERVER_CONNECT = ssl.Options(0x4)  # SSL_OP_LEGACY_SERVER_CONNECT, named from Python 3.12

# Where distributions keep their roots, for an OpenSSL that was built elsewhere (a bundle).
_ROOT_FILES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/pki/tls/cert.pem",  # older Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # SUSE
    "/etc/ssl/cert.pem",  # Alpine, Arch, BSD
)
_HASHED_NAME = re.compile(r"[0-9a-f]{8}\.[0-9]+")  # what OpenSSL looks for in a directory


def verifying_context(*, check_times: bool = True, check_name: bool = True) -> ssl.SSLContext:
    """Return a verifying OpenSSL context without any roots; the caller loads its own.

    For practice servers and tests; `system_context` is the one that trusts what the computer
    trusts.
    """
    return _prepared(
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), check_times=check_times, check_name=check_name
    )


def system_context(*, check_times: bool = True, check_name: bool = True) -> ssl.SSLContext:
    """Return a context that trusts what this computer trusts. Takes tens of milliseconds.

    Windows and macOS cannot leave out the dates. There, a context without them is OpenSSL's, with
    the roots that it can see: Windows' stores and certifi's, on macOS only certifi's.
    """
    if VERIFIED_BY_SYSTEM and check_times:
        import truststore

        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        _prepared(context, check_times=True, check_name=check_name)
    else:
        context = verifying_context(check_times=check_times, check_name=check_name)
        load_roots(context)
    _load_environment(context)
    return context


def add_intermediates(context: ssl.SSLContext, certificates: Iterable[bytes]) -> None:
    """Let a context build paths over certificates (DER) of strangers, without trusting them.

    OpenSSL takes a self-signed certificate that it is given for a root, and with partial chains
    any other too. So the former are left out, and the latter are switched off.
    """
    context.verify_flags &= ~ssl.VERIFY_X509_PARTIAL_CHAIN
    usable = b"".join(der for der in certificates if _is_intermediate(der))
    if usable:
        context.load_verify_locations(cadata=usable)


def _is_intermediate(der: bytes) -> bool:
    facts = read_certificate(der)
    return facts is not None and not facts.self_issued and not facts.self_signed


def legacy_context() -> ssl.SSLContext:
    """Return a context for diagnosis that takes TLS 1.0, weak keys and any certificate.

    Only `diagnostic_tls.legacy_version` uses it; nothing is ever sent through such a session.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.set_ciphers(_LEGACY_CIPHERS)
    context.options |= _LEGACY_SERVER_CONNECT
    return context


def verifies_in_full(context: ssl.SSLContext) -> bool:
    """Whether a context checks chain, name and times; only then may a credential follow."""
    return (
        context.verify_mode is ssl.CERT_REQUIRED
        and context.check_hostname
        and not context.verify_flags & _NO_CHECK_TIME
    )


def blocks(context: ssl.SSLContext) -> bool:
    """Whether a handshake with this context waits for the operating system's verification."""
    return type(context) is not ssl.SSLContext


def _prepared(context: ssl.SSLContext, *, check_times: bool, check_name: bool) -> ssl.SSLContext:
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(_CIPHERS)
    context.check_hostname = check_name
    # The common name counts in no current mail program (RFC 9525 section 2).
    context.hostname_checks_common_name = False
    # Strict checks reject certificates that Outlook and Thunderbird accept.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if not check_times:
        context.verify_flags |= _NO_CHECK_TIME
    return context


def load_roots(context: ssl.SSLContext) -> None:
    """Load the system's roots into an OpenSSL context, or certifi's where there are none."""
    if sys.platform == "win32":
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
        _load_certifi(context)  # Windows fetches most public roots only when it needs them
    elif _default_paths_hold_roots():
        context.set_default_verify_paths()
    else:
        known = (name for name in _ROOT_FILES if _load_file(context, name))
        if next(known, None) is None:
            _load_certifi(context)


def _default_paths_hold_roots() -> bool:
    paths = ssl.get_default_verify_paths()  # None where a file or folder does not exist
    if paths.cafile:
        return True
    return bool(paths.capath) and _holds_hashed_names(Path(paths.capath))


def _holds_hashed_names(directory: Path) -> bool:
    try:
        return any(_HASHED_NAME.fullmatch(entry.name) for entry in directory.iterdir())
    except OSError:
        return False


def _load_environment(context: ssl.SSLContext) -> None:
    """Load what SSL_CERT_FILE and SSL_CERT_DIR name; OpenSSL itself passes over missing ones."""
    _load_file(context, os.environ.get("SSL_CERT_FILE", ""))
    directory = os.environ.get("SSL_CERT_DIR", "")
    if directory:
        context.load_verify_locations(capath=directory)


def _load_file(context: ssl.SSLContext, name: str) -> bool:
    if not name or not Path(name).is_file():
        return False
    try:
        context.load_verify_locations(cafile=name)
    except OSError:  # unreadable, or without a certificate (SSLError)
        return False
    return True


def _load_certifi(context: ssl.SSLContext) -> None:
    import certifi

    context.load_verify_locations(cafile=certifi.where())
