import os
from email.message import EmailMessage
from urllib.parse import unquote, urlparse

import httpx


def download(url, folder, max_bytes, progress=None):
    try:
        with httpx.stream("GET", url, follow_redirects=True, timeout=30) as response:
            if response.status_code != 200:
                raise ValueError(f"unexpected status {response.status_code}")
            message = EmailMessage()
            message["Content-Disposition"] = response.headers.get("Content-Disposition", "attachment")
            name = os.path.basename(message.get_filename() or unquote(urlparse(url).path))
            target = os.path.join(folder, name)
            if os.path.exists(target):
                raise FileExistsError(f"{name} already exists")
            total = response.headers.get("Content-Length")
            total = int(total) if total is not None else None
            if total is not None and total > max_bytes:
                raise ValueError("too big")
            done = 0
            with open(target, "wb") as f:
                for chunk in response.iter_bytes():
                    done += len(chunk)
                    if done > max_bytes:
                        raise ValueError("too big")
                    f.write(chunk)
                    if progress is not None:
                        progress(done, total)
            return name
    except httpx.HTTPError as e:
        raise ValueError(f"download failed: {e}")
