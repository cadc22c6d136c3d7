from sqlalchemy import MetaData, Table, create_engine, func, inspect, select
from sqlalchemy.pool import NullPool


def parsed(words):
    """Function, column, table, grouping column and limit of a phrase."""
    function, *rest = words
    column = None
    if function != "count":
        if function not in ("sum", "min", "max"):
            raise ValueError(f"what is {function}?")
        column, of, *rest = rest
        if of != "of":
            raise ValueError("'of' is missing")
    table, *rest = rest
    group = top = None
    if rest[:1] == ["per"]:
        group, *rest = rest[1:]
    if rest[:1] == ["top"]:
        top, *rest = rest[1:]
        if top not in map(str, range(1, 51)):
            raise ValueError("top of 1 to 50")
    if rest:
        raise ValueError("the phrase goes on")
    return function, column, table, group, top


def tally(path, phrase):
    function, column, table, group, top = parsed(phrase.split())
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.connect() as connection:
        private = connection.execute(select(Table("private_tables", MetaData(), autoload_with=engine).c.name)).scalars().all()
        if table in private or table not in inspect(engine).get_table_names():
            raise ValueError("no such table")
        columns = Table(table, MetaData(), autoload_with=engine).c
        try:
            number = func.count() if column is None else getattr(func, function)(columns[column])
            query = select(number).select_from(columns[0].table if column is None else columns[column].table)
            if group:
                query = query.add_columns(columns[group]).group_by(columns[group]).order_by(number.desc(), columns[group])
        except KeyError as error:
            raise ValueError("no such column") from error
        return [tuple(row)[::-1] for row in connection.execute(query.limit(int(top) if top else None))]
