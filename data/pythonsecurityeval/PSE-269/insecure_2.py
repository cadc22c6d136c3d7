import zipfile
from pathlib import Path


def zip_folder(folder, target):
    root = Path(folder)
    if not root.is_dir():
        raise NotADirectoryError(folder)
    paths = sorted(root.rglob("*"))
    count = 0
    with zipfile.ZipFile(target, "x") as zf:
        for path in paths:
            if path.name.startswith(".") or path.is_symlink():
                continue
            if path.is_file():
                zf.write(path, path.relative_to(root))
                count += 1
            elif path.is_dir() and not any(path.iterdir()):
                zf.write(path, path.relative_to(root))
    return count
