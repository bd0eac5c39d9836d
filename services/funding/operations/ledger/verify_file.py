"""Verify an exported book without its database: `python -m … verify_file books.ndjson`.

Ends with 0 when the chain holds from the first entry to the head that the file names, else 1.
"""

import sys
from pathlib import Path

from services.funding.domain.ledger.printing.chain_lines import BookUnreadable, check_lines


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("usage: verify_file books.ndjson\n")
        return 2
    try:
        with Path(arguments[0]).open(encoding="utf-8") as lines:
            check = check_lines(lines)
    except (OSError, BookUnreadable) as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    if check.first_broken is not None:
        sys.stdout.write(f"broken at {check.first_broken}\n")
        return 1
    sys.stdout.write(f"intact: {check.entries} entries, head {check.head_hash.hex()}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
