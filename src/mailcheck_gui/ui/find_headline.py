"""The answer of a search in one sentence, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from mailcheck_gui.model.discovery import (
    Discovery,
    SettingsCandidate,
    Source,
    SourceState,
    Trust,
)
from mailcheck_gui.ui.card import Ground
from mailcheck_gui.ui.find_words import is_guessed, is_proven
from mailcheck_gui.ui.severity import Shape
from mailcheck_gui.ui.translation import translate_message, translate_template


@dataclass(frozen=True, slots=True)
class FindHeadline:
    """Title and reason, with ground and shape."""

    title: str
    body: str
    ground: Ground
    shape: Shape


def found_headline(candidate: SettingsCandidate) -> FindHeadline:
    """Return what is to be said above a candidate."""
    if candidate.trust is Trust.UNVERIFIED:
        return _unconfirmed(candidate)
    if is_proven(candidate):
        return FindHeadline(
            QCoreApplication.translate("find_headline", "Your settings are found, and they answer"),
            QCoreApplication.translate(
                "find_headline",
                "Encryption and certificate are in order. A check tries the sign-in as well.",
            ),
            Ground.WORKS,
            Shape.WORKS,
        )
    seen = translate_message(candidate.trouble) if candidate.trouble is not None else ""
    return FindHeadline(
        QCoreApplication.translate("find_headline", "Your settings are found"),
        seen
        or QCoreApplication.translate(
            "find_headline", "The servers were not tried yet. A check does that."
        ),
        Ground.WARNING if seen else Ground.INFO,
        Shape.WARNING if seen else Shape.INFO,
    )


def _unconfirmed(candidate: SettingsCandidate) -> FindHeadline:
    title = QCoreApplication.translate("find_headline", "These settings are likely, not certain")
    if is_proven(candidate):
        title = QCoreApplication.translate("find_headline", "These servers answer")
    body = QCoreApplication.translate(
        "find_headline",
        "Nobody confirmed that they are your provider's. "
        "Mailcheck asks you before a password goes there.",
    )
    if is_proven(candidate) and is_guessed(candidate):
        body = QCoreApplication.translate(
            "find_headline",
            "They proved their names, but the names were guessed. "
            "Mailcheck asks you before a password goes there.",
        )
    return FindHeadline(title, body, Ground.WARNING, Shape.WARNING)


def nothing_headline(discovery: Discovery, domain: str, *, offline: bool) -> FindHeadline:
    """Return what is to be said where no source named settings."""
    provider = discovery.provider
    if provider is not None and provider.unsupported:
        template = QCoreApplication.translate("find_headline", "{provider} needs its own program")
        title = template.format(provider=provider.name)
        return FindHeadline(
            title, translate_template(provider.unsupported), Ground.WARNING, Shape.WARNING
        )
    title, body = _nothing(discovery, domain, offline=offline)
    return FindHeadline(title, body, Ground.SUNKEN, Shape.NOT_TESTED)


def _nothing(discovery: Discovery, domain: str, *, offline: bool) -> tuple[str, str]:
    if discovery.no_such_domain:
        return _no_such_domain(domain)
    if discovery.cancelled:
        return _stopped()
    if offline:
        return _not_in_the_catalogue(domain)
    if _nobody_answered(discovery):
        return (
            QCoreApplication.translate("find_headline", "Nobody answered"),
            QCoreApplication.translate(
                "find_headline", "Is this computer connected? Then try again, or type the settings."
            ),
        )
    title = QCoreApplication.translate("find_headline", "No settings found for {domain}")
    return title.format(domain=domain), QCoreApplication.translate(
        "find_headline", "Your provider tells you the server names. You can type them."
    )


def _no_such_domain(domain: str) -> tuple[str, str]:
    title = QCoreApplication.translate("find_headline", "There is no domain {domain}")
    return title.format(domain=domain), QCoreApplication.translate(
        "find_headline", "Check the spelling of the e-mail address."
    )


def _stopped() -> tuple[str, str]:
    return (
        QCoreApplication.translate("find_headline", "Stopped before anything was found"),
        QCoreApplication.translate(
            "find_headline", "You can search again, or type what your provider says."
        ),
    )


def _not_in_the_catalogue(domain: str) -> tuple[str, str]:
    title = QCoreApplication.translate(
        "find_headline", "The built-in catalogue does not know {domain}"
    )
    return title.format(domain=domain), QCoreApplication.translate(
        "find_headline", "Looking on the internet is switched off in the settings."
    )


def _nobody_answered(discovery: Discovery) -> bool:
    asked = [each for each in discovery.tried if each.source is not Source.CATALOGUE]
    asked = [each for each in asked if each.state is not SourceState.NOT_ASKED]
    return bool(asked) and all(each.state is SourceState.NO_ANSWER for each in asked)
