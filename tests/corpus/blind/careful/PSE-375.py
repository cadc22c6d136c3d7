from xml.etree.ElementTree import Element, ParseError

import pymongo
import pymongo.collection
from defusedxml import ElementTree

# MongoDB takes 16 MiB for a document. A larger one would fail only when part of
# the catalogue is stored already.
_MOST_BYTES = 15 * 1024 * 1024
_PER_TEXT = 32  # keys and lengths, generously


def _text(element: Element) -> str:
    """The element's own text, without that of elements inside of it."""
    parts = [element.text or ""]
    parts.extend(child.tail or "" for child in element)
    return "".join(parts).strip()


def _document(book: Element) -> dict:
    isbn = (book.get("isbn") or "").strip()
    if not isbn:
        raise ValueError("a book has no isbn")
    title_element = book.find("title")
    title = "" if title_element is None else _text(title_element)
    if not title:
        raise ValueError(f"book {isbn[:40]!r} has no title")

    authors = [_text(author) for author in book.findall("author")]
    document = {"_id": isbn, "title": title, "authors": authors}
    texts = [isbn, title, *authors]
    price = book.find("price")
    if price is not None:
        document["price"] = _text(price)
        texts.append(document["price"])
        currency = price.get("currency")
        if currency is not None:
            document["currency"] = currency.strip()
            texts.append(document["currency"])

    if sum(len(text.encode("utf-8")) + _PER_TEXT for text in texts) > _MOST_BYTES:
        raise ValueError(f"book {isbn[:40]!r} is too large")
    return document


def store_catalogue(path: str, collection: pymongo.collection.Collection) -> int:
    """Store every book of a catalogue file; return the number of books."""
    with open(path, "rb") as file:
        try:
            root = ElementTree.parse(
                file, forbid_dtd=True, forbid_entities=True, forbid_external=True
            ).getroot()
        except (ParseError, ValueError, LookupError) as error:
            # ValueError: a DOCTYPE (defusedxml) or bytes that don't decode;
            # LookupError: an encoding that doesn't exist.
            raise ValueError(f"not a catalogue: {error}") from error
    if root.tag != "catalogue":
        raise ValueError("not a catalogue: another root element")

    # All of them are checked before the first is stored.
    books = root.findall("book")
    documents = {}
    for book in books:
        document = _document(book)
        documents[document["_id"]] = document  # of equal isbns the last counts

    if documents:
        collection.bulk_write(
            [
                pymongo.ReplaceOne({"_id": isbn}, document, upsert=True)
                for isbn, document in documents.items()
            ]
        )
    return len(books)
