"""Send a test message to oneself, look for it in the inbox, remove it again.

A run of its own, only on the person's explicit wish. The rules for credentials are those of a
check: verified TLS, hosts that were entered or agreed to, one exchange per side.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.checks.examination import Examination
from mailcheck_gui.checks.farewell import Farewells
from mailcheck_gui.checks.limits import RunLimits
from mailcheck_gui.checks.message_errands import InboxErrand, MessageErrand, PostErrand
from mailcheck_gui.checks.prove import Proof, prove
from mailcheck_gui.checks.redaction import Redactor
from mailcheck_gui.checks.sign_in import SignInDesk, SignInPlace
from mailcheck_gui.checks.transcript import Transcript
from mailcheck_gui.engine.assignment import Assignment
from mailcheck_gui.engine.cancellation import forgive_cancellation
from mailcheck_gui.engine.ledger import LEDGER, SignInLedger
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.engine.trip_lines import TripNarrator, reason_against
from mailcheck_gui.model.account import Credentials, Protocol, Role
from mailcheck_gui.model.intake import Intake
from mailcheck_gui.model.message_trip import MessageTrip, TripEvent, TripFinished
from mailcheck_gui.model.observation import Observations, SignInObservation
from mailcheck_gui.model.thresholds import Thresholds
from mailcheck_gui.network.deadline import Deadline
from mailcheck_gui.network.seam import Network
from mailcheck_gui.protocols.envelope import fits_envelope

SUBJECT = "Mailcheck test message {token} (it removes itself)"
"""English everywhere: the person searches for it in their own mail program."""

_BODY = """This is a test message that you asked Mailcheck to send from you to you.

Mailcheck looks for it in the inbox and removes it. If you still see it, you can delete it.
"""


async def run_message_trip(
    intake: Intake,
    credentials: Credentials,
    network: Network,
    report_event: Callable[[TripEvent], None],
    options: CheckOptions | None = None,
    *,
    thresholds: Thresholds | None = None,
    ledger: SignInLedger = LEDGER,
) -> MessageTrip:
    """Send one message and look for it; the last event is `TripFinished` with the result.

    `report_event` is called on the event loop's thread. A cancelled task does not raise: it
    returns what is known. Whatever servers and network do ends up in the result.
    """
    assignment = Assignment(
        intake, credentials, options or CheckOptions(), thresholds or load_thresholds(), ()
    )
    trip = TripRun(assignment, network, report_event, ledger)
    try:
        await trip.go()
    except asyncio.CancelledError:
        trip.cancelled = True
        forgive_cancellation()
    finally:
        await trip.close()
    result = trip.result()
    report_event(TripFinished(result))
    return result


def compose(address: str, token: str, subject: str) -> bytes:
    """Return the message with CRLF line ends, marked as not to be answered (RFC 3834, 5).

    The address is one that `fits_envelope`. It is written as it is: the newer policies of
    `email` would read an encoded word (RFC 2047) in it.
    """
    message = Message(policy=compat32.clone(linesep="\r\n", max_line_length=None))
    message["From"] = message["To"] = address
    message["Subject"] = subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{token}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_payload(_BODY, "us-ascii")
    return message.as_bytes()


class TripRun:
    """One trip. Both errands keep what they saw, so that a cancelled trip can tell it."""

    def __init__(
        self,
        assignment: Assignment,
        network: Network,
        report_event: Callable[[TripEvent], None],
        ledger: SignInLedger,
    ) -> None:
        self.cancelled = False
        self._assignment = assignment
        self._network = network
        self._ledger = ledger
        thresholds = assignment.thresholds
        self._redactor = Redactor(assignment.given_credentials)
        self._transcript = Transcript(self._redactor)
        self._farewells = Farewells(thresholds)
        self._narrator = TripNarrator(assignment.account, report_event)
        code = secrets.token_hex(5)
        self.subject = SUBJECT.format(token=code)
        sender = assignment.sender
        token = f"mailcheck.{code}@{sender.rpartition('@')[2]}"
        content = compose(sender, token, self.subject) if fits_envelope(sender) else b""
        end = Deadline.after(thresholds.trip_timeout)
        sent_by = end.keeping(thresholds.trip_reserve)
        self._post = PostErrand(sender, content, sent_by, self._redactor)
        self._inbox = InboxErrand(token, end, thresholds.trip_pause, self._seen, self._redactor)

    async def go(self) -> None:
        """Send, wait, look, remove; ends where a step cannot be done.

        A message that the server may have taken without a word is looked for as well.
        """
        reason = reason_against(self._assignment)
        if reason is not None:
            self._narrator.cannot(reason)
            return
        self._narrator.sending()
        desk = await self._visit(Role.OUTGOING, self._post)
        self._narrator.sent(self._post, desk)
        if self._post.left_at is None:
            return
        await self._let_it_travel()
        desk = await self._visit(Role.INCOMING, self._inbox)
        self._narrator.looked(self._post, self._inbox, desk)

    async def close(self) -> None:
        """Close every connection that is still open."""
        await self._farewells.finish()

    def result(self) -> MessageTrip:
        """Return what is known."""
        if self.cancelled:
            self._narrator.stopped(self._post, self._inbox)
        return MessageTrip(
            subject=self.subject,
            lines=self._narrator.lines,
            sent=self._post.accepted_at is not None,
            seconds=self._seconds,
            removed=self._inbox.removed,
            cancelled=self.cancelled,
            transcript=self._transcript.lines,
        )

    @property
    def _seconds(self) -> float | None:
        sent, seen = self._post.left_at, self._inbox.seen_at
        return None if sent is None or seen is None else seen - sent

    def _seen(self) -> None:
        self._narrator.seen(self._post, self._seconds or 0.0)

    async def _let_it_travel(self) -> None:
        """Give a message the time that it needs: POP3 shows only what is there at the sign-in."""
        incoming = self._assignment.account.incoming
        if incoming is not None and incoming.protocol is Protocol.POP3:
            wait = self._assignment.thresholds.trip_pop3_wait
            await asyncio.sleep(min(wait, self._inbox.until.remaining / 2))

    async def _visit(self, role: Role, errand: MessageErrand) -> SignInDesk:
        """Hold the side's one conversation, with the errand behind its sign-in."""
        server = self._assignment.account.server(role)
        assert server is not None
        examination = self._examination(errand)
        await prove(
            examination, Observations(datetime.now(UTC)), role, server, sign_in=True, proof=Proof()
        )
        return examination.desk

    def _examination(self, errand: MessageErrand) -> Examination:
        assignment = self._assignment
        desk = SignInDesk(
            assignment.credentials, self._redactor, assignment.hosts, self._sign_in_changed
        )
        return Examination(
            network=self._network,
            thresholds=assignment.thresholds,
            deadline=errand.until,
            limits=RunLimits(assignment.thresholds),
            desk=desk,
            sending=errand,
            redactor=self._redactor,
            secrets=Redactor(assignment.given_credentials, names=False, sent=self._redactor.sent),
            transcript=self._transcript,
            farewells=self._farewells,
            report=lambda _progress: None,
        )

    def _sign_in_changed(self, change: SignInPlace | SignInObservation) -> None:
        if isinstance(change, SignInObservation) and change.secret_sent:
            credential = self._assignment.credentials.of(change.role)
            if credential is not None:
                self._ledger.note(change.endpoint.host, credential)
