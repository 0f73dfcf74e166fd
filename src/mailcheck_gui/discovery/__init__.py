"""From an address to candidates for settings."""
