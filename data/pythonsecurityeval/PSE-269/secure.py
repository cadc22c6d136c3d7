import os
import stat
import zipfile


def zip_folder(folder, target):
    if not os.path.isdir(folder):
        raise NotADirectoryError(folder)
    count = 0
    with open(target, "xb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        own = os.fstat(out.fileno())
        for path, names, files in os.walk(folder):
            names[:] = sorted(n for n in names if n[0] != "." and not os.path.islink(os.path.join(path, n)))
            kept = 0
            for name in sorted(files):
                full = os.path.join(path, name)
                info = os.lstat(full)
                if name[0] == "." or not stat.S_ISREG(info.st_mode) or os.path.samestat(info, own):
                    continue
                archive.write(full, os.path.relpath(full, folder))
                kept += 1
            if not kept and not names and path != folder:
                archive.write(path, os.path.relpath(path, folder))
            count += kept
    return count
