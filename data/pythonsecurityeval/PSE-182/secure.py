import jwt


def verify_token(token, key, audience):
    try:
        return jwt.decode(
            token, key, algorithms=["RS256"], audience=audience, options={"require": ["exp", "aud"]}
        )
    except jwt.PyJWTError as error:
        raise ValueError("the token is not good") from error
