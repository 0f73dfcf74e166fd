"""Bring the translation sources in `resources/translations/` up to date, or check them.

    python tools/translations.py            extract every text again and compile the translations
    python tools/translations.py --check    fail when a text is missing, left over or unfinished,
                                            or a translation uses other values than its text

Texts of the window are found by Qt's lupdate (`tr`, `translate` with literals). Texts of the core
are the literals of `message("...")` and those of `resources/explain`; they get the context "core",
in which the window looks them up. A `message` whose template is not a literal could not be
translated, so it is an error.
"""

from __future__ import annotations

import argparse
import ast
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "mailcheck_gui"
FOLDER = ROOT / "resources" / "translations"
EXPLANATIONS = ROOT / "resources" / "explain"
WINDOW = ("ui", "app.py")
NAMES = re.compile(r"\{(\w*)\}|%(n|\d|L\d)")


def qt_tool(name: str, *arguments: str | Path) -> None:
    """Run one of Qt's translation tools from the environment of this Python."""
    program = shutil.which(name, path=str(Path(sys.executable).parent)) or name
    words = [program, *map(str, arguments)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{name}: {done.stderr or done.stdout}")


def templates(path: Path) -> Iterator[str]:
    """Yield the templates of `message` calls in one file. Ends the program at a non-literal."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id != "message" or not node.args:
            continue
        template = node.args[0]
        if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
            sys.exit(f"{path.relative_to(ROOT)}:{node.lineno}: message() needs a literal")
        if template.value:
            yield template.value


def explanation_texts() -> Iterator[str]:
    """Yield the texts of the book of error texts, which stands in data files."""
    for path in sorted(EXPLANATIONS.glob("*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8")).get("error", []):
            texts = (entry.get("title", ""), entry["meaning"], *entry.get("check", []))
            yield from filter(None, texts)


def core_texts() -> str:
    """Return Python source that names every text of the core in the way that lupdate knows."""
    found = {text for path in sorted(SOURCE.rglob("*.py")) for text in templates(path)}
    found.update(explanation_texts())
    return "".join(f"QT_TRANSLATE_NOOP('core', {text!r})\n" for text in sorted(found))


def extract(target: Path) -> None:
    """Update one translation source: new texts are added, texts that are gone are removed."""
    with tempfile.TemporaryDirectory() as folder:
        core = Path(folder) / "core.py"
        core.write_text(core_texts(), "utf-8")
        window = [path for name in WINDOW for path in _python_files(SOURCE / name)]
        options = ("-silent", "-no-obsolete", "-locations", "none")
        qt_tool("pyside6-lupdate", *options, *window, core, "-ts", target)


def _python_files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def messages(source: Path) -> Iterator[tuple[str, ET.Element]]:
    """Yield each text of a translation source with its translation."""
    for entry in ET.parse(source).getroot().iter("message"):
        translation = entry.find("translation")
        assert translation is not None
        yield entry.findtext("source", ""), translation


def values(text: str) -> set[str]:
    """Return the names of the values in a text."""
    return {match.group(0) for match in NAMES.finditer(text)}


def complaints(source: Path) -> list[str]:
    """Return what is wrong with one translation source."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / source.name
        shutil.copy(source, fresh)
        extract(fresh)
        if {text for text, _ in messages(fresh)} != {text for text, _ in messages(source)}:
            return [f"{source.name}: not up to date; run tools/translations.py"]
    found = []
    for text, translation in messages(source):
        forms = [form.text or "" for form in translation.iter("numerusform")]
        for translated in forms or [translation.text or ""]:
            if translation.get("type") == "unfinished" or not translated:
                found.append(f"{source.name}: not translated: {text!r}")
            elif values(translated) - values(text):
                found.append(f"{source.name}: other values than in {text!r}: {translated!r}")
    return found


def main() -> int:
    """Update or check all translations."""
    parser = argparse.ArgumentParser(description="Update or check the translations.")
    parser.add_argument("--check", action="store_true")
    sources = sorted(FOLDER.glob("*.ts"))
    if parser.parse_args().check:
        core_texts()  # ends here where a text could not be translated at all
        found = [line for source in sources for line in complaints(source)]
        print("\n".join(found) or f"{len(sources)} translations are complete")
        return 1 if found else 0
    for source in sources:
        extract(source)
        print(f"{source.relative_to(ROOT)} updated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
