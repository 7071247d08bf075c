"""The wheel: exactly the tracked files of the packages, and usable where no repository is."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAPPING: dict[str, str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["package-dir"]


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """The files git knows, those not yet committed included."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout, so nothing says which files belong to it")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    return [name for name in names if (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def wheel(tracked: list[str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the tracked files, by the build backend of the lock file."""
    tree = tmp_path_factory.mktemp("tree")
    for name in tracked:
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tree / name)
    build = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    out = tmp_path_factory.mktemp("dist")
    run = subprocess.run([sys.executable, "-c", build, str(out)], cwd=tree, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (path,) = out.glob("*.whl")
    return path


def test_the_wheel_holds_the_tracked_files_of_the_packages_and_no_others(tracked: list[str], wheel: Path) -> None:
    expected = {
        package.replace(".", "/") + name.removeprefix(folder)
        for package, folder in MAPPING.items()
        for name in tracked
        if name.startswith(f"{folder}/")
    }
    with zipfile.ZipFile(wheel) as archive:
        found = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert found == expected


def test_type_checkers_find_every_folder_and_every_file_of_the_api(tracked: list[str]) -> None:
    links = {link.name: link.resolve() for link in (ROOT / ".typing" / "biopact").iterdir()}
    api = [name for name in tracked if name.startswith("api/")]
    folders = [folder for folder in MAPPING.values() if folder != "api"]
    assert links == {Path(name).name: ROOT / name for name in [*api, *folders]}


def test_an_installed_wheel_finds_its_samples_and_its_command_line(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    script = (
        "import biopact.app.cli as cli\n"
        "from biopact.app.commands.demo import samples\n"
        "print(cli.__file__, len(samples()), samples()[0])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    file, samples, sample = run.stdout.split()
    assert Path(file).is_relative_to(tmp_path)
    assert Path(sample).is_relative_to(tmp_path)
    assert int(samples) == len(list((ROOT / "examples" / "samples").glob("*.txt")))


def test_the_lock_file_has_a_hash_for_every_package_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text()
    blocks = [block for block in text.replace("\\\n", " ").splitlines() if "==" in block]
    assert len(blocks) > 50
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


def test_the_lock_file_covers_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {_name(requirement) for requirement in asked}
    locked = {_name(line) for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line}
    assert names <= locked


def _name(requirement: str) -> str:
    end = next((i for i, c in enumerate(requirement) if c in "<>=[;~! "), len(requirement))
    return requirement[:end].lower().replace("_", "-")
