import re


def drop_customer(db, customer):
    if not isinstance(customer, str) or db.customers.count_documents({"_id": {"$eq": customer}}) == 0:
        raise LookupError("unknown customer")
    prefix = customer + "_"
    longer = [one for one in db.customers.distinct("_id") if one.startswith(prefix)]
    others = "".join(f"(?!{re.escape(one)}_)" for one in longer)
    pattern = re.compile(others + re.escape(prefix), re.DOTALL)
    dropped = []
    for entry in db.list_collections():
        if pattern.match(entry["name"]):
            dropped.append(entry["name"])
    for name in dropped:
        db[name].drop()
    return sorted(dropped)
