"""From options, settings file and saved account to the settings of one check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from mailcheck_gui.cli.arguments import Arguments
from mailcheck_gui.cli.exit_status import Unusable
from mailcheck_gui.cli.server_argument import ServerArgument
from mailcheck_gui.model.account import AccountDraft, AuthMethod, Protocol, ServerDraft
from mailcheck_gui.model.finding import message
from mailcheck_gui.model.pasted_address import without_pasted_secrets
from mailcheck_gui.storage.folders import user_folders
from mailcheck_gui.storage.profiles import ProfileStore
from mailcheck_gui.storage.saved_account import SavedAccount
from mailcheck_gui.storage.settings_file import SettingsFileError, read_settings_file


@dataclass(frozen=True, slots=True)
class Settings:
    """What is to be checked, and the saved account that it came from, if any."""

    draft: AccountDraft
    saved: SavedAccount | None = None


def collect_settings(arguments: Arguments) -> Settings:
    """Return the settings; options go before the file or the saved account.

    Raises `Unusable` where file or account cannot be read, or where nothing is given at all.
    """
    saved = _saved_account(arguments.account) if arguments.account is not None else None
    draft = _overridden(_starting_point(arguments, saved), arguments)
    if draft.incoming is None and draft.outgoing is None and not draft.email:
        raise Unusable(message("No server is given. Use --imap, --pop3 or --smtp."))
    return Settings(draft, saved)


def _starting_point(arguments: Arguments, saved: SavedAccount | None) -> AccountDraft:
    if saved is not None:
        return saved.draft
    if arguments.settings is None:
        return AccountDraft()
    try:
        return read_settings_file(Path(arguments.settings))
    except SettingsFileError as error:
        raise Unusable(error.sentence) from error


def _saved_account(name: str) -> SavedAccount:
    found = ProfileStore(user_folders().accounts_file).load()
    if found.problem is not None:
        raise Unusable(found.problem.sentence)
    for account in found.accounts:
        if name in (account.name, account.id):
            return account
    shown = without_pasted_secrets(name)
    raise Unusable(message("There is no saved account called {name}.", name=shown))


def _overridden(draft: AccountDraft, arguments: Arguments) -> AccountDraft:
    incoming = _side(
        draft.incoming,
        Protocol.IMAP if arguments.pop3 is None else Protocol.POP3,
        arguments.imap or arguments.pop3,
        arguments.user,
        arguments.auth,
    )
    outgoing = _side(
        draft.outgoing,
        Protocol.SMTP,
        arguments.smtp,
        arguments.smtp_user if arguments.smtp_user is not None else arguments.user,
        arguments.smtp_auth or arguments.auth,
    )
    return replace(
        draft,
        email=draft.email if arguments.email is None else arguments.email,
        incoming=incoming,
        outgoing=outgoing,
        same_credentials=draft.same_credentials and arguments.smtp_user is None,
    )


def _side(
    known: ServerDraft | None,
    protocol: Protocol,
    given: ServerArgument | None,
    username: str | None,
    auth: AuthMethod | None,
) -> ServerDraft | None:
    side = known
    if given is not None:
        side = replace(
            known or ServerDraft(protocol),
            protocol=protocol,
            host=given.host,
            port=given.port,
            security=given.security,
        )
    if side is None:
        return None
    return replace(
        side,
        username=side.username if username is None else username,
        auth=side.auth if auth is None else auth,
    )
