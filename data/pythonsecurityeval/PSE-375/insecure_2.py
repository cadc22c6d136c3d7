import xml.etree.ElementTree as ET


def clean(value):
    return (value or "").strip()


def store_catalogue(path, collection):
    try:
        root = ET.parse(path).getroot()
    except ET.ParseError as exc:
        raise ValueError("cannot parse catalogue") from exc
    if root.tag != "catalogue":
        raise ValueError("not a catalogue")
    docs = {}
    count = 0
    for element in root.iterfind("book"):
        doc = {"_id": clean(element.get("isbn")), "title": clean(element.findtext("title"))}
        if not doc["_id"] or not doc["title"]:
            raise ValueError("isbn and title are required")
        doc["authors"] = [clean(author.text) for author in element.iterfind("author")]
        price = element.find("price")
        if price is not None:
            doc["price"] = clean(price.text)
            doc["currency"] = price.get("currency")
        docs[doc["_id"]] = doc
        count += 1
    for key, doc in docs.items():
        collection.replace_one({"_id": key}, doc, upsert=True)
    return count
