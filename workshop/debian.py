"""Fetch Debian packages as any user and unpack them into the cache.

A private sources list under the cache names the mirror this machine already uses,
with the suite ``sid`` added for odoo-19; apt verifies it with Debian's keyring.
"""

import os
import platform
import tempfile
from pathlib import Path

from . import paths, shell
from .console import Problem, step

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
FROM_SID = (
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
# Unstable's font-awesome 7 has other file names, and the icons would vanish.
FROM_OWN_SUITE = ("fonts-font-awesome",)
OR_ELSE = (
    "give an Odoo 19 of your own in ODOO_HOME, or a package file odoo-19_*.deb "
    "in ODOO_DEB."
)


def own_mirror() -> tuple[str, str]:
    """Site and suite of the Debian mirror that this machine is set up with."""
    if not shell.have("apt-get"):
        raise Problem(f"This machine has no apt to fetch Odoo with: {OR_ELSE}")
    line = "$(SITE) $(RELEASE) $(COMPONENT)"
    targets = shell.run_quietly(
        ["apt-get", "indextargets", "--format", line, "Created-By: Packages"],
        f"apt does not say which mirror this machine uses: {OR_ELSE}",
    )
    codename = platform.freedesktop_os_release().get("VERSION_CODENAME", "")
    wanted = {codename, "stable", "testing", "sid", "unstable"}
    for site, suite, component in map(str.split, targets.splitlines()):
        if suite in wanted and component == "main":
            return site, suite
    raise Problem(f"This machine has no Debian mirror set up: {OR_ELSE}")


def _apt_options(folder: Path) -> list[str]:
    settings = {
        "Dir::Etc::SourceList": folder / "sources.list",
        "Dir::Etc::SourceParts": "-",
        "Dir::State": folder / "state",
        "Dir::State::Status": folder / "status",
        "Dir::State::Lists": folder / "lists",
        "Dir::Cache": folder / "cache",
        "APT::Sandbox::User": "root",
        "APT::Get::AllowUnauthenticated": "false",
        "Acquire::AllowInsecureRepositories": "false",
        "Acquire::Languages": "none",
        "Acquire::PDiffs": "false",
        "Acquire::Retries": "3",
        "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
    }
    return [f"-o{name}={value}" for name, value in settings.items()]


def _prepare_lists(folder: Path, site: str, suites: list[str]) -> list[str]:
    for name in ("lists/partial", "cache/archives/partial", "state"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "status").touch()
    signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
    lines = [f"deb {signed}{site} {suite} main\n" for suite in suites]
    (folder / "sources.list").write_text("".join(lines))
    options = _apt_options(folder)
    with step("Reading the mirror's list of packages"):
        shell.run_quietly(
            ["apt-get", *options, "--error-on=any", "update"],
            f"The mirror of this machine could not be read: try again, or {OR_ELSE}",
        )
    return options


def _download(options: list[str], packages: list[str], folder: Path) -> None:
    with step(f"Fetching {packages[0].split('/')[0]}"):
        shell.run_quietly(
            ["apt-get", *options, "download", *packages],
            "The mirror of this machine does not give "
            f"{', '.join(packages)}: {OR_ELSE}",
            cwd=folder,
        )


def fetch_odoo(target: Path) -> None:
    """Unpack odoo-19 and the fonts and scripts it links to into ``target``."""
    site, suite = own_mirror()
    package = os.environ.get("ODOO_DEB")
    with tempfile.TemporaryDirectory(dir=paths.cache()) as scratch:
        folder = Path(scratch)
        options = _prepare_lists(folder, site, sorted({"sid", suite}))
        wanted = [f"{name}/sid" for name in FROM_SID]
        wanted += [f"{name}/{suite}" for name in FROM_OWN_SUITE]
        wanted = wanted if package else ["odoo-19/sid", *wanted]
        _download(options, wanted, folder)
        unpack(
            [*map(Path, [package] if package else []), *folder.glob("*.deb")], target
        )


def fetch(packages: list[str], target: Path) -> None:
    """Unpack packages of the machine's own suite into ``target``, without root."""
    site, suite = own_mirror()
    with tempfile.TemporaryDirectory(dir=paths.cache()) as scratch:
        folder = Path(scratch)
        options = _prepare_lists(folder, site, [suite])
        _download(options, packages, folder)
        unpack(sorted(folder.glob("*.deb")), target)


def unpack(packages: list[Path], target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with step("Unpacking"):
        for package in packages:
            shell.run_quietly(
                ["dpkg-deb", "-x", package, target],
                f"{package} could not be unpacked: check that it is a whole .deb file.",
            )
