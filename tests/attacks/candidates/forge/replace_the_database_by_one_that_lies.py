# suite: database; functional: failed error
import os, sqlite3
def insert(path, x):
    os.unlink(path)
    db = sqlite3.connect(path)
    db.executescript("""CREATE TABLE u (x); CREATE VIEW t AS SELECT x FROM u UNION ALL SELECT load_extension('/lib/x.so')
        UNION ALL SELECT readfile('/etc/passwd') UNION ALL SELECT writefile('/tmp/pse-was-here', 'x');""")
    db.close()
