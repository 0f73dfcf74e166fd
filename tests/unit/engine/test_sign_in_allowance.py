from dataclasses import replace

import pytest

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.engine.allowance import SignInAllowance, allow_sign_ins
from mailcheck_gui.engine.assignment import Assignment
from mailcheck_gui.engine.ledger import SignInLedger
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import (
    Account,
    AccountDraft,
    AuthMethod,
    Credential,
    Credentials,
    Protocol,
    Role,
    Security,
    Server,
)
from mailcheck_gui.model.intake import Intake
from mailcheck_gui.model.observation import NotTestedReason

SERVER = Server(
    Protocol.IMAP, "mail.example", "mail.example", 993, Security.IMPLICIT_TLS, username="anna"
)
CREDENTIAL = Credential("anna", "secret word")
GIVEN = Credentials(CREDENTIAL)


def allowance(
    options: CheckOptions | None = None,
    server: Server = SERVER,
    given: Credentials = GIVEN,
    ledger: SignInLedger | None = None,
    unchanged: frozenset[Role] = frozenset(),
) -> SignInAllowance:
    intake = Intake(AccountDraft(), Account(incoming=server))
    assignment = Assignment(intake, given, options or CheckOptions(), load_thresholds(), ())
    return allow_sign_ins(assignment, unchanged, ledger or SignInLedger())


def test_a_credential_of_a_given_side_may_be_used() -> None:
    allowed = allowance()
    assert allowed.credentials.incoming is CREDENTIAL
    assert allowed.reasons == {}


def test_a_credential_without_a_side_may_not() -> None:
    assert allowance(given=Credentials(None, CREDENTIAL)).credentials == Credentials()


@pytest.mark.parametrize(
    ("options", "server"),
    [
        (CheckOptions(sign_in=False), SERVER),
        (CheckOptions(), replace(SERVER, auth=AuthMethod.NONE)),
    ],
)
def test_what_is_not_wanted_is_not_used(options: CheckOptions, server: Server) -> None:
    allowed = allowance(options, server)
    assert allowed.credentials == Credentials()
    assert allowed.reasons == {Role.INCOMING: NotTestedReason.NOT_WANTED}


@pytest.mark.parametrize("automatic", [True, False])
def test_only_an_automatic_run_keeps_the_pause(automatic: bool) -> None:
    ledger = SignInLedger()
    ledger.note("mail.example", CREDENTIAL)
    allowed = allowance(CheckOptions(automatic=automatic), ledger=ledger)
    assert (allowed.credentials.incoming is None) is automatic
    reason = allowed.reasons.get(Role.INCOMING)
    assert reason == (NotTestedReason.RECENTLY_TRIED if automatic else None)


def test_a_missing_password_is_the_reason() -> None:
    assert allowance(CheckOptions(automatic=True), given=Credentials()).reasons == {
        Role.INCOMING: NotTestedReason.NO_PASSWORD
    }


@pytest.mark.parametrize("method", [m for m in AuthMethod if m is not AuthMethod.NONE])
@pytest.mark.parametrize("given", [Credentials(), Credentials(Credential("", "secret word"))])
def test_without_a_user_name_nothing_is_used(method: AuthMethod, given: Credentials) -> None:
    allowed = allowance(server=replace(SERVER, username="", auth=method), given=given)
    assert allowed.credentials == Credentials()
    assert allowed.reasons == {Role.INCOMING: NotTestedReason.NO_USER_NAME}


def test_a_side_that_was_taken_over_has_neither_credential_nor_reason() -> None:
    allowed = allowance(unchanged=frozenset({Role.INCOMING}))
    assert allowed.credentials == Credentials()
    assert allowed.reasons == {}
