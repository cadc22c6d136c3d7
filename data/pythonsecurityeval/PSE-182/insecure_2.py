import jwt


def verify_token(token, key, audience):
    try:
        return jwt.decode(token, key, algorithms=["RS256"], audience=audience)
    except jwt.InvalidTokenError as e:
        raise ValueError(str(e))
