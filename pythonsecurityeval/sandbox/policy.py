"""Isolation as data: limits, environment, what is readable, what is loaded before the first sample."""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from pythonsecurityeval.sandbox.processes import package_root

Tier = Literal["namespaces", "landlock"]
NOBODY: Final = 65534
MEGABYTE: Final = 1 << 20

_SYSTEM = (
    "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libx32", "/lib", "/lib32", "/lib64",
    "/etc/ld.so.cache", "/etc/ssl", "/etc/pki", "/etc/ca-certificates", "/etc/mime.types", "/etc/localtime",
    "/usr/share/zoneinfo", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
)  # fmt: skip
DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full", "/dev/urandom", "/dev/random")
WRITABLE_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full")


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


#: Standard modules that ordinary solutions import; loading them once saves every fork the time.
LIGHT: Final = _names(
    """
    abc argparse array ast asyncio base64 binascii bisect calendar cmath codecs collections colorsys
    concurrent.futures configparser contextlib copy csv ctypes dataclasses datetime decimal difflib email
    email.mime.multipart email.mime.text enum errno fcntl fnmatch fractions ftplib functools getpass glob gzip
    hashlib heapq hmac html html.parser http.client http.cookies http.server imaplib importlib inspect io ipaddress
    itertools json locale logging logging.handlers lzma math mimetypes numbers operator os pathlib pickle platform
    poplib pprint queue random re resource sched secrets select selectors shelve shlex shutil signal smtplib socket
    socketserver sqlite3 ssl stat statistics string struct subprocess sys tarfile tempfile textwrap threading time
    timeit tokenize traceback types typing unicodedata unittest unittest.mock urllib.error urllib.parse
    urllib.request uuid warnings weakref xml.dom.minidom xml.etree.ElementTree xml.sax xmlrpc.client zipfile zlib
    zoneinfo _strptime encodings.idna mmap multiprocessing netrc stringprep
    """
)
#: Third-party modules that solutions import; the first part of a name is what sends a sample to the heavy fork-server.
HEAVY: Final = _names(
    """
    bcrypt boto3 botocore.exceptions bs4 bson cryptography cryptography.fernet
    cryptography.hazmat.primitives.asymmetric.padding cryptography.hazmat.primitives.asymmetric.rsa
    cryptography.hazmat.primitives.ciphers.aead cryptography.hazmat.primitives.kdf.pbkdf2
    cryptography.hazmat.primitives.kdf.scrypt cryptography.hazmat.primitives.serialization cryptography.x509
    defusedxml defusedxml.ElementTree defusedxml.minidom defusedxml.sax django django.conf django.db django.http
    django.shortcuts django.template django.test django.urls flask gridfs httpx jinja2 jinja2.sandbox jwt lxml
    lxml.etree lxml.html markupsafe mysql.connector numpy pandas psycopg2 psycopg2.extras psycopg2.sql pymongo
    pymysql requests sqlalchemy sqlalchemy.orm werkzeug werkzeug.security werkzeug.test werkzeug.utils yaml
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What the candidates of one fork-server find loaded.

    Attributes:
        heavy: Third-party libraries.
        with_test: What runs a test beside a candidate that it cannot be split from; else the seams of the test kit.
    """

    heavy: bool = False
    with_test: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one sample may use.

    Attributes:
        cpu_s: CPU seconds of one test.
        wall_factor: Wall time of one test, as a multiple of ``cpu_s``.
        memory_mb: Address space of a process, beyond what the loaded libraries take; the processes of a
            sample together may hold as much in memory.
        processes: Processes and threads.
        open_files: Descriptors of a process.
        file_mb: Size of a file.
        scratch_mb: Size of all files.
        scratch_inodes: Number of files and folders.
    """

    cpu_s: float = 2.0
    wall_factor: float = 3.0
    memory_mb: int = 1024
    processes: int = 64
    open_files: int = 256
    file_mb: int = 16
    scratch_mb: int = 64
    scratch_inodes: int = 4096

    @property
    def wall_s(self) -> float:
        """Wall seconds of one test."""
        return self.cpu_s * self.wall_factor

    def plain(self) -> dict[str, Any]:
        """As keyword arguments, to be sent to another process."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Readable:
    """What may be read.

    Attributes:
        trees: Folders and files, everything below them included, except what is hidden.
        hidden: Folders inside the trees that must not be read.
    """

    trees: tuple[str, ...]
    hidden: tuple[str, ...]

    def expanded(self) -> tuple[list[str], list[str]]:
        """The same as (readable, only listable) paths without exceptions: a folder that holds something hidden is
        replaced by its other entries, and may itself only be listed, as the import system must.
        """  # noqa: D205 - one sentence that does not fit one line
        readable: list[str] = []
        listable: list[str] = []
        pending = list(self.trees)
        while pending:
            path = pending.pop()
            inside = [hidden for hidden in self.hidden if hidden.startswith(f"{path}/")]
            if path in self.hidden:
                continue
            if inside:
                listable.append(path)
                pending += [str(inner) for inner in sorted(Path(path).iterdir())]
            else:
                readable.append(path)
        return readable, listable


def readable() -> Readable:
    """What this very interpreter needs to run, and this package without the corpus that is shipped in it."""
    root = package_root()
    trees = {*_SYSTEM, root, *_interpreter()}
    both = {*trees, *(os.path.realpath(tree) for tree in trees)}
    existing = sorted(path for path in both if Path(path).exists())
    outermost = [path for path in existing if not any(path.startswith(f"{other}/") for other in existing)]
    hidden = {f"{root}/_data", f"{os.path.realpath(root)}/_data"}
    return Readable(tuple(outermost), tuple(sorted(path for path in hidden if Path(path).is_dir())))


def _interpreter() -> set[str]:
    own = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix} - {"/usr", "/"}
    paths = sysconfig.get_paths()
    return own | {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}


def reachable_by_anyone(paths: tuple[str, ...]) -> bool:
    """Whether ordinary permissions let every user get to the paths, and into those that are folders."""
    found = {Path(path).resolve() for path in paths}
    folders = {parent for path in found for parent in path.parents} | {path for path in found if path.is_dir()}
    return all(folder.stat().st_mode & 0o001 for folder in folders)


def environment(scratch: str, hash_seed: int) -> Mapping[str, str]:
    """The whole environment of a candidate and of a judge."""
    return {
        "PATH": "/usr/bin:/bin", "HOME": scratch, "TMPDIR": scratch, "USER": "candidate", "LOGNAME": "candidate",
        "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": str(hash_seed),
        "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1",
        # Else each thread of a judge reserves 64 MB of its address space.
        "MALLOC_ARENA_MAX": "2",
    }  # fmt: skip
