"""What one check was asked to do, and with what knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from mailcheck_gui.catalogue.interceptors import load_interceptors
from mailcheck_gui.diagnosis.addresses import domain_of, local_part_of
from mailcheck_gui.diagnosis.case import Case, Passwords, PasswordTraits, password_traits
from mailcheck_gui.diagnosis.intake import account_of
from mailcheck_gui.diagnosis.misplaced_passwords import without_passwords
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import Account, Credential, Credentials
from mailcheck_gui.model.finding import Provider
from mailcheck_gui.model.intake import Intake
from mailcheck_gui.model.observation import Observations
from mailcheck_gui.model.thresholds import Thresholds


@dataclass(frozen=True, slots=True)
class Assignment:
    """The input of a run. `credentials` are all that were given, allowed to be used or not."""

    intake: Intake
    credentials: Credentials
    options: CheckOptions
    thresholds: Thresholds
    providers: tuple[Provider, ...]

    @property
    def account(self) -> Account:
        """The cleaned account; without a side where nothing can be examined."""
        return account_of(self.intake)

    @property
    def hosts(self) -> frozenset[str]:
        """The A-labels that a credential may go to: those entered or agreed to."""
        options = self.options
        return self.account.hosts_with_consent(options.agreed_hosts, options.unconfirmed_hosts)

    @property
    def sender(self) -> str:
        """The address to ask about sending with, "" where no sign-in is wanted or none is known."""
        email = self.account.email
        domain = domain_of(email)
        return f"{local_part_of(email)}@{domain}" if self.options.sign_in and domain else ""

    @property
    def given_credentials(self) -> tuple[Credential, ...]:
        """Every credential, for taking its forms out of what is kept."""
        both = (self.credentials.incoming, self.credentials.outgoing)
        return tuple(credential for credential in both if credential is not None)

    def case(self, observations: Observations, *, cancelled: bool) -> Case:
        """Return what the rules judge. Of a password it holds only what is odd about it."""
        return Case(
            intake=self._shown_intake(),
            observations=observations,
            thresholds=self.thresholds,
            providers=self.providers,
            now=datetime.now(UTC),
            passwords=self._passwords(),
            sign_in=self.options.sign_in,
            neighbours=self.options.neighbours,
            cancelled=cancelled,
            controls=self.options.controls,
            agreed_hosts=self.options.agreed_hosts,
            unconfirmed_hosts=self.options.unconfirmed_hosts,
            interceptors=load_interceptors(),
        )

    def _shown_intake(self) -> Intake:
        secrets = frozenset(credential.secret.strip() for credential in self.given_credentials)
        return without_passwords(self.intake, secrets - {""}, self.providers)

    def _passwords(self) -> Passwords:
        incoming, outgoing = self.credentials.incoming, self.credentials.outgoing
        shared = incoming is not None and incoming == outgoing
        return Passwords(_traits(incoming), _traits(outgoing), shared)


def _traits(credential: Credential | None) -> PasswordTraits | None:
    return None if credential is None else password_traits(credential.secret, credential.username)
