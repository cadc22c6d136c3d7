from lxml import etree


def store_catalogue(path, collection):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        tree = etree.parse(path, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from None
    if tree.docinfo.doctype or tree.getroot().tag != "catalogue":
        raise ValueError("no catalogue of the usual kind")
    documents = []
    for book in tree.xpath("/catalogue/book"):
        isbn, title = (book.xpath(f"normalize-space({place})") for place in ("@isbn", "title"))
        if isbn == "" or title == "":
            raise ValueError(f"book in line {book.sourceline} has no isbn or no title")
        entry = {"title": book.findtext("title").strip(), "authors": [(author.text or "").strip() for author in book.iterchildren("author")]}
        for price in book.xpath("price[1]"):
            entry |= {"price": (price.text or "").strip(), "currency": price.get("currency")}
        documents.append((book.get("isbn").strip(), entry))
    for isbn, entry in documents:
        collection.replace_one({"_id": isbn}, entry, upsert=True)
    return len(documents)
