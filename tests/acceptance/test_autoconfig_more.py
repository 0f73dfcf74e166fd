"""More autoconfig files: another seed, and kinds of files that were unseen until now."""

from __future__ import annotations

import pytest

from acceptance.autoconfig_broken import BROKEN
from acceptance.autoconfig_corpus import corpus
from acceptance.autoconfig_features import PUBLISHED
from acceptance.autoconfig_more import MORE
from acceptance.autoconfig_reading import faults

SEED = 19820821
FILES = corpus(SEED, PUBLISHED, each=7) | corpus(SEED, BROKEN, each=5) | corpus(SEED, MORE, each=8)


def test_enough_files() -> None:
    """There are more than 320 files, and hardly any twice."""
    every = [file for files in FILES.values() for file in files]
    assert len(every) >= 320
    assert len({file.data for file in every}) >= 300


@pytest.mark.parametrize("feature", FILES)
def test_files(feature: str) -> None:
    """All files of one kind are read as the format says, or refused with a sentence."""
    wrong = [fault for file in FILES[feature] for fault in faults(file)]
    assert not wrong, "\n\n".join(wrong)
