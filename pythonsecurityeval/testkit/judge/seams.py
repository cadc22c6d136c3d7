"""The seams in the candidate's process, as the judge completes them and asks for them."""

from __future__ import annotations

from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.link import Link
from pythonsecurityeval.testkit.judge.talk import Talk
from pythonsecurityeval.testkit.judge.values import KitFault, SolutionError, told


def complete(link: Link, talk: Talk, *, watched: bool) -> None:
    """Tell the seams what differs between runs.

    Args:
        link: The wire to a candidate whose code has not run yet.
        talk: A conversation with it.
        watched: Have it remember what starts programs, so that `replaced` can be asked.

    Raises:
        KitFault: They do not answer.
    """
    try:
        ca_pem = tls.ca_pem().decode()
    except Exception as error:
        raise KitFault(f"the certificate authority cannot be made: {told(error)}") from error
    try:
        talk.ask("trust", ca_pem)
        if watched:
            talk.ask("picture")
    except SolutionError as error:
        raise KitFault(f"the seams do not answer: {error.name}: {error.message}") from error
    link.configured, link.pictured = True, watched


def replaced(talk: Talk) -> str:
    """What the solution says that it replaced of the seams for programs; empty if nothing."""
    try:
        names = talk.ask("changed")
    except SolutionError as error:
        names = error.name
    return f"the solution replaced what starts programs: {names!s:.300}" if names != [] else ""
