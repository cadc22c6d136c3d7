import os
import zipfile


def zip_folder(folder, target):
    if not os.path.isdir(folder):
        raise NotADirectoryError(folder)
    if os.path.exists(target):
        raise FileExistsError(target)
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as zf:
        for root, dirs, files in os.walk(folder):
            dirs[:] = [d for d in dirs if not d.startswith(".")]
            files = [f for f in files if not f.startswith(".")]
            if not dirs and not files and root != folder:
                zf.write(root, os.path.relpath(root, folder))
            for file in files:
                path = os.path.join(root, file)
                if os.path.isfile(path) and os.path.abspath(path) != os.path.abspath(target):
                    zf.write(path, os.path.relpath(path, folder))
                    count += 1
    return count
