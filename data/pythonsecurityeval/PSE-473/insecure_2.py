def drop_customer(db, customer):
    if not db.customers.find_one({"_id": customer}):
        raise LookupError(customer)
    dropped = []
    for name in sorted(db.list_collection_names()):
        if name.startswith(f"{customer}_"):
            db[name].drop()
            dropped.append(name)
    return dropped
