"""What this run may tell others: the preferences of the window, with this run's options on top."""

from __future__ import annotations

from dataclasses import replace

from mailcheck_gui.cli.arguments import Arguments
from mailcheck_gui.engine.find_options import FindOptions, find_options_of
from mailcheck_gui.storage.folders import user_folders
from mailcheck_gui.storage.preferences import Preferences, load_preferences


def agreed_preferences(arguments: Arguments) -> Preferences:
    """Return the preferences as they hold for this run. Nothing is written."""
    kept = load_preferences(user_folders().preferences_file)
    controls = kept.controls if arguments.controls is None else arguments.controls
    return replace(
        kept,
        controls=controls and not arguments.no_third_parties,
        offline=kept.offline or arguments.offline,
        third_parties=kept.third_parties and not arguments.no_third_parties,
    )


def may_ask_issuers(arguments: Arguments) -> bool:
    """Whether the issuer of a certificate may be asked for what a server leaves out."""
    return arguments.controls is not False and not arguments.no_third_parties


def agreed_find_options(arguments: Arguments, timeout: float | None = None) -> FindOptions:
    """Return what a search may do; `timeout` is the whole search in seconds."""
    return replace(find_options_of(agreed_preferences(arguments)), timeout=timeout)
