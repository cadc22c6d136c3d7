"""What a server tells about itself: its variables, `information_schema`, SHOW and DESCRIBE."""

# ruff: noqa: S608  the queries are put together of constants, letters and quoted names

from __future__ import annotations

import functools
import re

from sqlglot import exp

from pythonsecurityeval.testkit.judge.doubles.sql.statements import Flavour, parse_text

MYSQL_VERSION = "8.0.36"
POSTGRES_VERSION = "16.2"
POSTGRES_BANNER = f"PostgreSQL {POSTGRES_VERSION} on x86_64-pc-linux-gnu"

#: Variables that drivers and libraries read; all others are NULL.
VARIABLES: dict[str, str | int] = {
    "autocommit": 1,
    "character_set_client": "utf8mb4",
    "character_set_connection": "utf8mb4",
    "collation_connection": "utf8mb4_0900_ai_ci",
    "hostname": "db",
    "lower_case_table_names": 0,
    "max_allowed_packet": 67108864,
    "secure_file_priv": "/var/lib/mysql-files/",
    "sql_mode": "STRICT_TRANS_TABLES",
    "time_zone": "SYSTEM",
    "transaction_isolation": "REPEATABLE-READ",
    "tx_isolation": "REPEATABLE-READ",
    "version": MYSQL_VERSION,
    "version_comment": "MySQL Community Server - GPL",
}
POSTGRES_SETTINGS = {
    "transaction isolation level": "read committed",
    "transaction_isolation": "read committed",
    "server_version": POSTGRES_VERSION,
    "server_encoding": "UTF8",
    "client_encoding": "UTF8",
    "standard_conforming_strings": "on",
    "search_path": '"$user", public',
    "timezone": "UTC",
    "is_superuser": "off",
}

_OWN = "m.type IN ('table', 'view') AND m.name NOT GLOB 'sqlite_*'"
_TABLES = (
    "SELECT 'def' AS table_catalog, {schema} AS table_schema, m.name AS table_name,"
    " CASE m.type WHEN 'view' THEN 'VIEW' ELSE 'BASE TABLE' END AS table_type, 'InnoDB' AS engine,"
    " NULL AS table_rows, '' AS table_comment FROM sqlite_master AS m WHERE " + _OWN
)
_COLUMNS = (
    "SELECT 'def' AS table_catalog, {schema} AS table_schema, m.name AS table_name, p.name AS column_name,"
    " p.cid + 1 AS ordinal_position, p.dflt_value AS column_default,"
    " CASE WHEN p.`notnull` OR p.pk THEN 'NO' ELSE 'YES' END AS is_nullable,"
    " PLAIN_TYPE(p.type) AS data_type, PLAIN_TYPE(p.type) AS column_type,"
    " CASE WHEN p.pk THEN 'PRI' ELSE '' END AS column_key, '' AS extra"
    " FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS p WHERE " + _OWN
)
_KEYS = "(SELECT GROUP_CONCAT(CONCAT('`', p.name, '`')) FROM pragma_table_info(m.name) AS p WHERE p.pk)"
_UNIQUE = (
    "(SELECT COALESCE(GROUP_CONCAT(CONCAT(',\\n  UNIQUE KEY `', i.name, '` (',"
    " (SELECT GROUP_CONCAT(CONCAT('`', c.name, '`'))"
    " FROM pragma_index_info(i.name) AS c), ')') SEPARATOR ''), '') FROM pragma_index_list(m.name) AS i"
    " WHERE i.`unique` AND i.origin <> 'pk')"
)
_FOREIGN = (
    "(SELECT COALESCE(GROUP_CONCAT(CONCAT(',\\n  CONSTRAINT `', m.name, '_ibfk_', f.id, '` FOREIGN KEY (`', f.`from`,"
    " '`) REFERENCES `', f.`table`, '` (`', COALESCE(f.`to`, 'id'), '`)') SEPARATOR ''), '')"
    " FROM pragma_foreign_key_list(m.name) AS f)"
)
_PRIMARY = f"CASE WHEN {_KEYS} IS NULL THEN '' ELSE CONCAT(',\\n  PRIMARY KEY (', {_KEYS}, ')') END"
#: The text of SHOW CREATE TABLE; lengths of texts are not told.
_CREATE = (
    "SELECT m.name AS table_name, CONCAT('CREATE TABLE `', m.name, '` (\\n',"
    " (SELECT GROUP_CONCAT(CONCAT('  `', p.name, '` ', PLAIN_TYPE(p.type),"
    " CASE WHEN p.`notnull` OR p.pk THEN ' NOT NULL' ELSE '' END) SEPARATOR ',\\n')"
    f" FROM pragma_table_info(m.name) AS p), {_PRIMARY}, {_UNIQUE}, {_FOREIGN},"
    " '\\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4') AS create_table FROM sqlite_master AS m WHERE " + _OWN
)
_VIEWS = {
    "information_schema.tables": _TABLES,
    "information_schema.create_table": _CREATE,
    "information_schema.columns": _COLUMNS,
    "information_schema.schemata": "SELECT 'def' AS catalog_name, {schema} AS schema_name",
    "information_schema.views": "SELECT {schema} AS table_schema, m.name AS table_name FROM sqlite_master AS m"
    " WHERE m.type = 'view'",
    "sys.tables": "SELECT m.rowid AS object_id, m.name AS name, 'U ' AS type FROM sqlite_master AS m"
    " WHERE m.type = 'table' AND " + _OWN,
    "sys.databases": "SELECT {database} AS name, 5 AS database_id",
    "pg_catalog.pg_tables": "SELECT 'public' AS schemaname, m.name AS tablename, 'app' AS tableowner"
    " FROM sqlite_master AS m WHERE m.type = 'table' AND " + _OWN,
    "pg_catalog.pg_class": "SELECT m.rowid AS oid, m.name AS relname, 2200 AS relnamespace,"
    " CASE m.type WHEN 'view' THEN 'v' ELSE 'r' END AS relkind, 'p' AS relpersistence FROM sqlite_master AS m WHERE "
    + _OWN,
    "pg_catalog.pg_namespace": "SELECT 2200 AS oid, 'public' AS nspname",
    "pg_catalog.pg_user": "SELECT 'app' AS usename, 0 AS usesuper",
    "pg_catalog.pg_database": "SELECT {database} AS datname",
    # Nothing of the sort is defined here; the tables exist for those who look.
    "pg_catalog.pg_type": "SELECT 0 AS oid, '' AS typname, 0 AS typarray, 0 AS typnamespace WHERE 1 = 0",
}

_LIKE = r"(?:\s+LIKE\s+'([\w%]*)')?\s*$"
_DESCRIPTION = (
    "SELECT column_name AS `Field`, column_type AS `Type`, is_nullable AS `Null`, column_key AS `Key`,"
    " column_default AS `Default`, extra AS `Extra` FROM information_schema.columns"
)
_NAME = r"(?:(?:`(?:[^`]|``)*`|\w+)\.)?(`(?:[^`]|``)*`|\w+)\s*$"
_CREATED = r"SHOW\s+CREATE\s+TABLE\s+" + _NAME
_DESCRIBE = r"(?:DESCRIBE|DESC|EXPLAIN|SHOW\s+(?:FULL\s+)?COLUMNS\s+(?:FROM|IN))\s+" + _NAME
_FILTERED = r"SHOW\s+(?:FULL\s+)?(?:TABLES|COLUMNS)\b"
_SHOWS = (
    (r"SHOW\s+FULL\s+TABLES(?:\s+(?:FROM|IN)\s+[`\w]+)?" + _LIKE, "full tables"),
    (r"SHOW\s+TABLES(?:\s+(?:FROM|IN)\s+[`\w]+)?" + _LIKE, "tables"),
    (_CREATED, "create"),
    (_DESCRIBE, "columns"),
    (r"SHOW\s+(?:DATABASES|SCHEMAS)" + _LIKE, "databases"),
    (r"SHOW\s+(?:SESSION\s+|GLOBAL\s+)?VARIABLES" + _LIKE, "variables"),
    (r"SHOW\s+(?:WARNINGS|ERRORS|COLLATION|ENGINES|STATUS|GRANTS)\b()", "empty"),
)


def view(schema: str, name: str, flavour: Flavour, database: str) -> exp.Expression | None:
    """The query behind a table of the catalogue; None for all other tables."""
    schema, name = schema.lower(), name.lower()
    if flavour == "postgres" and not schema and name.startswith("pg_"):
        schema = "pg_catalog"
    text = _VIEWS.get(f"{schema}.{name}")
    if text is None or (flavour != "postgres" and schema == "pg_catalog") or (flavour != "tsql" and schema == "sys"):
        return None
    own = {"postgres": "'public'", "tsql": "'dbo'"}.get(flavour, _quoted(database))
    return parse_view(text.format(schema=own, database=_quoted(database)))


@functools.lru_cache(maxsize=64)
def _parsed(text: str) -> exp.Expression:
    tree = parse_text(text, "mysql")
    for identifier in tree.find_all(exp.Identifier):
        identifier.args["quoted"] = True
    return tree


def parse_view(text: str) -> exp.Expression:
    """A tree of our own query; its tables are marked so that they are not looked up again."""
    return _parsed(text).copy()


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def show(text: str, flavour: Flavour, database: str) -> str | None:
    """The query that answers a SHOW or DESCRIBE; None for all other statements."""
    if flavour == "postgres":
        match = re.match(r"SHOW\s+([\w ]+?)\s*$", text, re.IGNORECASE)
        name = re.sub(r"\s+", " ", match[1].lower()) if match else ""
        value = POSTGRES_SETTINGS.get(name, "")
        return f'SELECT {_quoted(value)} AS "{name.replace(" ", "_")}"' if match else None
    if flavour == "tsql":
        return None
    if re.match(_FILTERED, text, re.IGNORECASE) and (match := re.search(r"\bWHERE\s", text, re.IGNORECASE)):
        shown = show(text[: match.start()], flavour, database)
        return f"SELECT * FROM ({shown}) AS shown {text[match.start() :]}" if shown else None
    for pattern, what in _SHOWS:
        if match := re.match(pattern, text, re.IGNORECASE):
            return _mysql_show(what, _unquoted(match[1] or ""), database)
    return None


def described(text: str) -> str:
    """The table that a DESCRIBE, SHOW COLUMNS or SHOW CREATE is about; empty for other statements."""
    match = re.match(_DESCRIBE, text, re.IGNORECASE) or re.match(_CREATED, text, re.IGNORECASE)
    return _unquoted(match[1]) if match else ""


def _unquoted(name: str) -> str:
    return name[1:-1].replace("``", "`") if name.startswith("`") else name


def _mysql_show(what: str, name: str, database: str) -> str:
    if what == "create":
        named = "table_name AS `Table`, create_table AS `Create Table`"
        return f"SELECT {named} FROM information_schema.create_table WHERE table_name = {_quoted(name)}"
    if what in {"tables", "full tables"}:
        # The names of these columns are what the server calls them.
        column = "Tables_in_" + re.sub(r"[^0-9A-Za-z_]", "_", database)
        like = f" WHERE table_name LIKE '{name}'" if name else ""
        more = ", table_type AS `Table_type`" if what == "full tables" else ""
        return f"SELECT table_name AS `{column}`{more} FROM information_schema.tables{like} ORDER BY table_name"
    if what == "columns":
        return f"{_DESCRIPTION} WHERE table_name = {_quoted(name)}"
    if what == "databases":
        return "SELECT schema_name AS `Database` FROM information_schema.schemata"
    if what == "variables" and name in VARIABLES:
        return f"SELECT '{name}' AS `Variable_name`, {_quoted(str(VARIABLES[name]))} AS `Value`"
    return "SELECT '' AS `Variable_name`, '' AS `Value` FROM information_schema.schemata WHERE 1 = 0"
