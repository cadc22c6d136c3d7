import os
import posixpath
import shutil
import tarfile
import zlib

_EXTENSIONS = (".tar.gz", ".tgz", ".tar")


def _theme_name(archive: str) -> str:
    base = os.path.basename(archive)
    for extension in _EXTENSIONS:
        if base.lower().endswith(extension):
            name = base[: -len(extension)]
            if name not in ("", ".", ".."):
                return name
    raise ValueError(f"not a theme archive: {base!r}")


def _relative_path(name: str) -> str:
    path = posixpath.normpath(name)
    if path.startswith("/") or path == ".." or path.startswith("../"):
        raise ValueError(f"outside of the theme: {name!r}")
    return path


def _unpack(archive: str, folder: str, max_bytes: int) -> list[str]:
    files = set()
    total = 0
    with tarfile.open(archive, "r:*") as tar:
        for member in tar:
            path = _relative_path(member.name)
            target = os.path.join(folder, path)
            if member.isdir():
                os.makedirs(target, exist_ok=True)
                continue
            if not member.isreg() or path == ".":
                raise ValueError(f"neither a file nor a folder: {member.name!r}")
            total += member.size
            if member.size < 0 or total > max_bytes:
                raise ValueError(f"the theme is larger than {max_bytes} bytes")
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with tar.extractfile(member) as source, open(target, "wb") as out:
                shutil.copyfileobj(source, out)
                os.fchmod(out.fileno(), 0o644)
            files.add(path)
    return sorted(files)


def unpack_theme(archive: str, themes: str, max_bytes: int) -> list[str]:
    folder = os.path.join(themes, _theme_name(archive))
    os.mkdir(folder)  # FileExistsError if there is one already
    try:
        return _unpack(archive, folder, max_bytes)
    except BaseException as error:
        shutil.rmtree(folder)
        if isinstance(error, (tarfile.TarError, EOFError, zlib.error)):
            raise ValueError(f"not a readable tar file: {error}") from error
        # gzip.BadGzipFile is an OSError without errno; the others mean that a
        # name is used for a file and a folder at once
        if isinstance(error, (FileExistsError, NotADirectoryError, IsADirectoryError)) or (
            isinstance(error, OSError) and error.errno is None
        ):
            raise ValueError(f"not a usable archive: {error}") from error
        raise
