"""Start of the frozen window program."""

import sys

from mailcheck_gui.__main__ import window_main

sys.exit(window_main())
