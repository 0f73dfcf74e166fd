"""The hosts that searches for settings find: mail servers under many names, and web servers."""

from __future__ import annotations

from maillab.domains import FAR, FOUND, SLOW_NAMES, server_names, web_names
from maillab.personality import Certificate, Dovecot, Host, Issuer, Oddity, Postfix, Script

_SUBMISSION = Postfix({465: {}, 587: {}})
_WEB: dict[int, Script] = {80: Oddity.WEB, 443: Oddity.WEB_TLS}


def _mail(label: str, dovecot: Dovecot, *more: str) -> Host:
    """Return a host with a certificate for all names that the domains have for it, and more."""
    names = server_names(label)
    return Host(
        label,
        dovecot=dovecot,
        postfix=_SUBMISSION,
        aliases=names,
        certificate=Certificate(names=(*names, *more)),
    )


def _web(label: str, *, certificate: Certificate | None = None) -> Host:
    """Return a web server with a certificate for all names that lead to it, or with another."""
    names = web_names(label)
    return Host(
        label, scripts=_WEB, aliases=names, certificate=certificate or Certificate(names=names)
    )


SOUGHT = (
    _mail(FOUND, Dovecot(), *SLOW_NAMES),
    _mail(FAR, Dovecot((143, 993))),
    _mail("pop3-alone", Dovecot((110, 995))),
    Host(
        "box9",
        domain="hosting.test",
        dovecot=Dovecot((143, 993)),
        postfix=_SUBMISSION,
        aliases=server_names("box9"),
    ),
    _web("web"),
    Host("web-plain", scripts={80: Oddity.WEB}, aliases=web_names("web-plain")),
    _web(
        "web-expired",
        certificate=Certificate(names=web_names("web-expired"), valid_from=-400, valid_to=-3),
    ),
    _web("web-misnamed", certificate=Certificate(names=("www.hoster.test",))),
    _web(
        "web-stranger",
        certificate=Certificate(names=web_names("web-stranger"), issuer=Issuer.STRANGER),
    ),
    Host("web-parked", scripts={80: Oddity.WEB_PARKED, 443: Oddity.WEB_TLS}),
)
