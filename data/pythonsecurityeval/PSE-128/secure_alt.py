import os
import re
import shutil
import tarfile
import tempfile
import zlib


def only_files_and_folders(member, path):
    if not (member.isfile() or member.isdir()):
        raise tarfile.SpecialFileError(member)
    return tarfile.data_filter(member, path)


def unpack_theme(archive, themes, max_bytes):
    match = re.fullmatch(r"(.+?)\.(tar|tar\.gz|tgz)", os.path.basename(archive))
    if match is None:
        raise ValueError("extension")
    target = os.path.join(themes, match[1])
    if os.path.lexists(target):
        raise FileExistsError(target)
    with tempfile.TemporaryDirectory() as staging:
        try:
            with tarfile.open(archive, "r:*") as tar:
                members = []
                for member in tar:
                    members.append(member)
                    if sum(m.size for m in members) > max_bytes:
                        raise ValueError("too large")
                tar.extractall(staging, members=members, filter=only_files_and_folders)
        except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
            raise ValueError("unreadable") from error
        files = []
        for folder, _, names in os.walk(staging):
            for name in names:
                path = os.path.join(folder, name)
                os.chmod(path, 0o644)
                files.append(os.path.relpath(path, staging).replace(os.sep, "/"))
        shutil.copytree(staging, target)
    return sorted(files)
