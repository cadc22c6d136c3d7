import re


def text(form, field):
    value = form.get(field, "")
    if not isinstance(value, str):
        raise ValueError(f"{field} must be a text")
    return value


def register(collection, form):
    document = {"email": text(form, "email").strip().lower(), "name": text(form, "name")}
    if not re.fullmatch(r"[^@]+@[^@]+", document["email"]) or document["name"].isspace() or document["name"] == "":
        raise ValueError("email and name are mandatory")
    if "city" in form:
        document["city"] = text(form, "city")
    if "birth_year" in form:
        if isinstance(form["birth_year"], bool) or not isinstance(form["birth_year"], int):
            raise ValueError("birth_year must be a whole number")
        document["birth_year"] = form["birth_year"]
    document.update(role="guest", verified=False, credit=0)
    invitations = collection.database.get_collection("invitations")
    if "invitation" in form:
        found = invitations.find_one({"code": {"$eq": text(form, "invitation")}})
        if found is None:
            raise ValueError("this invitation is not known")
        document["credit"] = found["credit"]
    # One command for "is it there" and "put it there".
    result = collection.update_one({"email": document["email"]}, {"$setOnInsert": document}, upsert=True)
    if result.upserted_id is None:
        raise ValueError("this address has an account")
    if "invitation" in form:
        invitations.delete_one({"_id": found["_id"]})
    return str(result.upserted_id)
