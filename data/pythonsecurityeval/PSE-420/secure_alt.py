from xml.parsers.expat import ExpatError

from defusedxml import minidom
from sqlalchemy import column, create_engine, insert, table
from sqlalchemy.pool import NullPool


def text_of(node):
    return "".join(child.data for child in node.childNodes if child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE))


def import_xml(dsn, document, tables):
    try:
        rows = minidom.parseString(document).getElementsByTagName("row")
    except ExpatError as error:
        raise ValueError("no XML") from error
    known = {name: table(name, *map(column, columns)) for name, columns in tables.items()}
    with create_engine(dsn, poolclass=NullPool).begin() as connection:
        for row in rows:
            target = known.get(row.getAttribute("table"))
            pairs = [(field.getAttribute("name"), text_of(field)) for field in row.getElementsByTagName("field")]
            if target is None or not pairs or len(dict(pairs)) < len(pairs) or any(name not in target.c for name, _ in pairs):
                raise ValueError("table or column is not for museums")
            connection.execute(insert(target).values(dict(pairs)))
    return len(rows)
