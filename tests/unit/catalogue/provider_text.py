"""A provider file with one of everything, for tests to change."""

from __future__ import annotations

GOOD = """
id = "firma"
name = "Firma"
domains = ["firma.test", "firma.example"]
common_domains = ["firma.test"]
neighbours = ["firmae.test"]
domain_patterns = ["*.kunden.firma.test"]
mx_patterns = ["mx*.firma.test"]
ns_patterns = ["ns*.firma.test"]
host_patterns = ["w*.hosts.firma.test"]
web_hosts = ["www.firma.test"]

[names]
source = "help page"
date = "2026-03"

[[server]]
protocol = "imap"
hosts = ["imap.firma.test", "imap.firma.example"]
port = 993
security = "implicit-tls"
auth = ["password"]
source = "help page"
date = "2026-03"

[[server]]
protocol = "imap"
host = "mail.firma.test"
port = 993
security = "implicit-tls"
auth = ["password"]
source = "a list"
date = "2026-03"
disputed = "The help page names another server."

[usernames]
imap = "full"
source = "help page"
date = "2026-03-14"

[[retired]]
host = "old.firma.test"
today = "imap.firma.test"
source = "help page"
date = "2026-03"

[[preparation]]
text = "Create an app password."
url = "https://firma.test/help"
source = "help page"
date = "2026-03"

[[limit]]
text = "There is no POP3."
since = "2025-01"
source = "help page"
date = "2026-03"

[[conflict]]
text = "A list says that the part before the @ is the user name."
source = "a list"
date = "2026-03"
"""
