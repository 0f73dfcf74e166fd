"""Mailcheck's terminal program run against the lab: scenarios, what is expected, what is proven."""
