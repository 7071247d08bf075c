"""``python -m biopact.queries docs``: write the page that lists the questions anew."""

import sys
from pathlib import Path

from biopact.queries.reference import page

if __name__ == "__main__":
    Path(sys.argv[1] if len(sys.argv) > 1 else "docs", "questions.md").write_text(page(), encoding="utf-8")
