"""The pace: turns far enough apart, whoever takes them."""

import subprocess
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest

from biopact.loaders.edgar.pace import SPACING, Pace, StoppedError, hold
from biopact.ontology.errors import BiopactError

_TAKER = """
import sys
from pathlib import Path
from biopact.loaders.edgar.pace import Pace
pace = Pace(Path(sys.argv[1]))
for _ in range(6):
    print(repr(pace.turn()), flush=True)
"""


def test_ten_a_second_at_most_across_processes(tmp_path: Path) -> None:
    takers = [
        subprocess.Popen([sys.executable, "-c", _TAKER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outputs = [taker.communicate(timeout=60)[0] for taker in takers]
    assert [taker.returncode for taker in takers] == [0] * 4
    times = sorted(float(line) for output in outputs for line in output.split())
    assert len(times) == 24
    assert min(b - a for a, b in pairwise(times)) >= SPACING - 1e-6
    assert max(sum(1 for t in times if start <= t < start + 1) for start in times) <= 10


def test_threads_share_it_too(tmp_path: Path) -> None:
    pace = Pace(tmp_path, spacing=0.02)
    times: list[float] = []
    threads = [threading.Thread(target=lambda: times.extend(pace.turn() for _ in range(5))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    assert min(b - a for a, b in pairwise(times)) >= 0.02 - 1e-6


def test_a_pause_is_for_everyone(tmp_path: Path) -> None:
    now = time.time()
    Pace(tmp_path).pause(0.3)
    Pace(tmp_path).pause(0.1)  # takes nothing back
    assert Pace(tmp_path).turn() >= now + 0.3


@pytest.mark.parametrize("left", ["", "nonsense", "nan", "inf", pytest.param(repr(time.time() + 1e6), id="future")])
def test_a_broken_or_impossible_time_stamp_holds_up_nobody(tmp_path: Path, left: str) -> None:
    (tmp_path / "pace").write_text(left)
    began = time.monotonic()
    Pace(tmp_path).turn()
    assert time.monotonic() - began < 5


def test_waiting_ends_when_stopped(tmp_path: Path) -> None:
    pace = Pace(tmp_path)
    pace.pause(60)
    threading.Timer(0.1, pace.stop.set).start()
    with pytest.raises(StoppedError):
        pace.turn()


def test_one_holds_a_folder_at_a_time(tmp_path: Path) -> None:
    with (
        hold(tmp_path / "lock", "filings"),
        pytest.raises(BiopactError, match=r"filings: another `biopact fetch`"),
    ):
        hold(tmp_path / "lock", "filings")
    hold(tmp_path / "lock", "filings").release()
