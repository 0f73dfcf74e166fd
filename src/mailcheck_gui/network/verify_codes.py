"""Why a certificate was not accepted: one vocabulary, OpenSSL's X509_V_ERR numbers.

Windows (through CERT_CHAIN_POLICY_STATUS) and macOS (through OSStatus) have numbers of their own;
they are far outside OpenSSL's range.
"""

from __future__ import annotations

UNSPECIFIED = 1
SIGNATURE_FAILURE = 7
NOT_YET_VALID = 9
EXPIRED = 10
UNKNOWN_ISSUER = 20
REVOKED = 23
WRONG_PURPOSE = 26
NAME_MISMATCH = 62

_OTHER_SYSTEMS: dict[int, int] = {
    0x800B0101: EXPIRED,  # CERT_E_EXPIRED, also for a date ahead
    0x80096004: SIGNATURE_FAILURE,  # TRUST_E_CERT_SIGNATURE
    0x800B0109: UNKNOWN_ISSUER,  # CERT_E_UNTRUSTEDROOT
    0x800B010A: UNKNOWN_ISSUER,  # CERT_E_CHAINING
    0x800B010F: NAME_MISMATCH,  # CERT_E_CN_NO_MATCH
    0x800B0110: WRONG_PURPOSE,  # CERT_E_WRONG_USAGE
    0x80092010: REVOKED,  # CRYPT_E_REVOKED
    -67818: EXPIRED,  # errSecCertificateExpired
    -67819: NOT_YET_VALID,  # errSecCertificateNotValidYet
    -67820: REVOKED,  # errSecCertificateRevoked
    -67602: NAME_MISMATCH,  # errSecHostNameMismatch
    -67843: UNKNOWN_ISSUER,  # errSecNotTrusted
    -25318: UNKNOWN_ISSUER,  # errSecCreateChainFailed
}

# X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, DEPTH_ZERO_SELF_SIGNED_CERT, SELF_SIGNED_CERT_IN_CHAIN,
# UNABLE_TO_GET_ISSUER_CERT_LOCALLY, UNABLE_TO_VERIFY_LEAF_SIGNATURE, CERT_UNTRUSTED, CERT_REJECTED
_NO_TRUSTED_ISSUER = frozenset({2, SIGNATURE_FAILURE, 18, 19, UNKNOWN_ISSUER, 21, 27, 28})

_LARGEST = 200  # above every number of OpenSSL


def openssl_code(code: int) -> int:
    """Return a verification error in OpenSSL's numbers, X509_V_ERR_UNSPECIFIED for others'."""
    if code in _OTHER_SYSTEMS:
        return _OTHER_SYSTEMS[code]
    return code if 0 <= code < _LARGEST else UNSPECIFIED


def says_untrusted(code: int) -> bool:
    """Whether a verification ended since no trusted issuer stands behind the certificate."""
    return code in _NO_TRUSTED_ISSUER
