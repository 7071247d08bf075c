"""Other programs read the ledger as docs/ledger.md says they can."""

import csv
import re
import runpy
from pathlib import Path

import pytest

from biopact.graph.ledger import Ledger
from tests.graph.facts import company, deal, facts

PAGE = Path(__file__).parent.parent.parent / "docs" / "ledger.md"
_EXAMPLE = re.compile(r"^```python\n((?:from [^\n]*\n\s*)?import (\w+)\n.*?)^```", re.MULTILINE | re.DOTALL)
READERS = {program: code for code, program in _EXAMPLE.findall(PAGE.read_text("utf-8"))}


def test_the_page_shows_how() -> None:
    assert sorted(READERS) == ["duckdb", "pandas"]


@pytest.mark.parametrize("program", sorted(READERS))
def test_a_program_reads_the_ledger(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip(program)
    ledger = Ledger(tmp_path / "ledger")
    for filing in ("filing/0000000000-20-000001", "filing/0000000000-20-000002"):
        alnora, brevin = company("Alnora, Inc.", filing), company("Brevin AG", filing)
        ledger.put(facts(filing, alnora, brevin, deal(filing, alnora, brevin)))
    (tmp_path / "read.py").write_text(READERS[program], "utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path("read.py")
    told = capsys.readouterr().out
    assert told.count("0000000000-20-00000") == 2
    first, *rows = csv.reader(line for line in told.splitlines() if line)
    assert first == ["filing", "source", "target", "quote"]
    assert [row[1:3] for row in rows] == [["company/alnora", "company/brevin"]] * 2
    assert all("license" in ",".join(row[3:]) for row in rows)
