import mysql.connector

ALLOWED = {"SELECT", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE"}


def explain(db, sql):
    statement = sql.strip().rstrip("; \n")
    words = statement.split()
    if not words or words[0].upper() not in ALLOWED:
        raise ValueError("only SELECT, INSERT, REPLACE, UPDATE and DELETE can be explained")
    conn = mysql.connector.connect(**db)
    try:
        cursor = conn.cursor(dictionary=True)
        cursor.execute(f"EXPLAIN {statement}")
        return cursor.fetchall()
    finally:
        conn.close()
