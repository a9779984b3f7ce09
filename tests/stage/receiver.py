#!/usr/bin/env python3
"""An HTTP server for cdc-post.t, on a port of its own.

usage: receiver.py DIR [CERT]

DIR/port is its port, DIR/requests has a JSON object for each request (path,
headers, body as text).  What it answers is in DIR/answers, a line for each of
the next requests, "STATUS [Name: value|…] [body]"; then 200, and that of
_bulk if the path ends so.  DIR/chance: fail
so many percent of requests, half of them after they were taken.
"""
import http.server, json, os, random, ssl, sys, threading

folder = sys.argv[1]
lock = threading.Lock()


def next_answer():
    path = os.path.join(folder, 'answers')
    try:
        lines = open(path).read().split('\n')
    except FileNotFoundError:
        return '200'
    first, rest = lines[0], lines[1:]
    open(path, 'w').write('\n'.join(rest))
    return first or '200'


def items(body):
    """What _bulk answers if it took all."""
    found, lines = [], iter(body.decode().split('\n'))
    for line in lines:
        if line:
            action = next(iter(json.loads(line)))
            found.append({action: {'status': 200}})
            if action != 'delete':
                next(lines)
    return found


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_POST(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        with lock:
            answer = next_answer()
            chance = os.path.join(folder, 'chance')
            if os.path.exists(chance):
                roll = random.random() * 100
                if roll < float(open(chance).read()):
                    answer = '503'
                    if roll % 1 < 0.5:
                        self.keep(body)
                else:
                    self.keep(body)
            else:
                self.keep(body)
        if answer == '200' and self.path.endswith('/_bulk'):
            answer = '200 - ' + json.dumps({'items': items(body)})
        parts = answer.split(' ', 2)
        text = (parts[2] if len(parts) > 2 else '').encode()
        self.send_response(int(parts[0]))
        if len(parts) > 1 and parts[1] != '-':
            for header in parts[1].split('|'):
                self.send_header(*header.split(':', 1))
        self.send_header('Content-Length', str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def keep(self, body):
        with open(os.path.join(folder, 'requests'), 'a') as f:
            f.write(json.dumps({
                'path': self.path,
                'headers': {k.lower(): v for k, v in self.headers.items()},
                'body': body.decode('utf-8', 'surrogateescape')}) + '\n')

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2] + '.pem', sys.argv[2] + '.key')
    if len(sys.argv) > 3:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True)
with open(os.path.join(folder, 'port.new'), 'w') as f:
    f.write(str(server.server_port))
os.rename(os.path.join(folder, 'port.new'), os.path.join(folder, 'port'))
server.serve_forever()
