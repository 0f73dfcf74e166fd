"""More of what autoconfig files contain: one drawing function each."""

from __future__ import annotations

from acceptance.autoconfig_corpus import (
    LEFT_OUT,
    PORTS,
    USERNAMES,
    Draw,
    Feature,
    File,
    Layout,
    Part,
    Person,
    Row,
    Slot,
    changed,
    file,
    maybe,
    pair,
    person,
    server,
    write,
)
from acceptance.autoconfig_features import OUTSIDE, PLEASE, UNKNOWN


def _row(part: Part) -> Row:
    return next(row for row in part.slot if row is not None)


def sasl_by_name(draw: Draw, name: str) -> File:
    """A mechanism by its SASL name, before a method that every program knows."""
    who = person(draw)
    parts = []
    for part in pair(draw, who, methods=["password-cleartext"]):
        row = _row(part)
        encrypted: Row = (*row[:4], "encrypted-password", row[5])
        first = ("authentication", draw.choice(("SCRAM-SHA-256-PLUS", "SCRAM-SHA-1", "EXTERNAL")))
        parts.append(Part(part.kind, (first, *part.elements), frozenset({row, encrypted})))
    return file(draw, name, who, parts)


def old_words(draw: Draw, name: str) -> File:
    """Methods as the first versions called them: known, or left out."""
    who = person(draw)
    old, new = draw.choice((("plain", "password"), ("secure", "encrypted-password")))
    parts = []
    for part in pair(draw, who):
        row = _row(part)
        slot: Slot = frozenset({None, (*row[:4], new, row[5])})
        parts.append(changed(part, "authentication", old, slot))
    return file(draw, name, who, parts, problem="free")


def restrictions(draw: Draw, name: str) -> File:
    """Hints that only some programs read, inside the servers."""
    who = person(draw)
    hints = (
        ("restriction", "clientIPAddress"), ("addThisServer", "true"), ("ssl", "on"),
        ("useGlobalPreferredServer", "true"), ("password", "optional: not for programs"),
        ("pop3", '<leaveMessagesOnServer>true</leaveMessagesOnServer><check minutes="15"/>'),
        ("name", "<hostname>a.b</hostname>"),
    )  # fmt: skip
    parts = [
        Part(part.kind, (*draw.sample(hints, 2), *part.elements), part.slot)
        for part in pair(draw, who)
    ]
    return file(draw, name, who, parts)


def odd_hosts(draw: Draw, name: str) -> File:
    """Hosts that are nearly names: tidied, or left out."""
    who = person(draw)
    odd, tidy = draw.choice((
        ("imap.example.com.", "imap.example.com"), ("192.0.2.7", "192.0.2.7"),
        ("https://imap.example.com/", "imap.example.com"),
        ("imap.example.com:993", "imap.example.com"),
        ("[2001:db8::1]", "2001:db8::1"), ("anna@imap.example.com", "imap.example.com"),
    ))  # fmt: skip
    parts = []
    for part in pair(draw, who):
        row = _row(part)
        port = 993 if ":993" in odd else row[2]
        slot = frozenset({None, (row[0], tidy, *row[2:]), (row[0], tidy, port, *row[3:])})
        parts.append(changed(part, "hostname", odd, slot))
    return file(draw, name, who, [*parts, server(draw, who, "imap")], problem="free")


def odd_ports(draw: Draw, name: str) -> File:
    """Ports in other spellings: the number, or left out."""
    who = person(draw)
    odd = draw.choice(("+993", "0993", "９９３", "993.0", "9 93", "0x3e1", "993,143"))
    part = server(draw, who, "imap", port=993)
    return file(
        draw, name, who, [changed(part, "port", odd, maybe(part)), server(draw, who, "smtp")],
        problem="free",
    )  # fmt: skip


def local_part_in_host(draw: Draw, name: str) -> File:
    """The person's name inside a host name: filled in, or left out, but never left standing."""
    who = Person("anna", "example.com")
    host = draw.choice(("%EMAILLOCALPART%.mail.example.com", "mail-%EMAILLOCALPART%.example.com"))
    parts = [Part(p.kind, p.elements, maybe(p)) for p in pair(draw, who, host=host)]
    return file(draw, name, who, [*parts, server(draw, who, "imap")], problem="free")


def other_placeholders(draw: Draw, name: str) -> File:
    """Placeholders that nobody published stay text, or the server is left out."""
    who = person(draw)
    odd = draw.choice(("%REALNAME%", "%emailaddress%", "%EMAIL%", "%%EMAILADDRESS%%", "%USERNAME%"))
    parts = []
    for part in pair(draw, who):
        row = _row(part)
        names = (who.fill(odd), odd, who.email, "")
        slot: Slot = frozenset({None, *((*row[:5], each) for each in names)})
        parts.append(changed(part, "username", odd, slot))
    return file(draw, name, who, parts, problem="free")


def everything_at_once(draw: Draw, name: str) -> File:
    """A long file with a little of everything that changes nothing."""
    who = person(draw)
    kinds = draw.sample(("imap", "imap", "pop3", "smtp", "smtp"), 5)
    parts = [server(draw, who, kind, username=draw.choice(USERNAMES)) for kind in kinds]
    parts += [server(draw, who, kind, socket="plain") for kind in ("imap", "smtp")]
    draw.shuffle(parts)
    pad = draw.choice(("", " ", "\n\t"))

    def inner(tag: str, text: str) -> str:
        return f"<!-- {tag} --><{tag} future='x'>{pad}{text}{pad}</{tag}><?x y?>"

    layout = Layout(draw.choice(("1.1", "1.2", "1.3", "9")), head=(*UNKNOWN[:2], PLEASE[0]),
                    tail=tuple(draw.sample(PLEASE, 2)), outside=tuple(draw.sample(OUTSIDE, 2)),
                    root=' xmlns:a="urn:a" a:b="c"', between="\r\n  ", inner=inner)  # fmt: skip
    return file(draw, name, who, parts, layout)


def nested_deeper(draw: Draw, name: str) -> File:
    """Servers that stand where no server may stand do not count."""
    who = person(draw)
    hidden = (
        '<x><incomingServer type="imap"><hostname>no.example</hostname><port>993</port>'
        "<socketType>SSL</socketType><authentication>password-cleartext</authentication>"
        "<username>x</username></incomingServer></x>"
    )
    return file(draw, name, who, pair(draw, who), Layout(head=(hidden,), outside=(hidden,)))


def wrong_side(draw: Draw, name: str) -> File:
    """An outgoing IMAP or an incoming SMTP server is no server of that side."""
    who = person(draw)
    parts = [server(draw, who, kind) for kind in ("imap", "smtp")]
    text = write(draw, parts, who, Layout()).decode()
    if draw.random() < 0.5:
        swapped = text.replace('outgoingServer type="smtp"', 'outgoingServer type="imap"')
        return File(name, swapped.encode(), who.email, incoming=(parts[0].slot,), problem="free")
    swapped = text.replace('incomingServer type="imap"', 'incomingServer type="smtp"')
    return File(name, swapped.encode(), who.email, outgoing=(parts[1].slot,), problem="free")


def international_people(draw: Draw, name: str) -> File:
    """An address in another alphabet: its name as typed or as A-label."""
    domain, label = draw.choice((("müller.example", "xn--mller-kva.example"),
                                 ("почта.example", "xn--80a1acny.example")))  # fmt: skip
    who = Person("anna", domain)
    host = draw.choice(("mail.%EMAILDOMAIN%", "imap.example.com"))
    parts = []
    for part in pair(draw, who, host=host, username="%EMAILADDRESS%"):
        row = _row(part)
        ascii_host = row[1].replace(domain, label)
        names = (f"anna@{domain}", f"anna@{label}")
        parts.append(
            Part(
                part.kind,
                part.elements,
                frozenset((row[0], ascii_host, *row[2:5], each) for each in names),
            )
        )
    return file(draw, name, who, parts)


def usual_ports(draw: Draw, name: str) -> File:
    """Each pair of port and encryption that is in use; also pairs that contradict each other."""
    who = person(draw)
    kind = draw.choice(("imap", "pop3"))
    socket = draw.choice(("SSL", "STARTTLS"))
    port = draw.choice((465, 587, 2525, 25))
    parts = [server(draw, who, kind, socket=socket, port=PORTS[kind, "SSL"])]
    parts.append(server(draw, who, "smtp", socket=socket, port=port))
    return file(draw, name, who, parts)


def blanks_before(draw: Draw, name: str) -> File:
    """Blanks before the declaration are a slip: read, or refused with a sentence."""
    who = person(draw)
    parts = [Part(part.kind, part.elements, maybe(part)) for part in pair(draw, who)]
    layout = Layout(declaration='\n  <?xml version="1.0" encoding="UTF-8"?>\n')
    return file(draw, name, who, parts, layout, "free")


def repeated_elements(draw: Draw, name: str) -> File:
    """A host named twice in one server: one of the two, or left out."""
    who = person(draw)
    parts = []
    for part in pair(draw, who):
        row = _row(part)
        other: Row = (row[0], "second.example.com", *row[2:])
        parts.append(Part(part.kind, (*part.elements, ("hostname", "second.example.com")),
                          frozenset({None, row, other})))  # fmt: skip
    return file(draw, name, who, [*parts, server(draw, who, "imap")], problem="free")


def no_provider(draw: Draw, name: str) -> File:
    """Servers without the element that has to hold them: read, or refused with a sentence."""
    who = person(draw)
    parts = [Part(part.kind, part.elements, maybe(part)) for part in pair(draw, who)]
    whole = file(draw, name, who, parts)
    text = whole.data.decode().replace(f'<emailProvider id="{who.domain}">', "")
    data = text.replace("</emailProvider>", "").encode()
    return File(name, data, who.email, whole.incoming, whole.outgoing, "free")


def external_doctype(draw: Draw, name: str) -> File:
    """A document type that would have to be fetched."""
    text = write(draw, pair(draw, person(draw)), person(draw), Layout()).decode()
    doctype = draw.choice((
        '<!DOCTYPE clientConfig SYSTEM "http://127.0.0.1:1/autoconfig.dtd">',
        '<!DOCTYPE clientConfig PUBLIC "-//X//Y" "file:///etc/passwd">', "<!DOCTYPE clientConfig>",
        '<!DOCTYPE clientConfig [<!ATTLIST emailProvider x CDATA "y">]>',
        '<!DOCTYPE clientConfig [<!ELEMENT clientConfig ANY>]>',
    ))  # fmt: skip
    return File(name, text.replace("?>\n", f"?>\n{doctype}\n", 1).encode(), "anna@example.com",
                problem="needed")  # fmt: skip


def included(draw: Draw, name: str) -> File:
    """XInclude is an unknown element: nothing is fetched."""
    who = person(draw)
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'
    )
    return file(draw, name, who, pair(draw, who), Layout(head=(include,), tail=(include,)))


def emptied(draw: Draw, name: str) -> File:
    """Servers without any content."""
    who = person(draw)
    empty = draw.choice(
        ('<incomingServer type="imap"/>', "<incomingServer/>", "<outgoingServer></outgoingServer>")
    )
    data = write(draw, [], who, Layout(head=(empty,) * draw.randrange(1, 4)))
    return File(name, data, who.email, problem="needed")


def mostly_broken(draw: Draw, name: str) -> File:
    """One whole server among many that cannot be used."""
    who = person(draw)
    slips = (("port", "-5"), ("hostname", " "), ("socketType", "none"))
    bad = [changed(server(draw, who, "imap"), tag, text, LEFT_OUT) for tag, text in slips]
    parts = [*bad, server(draw, who, "imap"), *bad]
    draw.shuffle(parts)
    return file(draw, name, who, [*parts, server(draw, who, "smtp")], problem="free")


MORE: dict[str, Feature] = {
    each.__name__.replace("_", "-"): each
    for each in (
        sasl_by_name, old_words, restrictions, odd_hosts, odd_ports, local_part_in_host,
        other_placeholders, everything_at_once, nested_deeper, wrong_side, international_people,
        usual_ports, blanks_before, repeated_elements, no_provider, external_doctype, included,
        emptied, mostly_broken,
    )
}  # fmt: skip
