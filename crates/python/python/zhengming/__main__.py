"""The command ``zhengming``; also ``python -m zhengming``."""

import sys

from ._zhengming import command


def main() -> int:
    """Run the command line and give its exit status: 0 nothing found, 1 findings, 2 the job could not be done."""
    return command(["zhengming", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
