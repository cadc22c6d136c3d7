"""Database servers on SQLite: MySQL and PostgreSQL on the wire, real effects underneath."""
