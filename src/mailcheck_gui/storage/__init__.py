"""What Mailcheck keeps: saved accounts, preferences, settings files, and the system's keychain.

No file of this package ever holds a password: those are in the keychain (`credentials`) or in
memory until the window closes.
"""
