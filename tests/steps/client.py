# A client of MariaDB's that sends what it is given, byte for byte, and tells
# the number of the error: mariadb(1) splits and changes statements itself.
# https://mariadb.com/kb/en/clientserver-protocol/
import socket

CAPABILITIES = 0x1 | 0x200 | 0x2000 | 0x8000 | 0x20000


class Refused(Exception):
    """What the server answered: (number, words)."""


class Client:
    def __init__(self, path, charset=45):
        self.s = socket.socket(socket.AF_UNIX)
        self.s.connect(path)
        self.buf = b''
        self.packet()
        self.send(1, CAPABILITIES.to_bytes(4, 'little') +
                  (1 << 26).to_bytes(4, 'little') + bytes([charset]) +
                  bytes(23) + b'root\0\0')
        answer = self.packet()
        if answer[0] == 0xfe:           # another way to authenticate
            self.send(self.number, b'')
            answer = self.packet()
        if answer[0] == 0xff:
            raise Refused(answer)

    def take(self, n):
        while len(self.buf) < n:
            got = self.s.recv(1 << 18)
            if not got:
                raise EOFError('the server went away')
            self.buf += got
        out, self.buf = self.buf[:n], self.buf[n:]
        return out

    def packet(self):
        head = self.take(4)
        self.number = (head[3] + 1) & 255
        n = int.from_bytes(head[:3], 'little')
        body = self.take(n)
        return body + self.packet() if n == 0xffffff else body

    def send(self, number, body):
        self.s.sendall(len(body).to_bytes(3, 'little') + bytes([number]) +
                       body)

    @staticmethod
    def number_at(b, i):
        n = {0xfc: 2, 0xfd: 3, 0xfe: 8}.get(b[i], 0)
        if n:
            return int.from_bytes(b[i + 1:i + 1 + n], 'little'), i + 1 + n
        return b[i], i + 1

    def row(self, b):
        out, i = [], 0
        while i < len(b):
            if b[i] == 0xfb:
                out.append(None)
                i += 1
                continue
            n, i = self.number_at(b, i)
            out.append(b[i:i + n])
            i += n
        return out

    def until_eof(self):
        while True:
            b = self.packet()
            if b[0] == 0xff:
                self.refuse(b)
            if b[0] == 0xfe and len(b) < 9:
                self.status = int.from_bytes(b[3:5], 'little')
                return
            yield b

    @staticmethod
    def refuse(b):
        raise Refused(int.from_bytes(b[1:3], 'little'),
                      b[9:].decode('utf-8', 'replace'))

    def result(self):
        b = self.packet()
        if b[0] == 0xff:
            self.refuse(b)
        if b[0] == 0xfb:                # LOAD DATA LOCAL: nothing
            self.send(self.number, b'')
            b = self.packet()
        if b[0] == 0:
            _, i = self.number_at(b, 1)
            _, i = self.number_at(b, i)
            self.status = int.from_bytes(b[i:i + 2], 'little')
            return []
        list(self.until_eof())
        return [self.row(b) for b in self.until_eof()]

    def query(self, text):
        """The rows of a statement, values as bytes; raises Refused."""
        if isinstance(text, str):
            text = text.encode()
        self.send(0, b'\3' + text)
        rows = self.result()
        while self.status & 8:          # of a procedure: more of them
            rows = self.result()
        return rows

    def close(self):
        self.s.close()
