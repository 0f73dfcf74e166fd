"""From the bundle to what Linux installs: a Debian package and an AppImage's folder."""
