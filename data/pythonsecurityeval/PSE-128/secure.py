import os
import shutil
import tarfile
from pathlib import Path, PurePosixPath

EXTENSIONS = (".tar.gz", ".tgz", ".tar")


def theme_name(archive):
    base = os.path.basename(archive)
    for extension in EXTENSIONS:
        if base.endswith(extension) and base != extension:
            return base[: -len(extension)]
    raise ValueError(f"not a theme archive: {base}")


def checked(member):
    path = PurePosixPath(member.name)
    if not (member.isreg() or member.isdir()) or path.is_absolute() or ".." in path.parts:
        raise ValueError(f"unexpected member: {member.name}")
    return path


def unpack(tar, root, max_bytes):
    left = max_bytes
    names = []
    for member in tar:
        path = checked(member)
        target = root.joinpath(*path.parts)
        if member.isdir():
            target.mkdir(parents=True, exist_ok=True)
            continue
        left -= member.size
        if left < 0:
            raise ValueError("theme is too large")
        target.parent.mkdir(parents=True, exist_ok=True)
        with tar.extractfile(member) as source, open(target, "xb") as out:
            shutil.copyfileobj(source, out)
        target.chmod(0o644)
        names.append(path.as_posix())
    return sorted(names)


def unpack_theme(archive, themes, max_bytes):
    root = Path(themes) / theme_name(archive)
    root.mkdir()
    try:
        with tarfile.open(archive) as tar:
            return unpack(tar, root, max_bytes)
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        shutil.rmtree(root)
        raise ValueError(f"not a usable theme: {error}") from error
