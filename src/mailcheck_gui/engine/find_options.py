"""How one search for settings is to be run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the window's first page needs the options before any source
    from mailcheck_gui.model.discovery import Source
    from mailcheck_gui.storage.preferences import Preferences


@dataclass(frozen=True, slots=True)
class FindOptions:
    """Choices of the one who starts a search.

    `offline` sends no packet: the catalogue alone answers. `share_address` allows requests to
    carry the part before the @, which is off until the person agreed. `timeout` is the whole search
    in seconds (None: the threshold). `sources` are those that may be asked (None: all); without
    `Source.ISPDB` no third party learns of the search.
    """

    offline: bool = False
    share_address: bool = False
    timeout: float | None = None
    sources: frozenset[Source] | None = None

    def allows(self, source: Source) -> bool:
        """Whether a source may be asked."""
        from mailcheck_gui.model.discovery import Source

        if self.offline and source is not Source.CATALOGUE:
            return False
        return self.sources is None or source in self.sources


def find_options_of(preferences: Preferences) -> FindOptions:
    """Return what a search may do as the person has it."""
    return FindOptions(
        offline=preferences.offline,
        share_address=preferences.share_address,
        sources=None if preferences.third_parties else _without_third_parties(),
    )


def _without_third_parties() -> frozenset[Source]:
    from mailcheck_gui.model.discovery import Source

    return frozenset(Source) - {Source.ISPDB}
