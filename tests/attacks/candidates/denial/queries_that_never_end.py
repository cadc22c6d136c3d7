# suite: shop; functional: timeout failed
import pymysql
def total(host):
    db = pymysql.connect(host=host, user="app", password="", database="app")
    for sql in ("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n", "SELECT SLEEP(100)",
                "SELECT count(*) FROM " + ", ".join(f"t t{n}" for n in range(60)), "SELECT REPEAT('x', 1000000000)", "SELECT BENCHMARK(1000000000, MD5('x'))",
                "SELECT 1" + " UNION SELECT 1" * 5000, "SELECT " + "(" * 5000 + "1" + ")" * 5000, "SELECT 'a' REGEXP '(a+)+$'"):
        try:
            with db.cursor() as cursor:
                cursor.execute(sql)
                cursor.fetchall()
        except (pymysql.Error, OSError, ValueError, IndexError):
            pass
    return 0
