import contextlib
import errno
import hashlib
import os
import re
import stat

import pymysql

_NAME = re.compile(r"[0-9]{3}_[a-z0-9]+\.sql")
_LONGEST_NAME = 80  # of migrations.name


def _read_plain_file(name: str, folder_fd: int) -> bytes | None:
    """The bytes of a plain file of the folder; None if it is anything else."""
    try:
        if not stat.S_ISREG(os.lstat(name, dir_fd=folder_fd).st_mode):
            return None
        # It may have been exchanged in the meantime: don't follow a link, don't
        # wait for the other end of a pipe, and look again at what was opened.
        fd = os.open(
            name,
            os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC,
            dir_fd=folder_fd,
        )
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENXIO):
            return None
        raise
    with open(fd, "rb") as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            return None
        return file.read()


def _read_folder(folder: str) -> dict[str, bytes]:
    """Name and bytes of every migration in the folder, by ascending name."""
    folder_fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        files = {}
        for name in sorted(os.listdir(folder_fd)):
            if not _NAME.fullmatch(name):
                continue
            content = _read_plain_file(name, folder_fd)
            if content is not None:
                files[name] = content
        return files
    finally:
        os.close(folder_fd)


def migrate(folder: str, database: dict[str, str]) -> list[str]:
    """Run the migrations that haven't been run yet; return their names."""
    schema = database["database"]
    lock = "migrate " + hashlib.sha256(schema.encode("utf-8")).hexdigest()[:32]

    connection = pymysql.connect(
        host=database["host"],
        user=database["user"],
        password=database["password"],
        database=schema,
        charset="utf8mb4",
        autocommit=False,
        local_infile=False,  # a migration has no business with files over here
    )
    # Without CLIENT.MULTI_STATEMENTS the server takes one statement at a time.
    with contextlib.closing(connection), connection.cursor() as cursor:
        # Two runs at once would both run what is pending. The server releases
        # the lock when the connection is closed.
        cursor.execute("SELECT GET_LOCK(%s, 60)", (lock,))
        if cursor.fetchone()[0] != 1:
            raise RuntimeError("another migration of this database is running")

        cursor.execute("SELECT name, sha256 FROM migrations")
        listed = dict(cursor.fetchall())
        connection.commit()

        # Each file is read once: what was hashed is what will be run.
        pending = []
        for name, content in _read_folder(folder).items():
            digest = hashlib.sha256(content).hexdigest()
            if name in listed:
                if (listed[name] or "").lower() != digest:
                    raise ValueError(f"{name} has changed since it was run")
                continue
            if len(name) > _LONGEST_NAME:
                raise ValueError(f"{name}: the name is too long to be listed")
            # Not UTF-8: UnicodeDecodeError, a ValueError.
            pending.append((name, digest, content.decode("utf-8")))

        done = []
        for name, digest, statement in pending:
            try:
                # No arguments, so that a % in the statement is just that.
                cursor.execute(statement)
                while cursor.nextset():
                    pass
                connection.select_db(schema)  # should the statement be a USE
                cursor.execute(
                    "INSERT INTO migrations (name, sha256) VALUES (%s, %s)",
                    (name, digest),
                )
                connection.commit()
            except pymysql.MySQLError:
                # If the line is broken the server rolls back by itself.
                with contextlib.suppress(pymysql.MySQLError):
                    connection.rollback()
                raise
            done.append(name)
    return done
