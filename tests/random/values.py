# Values of columns at random, as SQL: the ends of each type's range, what is
# in between, and what only some sql_mode takes.
CODECS = {'latin1': 'cp1252', 'utf8mb4': 'utf-8', 'utf8mb3': 'utf-8',
          'koi8r': 'koi8_r', 'cp1251': 'cp1251', 'sjis': 'shift_jis',
          'cp932': 'cp932', 'gbk': 'gbk', 'big5': 'big5', 'ucs2': 'utf-16-be',
          'utf16': 'utf-16-be', 'utf32': 'utf-32-be', 'latin2': 'iso8859-2',
          'ascii': 'ascii', 'greek': 'iso8859-7', 'ujis': 'euc_jp',
          'utf16le': 'utf-16-le', 'latin5': 'iso8859-9'}
LETTERS = {'koi8r': 'жЯи', 'cp1251': 'жЯи', 'sjis': 'ソ表ア', 'cp932': 'ソ表ア',
           'gbk': '誠中', 'big5': '功中', 'latin2': 'ąŁ', 'greek': 'αΩ',
           'ujis': '日本', 'latin5': 'ğİ', 'latin1': 'éß€', 'ascii': 'aZ',
           'utf8mb4': 'éſ日\U0001f600', 'utf8mb3': 'éſ日', 'ucs2': 'éſ日',
           'utf16': 'é\U0001f600', 'utf32': 'é\U0001f600', 'utf16le': 'é日'}
SIZES = {'tinyint': 8, 'smallint': 16, 'mediumint': 24, 'int': 32,
         'bigint': 64}
FLOATS = ['0', '-0.0', '1.5', '0.1', '-1e10', '3.4028234e38', '1e-45',
          '1.17549435e-38', '16777217']
DOUBLES = FLOATS + ['1.7976931348623157e308', '5e-324', '0.30000000000000004']
DATES = ["'0000-00-00'", "'2020-00-10'", "'2020-02-30'", "'9999-12-31'",
         "'1000-01-01'", "'2024-02-29'", 'NOW()', "'0001-01-01'"]
CLOCKS = ["'838:59:59'", "'-838:59:59'", "'00:00:00'", "'-00:00:00.5'",
          "'12:34:56.789012'", "'1 10:00:00'"]
MOMENTS = ["'1970-01-01 00:00:01'", "'2038-01-19 03:14:07.999999'",
           "'0000-00-00 00:00:00'", 'NOW(6)', "'2020-03-29 02:30:00'",
           "'2020-10-25 02:30:00.25'", 'CURRENT_TIMESTAMP', "'2021-12-31'"]
INSTANTS = DATES + MOMENTS + ["'9999-12-31 23:59:59.999999'"]
SHAPES = {
    'point': ['POINT(1,2)', "ST_GeomFromText('POINT(-1.5 1e10)',4326)"],
    'linestring': ["ST_GeomFromText('LINESTRING(0 0,1 1,2 2)')"],
    'polygon': ["ST_GeomFromText('POLYGON((0 0,1 0,1 1,0 0))')"],
    'multipoint': ["ST_GeomFromText('MULTIPOINT(0 0,1 1)')"],
    'multilinestring': [
        "ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))')"],
    'multipolygon': [
        "ST_GeomFromText('MULTIPOLYGON(((0 0,1 0,1 1,0 0)))')"],
    'geometrycollection': [
        "ST_GeomFromText('GEOMETRYCOLLECTION(POINT(0 0))')",
        "ST_GeomFromText('GEOMETRYCOLLECTION EMPTY')"],
}
SHAPES['geometry'] = [s for all_of in SHAPES.values() for s in all_of]
DOCUMENTS = ["'null'", "'[]'", "'{}'", "'1.10'", "JSON_OBJECT('a',1,'a',2)",
             "'{\"a\": [1, null, \"\\u00e9\"]}'", "'\"x\"'", "'true'"]
BLOBS = {'tinyblob': 255, 'blob': 65535, 'mediumblob': 70000,
         'longblob': 70000}


class Values:
    """A mixin of Maker's: value(column) of one that information_schema
    describes."""

    def integer(self, size, unsigned):
        low, high = -(1 << size - 1), (1 << size - 1) - 1
        if unsigned:
            low, high = 0, (1 << size) - 1
        return str(self.one(low, high, 0, 1, 1, 2, 3, self.r.randint(0, 9),
                            self.r.randint(low, high)))

    def decimal(self, digits, scale):
        whole = ''.join(str(self.r.randint(0, 9))
                        for _ in range(self.r.randint(1, digits)))
        cut = len(whole) - self.r.randint(0, min(scale, len(whole)))
        sign = self.one('', '', '-')
        return self.one('0', '1', '9' * (digits - scale) or '0',
                        sign + (whole[:cut] or '0') + '.' + whole[cut:] + '0')

    def text(self, charset, length):
        """A string, as characters that the column's set has."""
        letters = LETTERS.get(charset, 'x')
        return self.one('', 'a', 'A', 'a ', 'b', 'ab', "it's", 'say "x"',
                        'back\\slash', ' lead', 'x\n', '1', letters,
                        letters[:1], self.r.choice(letters) * self.r.randint(
                            1, max(1, min(length, 40))))

    def letters(self, charset, length):
        text = self.text(charset, length)
        if length < 100 and self.some(0.8):
            text = text[:length]
        long = self.r.randint(1, min(length, 70000))
        return self.one(
            self.string(text), self.string(text), self.string(text),
            self.introduced(text, charset),
            "REPEAT(%s,%d)" % (self.string(text[:1]), long)
            if self.some(0.2) else self.string(text))

    def introduced(self, text, charset):
        if charset not in CODECS:
            return self.string(text)
        return '_%s 0x%s' % (charset, text.encode(
            CODECS[charset], 'replace').hex()) if text else "''"

    def bytes(self, length):
        some = self.r.randbytes(self.r.randint(1, max(1, min(length, 20))))
        return self.one("''", '0x00', "x'00FF'", "0x6100", "'a'", '0x' +
                        some.hex(), '0x' + some.hex(), "REPEAT(0x%s,%d)" % (
                            some[:1].hex(), self.r.randint(1, max(1, length)))
                        if self.some(0.1) else "'b '")

    def value(self, col):
        """What the column might take, or not."""
        special = self.r.random()
        if special < 0.08:
            return 'DEFAULT'
        if special < (0.22 if col.nullable else 0.1):
            return 'NULL'
        return self.valued(col)

    def valued(self, col):
        kind = col.kind
        if kind in SIZES:
            return self.integer(SIZES[kind], 'unsigned' in col.type)
        if kind in ('char', 'varchar', 'tinytext', 'text', 'mediumtext',
                    'longtext'):
            if col.json and self.some(0.9):
                return self.r.choice(DOCUMENTS)
            return self.letters(col.charset, col.length or 1)
        if kind in ('binary', 'varbinary'):
            return self.bytes(col.length or 1)
        if kind in BLOBS:
            return self.bytes(BLOBS[kind])
        if kind in SHAPES:
            return self.r.choice(SHAPES[kind])
        return getattr(self, 'a_' + kind, self.a_text)(col)

    def a_decimal(self, col):
        return self.decimal(col.digits or 10, col.scale or 0)

    def a_float(self, _):
        return self.one(self.r.choice(FLOATS), '%.9g' % self.r.uniform(
            -1e6, 1e6))

    def a_double(self, _):
        return self.one(self.r.choice(DOUBLES), '%.17g' % self.r.uniform(
            -1e9, 1e9))

    def a_bit(self, col):
        return self.one("b'0'", "b'1'", str(self.r.getrandbits(
            col.digits or 1)))

    def a_year(self, _):
        return self.one('0', '1901', '2155', '2020', "'0000'", '70')

    def a_date(self, _):
        return self.r.choice(DATES)

    def a_time(self, _):
        return self.r.choice(CLOCKS)

    def a_datetime(self, _):
        return self.r.choice(INSTANTS)

    def a_timestamp(self, _):
        return self.r.choice(MOMENTS)

    def a_enum(self, _):
        return self.one('1', '2', '1', "''", "'x'", '3')

    def a_set(self, _):
        return self.one('0', '1', '2', '3', '5', "''")

    def a_uuid(self, _):
        return self.one('UUID()', "'%s'" % self.r.randbytes(16).hex(),
                        "'00000000-0000-0000-0000-000000000000'")

    def a_inet4(self, _):
        return self.one("'0.0.0.0'", "'255.255.255.255'", "'10.0.0.%d'" %
                        self.r.randint(0, 255))

    def a_inet6(self, _):
        return self.one("'::'", "'ffff::1'", "'::ffff:1.2.3.4'",
                        "'2001:db8::%x'" % self.r.randint(0, 255))

    def a_vector(self, col):
        n = (col.octets or 4) // 4
        return "VEC_FromText('[%s]')" % ','.join(
            self.r.choice(['0', '1.5', '-2', '1e30']) for _ in range(n))

    def a_text(self, _):
        return self.string(self.word())
