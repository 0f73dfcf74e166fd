"""`mailcheck check --email` alone: the servers come from a search."""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck_gui.catalogue.thresholds import load_thresholds
from mailcheck_gui.cli.agreed import agreed_find_options
from mailcheck_gui.cli.arguments import Arguments
from mailcheck_gui.cli.console import complain
from mailcheck_gui.cli.exit_status import Unusable
from mailcheck_gui.cli.find import search
from mailcheck_gui.diagnosis.hosts import ascii_name
from mailcheck_gui.model.account import SIDES, AccountDraft, AuthMethod, Server, ServerDraft
from mailcheck_gui.model.discovery import SettingsCandidate, Trust
from mailcheck_gui.model.finding import message
from mailcheck_gui.network.seam import Network
from mailcheck_gui.reporting.find_text import check_command
from mailcheck_gui.reporting.find_words import NO_SUCH_DOMAIN
from mailcheck_gui.reporting.wording import Translate, say

_SHORTEST_CHECK = 1.0
"""Seconds that a search leaves for the check; of a run shorter than two of them, half."""


@dataclass(frozen=True, slots=True)
class FoundServers:
    """The settings of the best candidate.

    `unconfirmed` are its A-label hosts that no credential may go to; `timeout` is what the search
    left of the whole run, in seconds.
    """

    draft: AccountDraft
    unconfirmed: frozenset[str]
    timeout: float


class SearchStopped(Exception):
    """The person stopped the search, `after_ms` milliseconds after its beginning."""

    def __init__(self, after_ms: float) -> None:
        super().__init__("the search was stopped")
        self.after_ms = after_ms


def wants_search(draft: AccountDraft, arguments: Arguments) -> bool:
    """Whether an address is all that was given. A file without servers is a slip in that file."""
    if arguments.settings is not None or arguments.account is not None:
        return False
    return draft.incoming is None and draft.outgoing is None and bool(draft.email.strip())


def find_servers(
    draft: AccountDraft, arguments: Arguments, translate: Translate, network: Network
) -> FoundServers:
    """Search for the servers of a draft that holds only an address.

    Raises `Unusable` where nothing is found, `SearchStopped` where the person stopped it.
    """
    whole = arguments.timeout or load_thresholds().run_timeout
    options = agreed_find_options(arguments, _search_limit(whole))
    discovery = search(draft.email, translate, network, options)
    if discovery.cancelled:
        raise SearchStopped(discovery.duration_ms)
    if discovery.no_such_domain:
        raise Unusable(NO_SUCH_DOMAIN.with_values({"domain": discovery.domain}))
    if not discovery.candidates:
        raise Unusable(
            message("No settings were found for {email}.", email=discovery.email),
            message("Use --imap, --pop3 or --smtp. What was asked: mailcheck find."),
        )
    best = discovery.candidates[0]
    unconfirmed = _unconfirmed(best)
    if unconfirmed:
        _tell_how_to_confirm(discovery.email, best, unconfirmed, translate)
    if arguments.auth is None:
        _tell_what_is_taken_for_a_token(best, translate)
    left = max(_check_needs(whole), whole - discovery.duration_ms / 1000)
    return FoundServers(_draft(draft, discovery.email, best, arguments), unconfirmed, left)


def _search_limit(whole: float) -> float:
    """Return how many seconds of a whole run the search may take."""
    return min(load_thresholds().find_timeout, whole - _check_needs(whole))


def _check_needs(whole: float) -> float:
    return min(_SHORTEST_CHECK, whole / 2)


def _unconfirmed(candidate: SettingsCandidate) -> frozenset[str]:
    """Return the hosts that were guessed, or to which only a way led that was not secure."""
    hosts: dict[Trust, set[str]] = {trust: set() for trust in Trust}
    for role in SIDES:
        server = candidate.server(role)
        if server is not None:
            # The draft keeps the readable name, which is encoded once more.
            names = (server.ascii_host, ascii_name(server.host))
            hosts[candidate.origin(role).trust].update(names)
    return frozenset(hosts[Trust.UNVERIFIED] - hosts[Trust.SECURE])


def _tell_how_to_confirm(
    email: str, candidate: SettingsCandidate, hosts: frozenset[str], translate: Translate
) -> None:
    servers = tuple(s for s in (candidate.incoming, candidate.outgoing) if s is not None)
    named = ", ".join(dict.fromkeys(s.host for s in servers if s.ascii_host in hosts))
    complain(
        say(
            message(
                "No password goes to {hosts}: nobody confirmed over a secure way "
                "that it is your provider's.",
                hosts=named,
            ),
            translate,
        )
    )
    command = check_command(email, servers)
    complain(say(message("If your provider confirms it: {command}", command=command), translate))


def _tell_what_is_taken_for_a_token(candidate: SettingsCandidate, translate: Translate) -> None:
    servers = (server for server in (candidate.incoming, candidate.outgoing) if server is not None)
    hosts = dict.fromkeys(s.host for s in servers if s.auth is AuthMethod.OAUTH2)
    if hosts:
        complain(
            say(
                message(
                    "{hosts}: the sign-in is OAuth2, which takes a token. "
                    "For an app password, add --auth password.",
                    hosts=", ".join(hosts),
                ),
                translate,
            )
        )


def _draft(
    draft: AccountDraft, email: str, candidate: SettingsCandidate, arguments: Arguments
) -> AccountDraft:
    """Return the candidate as if it had been typed; user name and sign-in options go before it."""
    smtp_user = arguments.smtp_user if arguments.smtp_user is not None else arguments.user
    return AccountDraft(
        email=email,
        incoming=_side(candidate.incoming, arguments.user, arguments.auth),
        outgoing=_side(candidate.outgoing, smtp_user, arguments.smtp_auth or arguments.auth),
        same_credentials=draft.same_credentials and arguments.smtp_user is None,
        name=draft.name,
    )


def _side(
    server: Server | None, username: str | None, auth: AuthMethod | None
) -> ServerDraft | None:
    if server is None:
        return None
    return ServerDraft(
        protocol=server.protocol,
        host=server.host,
        port=str(server.port),
        security=server.security,
        auth=server.auth if auth is None else auth,
        username=server.username if username is None else username,
    )
