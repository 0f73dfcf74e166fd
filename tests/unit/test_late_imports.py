"""How modules are imported inside functions, where several threads may do it at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import mailcheck_gui

SOURCES = sorted(Path(mailcheck_gui.__file__).parent.rglob("*.py"))


def dotted_imports(tree: ast.AST) -> Iterator[int]:
    """Return the lines of `import package.module` inside functions.

    A module that another thread has just loaded is complete before it is an attribute of its
    package; then only `from package import module` finds it.
    """
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import):
                    uses = [name for name in node.names if "." in name.name and not name.asname]
                    yield from (node.lineno for _ in uses)


def test_the_search_finds_one() -> None:
    tree = ast.parse("def ask():\n    import dns.resolver\n    import json\n")
    assert list(dotted_imports(tree)) == [2]


def test_no_function_imports_a_module_by_its_package() -> None:
    found = [
        f"{path.name}:{line}"
        for path in SOURCES
        for line in dotted_imports(ast.parse(path.read_text("utf-8")))
        if not _only_loads(path, line)
    ]
    assert found == []


def _only_loads(path: Path, line: int) -> bool:
    """Whether the line loads a module and uses no name of it, as its comment says."""
    return "noqa: F401" in path.read_text("utf-8").splitlines()[line - 1]
