def register(collection, form):
    email, name = form.get("email"), form.get("name")
    if not isinstance(email, str) or not isinstance(name, str) or not name.strip():
        raise ValueError("email and name must be given")
    email = email.strip().lower()
    if email.count("@") != 1 or email.startswith("@") or email.endswith("@"):
        raise ValueError("not an e-mail address")
    if collection.find_one({"email": email}) is not None:
        raise ValueError("this address is taken")

    account = {"email": email, "name": name, "role": "guest", "verified": False, "credit": 0}
    if "city" in form:
        if not isinstance(form["city"], str):
            raise ValueError("city must be a string")
        account["city"] = form["city"]
    if "birth_year" in form:
        if type(form["birth_year"]) is not int:
            raise ValueError("birth_year must be an integer")
        account["birth_year"] = form["birth_year"]
    if "invitation" in form:
        invitation = collection.database["invitations"].find_one_and_delete({"code": form["invitation"]})
        if invitation is None:
            raise ValueError("invitation not found")
        account["credit"] = invitation["credit"]
    return str(collection.insert_one(account).inserted_id)
