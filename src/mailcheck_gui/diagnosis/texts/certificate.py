"""Words for certificates and handshakes."""

from __future__ import annotations

from mailcheck_gui.diagnosis.texts.cause import EMPTY, Cause
from mailcheck_gui.model.finding import Severity, message

CERTIFICATE: dict[str, Cause] = {
    "certificate-expired": Cause(
        Severity.ERROR,
        message("The certificate of {host} ran out on {date}"),
        message("A mail program cannot tell any more whether this is the right server."),
        message("Only your provider can renew it. Do not click a warning away."),
    ),
    "certificate-expired:issuer": Cause(
        Severity.ERROR,
        message("A certificate that {host} relies on ran out on {date}"),
        message('It belongs to the issuer "{subject}" and is sent along by the server.'),
        message("Only your provider can replace it. Do not click a warning away."),
    ),
    "certificate-not-yet-valid": Cause(
        Severity.ERROR,
        message("The certificate of {host} is valid only from {date} on"),
        message("This computer says that today is {today}."),
        message("Check the date of this computer. If it is right, tell your provider."),
    ),
    "certificate-name-mismatch": Cause(
        Severity.ERROR,
        message("The certificate is for {names}, not for {host}"),
        message("The server does not prove that it is the one whose name you entered."),
        message("Ask your provider for the server name that the certificate holds."),
    ),
    "certificate-name-mismatch:related": Cause(
        Severity.ERROR,
        message("The certificate is for {names}, not for {host}"),
        message("The server does not prove that it is the one whose name you entered."),
        message("{related} may be the right name. Ask your provider before a password goes there."),
    ),
    "certificate-name-mismatch:wildcard": Cause(
        Severity.ERROR,
        message("The certificate is for {names}, not for {host}"),
        message(
            "The star in {wildcard} stands for exactly one part of a name. Here it is not one."
        ),
        message("Ask your provider for a server name that the certificate holds."),
    ),
    "certificate-name-mismatch:nameless": Cause(
        Severity.ERROR,
        message("The certificate of {host} holds no server name"),
        message("The server does not prove that it is the one whose name you entered."),
        message("Only your provider can replace it. Do not click a warning away."),
    ),
    "certificate-self-signed": Cause(
        Severity.ERROR,
        message("The certificate of {host} is signed by nobody but itself"),
        message(
            "Any computer can make such a certificate. It does not prove whose server this is."
        ),
        message("Ask your provider for a certificate of a public authority."),
    ),
    "certificate-self-signed:loopback": Cause(
        Severity.WARNING,
        message("The mail server on this computer signs its own certificate"),
        message(
            "Bridge programs do that, and it is usual for them. Mailcheck sends no password there."
        ),
        message("Let your mail program sign in there, and trust only this one certificate."),
    ),
    "certificate-untrusted": Cause(
        Severity.ERROR,
        message("This computer does not know who issued the certificate of {host}"),
        message('The issuer is "{issuer}". Mail programs refuse it for the same reason.'),
        message("Ask your provider for a certificate that mail programs trust."),
    ),
    "certificate-chain-incomplete": Cause(
        Severity.ERROR,
        message("{host} sends an incomplete chain of certificates"),
        message(
            'The certificate of "{missing}" is missing between the server and a trusted authority. '
            "Outlook may fetch it by itself. Thunderbird and most phones do not."
        ),
        message("Your provider must let the server send it along. No setting of yours can help."),
    ),
    "certificate-chain-incomplete:elsewhere": Cause(
        Severity.ERROR,
        message("{host} sends an incomplete chain of certificates"),
        message(
            'The certificate of "{missing}" is missing here. At {source} the server sends it. '
            "So a mail program works at one time and not at another."
        ),
        message("Your provider must let every address send it along."),
    ),
    "certificate-differs-between-addresses": Cause(
        Severity.WARNING,
        message("Not every address of {host} shows a good certificate"),
        message("Good: {good}. Not good: {bad}. A mail program may meet either."),
        message("Send your provider the report. It names the address with the bad certificate."),
    ),
    "certificate-differs-between-addresses:ports": Cause(
        Severity.WARNING,
        message("Another port of {host} shows a good certificate"),
        message("Good: {good}. Not good: {bad}."),
        message("Send your provider the report. It names the port with the bad certificate."),
    ),
    "clock-wrong": Cause(
        Severity.ERROR,
        message("The date of this computer is wrong"),
        message(
            "It says {local}. Elsewhere it is {now}. "
            "With a wrong date, a good certificate looks out of date."
        ),
        message("Set the date and time, best to automatic. Then check again."),
    ),
    "clock-wrong:time": Cause(
        Severity.ERROR,
        message("The clock of this computer is wrong"),
        message("Other clocks show another time. So a good certificate looks out of date here."),
        message("Set time and time zone, best to automatic. Then check again."),
    ),
    "clock-wrong:certificates": Cause(
        Severity.ERROR,
        message("The date of this computer may be wrong"),
        message("It says {local}. The certificates of unrelated servers do not fit: {sources}."),
        message("Set the date and time, best to automatic. Then check again."),
    ),
    "certificate-untrusted:lone": Cause(
        Severity.ERROR,
        message("This computer does not know who issued the certificate of {host}"),
        message('The issuer is "{issuer}". The server sends no certificate of it along.'),
        message("Ask your provider whether the server sends its whole chain of certificates."),
    ),
    "certificate-untrusted:other": Cause(
        Severity.ERROR,
        message("This computer refuses the certificate of {host}"),
        message("The reason stands in the evidence, in the words of the system."),
        message("Send the report to your provider. Only the provider can repair this."),
    ),
    "certificate-weak": Cause(
        Severity.ERROR,
        message("The certificate of {host} is too weak"),
        message("It rests on {weakness}. Mail programs of today refuse that."),
        message("Your provider must replace the certificate."),
    ),
    "certificate-weak:issuer": Cause(
        Severity.ERROR,
        message("A certificate that {host} relies on is too weak"),
        message('"{subject}" rests on {weakness}. Mail programs of today refuse that.'),
        message("Your provider must replace the certificate."),
    ),
    "certificate-expires-soon": Cause(
        Severity.WARNING,
        message("The certificate of {host} runs out on {date}"),
        message("Days left: {days}. Until then everything works."),
        message("Tell your provider. Most renew it by themselves before that day."),
    ),
    "private-authority": Cause(
        Severity.INFO,
        message("A private authority vouches for {host}"),
        message('This computer trusts "{issuer}", which is not a public authority.'),
        message("Nothing to do here. Thunderbird keeps a list of its own and may refuse it."),
    ),
    "tls-intercepted": Cause(
        Severity.WARNING,
        message("{product} opens the encrypted connection to {host}"),
        message(
            'The certificate comes from "{issuer}" on this computer, not from your provider. '
            "Outlook follows this computer and works. Thunderbird has its own list and may refuse."
        ),
        message("In {product}, exempt your mail program from the scanning of mail."),
    ),
    "tls-intercepted:network": Cause(
        Severity.WARNING,
        message("{product} opens the encrypted connection to {host}"),
        message(
            'The certificate comes from "{issuer}" on the way, not from your provider. '
            "Outlook follows this computer and works. Thunderbird has its own list and may refuse."
        ),
        message("Ask your administrator to exempt mail ports from inspection."),
    ),
    "tls-intercepted:refused": Cause(
        Severity.WARNING,
        message("{product} may stand between here and {host}"),
        message(
            'The certificate names "{issuer}" as its issuer. '
            "This computer does not trust it. Outlook and Thunderbird refuse it as well."
        ),
        message("In {product}, exempt your mail program from the scanning of mail. Check again."),
    ),
    "tls-intercepted:shared": Cause(
        Severity.WARNING,
        message("Something on the way opens the encrypted connection to {host}"),
        message(
            'Here and at {other}, which is unrelated, the certificate comes from "{issuer}". '
            "Outlook follows this computer and works. Thunderbird has its own list and may refuse."
        ),
        message(
            "Look into your antivirus, or ask who runs this network. Mail can be exempted there."
        ),
    ),
    "tls-intercepted:provider": Cause(
        Severity.WARNING,
        message("Something on the way opens the encrypted connection to {host}"),
        message(
            '{provider} uses a public authority. Here "{issuer}" vouches, which is none. '
            "Outlook follows this computer and works. Thunderbird has its own list and may refuse."
        ),
        message(
            "Look into your antivirus, or ask who runs this network. Mail can be exempted there."
        ),
    ),
    "tls-too-old": Cause(
        Severity.ERROR,
        message("{host} speaks only outdated encryption on port {port}"),
        message(
            "The server knows nothing newer than {version}. Mail programs want TLS 1.2 at least."
        ),
        message("Your provider must update the server. No setting of yours can help."),
    ),
    "tls-too-old:alert": Cause(
        Severity.ERROR,
        message("{host} speaks only outdated encryption on port {port}"),
        message("The server refuses TLS 1.2 and newer. Mail programs want TLS 1.2 at least."),
        message("Your provider must update the server. No setting of yours can help."),
    ),
    "tls-handshake-failed": Cause(
        Severity.ERROR,
        message("Encryption did not start on port {port} of {host}"),
        EMPTY,
        message(
            "Check again, from another network if you can. Then send your provider the report."
        ),
    ),
    "tls-handshake-failed:weak": Cause(
        Severity.ERROR,
        message("{host} offers only weak encryption on port {port}"),
        message(
            "Its keys or ciphers are too short or too old. Mail programs of today refuse them."
        ),
        message("Your provider must update the server. No setting of yours can help."),
    ),
    "client-certificate-required": Cause(
        Severity.ERROR,
        message("{host} wants to see a certificate of yours"),
        message("Port {port} lets in only computers that hold a certificate of the provider."),
        message("Ask your provider for that certificate, or for a server without this rule."),
    ),
}

HANDSHAKE_ENDS = {
    "alert": message('The server ended the start of encryption with the message "{alert}".'),
    "closed": message("The server hung up while encryption was starting."),
    "local-error": message("The server wants a kind of encryption that this computer refuses."),
    "timed-out": message("The server stopped answering while encryption was starting."),
    "not-tls": message("The server agreed to start encryption, but went on in plain text."),
}
"""What ended a handshake; the keys are values of `HandshakeOutcome`."""
