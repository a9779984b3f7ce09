#!/usr/bin/python3
# All hashes of a Redis server, a line for each field: key, field and value as
# hexadecimal digits, a long value its MD5.  This reads the protocol itself, because redis-cli's text
# is not exact.
# usage: redis.py SOCKET
import hashlib
import socket
import sys


class Redis:
    def __init__(self, path):
        s = socket.socket(socket.AF_UNIX)
        s.connect(path)
        self.s = s
        self.f = s.makefile('rb')

    def read(self):
        line = self.f.readline()
        kind, n = line[:1], line[1:-2]
        if kind == b'-':
            sys.exit('redis: %s' % line)
        if kind == b'$':
            data = self.f.read(int(n) + 2)
            return data[:-2]
        if kind == b'*':
            return [self.read() for _ in range(int(n))]
        return n

    def ask(self, *words):
        self.s.sendall(b'*%d\r\n' % len(words) + b''.join(
            b'$%d\r\n%b\r\n' % (len(w), w) for w in words))
        return self.read()


redis = Redis(sys.argv[1])
lines = []
for key in redis.ask(b'KEYS', b'*'):
    if redis.ask(b'TYPE', key) != b'hash':
        continue
    flat = redis.ask(b'HGETALL', key)
    for field, value in zip(flat[::2], flat[1::2]):
        lines.append('%s %s %s' % (
            key.hex(), field.hex(), value.hex() if len(value) <= 10000
            else hashlib.md5(value).hexdigest()))
for line in sorted(lines):
    print(line)
