"""A hub of data sets and models on the loopback interface: what `datasets` and `huggingface_hub` ask of one, and no more.

Every file is answered as a plain git blob, so neither large-file store is needed. Repositories are
kept in memory as a list of commits: name of each file to its bytes.
"""

import base64
import contextlib
import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

FILE = re.compile(r"(?:/datasets)?/([^/]+/[^/]+)/resolve/([^/]+)/(.+)")
CALL = re.compile(r"/api/(?:datasets|models)/([^/]+/[^/]+)(?:/([a-z-]+)(?:/([^/]+)(?:/(.*))?)?)?")


def blob(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class Repository:
    def __init__(self):
        self.commits, self.tags = [], {}
        self.commit({}, "initial commit")

    def commit(self, files, message):
        sha = hashlib.sha1(repr((len(self.commits), message, sorted(files))).encode()).hexdigest()
        self.commits.append((sha, dict(files), message))
        return sha

    def at(self, revision):
        """Hash and files of a revision, or nothing."""
        name = unquote(revision).removeprefix("refs/tags/").removeprefix("refs/heads/")
        sha = self.commits[-1][0] if name == "main" else self.tags.get(name, name)
        return next(((known, files) for known, files, _ in self.commits if known == sha), None)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def _reply(self, body=b"", status=200, **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _fail(self, status, name):
        self._reply({"error": name}, status, X_Error_Code=name, X_Error_Message=name)

    def _body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        data = b""
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            data += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return data

    def _route(self):
        path, body = urlsplit(self.path).path, self._body()
        self.server.asked.append(f"{self.command} {path}")
        if not self.headers.get("Authorization") and self.command == "POST" and "paths-info" not in path:
            return self._fail(401, "Unauthorized")
        if path == "/api/repos/create":
            return self._create(json.loads(body))
        if path == "/api/validate-yaml":
            return self._reply({"errors": [], "warnings": []})
        if match := FILE.fullmatch(path):
            return self._file(match[1], match[2], unquote(match[3]))
        if match := CALL.fullmatch(path):
            return self._call(match[1], match[2] or "revision", match[3] or "main", unquote(match[4] or ""), body)
        return self._fail(404, "NotFound")

    do_HEAD = do_GET = do_POST = _route  # noqa: N815 - the names that http.server calls

    def _create(self, wanted):
        name = f"{wanted['organization']}/{wanted['name']}"
        status = 409 if name in self.server.repositories else 200
        self.server.repositories.setdefault(name, Repository())
        self._reply({"url": f"http://{self.headers['Host']}/datasets/{name}"}, status)

    def _found(self, name, revision):
        if (repository := self.server.repositories.get(name)) is None:
            self._fail(404, "RepoNotFound")
        elif (found := repository.at(revision)) is None:
            self._fail(404, "RevisionNotFound")
        else:
            return repository, *found
        return None

    def _file(self, name, revision, path):
        if (found := self._found(name, revision)) is None:
            return None
        _, sha, files = found
        if path not in files:
            return self._reply(b"", 404, X_Error_Code="EntryNotFound", X_Repo_Commit=sha)
        data, status, extra = files[path], 200, {}
        if wanted := re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", "")):
            first, last = int(wanted[1]), min(int(wanted[2] or len(data) - 1), len(data) - 1)
            extra = {"Content_Range": f"bytes {first}-{last}/{len(data)}"}
            data, status = data[first : last + 1], 206
        return self._reply(
            data, status, ETag=f'"{blob(files[path])}"', X_Repo_Commit=sha, Accept_Ranges="bytes", **extra
        )

    def _call(self, name, verb, revision, rest, body):
        if (found := self._found(name, "main" if verb == "refs" else revision)) is None:
            return None
        repository, sha, files = found
        answer = getattr(self, f"_do_{verb.replace('-', '_')}", None)
        return self._fail(404, "NotFound") if answer is None else answer(repository, sha, files, name, rest, body)

    def _do_revision(self, repository, sha, files, name, rest, body):
        siblings = [{"rfilename": path} for path in sorted(files)]
        about = {"private": False, "gated": False, "disabled": False, "tags": [], "downloads": 0, "likes": 0}
        self._reply({"_id": "0", "id": name, "sha": sha, "siblings": siblings, **about})

    def _do_refs(self, repository, sha, files, name, rest, body):
        tags = [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": at} for tag, at in repository.tags.items()]
        main = {"name": "main", "ref": "refs/heads/main", "targetCommit": sha}
        self._reply({"branches": [main], "tags": tags, "converts": []})

    def _do_tree(self, repository, sha, files, name, rest, body):
        folder = f"{rest.strip('/')}/" if rest.strip("/") else ""
        inside = {path.removeprefix(folder): data for path, data in files.items() if path.startswith(folder)}
        deep = parse_qs(urlsplit(self.path).query).get("recursive", ["false"])[0].lower() == "true"
        folders = sorted({path.partition("/")[0] for path in inside if "/" in path})
        entries = [_folder(folder + path) for path in folders]
        entries += [_entry(folder + path, data) for path, data in sorted(inside.items()) if deep or "/" not in path]
        self._reply(entries) if entries or not rest else self._fail(404, "EntryNotFound")

    def _do_paths_info(self, repository, sha, files, name, rest, body):
        as_json = "json" in self.headers.get("Content-Type", "")
        paths = json.loads(body)["paths"] if as_json else parse_qs(body.decode()).get("paths", [])
        known = [_entry(path, files[path]) for path in paths if path in files]
        known += [_folder(path) for path in paths if any(file.startswith(f"{path}/") for file in files)]
        self._reply(known)

    def _do_preupload(self, repository, sha, files, name, rest, body):
        paths = [file["path"] for file in json.loads(body)["files"]]
        modes = [{"path": path, "uploadMode": "regular", "shouldIgnore": False} for path in paths]
        self._reply(
            {"files": [{**mode, "oid": blob(files[mode["path"]]) if mode["path"] in files else None} for mode in modes]}
        )

    def _do_commit(self, repository, sha, files, name, rest, body):
        after, message = dict(files), ""
        for line in body.splitlines():
            step = json.loads(line)
            key, value = step["key"], step["value"]
            if key == "header":
                message = value["summary"]
            elif key == "file":
                after[value["path"]] = base64.b64decode(value["content"])
            elif key == "deletedFile":
                after.pop(value["path"], None)
        new = repository.commit(after, message)
        self._reply(
            {
                "success": True,
                "commitOid": new,
                "commitUrl": f"http://{self.headers['Host']}/datasets/{name}/commit/{new}",
            }
        )

    def _do_tag(self, repository, sha, files, name, rest, body):
        repository.tags[json.loads(body)["tag"]] = sha
        self._reply({})


def _entry(path, data):
    return {"type": "file", "oid": blob(data), "size": len(data), "path": path}


def _folder(path):
    return {"type": "directory", "oid": "0" * 40, "size": 0, "path": path}


@contextlib.contextmanager
def loopback_hub():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads, server.block_on_close = True, False
        server.repositories, server.asked, server.address = {}, [], f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()
