from email.message import Message
from pathlib import Path
from urllib.parse import unquote, urlsplit

import requests

PIECE = 1 << 16


def name_of(url, disposition):
    header = Message()
    header["Content-Disposition"] = disposition
    name = header.get_filename() or unquote(urlsplit(url).path.rpartition("/")[2])
    name = name.replace("\\", "/").rpartition("/")[2]
    if name in ("", ".", "..") or not name.isprintable():
        raise ValueError(f"no name for a file: {name!r}")
    return name


def save(response, path, max_bytes, progress):
    announced = response.headers.get("Content-Length", "")
    total = int(announced) if announced.isdecimal() else None
    if total is not None and total > max_bytes:
        raise ValueError(f"{total} bytes are too many")
    done = 0
    with path.open("xb") as file:
        try:
            for piece in response.iter_content(PIECE):
                done += len(piece)
                if done > max_bytes:
                    raise ValueError(f"more than {max_bytes} bytes")
                file.write(piece)
                if progress is not None:
                    progress(done, total)
        except BaseException:
            path.unlink()
            raise


def download(url, folder, max_bytes, progress=None):
    try:
        with requests.get(url, stream=True, timeout=30) as response:
            if response.status_code != 200:
                raise ValueError(f"status {response.status_code}")
            name = name_of(url, response.headers.get("Content-Disposition", ""))
            save(response, Path(folder, name), max_bytes, progress)
            return name
    except requests.RequestException as error:
        raise ValueError(f"{url} does not come") from error
