import os
import shutil
import tarfile


def unpack_theme(archive, themes, max_bytes):
    name = os.path.basename(archive)
    for ext in (".tar.gz", ".tgz", ".tar"):
        name = name.removesuffix(ext)
    dest = os.path.join(themes, name)
    os.mkdir(dest)
    try:
        with tarfile.open(archive) as tar:
            if sum(m.size for m in tar.getmembers()) > max_bytes:
                raise ValueError("theme too big")
            if any(m.isdev() or m.islnk() or m.issym() for m in tar.getmembers()):
                raise ValueError("links are not allowed")
            tar.extractall(dest)
            files = sorted(m.name for m in tar.getmembers() if m.isfile())
    except (tarfile.TarError, EOFError, ValueError) as e:
        shutil.rmtree(dest)
        raise ValueError(str(e))
    for file in files:
        os.chmod(os.path.join(dest, file), 0o644)
    return files
