"""Where an id leads that an entity or an agreement had, or has in some filing."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from biopact.graph.resolution.atoms import ENTITIES

_ID = re.compile(rf"(?:{'|'.join((*ENTITIES, 'Agreement'))})/\S+", re.IGNORECASE)
_ENTITY = "SELECT DISTINCT entity FROM key JOIN node ON node.atom = key.atom WHERE key.key = ?"
_AGREEMENT = (
    "SELECT DISTINCT entity FROM block JOIN node ON node.filing = block.filing AND node.local = block.local "
    "WHERE block.block = ?"
)


def is_id(text: str) -> bool:
    """Whether a text has the form of an id that can lead to another.

    >>> is_id("company/alnora"), is_id("Alnora")
    (True, False)
    """
    return _ID.fullmatch(text) is not None


def leads_to(file: Path, id_: str) -> str:
    """The id in the graph of what a workbench's file knows by this id; the same id where it knows none or several."""
    if not is_id(id_) or not file.exists():
        return id_
    try:
        db = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
        try:
            if db.execute("SELECT 1 FROM whole WHERE id = ?", (id_,)).fetchone():
                return id_
            found = db.execute(_ENTITY, (f"id:{id_}",)).fetchall() or db.execute(_AGREEMENT, (id_,)).fetchall()
        finally:
            db.close()
    except sqlite3.DatabaseError:  # another version's, or being made anew: the graph's own ids still work
        return id_
    return str(found[0][0]) if len(found) == 1 else id_
