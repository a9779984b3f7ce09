#!/usr/bin/env python3
"""Conditions at random, for cdc-filter --where and for a server.

usage: where.py COUNT SEED      one condition a line
       where.py --rows COUNT SEED   INSERTs for the table of where.t
"""
import random
import re
import sys

NUMBERS = ["0", "1", "-1", "7", "7.0", "12.5", "-3.25", "1e2", ".5",
           "18446744073709551615", "9223372036854775807",
           "9223372036854775808", "0.000001", "99999999999999.999999"]
TEXTS = ["", "a", "A", "ab", "paid", "Paid", "O'Brien", "100%", "a_b",
         "back\\slash", "zwölf", "日本", "a b", "\t"]
PATTERNS = ["%", "_", "a%", "%d", "p_i_", "100\\%", "a\\_b", "%ö%", "__", ""]
EXPRESSIONS = ["^a", "d$", "a.b", "[A-Z]", "ö", "^$", "p(ai|x)d"]


def quote(text):
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def pattern(text):
    return "'" + text.replace("'", "''") + "'"


def number(r):
    return r.choice(["i", "b", "d + 0", "e + 0", r.choice(NUMBERS),
                     r.choice(NUMBERS), "i", "b"])


def text(r):
    return r.choice(["s", "t", "CAST(s AS CHAR)", quote(r.choice(TEXTS)),
                     quote(r.choice(TEXTS)), "s"])


def sign(r):
    return r.choice(["=", "<>", "!=", "<", "<=", ">", ">=", "<=>"])


def operand_pair(r):
    return r.choice([number, text])


def leaf(r):
    kind = operand_pair(r)
    a, b, c = kind(r), kind(r), kind(r)
    no = r.choice(["", "", "NOT "])
    return r.choice([
        lambda: "%s %s %s" % (a, sign(r), b),
        lambda: "%s %sIN (%s, %s)" % (a, no, b, c),
        lambda: "%s %sBETWEEN %s AND %s" % (a, no, b, c),
        lambda: "%s IS %sNULL" % (a, no),
        lambda: "%s %s NULL" % (a, sign(r)),
        lambda: "%s %sIN (%s, NULL)" % (a, no, b),
        lambda: "%s %sLIKE %s" % (text(r), no, pattern(r.choice(PATTERNS))),
        lambda: "%s %sREGEXP %s" % (text(r), no,
                                   pattern(r.choice(EXPRESSIONS))),
    ])()


def condition(r, depth):
    if depth == 0 or r.random() < 0.2:
        return leaf(r)
    one = condition(r, depth - 1)
    two = condition(r, depth - 1)
    return r.choice([
        lambda: "%s AND %s" % (one, two),
        lambda: "%s OR %s" % (one, two),
        lambda: "%s XOR %s" % (one, two),
        lambda: "%s && %s" % (one, two),
        lambda: "%s || %s" % (one, two),
        lambda: "NOT %s" % one,
        lambda: "! (%s)" % one,
        lambda: "(%s)" % one,
        lambda: "(%s) IS %s" % (one, r.choice(
            ["TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "UNKNOWN",
             "NOT UNKNOWN"])),
        lambda: "(%s) = (%s)" % (one, two),
    ])()


def named(r):
    """One that names a column."""
    while True:
        made = condition(r, r.randrange(4))
        if re.search(r"\b[ibdest]\b", re.sub("'(''|[^'])*'", "''", made)):
            return made


def value(r, values):
    return "NULL" if r.random() < 0.15 else r.choice(values)


def main():
    args = sys.argv[1:]
    rows = args[0] == "--rows"
    r = random.Random(int(args[-1]))
    for i in range(int(args[-2])):
        if not rows:
            print(named(r))
            continue
        print("INSERT INTO w.t VALUES (%d, %s, %s, %s, %s, %s, %s);" % (
            i, value(r, ["0", "1", "-1", "7", "100"]),
            value(r, ["0", "7", "18446744073709551615",
                      "9223372036854775808"]),
            value(r, ["0", "12.5", "-3.25", "99999999999999.999999", "100"]),
            value(r, ["0", "12.5", "9", "10"]),
            value(r, [quote(t) for t in TEXTS]),
            value(r, [quote(t) for t in TEXTS])))


main()
