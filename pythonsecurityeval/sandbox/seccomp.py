"""Seccomp: which system calls a process may make, compiled from data into the kernel's filter machine."""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pythonsecurityeval.sandbox.syscall_numbers import audit_arch, machine, numbers

_LOAD = 0x20
_JUMP_EQUAL = 0x15
_JUMP_GREATER = 0x25
_JUMP_GREATER_EQUAL = 0x35
_JUMP_ANY_BIT = 0x45
_RETURN = 0x06
_ALLOW = 0x7FFF_0000
_KILL = 0x8000_0000
_ASK = 0x7FC0_0000
_ERRNO = 0x0005_0000
_FOREIGN_CALLS = 0x4000_0000  # the x32 table of x86_64

_OFFSET_NUMBER = 0
_OFFSET_ARCH = 4
_OFFSET_ARGUMENTS = 16


@dataclass(frozen=True, slots=True)
class Only:
    """Allowed only if the lower 32 bits of one argument are as said.

    Attributes:
        argument: Position, from 0.
        values: One of these, if any are given.
        without: None of these bits.
        having: At least one of these bits, if any are given.
        refused: None of these values.
        otherwise: The error that the caller gets.
    """

    argument: int
    values: tuple[int, ...] = ()
    without: int = 0
    having: int = 0
    refused: tuple[int, ...] = ()
    otherwise: int = errno.EPERM


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value & 0xFFFF_FFFF)


def _fail(number: int) -> bytes:
    return _step(_RETURN, _ERRNO | number)


def _condition(only: Only) -> bytes:
    """Steps that return a verdict on the loaded argument."""
    steps = [_step(_LOAD, _OFFSET_ARGUMENTS + 8 * only.argument)]
    for value in only.values:
        steps += [_step(_JUMP_EQUAL, value, 0, 1), _step(_RETURN, _ALLOW)]
    for value in only.refused:
        steps += [_step(_JUMP_EQUAL, value, 0, 1), _fail(only.otherwise)]
    if only.without:
        steps += [_step(_JUMP_ANY_BIT, only.without, 0, 1), _fail(only.otherwise)]
    if only.having:
        steps += [_step(_JUMP_ANY_BIT, only.having, 1, 0), _fail(only.otherwise)]
    steps.append(_fail(only.otherwise) if only.values else _step(_RETURN, _ALLOW))
    return b"".join(steps)


def _ranges(found: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers joined: (first, last), ascending."""
    ranges: list[tuple[int, int]] = []
    for number in sorted(found):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


def compile_filter(
    allowed: Iterable[str], conditions: Mapping[str, Only], absent: Iterable[str], asked: Iterable[str] = ()
) -> bytes:
    """A filter that refuses everything it does not know.

    Args:
        allowed: Calls that pass whatever their arguments.
        conditions: Calls that pass under a condition.
        absent: Calls that the kernel is said not to have (ENOSYS), so that the C library falls back.
        asked: Calls that are put before the filter's listener; with them all calls of another machine's table,
            which could be any of these.

    Returns:
        The program; refused calls get EPERM, and calls newer than this package ENOSYS.
    """
    table, asked = numbers(), tuple(asked)
    foreign = _step(_RETURN, _ASK) if asked else _step(_RETURN, _KILL)
    start = [_step(_LOAD, _OFFSET_ARCH), _step(_JUMP_EQUAL, audit_arch(), 1, 0), foreign]
    start.append(_step(_LOAD, _OFFSET_NUMBER))
    if machine() == "x86_64":
        foreign = _step(_RETURN, _ASK) if asked else _fail(errno.ENOSYS)
        start += [_step(_JUMP_GREATER_EQUAL, _FOREIGN_CALLS, 0, 1), foreign]
    middle = []
    for name, only in conditions.items():
        if name in table:
            verdict = _condition(only)
            middle += [_step(_JUMP_EQUAL, table[name], 0, len(verdict) // 8), verdict]
    for name in asked:
        if name in table:
            middle += [_step(_JUMP_EQUAL, table[name], 0, 1), _step(_RETURN, _ASK)]
    for name in absent:
        if name in table:
            middle += [_step(_JUMP_EQUAL, table[name], 0, 1), _fail(errno.ENOSYS)]
    plain = {table[name] for name in allowed if name in table and name not in conditions}
    for first, last in _ranges(plain):
        middle += [_step(_JUMP_GREATER_EQUAL, first, 0, 2), _step(_JUMP_GREATER, last, 1, 0), _step(_RETURN, _ALLOW)]
    newest = max(table.values())
    end = [_step(_JUMP_GREATER, newest, 0, 1), _fail(errno.ENOSYS), _fail(errno.EPERM)]
    return b"".join((*start, *middle, *end))
