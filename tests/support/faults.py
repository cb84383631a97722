"""What a machine does to a database: a disk that is full or can only be read. Each comes and goes under a live server.

As root by mounts of a folder's own; as anybody else the tests that need them are skipped, and say so.
"""

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class SmallDisk:
    """A file system of its own, so small that it can be filled in a moment."""

    folder: Path

    def fill(self) -> None:
        with (self.folder / "ballast").open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass

    def empty(self) -> None:
        (self.folder / "ballast").unlink()


@contextmanager
def small_disk(folder: Path, megabytes: int = 8) -> Iterator[SmallDisk]:
    folder.mkdir()
    _mount("-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(folder))
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _mount(*arguments: str) -> None:
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("mounting a small disk needs root")
    done = subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"this machine mounts nothing: {done.stderr.strip()}")


def limit_files(pid: int, most: int) -> None:
    """No file of this process grows beyond so many bytes (-1: as before): a quota, which needs no root."""
    _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard if most < 0 else most, hard))


@contextmanager
def unchangeable(*files: Path) -> Iterator[None]:
    """Nobody writes to these, not even who has them open already: what a disk does that has turned read-only."""
    if os.geteuid() != 0 or shutil.which("chattr") is None:
        pytest.skip("making a file unchangeable needs root")
    done = subprocess.run(["chattr", "+i", *files], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"this file system makes nothing unchangeable: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["chattr", "-i", *files], check=True)
