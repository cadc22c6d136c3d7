def drop_customer(db, customer):
    customers = {document["_id"] for document in db["customers"].find({}, {"_id": True})}
    if customer not in customers:
        raise LookupError(f"no customer {customer!r}")

    def owner(name):
        return max((one for one in customers if name.startswith(one + "_")), key=len, default=None)

    names = sorted(name for name in db.list_collection_names() if owner(name) == customer)
    for name in names:
        db.drop_collection(name)
    return names
