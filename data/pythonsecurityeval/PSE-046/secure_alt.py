import os
import re
import tempfile
from urllib.parse import unquote

import httpx


def pick_name(response, url):
    found = re.search(r'(?:^|;)\s*filename="?([^";]+)', response.headers.get("content-disposition", ""), re.IGNORECASE)
    wanted = found[1] if found else unquote(httpx.URL(url).raw_path.partition(b"?")[0].decode().split("/")[-1])
    name = os.path.basename(wanted.strip().replace("\0", ""))
    return name if name.strip(".") else "download.bin"


def fill(out, response, max_bytes, progress):
    length = response.headers.get("content-length")
    size = 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > max_bytes:
            raise ValueError("the file is too large")
        out.write(chunk)
        if progress:
            progress(size, None if length is None else int(length))
    out.flush()


def download(url, folder, max_bytes, progress=None):
    try:
        with (
            httpx.stream("GET", url, follow_redirects=True, timeout=20.0) as response,
            tempfile.NamedTemporaryFile(dir=folder, prefix=".download-") as out,
        ):
            if response.status_code != 200:
                raise ValueError(f"the server answers {response.status_code}")
            name = pick_name(response, url)
            fill(out, response, max_bytes, progress)
            os.link(out.name, os.path.join(folder, name))  # fails if the name is taken, be it by a link
    except httpx.HTTPError as error:
        raise ValueError("the file did not arrive whole") from error
    return name
