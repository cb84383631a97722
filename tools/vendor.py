"""Fetch, check and derive the files of others that we serve: `python tools/vendor.py [--fetch]`.

Without --fetch it derives again from the copies in the repository and writes checksums.txt anew.
With it, the packages come from the npm registry (npm is needed), must have the digest written here,
and replace the copies. The tests derive too and compare bytes, so neither half can change alone.
"""

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVED = ROOT / "app/static/vendor"
FOR_TESTS = ROOT / "tests/browser/vendor"

# package -> (folder of the copies, SHA-512 of the package as npm prints it, file in the package -> our name)
PACKAGES = {
    "htmx.org@4.0.1": (
        SERVED / "htmx.org-4.0.1",
        "oF7JgXhDW9UXCy/k1ZYFUQgzu/rm19ORWPSPNL91vPluB2PB9+MV55tyQdH/w7o2EAbTYUG5SDW1R60mdkdqGg==",
        {"LICENSE": "LICENSE", "dist/htmx.min.js": "htmx.min.js"},
    ),
    "nhsuk-frontend@10.6.1": (
        SERVED / "nhsuk-frontend-10.6.1",
        "PZorqQZjZx/A26yJoskCL9z0ib6AtkAyF0o4K/RHr8zRrJyXrUOCnMbjy0VNXsGO4tfTNMwqlkwATKs4a0xayw==",
        {
            "dist/nhsuk/nhsuk-frontend.min.css": "nhsuk-frontend.min.css",
            "dist/nhsuk/assets/images/nhsuk-icon-arrow-down.svg": "images/nhsuk-icon-arrow-down.svg",
            "dist/nhsuk/assets/images/nhsuk-icon-arrow-up-down.svg": "images/nhsuk-icon-arrow-up-down.svg",
            "dist/nhsuk/assets/images/nhsuk-icon-arrow-up.svg": "images/nhsuk-icon-arrow-up.svg",
            "dist/nhsuk/assets/images/nhsuk-icon-cross.svg": "images/nhsuk-icon-cross.svg",
        },
    ),
    "axe-core@4.14.1": (
        FOR_TESTS / "axe-core-4.14.1",
        "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        {"LICENSE": "LICENSE", "axe.min.js": "axe.min.js"},
    ),
}

DERIVED = SERVED / "derived/nhsuk-frontend.css"
DERIVED_FROM = SERVED / "nhsuk-frontend-10.6.1/nhsuk-frontend.min.css"


def derive(css: str) -> str:
    """The NHS style sheet without its remote fonts, with our icon paths, in a cascade layer.

    In a layer every rule of the house wins over it, whatever the specificity: `a:visited` of theirs
    would otherwise colour our buttons.
    """
    css = css.removeprefix('@charset "UTF-8";')
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("Frutiger W01,", "")
    css = css.replace("url(/assets/images/", "url(../nhsuk-frontend-10.6.1/images/")
    css = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", css).strip()
    left = re.findall(r"https?://[^)\"' ]+|url\(/[^)]*\)|@import|@font-face", css)
    if left:
        raise SystemExit(f"The style sheet still points elsewhere: {left}")
    return f'@charset "UTF-8";\n@layer nhsuk{{{css}}}\n'


def checksums(folder: Path) -> str:
    """Lines of `sha256sum`, sorted by path, for every file below the folder but the list and the notes."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in {"checksums.txt", "README.md"})
    return "".join(f"{hashlib.sha256(p.read_bytes()).hexdigest()}  {p.relative_to(folder).as_posix()}\n" for p in files)


def fetch(package: str) -> None:
    folder, wanted, names = PACKAGES[package]
    with tempfile.TemporaryDirectory() as scratch:
        command = ["npm", "pack", "--silent", "--pack-destination", scratch, package]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own constants
        (archive,) = Path(scratch).glob("*.tgz")
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != wanted:
            raise SystemExit(f"{package} is not the package we checked: sha512-{found}")
        with tarfile.open(archive) as tar:
            tar.extractall(scratch, filter="data")
        for source, name in names.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(scratch, "package", source), folder / name)


def main() -> None:
    if sys.argv[1:] == ["--fetch"]:
        for package in PACKAGES:
            fetch(package)
    elif sys.argv[1:]:
        raise SystemExit(__doc__)
    DERIVED.parent.mkdir(parents=True, exist_ok=True)
    DERIVED.write_text(derive(DERIVED_FROM.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    for folder in (SERVED, FOR_TESTS):
        (folder / "checksums.txt").write_text(checksums(folder), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
