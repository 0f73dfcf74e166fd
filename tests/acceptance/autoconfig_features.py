"""What autoconfig files of the published format contain: one drawing function each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from acceptance.autoconfig_corpus import (
    FOREIGN_METHODS,
    LEFT_OUT,
    METHODS,
    PORTS,
    SOCKET_TYPES,
    USERNAMES,
    Draw,
    Feature,
    File,
    Layout,
    Part,
    Person,
    Problem,
    Slot,
    changed,
    file,
    maybe,
    one,
    pair,
    person,
    server,
    write,
)

HEADS = (
    '<domain purpose="mx">example-hosting.example</domain>',
    "<displayShortName>Ex</displayShortName>",
    "<domain>example.edu</domain><domain>example.museum</domain>",
)
UNKNOWN = (
    '<quota unit="MB">500</quota>', "<hostname>not.here.example</hostname>", "<x/>",
    "<identity><name>Nobody</name><hostname>no.example</hostname></identity>",
    '<visitUrl href="https://example.com/?a=1&amp;b=2"/>', "<port>1</port>",
)  # fmt: skip
INNER_UNKNOWN = (
    ("leaveMessagesOnServer", "true"), ("useGlobalPreferredServer", "false"),
    ("pop3", "<leaveMessagesOnServer>true</leaveMessagesOnServer>"), ("future", "1.3"),
    ("addThisServer", "true"), ("checkInterval", '<minutes value="15"/>'),
)  # fmt: skip
PLEASE = (
    '<documentation url="https://x.example/"><descr lang="en">IMAP</descr></documentation>',
    '<documentation url="https://x.example/"><descr lang="de">IMAP nutzen</descr></documentation>',
    "<enable visiturl='https://x.example/'><instruction>Switch on IMAP</instruction></enable>",
    "<enable><instruction lang='de'>Zuerst einschalten</instruction></enable>",
    "<documentation url='https://example.com/a?x=1&amp;y=2'/>",
    '<webMail><loginPage url="https://webmail.example.com/"/></webMail>',
)
OUTSIDE = (
    '<calendar type="caldav"><url>https://cal.example.com/</url><username>x</username></calendar>',
    '<addressbook type="carddav"><url>https://book.example.com/</url></addressbook>',
    "<oAuth2><authURL>https://login.example.com/a</authURL><scope>IMAP SMTP</scope></oAuth2>",
    '<clientConfigUpdate url="https://www.example.com/config/mail.xml" />',
    '<chatServer type="xmpp"><hostname>xmpp.example.com</hostname><port>5223</port></chatServer>',
)


def simple(draw: Draw, name: str) -> File:
    """One incoming and one outgoing server."""
    who = person(draw)
    return file(draw, name, who, pair(draw, who))


def several_servers(draw: Draw, name: str) -> File:
    """Several servers of each kind; the first one is preferred."""
    who = person(draw)
    kinds = [draw.choice(("imap", "pop3")) for _ in range(draw.randrange(2, 6))]
    kinds += ["smtp"] * draw.randrange(1, 4)
    return file(draw, name, who, [server(draw, who, kind) for kind in kinds])


def usernames(draw: Draw, name: str) -> File:
    """Placeholders in user names, alone and among other text."""
    who = person(draw)
    parts = [server(draw, who, kind, username=draw.choice(USERNAMES)) for kind in ("imap", "smtp")]
    return file(draw, name, who, parts)


def hosts_by_domain(draw: Draw, name: str) -> File:
    """The domain's placeholder in host names."""
    who = person(draw)
    hosts = ("mail.%EMAILDOMAIN%", "%EMAILDOMAIN%", "mail.%EMAILDOMAIN%.relay.example")
    return file(draw, name, who, pair(draw, who, host=draw.choice(hosts)))


def plain_beside_others(draw: Draw, name: str) -> File:
    """Servers without encryption are left out, wherever they stand."""
    who = person(draw)
    parts = pair(draw, who) + pair(draw, who, socket="plain")
    draw.shuffle(parts)
    return file(draw, name, who, parts)


def only_plain(draw: Draw, name: str) -> File:
    """Nothing but servers without encryption: there is no candidate, and that is said."""
    who = person(draw)
    return file(draw, name, who, pair(draw, who, socket="plain"), problem="noted")


def methods(draw: Draw, name: str) -> File:
    """Each sign-in method by itself; one that nobody here speaks leads to no candidate."""
    who = person(draw)
    method = draw.choice((*METHODS, *FOREIGN_METHODS, "client-IP-address"))
    parts = [server(draw, who, "imap"), server(draw, who, "smtp", methods=[method])]
    problem: Problem = "none" if method in METHODS else "noted"
    if method == "client-IP-address":
        parts[1], problem = _without_sign_in(parts[1], who), "free"
    return file(draw, name, who, parts, problem=problem)


def _without_sign_in(part: Part, who: Person) -> Part:
    """Admission by address is no sign-in: the server is left out, or given without one."""
    said = dict(part.elements)
    row = (part.kind, said["hostname"], int(said["port"]), SOCKET_TYPES[said["socketType"]], "none")
    names = (who.fill(said["username"]), "")
    return Part(part.kind, part.elements, frozenset({None, *((*row, each) for each in names)}))


def methods_in_order(draw: Draw, name: str) -> File:
    """Several sign-in methods: the first one that is spoken here."""
    who = person(draw)
    known = draw.sample(("password-cleartext", "password-encrypted", "OAuth2"), 2)
    foreign = draw.sample(FOREIGN_METHODS, draw.randrange(3))
    given = [*foreign, known[0], *draw.sample(FOREIGN_METHODS, 1), known[1]]
    return file(draw, name, who, pair(draw, who, methods=given))


def unknown_things(draw: Draw, name: str) -> File:
    """Unknown elements and attributes are passed over."""
    who = person(draw)
    parts = [
        Part(part.kind, (draw.choice(INNER_UNKNOWN), *part.elements, draw.choice(INNER_UNKNOWN)),
             part.slot, draw.choice(("", ' priority="3"', ' xml:lang="en" future="yes"')))
        for part in pair(draw, who)
    ]  # fmt: skip
    some = tuple(draw.sample(UNKNOWN, 2))
    layout = Layout(version=draw.choice(("1.1", "1.2", "2.0")), head=some, tail=some, outside=some,
                    root=draw.choice(("", ' xmlns:x="urn:example" x:y="1"')))  # fmt: skip
    return file(draw, name, who, parts, layout)


def comments(draw: Draw, name: str) -> File:
    """Comments and processing instructions anywhere, also inside a value."""
    who = person(draw)
    note = draw.choice(
        ("<!-- note -->", "<!-- <hostname>evil.example</hostname> -->", "<?php x ?>")
    )

    def inner(tag: str, text: str) -> str:
        middle = len(text) // 2 if text.isalnum() or tag == "hostname" else 0
        return f"{note}<{tag}>{text[:middle]}<!-- x -->{text[middle:]}</{tag}>{note}"

    return file(draw, name, who, pair(draw, who), Layout(head=(note,), tail=(note,), inner=inner))


def marked_up_text(draw: Draw, name: str) -> File:
    """CDATA sections and character references."""
    who = person(draw)

    def inner(tag: str, text: str) -> str:
        if "&" in text:
            return f"<{tag}>{text}</{tag}>"
        ways = [f"<![CDATA[{text}]]>", "".join(f"&#{ord(mark)};" for mark in text),
                "".join(f"&#x{ord(mark):X};" for mark in text)]  # fmt: skip
        return (
            f"<{tag}>{draw.choice(ways)}</{tag}>" if "&" not in text else f"<{tag}>{text}</{tag}>"
        )

    return file(draw, name, who, pair(draw, who), Layout(inner=inner))


def shuffled(draw: Draw, name: str) -> File:
    """Elements in any order, servers before the domains."""
    who = person(draw)
    parts = []
    for part in pair(draw, who, methods=["password-cleartext"]):
        elements = list(part.elements)
        draw.shuffle(elements)
        parts.append(Part(part.kind, tuple(elements), part.slot))
    parts.reverse()
    return file(draw, name, who, parts, Layout(tail=HEADS[:2]))


def blanks(draw: Draw, name: str) -> File:
    """Blanks and line ends around the values."""
    who = person(draw)
    around = draw.choice((" ", "\n      ", "\t", "\r\n\t ", "   \n"))
    layout = Layout(between=draw.choice(("", "\n\n  ", "\r\n")),
                    inner=lambda tag, text: f"<{tag}>{around}{text}{around}</{tag}>")  # fmt: skip
    return file(draw, name, who, pair(draw, who), layout)


def encodings(draw: Draw, name: str) -> File:
    """Encodings that XML allows; the published one is UTF-8."""
    who = person(draw)
    names = {"UTF-8": b"", "utf-8": b"\xef\xbb\xbf", "ISO-8859-1": b"", "US-ASCII": b""}
    encoding = draw.choice(list(names))
    shown = "Example" if encoding == "US-ASCII" else "Büro für Müßige"
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    head = (f"<displayName>{shown}</displayName>",)
    layout = Layout("1.1", declaration, encoding, names[encoding], head)
    return file(draw, name, who, pair(draw, who), layout)


def utf_16(draw: Draw, name: str) -> File:
    """UTF-16 is XML, but not the published format: read rightly, or refused with a sentence."""
    who = person(draw)
    layout = Layout(declaration='<?xml version="1.0" encoding="UTF-16"?>\n', encoding="utf-16")
    parts = [Part(part.kind, part.elements, maybe(part)) for part in pair(draw, who)]
    return file(draw, name, who, parts, layout, "free")


def no_declaration(draw: Draw, name: str) -> File:
    """The XML declaration is missing, or says only a version."""
    who = person(draw)
    layout = Layout(
        declaration=draw.choice(("", '<?xml version="1.0"?>', "<?xml version='1.0' ?>"))
    )
    return file(draw, name, who, pair(draw, who), layout)


def other_protocols(draw: Draw, name: str) -> File:
    """Version 1.2: servers of other protocols first, calendars, sign-in pages."""
    who = person(draw)
    kind = draw.choice(("jmap", "ews", "activesync", "graph", "exchange"))
    other = (
        f'<incomingServer type="{kind}"><url>https://jmap.example.com</url>'
        "<authentication>OAuth2</authentication><username>%EMAILADDRESS%</username>"
        "</incomingServer>"
    )
    layout = Layout("1.2", head=(other,), outside=tuple(draw.sample(OUTSIDE, 3)))
    return file(draw, name, who, pair(draw, who), layout)


def help_texts(draw: Draw, name: str) -> File:
    """Instructions and links to help."""
    who = person(draw)
    layout = Layout(head=(draw.choice(PLEASE),), tail=tuple(draw.sample(PLEASE, 2)))
    return file(draw, name, who, pair(draw, who), layout)


def missing_element(draw: Draw, name: str) -> File:
    """A server without one of its elements, beside a whole one."""
    who = person(draw)
    whole, part = server(draw, who, "imap"), server(draw, who, "smtp")
    said = dict(part.elements)
    row = next(row for row in part.slot if row is not None)
    usual = (*row[:2], PORTS["smtp", said["socketType"]], *row[3:])
    tag, slot = draw.choice((
        ("hostname", LEFT_OUT),
        ("port", frozenset({None, usual})),
        ("username", frozenset({None, (*row[:5], ""), (*row[:5], who.email)})),
        ("authentication", frozenset({None, (*row[:4], "password", row[5])})),
        ("socketType", frozenset({None, row, (*row[:3], "implicit-tls", *row[4:]),
                                  (*row[:3], "starttls", *row[4:])})),
    ))  # fmt: skip
    return file(draw, name, who, [whole, changed(part, tag, None, slot)], problem="free")


def unusable_element(draw: Draw, name: str) -> File:
    """A server with a port or host that cannot be, beside a whole one."""
    who = person(draw)
    tag, text = draw.choice((
        ("port", "-1"), ("port", "0"), ("port", "70000"), ("port", "abc"), ("port", ""),
        ("port", "99.3"), ("port", "%EMAILDOMAIN%"), ("hostname", ""), ("hostname", "two words"),
        ("hostname", "a..b"), ("hostname", "m" * 300), ("socketType", "rot13"),
        ("hostname", "-x-.example.com/"), ("port", "9" * 30),
    ))  # fmt: skip
    parts = [server(draw, who, "imap"), changed(server(draw, who, "imap"), tag, text, LEFT_OUT)]
    draw.shuffle(parts)
    return file(draw, name, who, [*parts, server(draw, who, "smtp")], problem="free")


def other_domains(draw: Draw, name: str) -> File:
    """The domains are those of the provider that hosts the address."""
    who = person(draw)
    parts = pair(draw, who)
    provider = Person("x", "big-provider.example")
    incoming, outgoing = ((part.slot,) for part in parts)
    data = write(draw, parts, provider, Layout())
    return File(name, data, who.email, incoming, outgoing)


def one_side(draw: Draw, name: str) -> File:
    """Only incoming servers, or only outgoing ones."""
    who = person(draw)
    return file(draw, name, who, [draw.choice(pair(draw, who))])


def international_hosts(draw: Draw, name: str) -> File:
    """Host names in other alphabets reach the network as A-labels."""
    who = person(draw)
    host, label = draw.choice((
        ("imap.müller.example", "imap.xn--mller-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("почта.example", "xn--80a1acny.example"),
        ("xn--mller-kva.example", "xn--mller-kva.example"),
        ("Mail.Bücher.Example", "mail.xn--bcher-kva.example"),
    ))  # fmt: skip
    parts = []
    for part in pair(draw, who, host=host):
        (row,) = part.slot
        parts.append(Part(part.kind, part.elements, one((row[0], label, *row[2:]))))  # type: ignore[index]
    return file(draw, name, who, parts)


def capitals(draw: Draw, name: str) -> File:
    """Host names in capitals are the same names; other values in small letters are a choice."""
    who = person(draw)
    if draw.random() < 0.5:
        parts = [_with(part, ("hostname",), str.upper, part.slot) for part in pair(draw, who)]
        return file(draw, name, who, parts)
    values = ("socketType", "authentication")
    parts = [_with(part, values, str.lower, maybe(part)) for part in pair(draw, who)]
    return file(draw, name, who, parts, problem="free")


def _with(part: Part, tags: Sequence[str], change: Callable[[str], str], slot: Slot) -> Part:
    elements = tuple((tag, change(text) if tag in tags else text) for tag, text in part.elements)
    return Part(part.kind, elements, slot)


def namespaced(draw: Draw, name: str) -> File:
    """The format has no namespace: elements of others are unknown, a default one is a choice."""
    who = person(draw)
    strange = ('<x:incomingServer xmlns:x="urn:x" type="imap"><hostname>no.example</hostname>'
               "</x:incomingServer>")  # fmt: skip
    if draw.random() < 0.5:
        return file(draw, name, who, pair(draw, who), Layout(outside=(strange,)))
    parts = [Part(part.kind, part.elements, maybe(part)) for part in pair(draw, who)]
    return file(draw, name, who, parts, Layout(root=' xmlns="urn:example:mail"'), "free")


def named_twice(draw: Draw, name: str) -> File:
    """The same server twice is one server."""
    who = person(draw)
    parts = pair(draw, who)
    return file(draw, name, who, [*parts, *parts])


def two_providers(draw: Draw, name: str) -> File:
    """A second provider in one file: the first counts; the second may be added."""
    who = person(draw)
    parts, others = pair(draw, who), pair(draw, who)
    second = write(draw, others, who, Layout(declaration="")).decode()
    second = second[second.index("<emailProvider") : second.index("</clientConfig>")]
    parts_of_both = [*parts, *(Part(p.kind, p.elements, maybe(p)) for p in others)]
    whole = file(draw, name, who, parts_of_both)
    data = write(draw, parts, who, Layout(outside=(second,)))
    return File(name, data, who.email, whole.incoming, whole.outgoing)


PUBLISHED: dict[str, Feature] = {
    each.__name__.replace("_", "-"): each
    for each in (
        simple, several_servers, usernames, hosts_by_domain, plain_beside_others, only_plain,
        methods, methods_in_order, unknown_things, comments, marked_up_text, shuffled, blanks,
        encodings, utf_16, no_declaration, other_protocols, help_texts, missing_element,
        unusable_element, other_domains, one_side, international_hosts, capitals, namespaced,
        named_twice, two_providers,
    )
}  # fmt: skip
