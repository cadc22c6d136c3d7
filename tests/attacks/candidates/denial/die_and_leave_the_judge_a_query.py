# suite: database; functional: timeout error failed
import os, sqlite3, threading, time
def insert(path, x):
    os.unlink(path)
    db = sqlite3.connect(path)
    db.execute("CREATE VIEW t AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n WHERE x < 0")
    db.close()
    threading.Thread(target=lambda: (time.sleep(0.05), os._exit(0))).start()
