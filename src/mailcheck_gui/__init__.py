"""Mailcheck: the mail-settings doctor."""

__version__ = "0.1.0"
