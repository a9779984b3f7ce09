"""Tokens of cdc-mask --tokenize, by its description alone (src/lib/mask/
tokenize.h): another implementation, to compare with.

    tokens.py KEYFILE < TEXTS       a token for each line
    tokens.py --email KEYFILE DOMAIN < TEXTS
"""
import hashlib
import hmac
import re
import sys

ROUNDS = 10
ALPHABETS = [
    ('0', 10, 0), ('A', 26, 32), ('\xc0', 23, 32), ('\xd8', 7, 32),
    ('\u0100', 128, 0), ('\u0391', 17, 32), ('\u03a3', 7, 32),
    ('\u0410', 32, 32), ('\u05d0', 27, 0), ('\u0621', 26, 0),
    ('\u0641', 10, 0), ('\u0904', 54, 0), ('\u0e01', 46, 0),
    ('\u3041', 86, 0), ('\u30a1', 90, 0), ('\u4e00', 20992, 0),
    ('\uac00', 11172, 0), ('\ud800', 2048, 0), ('\uef00', 256, 0),
]
OTHERS = [(0x80, 0x800), (0x800, 0x10000), (0x10000, 0x110000)]

taken = set()
for first, size, lower in ALPHABETS:
    taken.update(range(ord(first), ord(first) + size))
    if lower:
        taken.update(range(ord(first) + lower, ord(first) + lower + size))
rest = [[c for c in range(*span) if c not in taken] for span in OTHERS]
place = [{c: i for i, c in enumerate(codes)} for codes in rest]


def symbol(char):
    """(class, size, number, back to a character); None if it stays."""
    code = ord(char)
    for i, (first, size, lower) in enumerate(ALPHABETS):
        for shift in {0, lower}:
            at = code - ord(first) - shift
            if 0 <= at < size:
                return (i, size, at,
                        lambda v, base=ord(first) + shift: chr(base + v))
    if code < 0x80:
        return None
    for i, codes in enumerate(rest):
        if code in place[i]:
            return (len(ALPHABETS) + i, len(codes), place[i][code],
                    lambda v, codes=codes: chr(codes[v]))


def no_zero(char):
    return None if char == '0' else (
        len(ALPHABETS) + len(OTHERS), 9, int(char) - 1,
        lambda v: chr(ord('1') + v))


def symbols(text):
    all = [symbol(c) for c in text]
    number = re.fullmatch(r'(-?)([0-9]+)(?:\.([0-9]+))?', text, re.ASCII)
    if not number:
        return all
    sign, whole, fraction = number.groups()
    kept = (fraction or '').rstrip('0')
    for i in range(len(text) - len(fraction or '') + len(kept), len(text)):
        all[i] = None
    if kept:
        i = len(text) - len(fraction) + len(kept) - 1
        all[i] = no_zero(text[i])
    if len(whole) > 1 or (sign and not kept):
        all[len(sign)] = no_zero(whole[0])
    return all


def limits(text):
    """The range in which a whole number's token stays: a number of it."""
    number = re.fullmatch(r'(-?)([1-9][0-9]*)', text, re.ASCII)
    if not number:
        return 4
    v, digits, more = int(number[2]), len(number[2]), bool(number[1])
    for i, (n, last) in enumerate([
            (10, 2**31 - 1 + more), (10, 2**32 - 1), (19, 2**63 - 1 + more),
            (20, 2**64 - 1)]):
        if digits == n and v <= last:
            return i
    return 4


def numbers(key, round, changes, other, v):
    message = b'cdc-mask tokenize 1' + bytes([round]) + \
        len(changes).to_bytes(8, 'little') + len(other).to_bytes(8, 'little') + \
        bytes(s[0] for s in changes) + bytes(s[0] for s in other) + \
        b''.join(n.to_bytes(3, 'big') for n in v)
    seed = hmac.new(key, message, hashlib.sha256).digest()
    block, count = seed, 0
    while True:
        for i in range(0, 30, 6):
            yield int.from_bytes(block[i:i + 6], 'big')
        count += 1
        block = hmac.new(key, seed + count.to_bytes(8, 'little'),
                         hashlib.sha256).digest()


def encrypt(key, moving, v):
    half = len(v) // 2
    for round in range(ROUNDS):
        changes, other = slice(half, None), slice(0, half)
        if round % 2:
            changes, other = other, changes
        stream = numbers(key, round, moving[changes], moving[other], v[other])
        v[changes] = [(n + next(stream)) % s[1]
                      for n, s in zip(v[changes], moving[changes])]
    return v


def token(key, text):
    all = symbols(text)
    moving = [s for s in all if s]
    v = [s[2] for s in moving]
    while True:
        v = encrypt(key, moving, v)
        at = iter(zip(v, moving))
        made = ''.join(c if s is None else
                       (lambda n, m: m[3](n))(*next(at))
                       for c, s in zip(text, all))
        if limits(made) == limits(text):
            return made


def email(key, text, domain):
    folded = text.encode().lower() if text.isascii() else ''.join(
        c.lower() if c < '\x80' else c for c in text).encode()
    return hmac.new(key, b'cdc-mask email 1' + folded,
                    hashlib.sha256).hexdigest()[:24] + '@' + domain


if __name__ == '__main__':
    args = sys.argv[1:]
    mails = args[0] == '--email'
    with open(args[mails], 'rb') as f:
        secret = f.read().rstrip(b'\n')
    for line in open(0, encoding='utf-8', newline='\n'):
        line = line[:-1]
        print(email(secret, line, args[2]) if mails else token(secret, line))
