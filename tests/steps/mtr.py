#!/usr/bin/env python3
"""The statements about tables of MariaDB's own suites, from .test files:
mtr.py FILE… > corpus"""
import re
import sys

BEGINS = re.compile(rb'(create|alter|drop|rename|set|use|truncate)\b', re.I)
TABLES = re.compile(rb'''create\s+(or\s+replace\s+)?(table|(unique\s+|
    fulltext\s+|spatial\s+|vector\s+)?index|database|schema|sequence)\b|
    alter\s+(online\s+)?(ignore\s+)?(table|database|schema)\b|
    drop\s+(table|index|database|schema|sequence)|rename\s+tables?\b|
    truncate\b|use\b|create\s+(or\s+replace\s+)?view\b|drop\s+view\b|
    set\s+(names|character\s+set|sql_mode|@@sql_mode|session\s+sql_mode|
    @@session.sql_mode|explicit_defaults|timestamp|collation|character_set|
    system_versioning_alter|session\s+system_versioning|
    @@system_versioning|statement\s[^;]*\sfor\s+(create|alter|drop|rename)\s)''', re.I | re.X)


def statements(data):
    delimiter, kept = b';', b''
    for line in data.split(b'\n'):
        s = line.strip()
        if not kept.strip():
            if s.startswith((b'#', b'--')) or not s:
                if s.lower().startswith(b'--delimiter'):
                    delimiter = s.split()[1] if len(s.split()) > 1 else b';'
                continue
            if re.match(rb'delimiter\s', s, re.I):
                delimiter = s.split()[1]
                if len(delimiter) > 1 and delimiter.endswith(b';'):
                    delimiter = delimiter[:-1]
                continue
        kept += line + b'\n'
        while delimiter in kept:
            end = kept.find(delimiter)
            one, rest = kept[:end], kept[end + len(delimiter):]
            if one.count(b"'") % 2 and rest.strip():
                break
            yield one.strip()
            kept = rest if rest.strip() else b''
        if s.endswith((b'{', b'}')) and delimiter == b';':
            kept = b''


def main():
    for path in sys.argv[1:]:
        with open(path, 'rb') as f:
            data = f.read()
        found = [s for s in statements(data)
                 if BEGINS.match(s) and TABLES.match(s) and b'$' not in s
                 and len(s) < 4000 and b';\n' not in s]
        if not any(re.search(rb'table|index', s, re.I) for s in found):
            continue
        out = sys.stdout.buffer
        out.write(b'-- file %s\n' % path.split('mysql-test/')[-1].encode())
        for s in found:
            out.write(s + b';\n')


main()
