import os
from pathlib import Path
from zipfile import ZipFile, ZipInfo


def entries(folder, prefix):
    """(name in the zip, directory entry or None for an empty folder), depth first."""
    with os.scandir(folder) as listing:
        visible = sorted((e for e in listing if not e.name.startswith(".")), key=lambda e: e.name)
    found = False
    for entry in visible:
        if entry.is_dir(follow_symlinks=False):
            found = True
            yield from entries(entry.path, f"{prefix}{entry.name}/")
        elif entry.is_file(follow_symlinks=False):
            found = True
            yield prefix + entry.name, entry
    if prefix and not found:
        yield prefix, None


def zip_folder(folder, target):
    if not Path(folder).is_dir():
        raise NotADirectoryError(f"{folder} is no folder")
    planned = list(entries(folder, ""))
    count = 0
    with ZipFile(target, mode="x") as archive:
        for name, entry in planned:
            if entry is None:
                archive.writestr(ZipInfo(name), b"")
            else:
                archive.writestr(name, Path(entry.path).read_bytes())
                count += 1
    return count
