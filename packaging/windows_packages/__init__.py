"""What Windows installs: a program that one person starts, and an MSI for administrators."""
