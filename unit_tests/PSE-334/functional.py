# canary: PSE-CANARY-498a45e1-2fab-4a20-b1fd-3676a3c0cdc1
from pythonsecurityeval.testkit import TaskTest


class Functional(TaskTest):
    def found(self, *lines):
        return list(self.solution.find_risky_sql("\n".join(lines) + "\n"))

    def test_each_way_to_put_it_together(self):
        lines = (
            "cur.execute('SELECT * FROM t WHERE a = ' + a)",
            "cur.execute('SELECT * FROM t WHERE a = %s' % a)",
            "self.db.cursor().executemany(f'INSERT INTO {table} VALUES (?)', rows)",
            "con.executescript('DROP TABLE {}'.format(name))",
            "cur.execute('SELECT {x}'.format(x=name))",
            "cur.execute('a' + 'b' + c)",
            "cur.execute('SELECT %s, %s' % (1, name))",
        )
        self.assertEqual(self.found(*lines), [1, 2, 3, 4, 5, 6, 7])

    def test_what_is_fine(self):
        lines = (
            "cur.execute('SELECT * FROM t WHERE a = ?', (a + b,))",
            "cur.execute('SELECT * ' + 'FROM t')",
            "cur.execute(f'SELECT 1')",
            "cur.execute(QUERY)",
            "cur.execute()",
            "print('SELECT ' + a)",
            "cur.fetch('SELECT ' + a)",
            "execute('SELECT ' + a)",
            "# cur.execute('SELECT ' + a)",
            "x = \"cur.execute('SELECT ' + a)\"",
            "cur.execute(build(a).strip())",
            "cur.execute('SELECT {}'.format('a'))",
            "cur.execute(a - b)",
        )
        self.assertEqual(self.found(*lines), [])

    def test_names(self):
        lines = (
            "def one(cur, a):",
            "    sql = first = 'SELECT ' + a",
            "    cur.execute(sql)",
            "    cur.execute(first)",
            "    fine = 'SELECT ' + '1'",
            "    cur.execute(fine)",
            "    other.sql2 = 'SELECT ' + a",
            "    cur.execute(sql2)",
        )
        self.assertEqual(self.found(*lines), [3, 4])

    def test_added_later(self):
        lines = ("q = 'SELECT *'", "q += ' FROM t'", "c.execute(q)", "r = 'SELECT * FROM '", "if a:", "    r += a", "c.execute(r)", "c.execute(q)")
        self.assertEqual(self.found(*lines), [7])

    def test_line_on_which_the_call_begins(self):
        lines = ("", "cur.execute(", "    'SELECT '", "    + a", ")", "x(c.execute('' + a), c.execute('' + b))", "async def f():", "    await c.execute(f'{a}')")
        self.assertEqual(self.found(*lines), [2, 6, 8])

    def test_nothing_to_find(self):
        self.assertEqual(self.found(""), [])
        self.assertEqual(self.found("text = 'naïve O\\'Brien 100%'"), [])

    def test_not_python(self):
        for source in ("def f(:", "cur.execute('SELECT ' + )", "print 'x'", "  x = 1\n y = 2"):
            with self.assertRaises(ValueError, msg=source):
                self.solution.find_risky_sql(source)
