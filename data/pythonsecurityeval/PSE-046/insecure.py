import os
import re
from urllib.parse import unquote, urlparse

import requests


def download(url, folder, max_bytes, progress=None):
    try:
        with requests.get(url, stream=True, timeout=30) as r:
            if r.status_code != 200:
                raise ValueError(f"HTTP {r.status_code}")
            total = r.headers.get("Content-Length")
            total = int(total) if total else None
            if total and total > max_bytes:
                raise ValueError("file too large")
            match = re.search(r'filename="?([^";]+)"?', r.headers.get("Content-Disposition", ""))
            name = match.group(1) if match else unquote(urlparse(url).path.split("/")[-1])
            path = os.path.join(folder, name)
            if os.path.exists(path):
                raise FileExistsError(path)
            done = 0
            try:
                with open(path, "wb") as f:
                    for chunk in r.iter_content(chunk_size=8192):
                        f.write(chunk)
                        done += len(chunk)
                        if progress:
                            progress(done, total)
            except requests.RequestException:
                os.remove(path)
                raise
            return name
    except requests.RequestException as e:
        raise ValueError(str(e))
