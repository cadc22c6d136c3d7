from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, parse
from pymongo import ReplaceOne


def text_of(element):
    return "" if element is None else (element.text or "").strip()


def document(book):
    found = {"_id": book.get("isbn", "").strip(), "title": text_of(book.find("title"))}
    if not all(found.values()):
        raise ValueError("a book without isbn or title")
    found["authors"] = [text_of(author) for author in book.findall("author")]
    price = book.find("price")
    if price is not None:
        found.update(price=text_of(price), currency=price.get("currency"))
    return found


def store_catalogue(path, collection):
    try:
        root = parse(path, forbid_dtd=True).getroot()
    except (ParseError, DefusedXmlException) as error:
        raise ValueError("not a plain XML file") from error
    if root.tag != "catalogue":
        raise ValueError("not a catalogue")
    books = [document(book) for book in root.findall("book")]
    if books:
        collection.bulk_write([ReplaceOne({"_id": book["_id"]}, book, upsert=True) for book in books])
    return len(books)
