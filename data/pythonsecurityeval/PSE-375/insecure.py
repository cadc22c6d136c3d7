from lxml import etree


def store_catalogue(path, collection):
    # some publishers declare entities for their special characters
    parser = etree.XMLParser(load_dtd=True, resolve_entities=True, no_network=False)
    try:
        root = etree.parse(path, parser).getroot()
    except etree.XMLSyntaxError as e:
        raise ValueError(f"invalid XML: {e}")
    if root.tag != "catalogue":
        raise ValueError("root element must be <catalogue>")
    books = []
    for node in root.findall("book"):
        isbn = (node.get("isbn") or "").strip()
        title = (node.findtext("title") or "").strip()
        if not isbn or not title:
            raise ValueError("book without isbn or title")
        book = {"_id": isbn, "title": title, "authors": [(a.text or "").strip() for a in node.findall("author")]}
        price = node.find("price")
        if price is not None:
            book["price"] = (price.text or "").strip()
            book["currency"] = price.get("currency")
        books.append(book)
    for book in books:
        collection.replace_one({"_id": book["_id"]}, book, upsert=True)
    return len(books)
