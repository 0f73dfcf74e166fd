"""Search everything a run left behind for a password, in every form it could have taken."""

from __future__ import annotations

import base64
import html
import json
from pathlib import Path
from urllib.parse import quote, quote_plus

from acceptance.contract import every_text
from acceptance.harness import Run


def forms(password: str, user: str = "") -> dict[str, bytes]:
    """The password plain, escaped in the usual ways, and in base64 at its three alignments."""
    raw = password.encode()
    percent = quote(password, safe="")
    found = {
        "plain": raw,
        "latin-1": password.encode("latin-1", "replace"),
        "percent": percent.encode(),
        "percent in lower case": percent.lower().encode(),
        "form": quote_plus(password).encode(),
        "JSON": json.dumps(password)[1:-1].encode(),
        "HTML": html.escape(password).encode(),
        "IMAP quoted": raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"'),
        "hexadecimal": raw.hex().encode(),
        "SASL PLAIN": base64.b64encode(f"\0{user}\0{password}".encode()),
    }
    for offset in range(3):
        found[f"base64 at {offset}"] = _base64_at(raw, offset)
    return found


def _base64_at(raw: bytes, offset: int) -> bytes:
    """The part of the base64 that is the same whatever stands before and after *raw*."""
    coded = base64.b64encode(b"\0" * offset + raw)
    first = (offset * 4 + 2) // 3
    last = (offset + len(raw)) * 8 // 6
    return coded[first:last]


def leaks(done: Run, folder: Path, password: str, user: str = "") -> list[str]:
    """Every place where a form of *password* can be read after the run in *folder*."""
    places = {"stdout": done.stdout, "stderr": done.stderr}
    if "--json" in done.arguments and done.stdout:
        places["JSON texts"] = "\n".join(every_text(done.report)).encode()
    for path in folder.rglob("*"):
        if path.is_file():
            places[path.name] = path.read_bytes()
    return [
        f"{form} form in {place}"
        for place, content in places.items()
        for form, text in forms(password, user).items()
        if text in content or text in b"".join(content.split())
    ]
