#!/usr/bin/env python3
"""Of a corpus the parts that show what no part before them did, to a number
of statements: choose.py NUMBER < corpus"""
import re
import sys

NAME = re.compile(rb"'(?:[^'\\]|\\.)*'|`[^`]*`|\d+|\b[a-z]{1,2}\d*\b")


def shape(statement):
    words = re.findall(rb"[A-Za-z_]+|[^\sA-Za-z_]", NAME.sub(b'x', statement))
    words = [w.upper() for w in words]
    return {tuple(words[i:i + 2]) for i in range(len(words))}


def main():
    most, seen, kept = int(sys.argv[1]), {}, 0
    parts = sys.stdin.buffer.read().split(b'-- file ')[1:]
    parts = [p for p in parts if p.count(b';\n') <= 60]
    while kept < most and parts:
        best, gain = None, 0
        for p in parts:
            n = p.count(b';\n') or 1
            new = sum(1 for s in p.split(b';\n') for x in shape(s)
                      if x not in seen)
            if new / n > gain:
                best, gain = p, new / n
        if best is None:
            break
        parts.remove(best)
        for s in best.split(b';\n'):
            for x in shape(s):
                seen[x] = 1
        kept += best.count(b';\n')
        sys.stdout.buffer.write(b'-- file ' + best)


main()
