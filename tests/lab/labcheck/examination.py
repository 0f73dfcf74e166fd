"""The assertions that every scenario shares."""

from __future__ import annotations

import json
from typing import Any

from maillab.capture import CaptureReader
from maillab.handle import Lab
from maillab.sign_ins import attempts
from promises import broken_promises_of

from labcheck.contract import violations
from labcheck.leaks import leaks
from labcheck.program import Examined
from labcheck.scenario import Outcome

_SERVER_FIELDS = ("protocol", "host", "port", "security", "auth", "username")
_TRIED = ("accepted", "refused", "temporary", "undecided")


class Examination:
    """Mixed into each group's class, which is parametrised with its scenarios."""

    def test_findings(self, examined: Examined) -> None:
        """The error codes are exactly those expected; other codes are there."""
        scenario = examined.scenario
        errors = examined.codes("error")
        others = examined.codes("warning") | examined.codes("info")
        assert errors - scenario.also == scenario.errors
        assert scenario.codes <= others
        assert examined.report["verdict"] == scenario.verdict

    def test_evidence(self, examined: Examined) -> None:
        """The evidence of the findings holds what proves them; every finding says what to do."""
        evidence = json.dumps([finding["evidence"] for finding in examined.findings])
        assert [text for text in examined.scenario.evidence if text not in evidence] == []
        unspoken = [f["code"] for f in examined.findings if not (f["title"] and f["explanation"])]
        assert unspoken == []

    def test_suggestion(self, examined: Examined) -> None:
        """Status, server and proof of both sides."""
        suggestion = examined.report["suggestion"]
        for role, expected in examined.scenario.outcomes.items():
            assert _suggested(suggestion, role, expected) == _wanted(expected), role

    def test_changes(self, examined: Examined) -> None:
        """The changes are the fields that differ, each because of a finding of this report."""
        report = examined.report
        told = {(change["role"], change["field"]) for change in report["suggestion"]["changes"]}
        assert told == {
            (role, name)
            for role in ("incoming", "outgoing")
            if report["suggestion"]["status"][role] == "change"
            for name in _SERVER_FIELDS
            if report["account"][role].get(name) != report["suggestion"][role].get(name)
        }
        found = {finding["code"] for finding in report["findings"]}
        assert {change["because"] for change in report["suggestion"]["changes"]} <= found

    def test_never_worse(self, examined: Examined) -> None:
        """Nothing suggested leaves out encryption or repeats what was configured."""
        suggestion = examined.report["suggestion"]
        for role in ("incoming", "outgoing"):
            if suggestion["status"][role] == "change":
                assert suggestion[role]["security"] != "none"
                assert suggestion[role] != examined.report["account"][role]
                assert suggestion["proof"][role] is not None

    def test_promises(self, examined: Examined) -> None:
        """No plain text, no advice to accept a certificate, nothing blocked that answered."""
        assert broken_promises_of(examined.report) == []

    def test_sign_in(self, examined: Examined, lab: Lab) -> None:
        """The report tells what became of each sign-in, and the servers saw exactly that."""
        scenario = examined.scenario
        results = {entry["role"]: entry["result"] for entry in examined.report["sign_in"]}
        seen = attempts(lab, examined.mailbox.address)
        for role, expected in scenario.outcomes.items():
            if expected.sign_in:
                assert results.get(role, "not-tested") == expected.sign_in, role
            assert seen[role] == int(expected.sign_in in _TRIED) + scenario.rivals(role), role

    def test_exit_status(self, examined: Examined) -> None:
        """1 exactly when the verdict is error."""
        assert examined.status == examined.scenario.exit_status, examined.complaints

    def test_report_contract(self, examined: Examined) -> None:
        """The JSON has the shape that others build on."""
        assert violations(examined.report) == []

    def test_no_credential_in_the_clear(self, examined: Examined, capture: CaptureReader) -> None:
        """Neither user name nor password crossed the wire readable, in raw or base64 form."""
        user = examined.mailbox.address.partition("@")[0]
        assert leaks(capture, user, examined.password) == []

    def test_no_secret_in_the_output(self, examined: Examined) -> None:
        """The password stands nowhere in the report or in the complaints."""
        text = examined.output + examined.complaints
        hidden = {examined.password, json.dumps(examined.password)[1:-1]} - {""}
        assert [secret for secret in hidden if secret in text] == []


def _suggested(suggestion: dict[str, Any], role: str, expected: Outcome) -> tuple[object, ...]:
    status = suggestion["status"][role]
    if expected.server is None:
        return (status,)
    server = suggestion[role] or {}
    values = tuple(server.get(name) for name in _SERVER_FIELDS[:5])
    return (status, values, suggestion["proof"][role])


def _wanted(expected: Outcome) -> tuple[object, ...]:
    if expected.server is None:
        return (expected.status,)
    return (expected.status, expected.server.reported, expected.proof)
