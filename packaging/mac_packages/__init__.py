"""What macOS installs: an app in a disk image, signed and notarised where the secrets exist.

Each step is one call of a tool that only macOS has, so the order and the words of the calls are
what tests elsewhere can see.
"""
