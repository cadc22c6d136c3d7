"""Publishing the data set on a hub: a staged folder, one commit, one tag; nothing where nothing changed."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pythonsecurityeval.corpora import _tables
from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.errors import CheckFailed, InfrastructureError, UsageError

if TYPE_CHECKING:
    from huggingface_hub import HfApi

CARD = "DATASET_CARD.md"
PLAIN = ("croissant.json", "CITATION.cff", "eval.yaml", "GATES.md")
TABLES = tuple(path.as_posix() for path in corpus.COMPILED)
KIND = "dataset"

_PLACEHOLDER = "ORG/pythonsecurityeval"


def stage(root: Path, folder: Path, repo: str) -> tuple[str, ...]:
    """Fills an empty folder with what is published, as it will lie on the hub.

    Args:
        root: A checkout.
        folder: Where to; made if need be.
        repo: ``ORG/NAME``, for the examples of the card.

    Returns:
        The files, relative to the folder.

    Raises:
        UsageError: The name is no repository's, ``root`` lacks a file of the data set, or the folder is not empty.
        CheckFailed: A table is not what ``SHA256SUMS`` or its declared columns say.
    """
    check_name(repo)
    if missing := [name for name in (CARD, *PLAIN, *TABLES, str(corpus.SUMS)) if not (root / name).is_file()]:
        raise UsageError(f"{root}: has no {missing[0]}; publish from a checkout, after `pse corpus build`")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: is not an empty folder; choose another one")
    _check(root)
    (folder / "data").mkdir(parents=True)
    for name in (*PLAIN, *TABLES):
        shutil.copyfile(root / name, folder / name)
    card = (root / CARD).read_text("utf-8").replace(_PLACEHOLDER, repo)
    (folder / "README.md").write_text(card, "utf-8")
    return ("README.md", *PLAIN, *TABLES)


def _check(root: Path) -> None:
    lines = (root / corpus.SUMS).read_text("utf-8").splitlines()
    sums = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    for columns, path in zip(_tables.TABLES.values(), TABLES, strict=True):
        data = (root / path).read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if sums.get(path) != found:
            raise CheckFailed(f"{path}: sha256 is {found}, expected {sums.get(path)}; run `pse corpus build`")
        _check_rows(path, data, _tables.schema(columns))


def _check_rows(path: str, data: bytes, schema: Mapping[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - only who publishes needs it
    from referencing import Registry  # noqa: PLC0415 - only who publishes needs it

    validator = Draft202012Validator(schema, registry=Registry())  # one for all rows, and no $ref is ever fetched
    for number, line in enumerate(data.splitlines(), start=1):
        for error in validator.iter_errors(json.loads(line)):
            raise CheckFailed(f"{path}:{number}: {error.json_path}: {error.message:.200}; run `pse corpus build`")


def publish(root: Path, repo: str, *, private: bool = False) -> str:
    """Publishes the corpus as a data set, and tags the commit with its version, ``v1.2.3``.

    Args:
        root: A checkout.
        repo: ``ORG/NAME``; made if it is not there.
        private: Whether a repository that is made is private.

    Returns:
        The address of the commit; that of the last one where nothing had changed.

    Raises:
        UsageError: The name is no repository's, or this version was published with other tables.
        CheckFailed: A table is not what it should be.
        InfrastructureError: The hub does not answer, or refuses.
    """
    from huggingface_hub import HfApi  # noqa: PLC0415 - only who publishes needs it

    tag = tag_of(corpus.full(root).version)
    with tempfile.TemporaryDirectory(prefix="pse-publish-") as scratch, _explained(repo):
        folder = Path(scratch) / "staged"
        stage(root, folder, repo)
        api = HfApi()
        api.create_repo(repo, repo_type=KIND, private=private, exist_ok=True)
        tagged = tag in {ref.name for ref in api.list_repo_refs(repo, repo_type=KIND).tags}
        if tagged and (other := _differing(api, repo, tag, folder)):
            raise UsageError(f"{repo}: {tag} is published with another {other[0]}; raise {corpus.VERSION} first")
        commit = api.upload_folder(
            repo_id=repo, folder_path=folder, repo_type=KIND, commit_message=f"Version {tag[1:]}", delete_patterns="*"
        )
        if not tagged:
            api.create_tag(repo, tag=tag, revision=commit.oid, repo_type=KIND)
    return str(commit.commit_url)


def tag_of(version: str) -> str:
    """The tag that a version of the corpus is published under."""
    return f"v{version}"


def check_name(repo: str) -> None:
    """That a hub can have a repository of this name.

    Raises:
        UsageError: It cannot.
    """
    from huggingface_hub.utils import HFValidationError, validate_repo_id  # noqa: PLC0415 - only who publishes needs it

    try:
        validate_repo_id(repo)
    except HFValidationError as error:
        raise UsageError(f"{repo!r} is no name of a repository: {error}") from None
    if "/" not in repo:
        raise UsageError(f"{repo!r} has no namespace, and a hub has no names without one; give ORG/{repo}")


def _differing(api: HfApi, repo: str, tag: str, folder: Path) -> list[str]:
    """The tables that differ from those published under a tag."""
    published = {item.path: item for item in api.get_paths_info(repo, list(TABLES), revision=tag, repo_type=KIND)}
    return [name for name in TABLES if not _same(published.get(name), (folder / name).read_bytes())]


def _same(published: Any, data: bytes) -> bool:
    if published is None:
        return False
    if published.lfs is not None:
        return bool(published.lfs.sha256 == hashlib.sha256(data).hexdigest())
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)  # git's name of a file
    return bool(published.blob_id == blob.hexdigest())


@contextlib.contextmanager
def _explained(repo: str) -> Iterator[None]:
    """What the hub or the network says, in one line."""
    from huggingface_hub import errors  # noqa: PLC0415 - only who publishes needs it

    network: type[Exception] = getattr(errors, "HTTPError", OSError)  # of the HTTP library in use, which has changed
    try:
        yield
    except (errors.HfHubHTTPError, network, OSError) as error:
        said = " ".join(str(error).split())
        raise InfrastructureError(f"{repo}: not published: {said or type(error).__name__}") from error
