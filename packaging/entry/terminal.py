"""Start of the frozen terminal program."""

import sys

from mailcheck_gui.__main__ import terminal_main

sys.exit(terminal_main())
