"""The words: complete, short, and none of those that blame or frighten."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.diagnosis.replies import SENDING_REPLIES, SIGN_IN_REPLIES
from mailcheck_gui.diagnosis.texts import encryption, hints, refusals, sign_in
from mailcheck_gui.diagnosis.texts.certificate import HANDSHAKE_ENDS
from mailcheck_gui.diagnosis.texts.inputs import PASSWORD_TRAITS
from mailcheck_gui.diagnosis.texts.table import CAUSES
from mailcheck_gui.model.finding import Message
from mailcheck_gui.model.observation import HandshakeOutcome, NotTestedReason

WORDS = 20
FORBIDDEN = re.compile(
    r"\b(please|invalid|failed|failure|error|security|sorry|oops|illegal|abort|your fault)\b|!",
    re.IGNORECASE,
)
LESS_ENCRYPTION = re.compile(
    r"(turn|switch) off (the )?encryption|accept the certificate|without encryption\b.*\buse\b"
    r"|ignore|continue anyway|set encryption to none",
    re.IGNORECASE,
)

ONLY_WITH_OWN_TEXT = {
    "host-invalid", "port-invalid", "username-invalid", "email-invalid", "password-suspicious",
    "provider-needs-preparation", "provider-needs-preparation:no-page", "provider-unsupported",
    "provider-unsupported:bridge", "tls-handshake-failed", "sign-in-not-tested",
}  # fmt: skip
"""Causes whose explanation always comes from the rule."""


def every_message() -> dict[str, Message]:
    found = {
        f"{code} {part}": getattr(cause, part)
        for code, cause in CAUSES.items()
        for part in ("title", "explanation", "remedy")
    }
    for module in (encryption, hints, refusals, sign_in):
        for name, value in vars(module).items():
            if isinstance(value, Message):
                found[f"{module.__name__} {name}"] = value
            elif isinstance(value, dict):
                inner = [v for v in value.values() if isinstance(v, Message)]
                found |= {f"{module.__name__} {name} {n}": v for n, v in enumerate(inner)}
    for reason, pair in sign_in.NOT_TESTED.items():
        found |= {f"not tested {reason} {n}": text for n, text in enumerate(pair)}
    found |= {f"handshake {key}": text for key, text in HANDSHAKE_ENDS.items()}
    found |= {f"password {key}": text for key, text in PASSWORD_TRAITS.items()}
    for provider in load_providers():
        steps = [step.text for step in provider.preparation] + [provider.unsupported]
        found |= {f"{provider.id} {n}": Message(text) for n, text in enumerate(steps)}
    return {name: text for name, text in found.items() if text.template}


MESSAGES = every_message()


@pytest.mark.parametrize("name", MESSAGES)
def test_sentences_are_short_and_calm(name):
    text = MESSAGES[name].template
    assert not FORBIDDEN.search(text)
    assert not LESS_ENCRYPTION.search(text)
    for sentence in re.split(r"(?<=[.?])\s+", text):
        assert len(sentence.split()) <= WORDS, sentence


@pytest.mark.parametrize("name", MESSAGES)
def test_templates_take_names_only(name):
    for _, field, spec, conversion in Formatter().parse(MESSAGES[name].template):
        if field is not None:
            assert field.isidentifier()
            assert not spec
            assert conversion is None


@pytest.mark.parametrize("code", CAUSES)
def test_every_cause_has_its_three_texts(code):
    cause = CAUSES[code]
    assert cause.title.template
    if code not in ONLY_WITH_OWN_TEXT:
        assert cause.explanation.template
    if code != "sign-in-not-tested":
        assert cause.remedy.template


def test_titles_end_without_a_full_stop_and_the_rest_with_one():
    for cause in CAUSES.values():
        assert not cause.title.template.endswith(".")
        for text in (cause.explanation, cause.remedy):
            assert not text.template or text.template.endswith((".", "?"))


def test_variants_belong_to_a_code():
    for code in CAUSES:
        assert code.partition(":")[0] in CAUSES


def test_every_reason_and_every_end_has_words():
    assert set(sign_in.NOT_TESTED) == {*NotTestedReason, None}
    assert set(HANDSHAKE_ENDS) <= {outcome.value for outcome in HandshakeOutcome}


def test_refusal_patterns_lead_to_known_codes():
    assert {row.cause for row in (*SIGN_IN_REPLIES, *SENDING_REPLIES)} <= set(CAUSES)
