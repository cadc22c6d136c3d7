from xml.etree.ElementTree import Element

import pymongo.collection
from defusedxml.ElementTree import ParseError, parse
from pymongo import ReplaceOne


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()


def _document(book: Element) -> dict:
    isbn = book.get("isbn", "").strip()
    title = _text(book.find("title"))
    if not isbn or not title:
        raise ValueError("a book without isbn or title")
    authors = [_text(author) for author in book.findall("author")]
    document = {
        "_id": isbn,
        "title": title,
        "authors": [author for author in authors if author],
    }
    price = book.find("price")
    if price is not None:
        document["price"] = _text(price)
        currency = price.get("currency")
        if currency is not None:
            document["currency"] = currency.strip()
    return document


def store_catalogue(path: str, collection: pymongo.collection.Collection) -> int:
    """Store the books of a catalogue file and return their number."""
    try:
        # What is forbidden (a DOCTYPE, entities) raises a kind of ValueError.
        root = parse(path, forbid_dtd=True).getroot()
    except (ParseError, LookupError) as error:  # LookupError: unknown encoding
        raise ValueError(f"not well-formed: {error}") from error
    if root.tag != "catalogue":
        raise ValueError("not a catalogue")
    documents = [_document(book) for book in root.findall("book")]
    if documents:
        collection.bulk_write(
            [ReplaceOne({"_id": d["_id"]}, d, upsert=True) for d in documents]
        )
    return len(documents)
