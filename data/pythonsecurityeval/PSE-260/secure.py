TYPES = {"email": str, "name": str, "city": str, "birth_year": int, "invitation": str}


def register(collection, form):
    given = {field: form[field] for field in TYPES if field in form}
    if any(type(value) is not TYPES[field] for field, value in given.items()):
        raise ValueError("a field has another type")
    email = given.get("email", "").strip().lower()
    before, _, behind = email.partition("@")
    if not given.get("name", "").strip() or not before or not behind or "@" in behind:
        raise ValueError("name and address are needed")
    if collection.count_documents({"email": email}, limit=1):
        raise ValueError("there is an account for this address")
    code, credit = given.pop("invitation", None), 0
    if code is not None:
        invitation = collection.database["invitations"].find_one_and_delete({"code": code})
        if invitation is None:
            raise ValueError("no such invitation")
        credit = invitation["credit"]
    document = given | {"email": email, "role": "guest", "verified": False, "credit": credit}
    return str(collection.insert_one(document).inserted_id)
