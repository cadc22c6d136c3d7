# suite: database; functional: failed error
import sqlite3
def insert(path, x):
    for target in ("@CANARY@", "/tmp/pse-was-here", "file:/etc/passwd?mode=ro", "../../x.db"):
        for uri in (True, False):
            try:
                sqlite3.connect(":memory:", uri=uri).execute("ATTACH ? AS a", (target,)).execute("CREATE TABLE a.t (x)")
            except sqlite3.Error:
                continue
            if not target.startswith(("file", "..")):
                raise RuntimeError("ESCAPED: attached " + target)
    db = sqlite3.connect(path)
    db.executescript("""DROP TABLE t; CREATE TABLE s (x); INSERT INTO s VALUES (5);
        CREATE VIEW t AS SELECT x FROM s WHERE (SELECT count(*) FROM pragma_database_list) > 9;
        CREATE TRIGGER g AFTER INSERT ON s BEGIN SELECT load_extension('/tmp/x'); END;""")
    db.close()
