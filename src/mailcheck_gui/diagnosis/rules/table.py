"""Every rule, in the order in which causes lead to one another.

A finding further up is nearer to the root; the first error of a side is its headline. A new cause
is one function in this package, its words in `diagnosis.texts`, and one row here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from mailcheck_gui.diagnosis.case import Case
from mailcheck_gui.diagnosis.rules import (
    certificates,
    chains,
    clock,
    dialogue,
    encryption,
    families,
    handshakes,
    interception,
    names,
    offline,
    ports,
    providers,
    reach,
    sign_ins,
    speech,
    typed,
)
from mailcheck_gui.model.finding import Finding

Rule = Callable[[Case], Iterable[Finding]]

RULES: tuple[Rule, ...] = (
    offline.offline,
    providers.provider_unsupported,
    typed.intake_findings,
    typed.host_retired,
    typed.host_is_mx,
    names.host_typo,
    names.name_not_found,
    names.name_has_no_address,
    names.name_lookup_failed,
    speech.servers_swapped,
    speech.protocol_port_mismatch,
    speech.wrong_protocol,
    speech.not_a_mail_server,
    reach.host_unreachable,
    reach.port_blocked_by_computer,
    reach.port_closed,
    reach.port_silent,
    dialogue.connection_reset,
    dialogue.server_silent,
    dialogue.server_refuses_client,
    encryption.preauth_before_tls,
    encryption.tls_on_starttls_port,
    encryption.tls_on_plaintext_port,
    encryption.starttls_on_tls_port,
    encryption.plaintext_on_tls_port,
    encryption.starttls_stripped,
    encryption.starttls_not_offered,
    encryption.starttls_refused,
    encryption.starttls_injection,
    encryption.plaintext_password,
    sign_ins.sign_in_needs_encryption,
    encryption.encryption_unavailable,
    handshakes.tls_too_old,
    handshakes.client_certificate_required,
    handshakes.tls_handshake_failed,
    clock.clock_wrong,
    certificates.certificate_self_signed,
    certificates.certificate_name_mismatch,
    certificates.certificate_expired,
    certificates.certificate_not_yet_valid,
    chains.certificate_chain_incomplete,
    certificates.certificate_untrusted,
    certificates.certificate_weak,
    dialogue.connection_dropped,
    sign_ins.oauth_required,
    sign_ins.sign_in_method_unsupported,
    sign_ins.sign_in_failed,
    sign_ins.sign_in_temporarily_unavailable,
    ports.submission_on_port_25,
    providers.provider_needs_preparation,
    typed.username_incomplete,
    typed.password_suspicious,
    interception.tls_intercepted,
    chains.certificate_differs_between_addresses,
    certificates.certificate_expires_soon,
    families.ipv6_broken,
    families.ipv4_broken,
    dialogue.greeting_slow,
    ports.weaker_than_available,
    reach.stronger_port_silent,
    ports.nonstandard_port,
    certificates.private_authority,
    sign_ins.sign_in_not_tested,
)
