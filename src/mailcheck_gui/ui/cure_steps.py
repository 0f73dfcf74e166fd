"""Which steps help where no setting does, and the text for the provider."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mailcheck_gui.model.finding import Finding
from mailcheck_gui.model.quoting import quote
from mailcheck_gui.model.report import Report
from mailcheck_gui.ui.finding_card import quotes_server
from mailcheck_gui.ui.result_kind import errors_of
from mailcheck_gui.ui.times import day_text
from mailcheck_gui.ui.translation import translate_message

_MOST_STEPS = 3
_QUOTE = 300
_PROVIDER_ACTS = (
    "certificate-",
    "client-certificate-",
    "connection-dropped",
    "connection-reset",
    "encryption-unavailable",
    "name-has-no-address",
    "preauth-before-tls",
    "server-",
    "starttls-",
    "tls-",
)
_PROVIDER_DOES_NOT = ("servers-swapped", "starttls-on-tls-port", "tls-on-")


def provider_acts(finding: Finding) -> bool:
    """Return whether only the one who runs the server can put it right."""
    return finding.code.startswith(_PROVIDER_ACTS) and not finding.code.startswith(
        _PROVIDER_DOES_NOT
    )


def main_causes(report: Report) -> tuple[Finding, ...]:
    """Return the errors with different remedies, the first of each, at most three."""
    by_remedy: dict[str, Finding] = {}
    for finding in errors_of(report):
        by_remedy.setdefault(translate_message(finding.remedy), finding)
    named = [finding for remedy, finding in by_remedy.items() if remedy]
    return tuple(named[:_MOST_STEPS])


def provider_letter(report: Report) -> str:
    """Return a text for the provider, empty where the provider has nothing to do.

    It names server, port and what was seen. It holds no address of the person and no password.
    """
    causes = [finding for finding in errors_of(report) if provider_acts(finding)]
    if not causes:
        return ""
    day = day_text(report.started)
    opening = QCoreApplication.translate("cure_steps", "My mail program cannot use your server.")
    seen = QCoreApplication.translate("cure_steps", "Mailcheck saw this on {day}:")
    closing = QCoreApplication.translate("cure_steps", "Can you look into it?")
    lines = [f"- {_cause_line(finding)}" for finding in causes[:_MOST_STEPS]]
    return "\n".join((f"{opening} {seen.format(day=day)}", *lines, closing))


def _cause_line(finding: Finding) -> str:
    parts = [translate_message(finding.title)]
    if finding.endpoint is not None:
        template = QCoreApplication.translate("cure_steps", "({host}, port {port})")
        parts.append(template.format(host=finding.endpoint.host, port=finding.endpoint.port))
    line = " ".join(parts) + "."
    if quotes_server(finding):
        said = quote(finding.evidence.quote, _QUOTE).replace("\n", " ")
        template = QCoreApplication.translate("cure_steps", "The server said: {words}")
        line = f"{line} {template.format(words=said)}"
    return line
