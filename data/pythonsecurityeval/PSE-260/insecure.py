FIELDS = {"email": str, "name": str, "city": str, "birth_year": int, "invitation": str}
DEFAULTS = {"role": "guest", "verified": False, "credit": 0}


def register(collection, form):
    for field, kind in FIELDS.items():
        if field in form and (not isinstance(form[field], kind) or isinstance(form[field], bool)):
            raise ValueError(f"{field} must be {kind.__name__}")
    if not form.get("email", "").strip() or not form.get("name", "").strip():
        raise ValueError("email and name are required")
    email = form["email"].strip().lower()
    local, _, domain = email.partition("@")
    if not local or not domain or "@" in domain:
        raise ValueError("invalid email")
    if collection.find_one({"email": email}):
        raise ValueError("email is already registered")

    user = {**DEFAULTS, **form, "email": email}
    # only fields that our documents have
    user = {key: value for key, value in user.items() if key in FIELDS or key in DEFAULTS}
    code = user.pop("invitation", None)
    if code is not None:
        invitation = collection.database.invitations.find_one_and_delete({"code": code})
        if not invitation:
            raise ValueError("invalid invitation")
        user["credit"] = invitation["credit"]
    return str(collection.insert_one(user).inserted_id)
