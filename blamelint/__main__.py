"""`python -m blamelint`."""

import sys

from blamelint.cli import main

if __name__ == "__main__":
    sys.exit(main())
