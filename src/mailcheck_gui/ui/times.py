"""Times and dates in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QTime

_SHOW_SECONDS_FROM_MS = 500

if TYPE_CHECKING:
    from PySide6.QtCore import QLocale


def seconds_text(milliseconds: float) -> str:
    """Return a duration as seconds with one place, without the unit: "2.1"."""
    return _locale().toString(max(milliseconds, 100) / 1000, "f", 1)


def duration_text(milliseconds: float) -> str:
    """Return a duration with its unit: "18 ms", "0.6 s"."""
    if milliseconds < _SHOW_SECONDS_FROM_MS:
        number = _locale().toString(max(1, round(milliseconds)))
        return QCoreApplication.translate("times", "{number} ms").format(number=number)
    number = seconds_text(milliseconds)
    return QCoreApplication.translate("times", "{number} s").format(number=number)


def clock_text(moment: datetime) -> str:
    """Return the time of day, in this computer's zone and the person's way of writing it."""
    local = moment.astimezone()
    return _locale().toString(QTime(local.hour, local.minute), _short_format())


def day_text(moment: datetime) -> str:
    """Return a date in words: "3 March 2026"."""
    local = moment.astimezone()
    return _locale().toString(QDate(local.year, local.month, local.day), "d MMMM yyyy")


def month_text(date: str) -> str:
    """Return month and year of an ISO 8601 date, which may lack the day: "March 2026"."""
    return _locale().toString(QDate.fromString(date[:7], "yyyy-MM"), "MMMM yyyy")


def moment_text(moment: datetime) -> str:
    """Return day and time, the day as "today" or "yesterday" where it is one."""
    local = moment.astimezone()
    days = QDate(local.year, local.month, local.day).daysTo(QDateTime.currentDateTime().date())
    words = {
        0: QCoreApplication.translate("times", "today at {time}"),
        1: QCoreApplication.translate("times", "yesterday at {time}"),
    }
    template = words.get(days, QCoreApplication.translate("times", "on {date} at {time}"))
    return template.format(time=clock_text(moment), date=day_text(moment))


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence holds them: "A, B, and C"."""
    return _locale().createSeparatedList(list(names))


def _locale() -> QLocale:
    """Return the language of the window's words, with the habits of the person's country.

    Where the words are English, so are the months between them, also on a German computer.
    """
    from PySide6.QtCore import QLocale  # its lists of languages and countries are long

    words = QLocale(QCoreApplication.translate("times", "en", "the language's own code"))
    land = QLocale.system().territory()
    if words.language() == QLocale.Language.English and land == QLocale.Country.AnyCountry:
        land = QLocale.Country.UnitedKingdom  # no country is known: 24 hours a day
    return QLocale(words.language(), land)


def _short_format() -> QLocale.FormatType:
    from PySide6.QtCore import QLocale

    return QLocale.FormatType.ShortFormat
