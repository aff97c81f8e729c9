"""`python -m sleepcalm`."""

import sys

from sleepcalm.cli import main

if __name__ == "__main__":
    sys.exit(main())
