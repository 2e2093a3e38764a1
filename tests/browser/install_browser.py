"""Make a Chromium available to the browser tests: Debian's where apt can install it, else Playwright's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


def main() -> None:
    if shutil.which("chromium"):
        return
    if shutil.which("apt-get") and os.name == "posix":
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        update = subprocess.run([*sudo, "apt-get", "update", "-qq"], check=False)
        packages = ["chromium", "fonts-noto-cjk", "fonts-noto-color-emoji"]
        install = [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        if update.returncode == 0 and subprocess.run(install, check=False).returncode == 0:
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    main()
