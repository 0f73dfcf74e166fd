"""Provider facts: load, match, lint."""
