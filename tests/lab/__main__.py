"""`python tests/lab COMMAND`: see `maillab.command`."""

import sys

from maillab.command import main

if __name__ == "__main__":
    sys.exit(main())
