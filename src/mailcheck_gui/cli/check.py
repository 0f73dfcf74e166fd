"""`mailcheck check`: settings in, report out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mailcheck_gui.catalogue.controls import load_controls
from mailcheck_gui.catalogue.load import load_providers
from mailcheck_gui.cli.agreed import agreed_preferences, may_ask_issuers
from mailcheck_gui.cli.arguments import Arguments
from mailcheck_gui.cli.console import complain, write_lines, write_out
from mailcheck_gui.cli.exit_status import ExitStatus, Unusable, status_of
from mailcheck_gui.cli.found_servers import SearchStopped, find_servers, wants_search
from mailcheck_gui.cli.interrupts import INTERRUPTS
from mailcheck_gui.cli.passwords import given_credentials
from mailcheck_gui.cli.progress import progress_for
from mailcheck_gui.cli.settings import collect_settings
from mailcheck_gui.diagnosis.hosts import ascii_name
from mailcheck_gui.diagnosis.intake import can_be_checked, take_in
from mailcheck_gui.engine.check import run_check, unbegun_check
from mailcheck_gui.engine.options import CheckOptions
from mailcheck_gui.model.account import AccountDraft, Field
from mailcheck_gui.model.finding import Message, message
from mailcheck_gui.model.intake import Intake, Refusal
from mailcheck_gui.model.report import Report
from mailcheck_gui.network.seam import Network
from mailcheck_gui.reporting.json_report import report_to_json
from mailcheck_gui.reporting.text_report import report_lines
from mailcheck_gui.reporting.wording import Translate, field_path, say
from mailcheck_gui.storage.saved_account import SavedAccount

_SLIPS = frozenset({Field.EMAIL, Field.PORT, Field.USERNAME})


def check(arguments: Arguments, translate: Translate, network: Callable[[], Network]) -> ExitStatus:
    """Run one check and write its report. Raises `Unusable`."""
    settings = collect_settings(arguments)
    unconfirmed = unconfirmed_hosts(arguments, settings.saved)
    seam, timeout = network(), arguments.timeout
    if wants_search(settings.draft, arguments):
        try:
            found = find_servers(settings.draft, arguments, translate, seam)
        except SearchStopped as stopped:
            intake = take_in(settings.draft, load_providers())
            return _tell(unbegun_check(intake, seam, stopped.after_ms), arguments, translate)
        settings = replace(settings, draft=found.draft)
        unconfirmed, timeout = found.unconfirmed, found.timeout
    intake = intake_of(settings.draft, translate)
    credentials = given_credentials(arguments, intake.account, settings.saved, translate)
    controls = agreed_preferences(arguments).controls
    if controls:
        complain(say(_whom_controls_ask(), translate))
    options = CheckOptions(
        sign_in=not arguments.no_sign_in,
        neighbours=not arguments.no_neighbours,
        timeout=timeout,
        unconfirmed_hosts=unconfirmed,
        controls=controls,
        ask_issuers=may_ask_issuers(arguments),
    )
    with INTERRUPTS.held():
        with progress_for(translate) as progress:
            report = INTERRUPTS.run(
                run_check(intake, credentials, seam, progress.report, options=options)
            )
        return _tell(report, arguments, translate)


def _tell(report: Report, arguments: Arguments, translate: Translate) -> ExitStatus:
    write_report(report, translate, wants_json=arguments.json)
    return status_of(report)


def unconfirmed_hosts(arguments: Arguments, saved: SavedAccount | None) -> frozenset[str]:
    """Return the saved account's hosts that came from a suggestion and still want a yes.

    The terminal does not ask; a host that is given as an option was entered.
    """
    options = (arguments.imap, arguments.pop3, arguments.smtp)
    given = {ascii_name(option.host) for option in options if option is not None}
    hosts = saved.unconfirmed if saved is not None else ()
    return frozenset(ascii_name(host) for host in hosts) - given


def _whom_controls_ask() -> Message:
    operators = dict.fromkeys(control.operator for control in load_controls())
    return message(
        "Where a port gives no good answer, servers of {operators} are asked too. "
        "Nothing is sent to them.",
        operators=", ".join(operators),
    )


def intake_of(draft: AccountDraft, translate: Translate) -> Intake:
    """Return the cleaned settings. Raises `Unusable` where no report can be made of them.

    A bad port, user name or e-mail address is a slip in the arguments, whatever the other side is
    like. An unusable server name is a mail setting that a report can explain, if anything can be
    examined or the catalogue knows the servers (docs/adr/0005).
    """
    providers = load_providers()
    intake = take_in(draft, providers)
    slips = any(refusal.field in _SLIPS for refusal in intake.refusals)
    if can_be_checked(intake, providers) and not slips:
        return intake
    if not intake.refusals:
        raise Unusable(message("No server is given. Use --imap, --pop3 or --smtp."))
    raise Unusable(*(_with_place(refusal, translate) for refusal in intake.refusals))


def _with_place(refusal: Refusal, translate: Translate) -> Message:
    """Return a refusal that names its place as the settings file does; no form is beside it."""
    return message(
        "{place}: {sentence}",
        place=field_path(refusal.role, refusal.field),
        sentence=say(refusal.sentence, translate),
    )


def write_report(report: Report, translate: Translate, *, wants_json: bool) -> None:
    """Write a report to standard output."""
    if wants_json:
        write_out(report_to_json(report, translate) + "\n")
    else:
        write_lines(report_lines(report, translate))
