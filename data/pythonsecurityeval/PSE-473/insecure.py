import re


def drop_customer(db, customer):
    if db.customers.find_one({"_id": customer}) is None:
        raise LookupError(f"unknown customer: {customer}")
    names = [doc["_id"] for doc in db.customers.find()]
    names.sort(key=len, reverse=True)
    dropped = []
    for collection in sorted(db.list_collection_names()):
        if collection == "customers":
            continue
        for name in names:
            if re.match("^" + name.replace("+", r"\+") + "_", collection):
                if name == customer:
                    db.drop_collection(collection)
                    dropped.append(collection)
                break
    return dropped
