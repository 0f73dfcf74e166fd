"""Saved accounts (versioned file) and credentials (keychain or memory)."""
