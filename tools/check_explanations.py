"""Check the book of error texts: schema, codes, patterns that could take long.

`python tools/check_explanations.py` prints what it found; with `--check` (for CI) it also exits 1
where there is anything.
"""

from __future__ import annotations

import argparse

from mailcheck_gui.catalogue.explanations import ExplanationsError, load_explanations
from mailcheck_gui.catalogue.explanations_lint import lint_explanations
from mailcheck_gui.diagnosis.replies import SENDING_REPLIES, SIGN_IN_REPLIES
from mailcheck_gui.diagnosis.texts.table import CAUSES


def problems() -> tuple[str, ...]:
    """Return everything that is wrong with the book."""
    replies = {row.cause for row in (*SIGN_IN_REPLIES, *SENDING_REPLIES)}
    try:
        return lint_explanations(load_explanations(), CAUSES, replies)
    except ExplanationsError as error:
        return (str(error),)


def main() -> int:
    """Print the problems; return the exit status."""
    parser = argparse.ArgumentParser(description="Check the book of error texts.")
    parser.add_argument("--check", action="store_true", help="exit 1 where anything is wrong")
    arguments = parser.parse_args()
    found = problems()
    for problem in found:
        print(problem)
    if not found:
        book = load_explanations()
        signs = sum(len(error.signs) for error in book.errors)
        print(f"{len(book.errors)} errors with {signs} signs, nothing wrong")
    return 1 if arguments.check and found else 0


if __name__ == "__main__":
    raise SystemExit(main())
