"""``python -m biopact.ontology docs``: write the committed files that are made from schema.yaml anew."""

import sys
from pathlib import Path

from biopact.ontology.rendering import write_committed

if __name__ == "__main__":
    write_committed(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
