"""What the tables share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from acceptance.loaded import LoadedPrograms


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LoadedPrograms]:
    """The program, loaded once for all tables."""
    loaded = LoadedPrograms(tmp_path_factory.mktemp("loaded"))
    yield loaded
    loaded.close()
