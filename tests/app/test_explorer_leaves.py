"""A process that opened the embedded store beside its main thread, as Streamlit does, can end."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys, threading
from biopact.graph.stores import open_store

def read():
    with open_store(sys.argv[1]) as store:
        print(len(list(store.node_rows())))

thread = threading.Thread(target=read)
thread.start()
thread.join()
"""


def test_java_does_not_keep_the_process(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "store")], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "0"), done.stderr
