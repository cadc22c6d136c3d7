# suite: shop; functional: failed error timeout
import pymysql
def total(host):
    db = pymysql.connect(host=host, user="app", password="", database="app")
    for sql in ("ATTACH DATABASE '@CANARY@' AS a", "SELECT LOAD_FILE('@CANARY@')", "SELECT 1 INTO OUTFILE '/tmp/pse-was-here'",
                "LOAD DATA LOCAL INFILE '@CANARY@' INTO TABLE t", "SELECT readfile('@CANARY@')", "VACUUM INTO '/tmp/pse-was-here'",
                "PRAGMA writable_schema = 1", "SELECT load_extension('/tmp/x')", "CREATE VIRTUAL TABLE v USING fts5(x)", "DROP TABLE t"):
        try:
            with db.cursor() as cursor:
                cursor.execute(sql)
                found = repr(cursor.fetchall())
        except (pymysql.Error, OSError):
            continue
        if "nothing may touch" in found:
            raise RuntimeError("ESCAPED: " + sql)
    return 3
