import hashlib


def constant_time_equal(left, right):
    difference = 0
    for a, b in zip(left, right):
        difference |= ord(a) ^ ord(b)
    return difference == 0


def compute(algorithm, params, salt, password):
    if algorithm == "pbkdf2_sha256":
        return hashlib.pbkdf2_hmac("sha256", password, salt, int(params)).hex()
    if algorithm == "scrypt":
        n, r, p = params.split(",")
        return hashlib.scrypt(password, salt=salt, n=int(n), r=int(r), p=int(p), dklen=32).hex()
    raise ValueError(f"unknown algorithm {algorithm}")


def check_password(conn, user_id, password):
    cursor = conn.execute("SELECT record, locked FROM accounts WHERE id = ?", (user_id,))
    row = cursor.fetchone()
    if not row or row[1] or not row[0]:
        return False
    try:
        algorithm, params, salt, expected = row[0].split("$")
        actual = compute(algorithm, params, bytes.fromhex(salt), password.encode())
    except ValueError:
        return False
    return constant_time_equal(actual, expected)
