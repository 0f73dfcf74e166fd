"""Acceptance tests: what the contract promises, seen only through the terminal program."""
