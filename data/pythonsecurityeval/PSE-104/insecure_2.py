import re
import sqlite3


def table_names(path, pattern):
    regex = re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)
    with sqlite3.connect(path) as conn:
        hidden = {name for (name,) in conn.execute("SELECT name FROM _hidden")}
        hidden.add("_hidden")
        names = [name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return [name for name in names if name not in hidden and not name.startswith("sqlite_") and regex.fullmatch(name)]
