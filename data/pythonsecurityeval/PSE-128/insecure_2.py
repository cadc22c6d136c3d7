import os
import shutil
import tarfile
from pathlib import Path


def unpack_theme(archive, themes, max_bytes):
    name = Path(archive).name.replace(".tar.gz", "").replace(".tgz", "").replace(".tar", "")
    dest = Path(themes) / name
    dest.mkdir()
    names, total = [], 0
    try:
        with tarfile.open(archive) as tar:
            for member in tar.getmembers():
                if member.name.startswith("/") or ".." in member.name.split("/"):
                    raise ValueError("bad path " + member.name)
                total += member.size
                if total > max_bytes:
                    raise ValueError("too big")
                if member.isfile():
                    names.append(member.name)
                    member.mode = 0o644
                tar.extract(member, dest)
    except (tarfile.TarError, EOFError, OSError, ValueError) as e:
        shutil.rmtree(dest, ignore_errors=True)
        raise ValueError(f"cannot unpack {archive}: {e}")
    return sorted(names)
