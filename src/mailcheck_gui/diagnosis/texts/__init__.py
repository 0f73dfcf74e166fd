"""Severity, title, explanation and remedy of every cause, as templates."""
