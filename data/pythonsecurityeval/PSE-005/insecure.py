import os

import requests


def hand_over(url, outbox, name, key):
    path = os.path.join(outbox, name)
    with open(path, "rb") as file:
        response = requests.post(
            url,
            headers={"X-Archive-Key": key},
            files={"file": (os.path.basename(path), file)},
            timeout=60,
        )
    return response.status_code
