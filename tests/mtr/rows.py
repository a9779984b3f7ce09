# Rows as cdc-tail prints them (--history --time string --binary hex --xa
# prepare), against those that mariadb-binlog prints of the same log.
import base64
import codecs
import collections
import datetime
import decimal
import ipaddress
import json
import re
import struct
import uuid

from compare import unquoted

CODECS = {'latin1': 'cp1252', 'latin2': 'iso8859-2', 'latin5': 'iso8859-9',
          'latin7': 'iso8859-13', 'greek': 'iso8859-7',
          'hebrew': 'iso8859-8', 'koi8r': 'koi8-r', 'koi8u': 'koi8-u',
          'tis620': 'tis-620', 'ujis': 'euc-jp', 'eucjpms': 'euc-jp',
          'sjis': 'shift_jis', 'euckr': 'cp949', 'gb2312': 'gb2312',
          'ucs2': 'utf-16-be', 'utf16': 'utf-16-be',
          'utf16le': 'utf-16-le', 'utf32': 'utf-32-be',
          'utf8mb3': 'utf-8', 'utf8mb4': 'utf-8', 'utf8': 'utf-8',
          'macroman': 'mac-roman', 'macce': 'mac-latin2'}
INTEGERS = {'TINYINT', 'SHORTINT', 'MEDIUMINT', 'INT', 'LONGINT'}
# Tables that cdc-tail prints when they are asked for alone.
SYSTEM = (b'mysql', b'sys', b'performance_schema')
# A byte that its character set does not give back: CHARACTER SETS in cdc-event.
STRAY = re.compile('([\uef00-\uefff])')
CONTROL = re.compile(rb'[\0-\x1f]')


def as_it_is(error):
    """A byte that a character set has nothing for is U+0080 to U+009F."""
    return error.object[error.start:error.end].encode('latin1'), error.end


codecs.register_error('as it is', as_it_is)


class Seen(collections.Counter):
    """What was compared, and what was not, by type."""


def escaped(data):
    """As mariadb-binlog writes bytes."""
    return CONTROL.sub(lambda m: b'\\x%02x' % m[0][0], data)


def same_bytes(theirs, data):
    inside = theirs[1:-1]
    return data is not None and inside in (
        escaped(data), escaped(data).replace(b'\\', b'\\\\'),
        escaped(data.rstrip(b' ')), escaped(data.rstrip(b'\0')))


def encodings(value, column):
    """The bytes that a value may have been."""
    if isinstance(value, dict) and 'wkb' in value:
        yield ((value.get('srid') or 0).to_bytes(4, 'little') +
               base64.b64decode(value['wkb']))
        return
    if isinstance(value, list):         # VECTOR
        yield struct.pack('<%df' % len(value), *value)
    if not isinstance(value, str):
        return
    charset = (column or {}).get('charsetName') or 'utf8mb4'
    for codec in (CODECS.get(charset, charset), 'utf-8'):
        try:
            yield b''.join(
                bytes([ord(part) & 255]) if STRAY.fullmatch(part) else
                part.encode(codec, 'as it is') for part in STRAY.split(value))
        except (LookupError, UnicodeError):
            pass
    try:
        yield bytes.fromhex(value)
    except ValueError:
        pass
    try:
        yield ipaddress.ip_address(value).packed
    except ValueError:
        pass
    try:
        b = uuid.UUID(value).bytes
        yield b[10:] + b[8:10] + b[6:8] + b[4:6] + b[:4]
        yield b
    except ValueError:
        pass


def same_text(theirs, value, column):
    return any(same_bytes(theirs, b) for b in encodings(value, column))


def bits(theirs, order='big'):
    return int.from_bytes(int(theirs[2:-1] or b'0', 2).to_bytes(
        (len(theirs) + 4) // 8, 'big'), order)


def same_bit(theirs, value, column):
    if isinstance(value, bool):
        return bits(theirs) == value
    return bits(theirs) == int.from_bytes(base64.b64decode(value), 'little')


def same_integer(theirs, value, column):
    signed, _, rest = theirs.partition(b' (')
    return value in (int(signed), int(rest[:-1] or signed))


def same_decimal(theirs, value, column):
    return decimal.Decimal(theirs.decode()) == decimal.Decimal(value)


def same_float(theirs, value, column):
    return '%g' % struct.unpack('f', struct.pack('f', value)) == (
        '%g' % float(theirs))


def same_double(theirs, value, column):
    return float(theirs) == float(value)


def same_stamp(theirs, value, column):
    seconds, _, part = theirs.decode().partition('.')
    if int(seconds) == 0 and not part.strip('0'):
        return value.startswith('0000-00-00 00:00:00')
    day = (datetime.datetime(1970, 1, 1) +
           datetime.timedelta(seconds=int(seconds)))
    return value == str(day) + ('.' + part if part else '')


def same_time(theirs, value, column):
    return digits(theirs.decode()) == digits(value)


def digits(text):
    """The numbers of a time, and its sign."""
    text = text.strip("'")
    return text[:1] == '-', [int(n) if i < 6 else n for i, n in enumerate(
        re.findall(r'\d+', text))]


def labels(column):
    return [unquoted(v) for v in (column or {}).get('enumValues') or []]


def same_enum(theirs, value, column):
    n = int(theirs)
    if not labels(column):
        return None
    return value == ('' if n == 0 else labels(column)[n - 1])


def same_set(theirs, value, column):
    if not labels(column):
        return None
    n = bits(theirs, 'little')
    return value == ','.join(label for i, label in enumerate(labels(column))
                             if n >> i & 1)


def same_year(theirs, value, column):
    return int(theirs) == value or int(theirs) == 1900 and value == 0


WAYS = {'DECIMAL': same_decimal, 'FLOAT': same_float, 'DOUBLE': same_double,
        'BIT': same_bit, 'ENUM': same_enum, 'SET': same_set,
        'YEAR': same_year, 'DATE': same_time, 'DATETIME': same_time,
        'TIME': same_time, 'TIMESTAMP': same_stamp, **dict.fromkeys(
            INTEGERS, same_integer), **dict.fromkeys(
                ('STRING', 'VARSTRING', 'TINYBLOB/TINYTEXT', 'BLOB/TEXT',
                 'MEDIUMBLOB/MEDIUMTEXT', 'LONGBLOB/LONGTEXT', 'GEOMETRY'),
                same_text)}


def same(told, value, column):
    """Is it?  None: there is no way to tell."""
    theirs, kind, _ = told
    if theirs is None or value is None:
        return (theirs is None) == (value is None)
    way = WAYS.get(re.sub(r'\(.*', '', kind).strip())
    if way is None or 'COMPRESSED' in kind:
        return None
    try:
        return way(theirs, value, column)
    except (ValueError, TypeError, IndexError, decimal.InvalidOperation):
        return False


class Schemas:
    """What schema records say of tables."""

    def __init__(self):
        self.tables = {}

    def learn(self, payload):
        for change in payload['tableChanges']:
            if change.get('table'):
                self.tables[change['id']] = {
                    c['name']: c for c in change['table']['columns']}

    def columns(self, db, table):
        return self.tables.get('"%s"."%s"' % (db, table), {})


class Ours:
    """Records of rows: (kind, table, before, after, columns), by GTID; the
    two halves of a change of key are one."""

    def __init__(self, path):
        self.groups = collections.defaultdict(list)
        self.schemas, self.half = Schemas(), None
        with open(path, 'rb') as f:
            for line in f:
                self.record(json.loads(line))

    def record(self, record):
        payload = record['payload']
        if 'tableChanges' in payload:
            self.schemas.learn(payload)
        if payload.get('op') not in ('c', 'u', 'd'):
            return
        source, headers = payload['source'], record.get('headers') or {}
        kind = {'c': 'i'}.get(payload['op'], payload['op'])
        before = payload['before']
        if '__debezium.newkey' in headers:
            self.half = before
            return
        if '__debezium.oldkey' in headers:
            kind, before, self.half = 'u', self.half, None
        self.groups[source['gtid']].append(
            (kind, (source['db'], source['table']), before, payload['after'],
             self.schemas.columns(source['db'], source['table'])))


def image_differences(told, image, columns, seen):
    if (told is None) != (image is None):
        yield 'an image is missing'
        return
    if told is None:
        return
    if len(told) != len(image) and not len(told) - 1 == len(image):
        yield '%d values, not %d: %s' % (len(image), len(told), list(image))
        return
    for (name, value), number in zip(image.items(), sorted(told)):
        kind = re.sub(r'\(.*', '', told[number][1]).strip()
        result = same(told[number], value, columns.get(name))
        seen['values'] += 1
        if result is None:
            seen['not compared: ' + kind] += 1
        elif not result:
            yield '%s: %s %r is %r' % (name, told[number][1],
                                       told[number][0][:60] if told[number][0]
                                       is not None else None,
                                       str(value)[:60])


def name_of(name):
    return name.decode('utf-8', 'replace')


def as_logged(told, before, after):
    """Without what a partial image has from the one before it."""
    taken = [n for n in after if n in before and before[n] == after[n]]
    more = len(after) - len(told or after)
    return {n: v for n, v in after.items() if n not in taken[:max(more, 0)]}


def group_differences(group, ours, seen):
    """What differs in one transaction, as sentences."""
    theirs = [c for c in group.changes if c.table[0] not in SYSTEM]
    if len(theirs) != len(ours):
        yield '%d rows, not %d' % (len(ours), len(theirs))
        return
    for change, (kind, table, before, after, columns) in zip(theirs, ours):
        seen['rows'] += 1
        where = '%s.%s' % tuple(map(name_of, change.table))
        if (kind, where) != (change.kind, '%s.%s' % table):
            yield '%s of %s, not %s of %s' % (kind, '%s.%s' % table,
                                              change.kind, where)
            continue
        if before and after:
            after = as_logged(change.images[b'SET'], before, after)
        for told, image in ((change.images[b'WHERE'], before),
                            (change.images[b'SET'], after)):
            for words in image_differences(told, image, columns, seen):
                yield '%s, %s' % (where, words)


def differences(groups, ours, seen):
    known = set()
    for group in groups:
        known.add(group.gtid)
        for words in group_differences(group, ours.groups.get(group.gtid, []),
                                       seen):
            yield '%s: %s' % (group.gtid, words)
    for gtid in set(ours.groups) - known:
        yield '%s: %d rows of no transaction' % (gtid, len(ours.groups[gtid]))
