# MariaDB's own suites: which tests are for us, and running one.
import os
import re
import signal
import subprocess

SUITES = ('main archive binlog compat/maxdb compat/oracle csv funcs_1 gcol '
          'handler heap innodb innodb_fts innodb_gis innodb_zip jp json maria '
          'merge parts period sql_sequence stress vcol versioning').split()
CHANGES = re.compile(rb'\b(insert|update|delete|replace|load\s+data)\b', re.I)
TABLES = re.compile(rb'\bcreate\s+(or\s+replace\s+)?table\b', re.I)
# What would take away the server, its log, its accounts, or files.
HARMS = re.compile(
    rb'shutdown|restart|kill_mysqld|\bkill\b|reset\s+(master|slave)|'
    rb'purge\s+(binary|master)|gtid_(slave|binlog|domain|seq)|server_id|'
    rb'(un)?install\s+(plugin|soname)|mysql_(upgrade|install|secure)|'
    rb'mariadb-(upgrade|install)|change\s+master|(start|stop)\s+slave|'
    rb'have_debug|debug_sync|debug_dbug|mysql\.(user|db|global)|'
    rb'master-slave|rpl_init|flush\s+tables\s+with\s+read|have_wsrep|'
    rb'set\s+((session|@@\w+)[\s.]\s*)?(@@)?sql_log_bin|'
    rb'backup\s+stage|read_only|rm +-|unlink|rmtree|'
    rb'rmdir|remove_files|big_test|not_embedded_server_only|wait_for_crash|'
    rb'have_perfschema|set\s+password|skip_log_bin|'
    rb'statement_only|format_statement|format_mixed', re.I)
SOURCED = re.compile(rb'^\s*(?:--)?\s*source\s+([^\s;]+)', re.I | re.M)
SECONDS = 60


class Suites:
    def __init__(self, top, client, source, folder):
        """client: how mariadb-test is run; source: the server's folder"""
        self.top, self.client, self.source = top, client, source
        self.folder = folder
        os.makedirs(folder + '/tmp', exist_ok=True)
        os.makedirs(folder + '/log', exist_ok=True)
        with open(folder + '/prologue', 'w', encoding='ascii') as f:
            f.write('--disable_abort_on_error\n')

    def path_of(self, name):
        """main.x, suite.x or compat/oracle.x as a file"""
        suite, test = name.rsplit('.', 1)
        base = suite if suite == 'main' else 'suite/' + suite
        for folder in (base + '/', base + '/t/'):
            if os.path.exists('%s/%s%s.test' % (self.top, folder, test)):
                return folder + test + '.test'
        raise FileNotFoundError(name)

    def text(self, path, depth=0):
        """A test with what it sources."""
        try:
            with open(path, 'rb') as f:
                data = f.read()
        except OSError:
            return b''
        for name in SOURCED.findall(data) if depth < 4 else ():
            name = name.decode('latin1')
            for folder in (self.top, os.path.dirname(path)):
                if os.path.exists(folder + '/' + name):
                    data += self.text(folder + '/' + name, depth + 1)
                    break
        return data

    def all(self):
        """Those that change tables and do no harm."""
        for suite in SUITES:
            base = suite if suite == 'main' else 'suite/' + suite
            for folder in (base, base + '/t'):
                here = '%s/%s' % (self.top, folder)
                for file in sorted(os.listdir(here)
                                   if os.path.isdir(here) else ()):
                    if not file.endswith('.test'):
                        continue
                    data = self.text(here + '/' + file)
                    if (CHANGES.search(data) and TABLES.search(data) and
                            not HARMS.search(data)):
                        yield '%s.%s' % (suite, file[:-5])

    def environment(self):
        own = '--no-defaults --user=root --socket=%s/sock' % self.source
        return dict(os.environ, MYSQL_TEST_DIR=self.top, LC_ALL='C',
                    MYSQLTEST_VARDIR=self.folder,
                    MYSQL_TMP_DIR=self.folder + '/tmp',
                    TEST_VERSIONING_SO='test_versioning.so',
                    MASTER_MYSOCK=self.source + '/sock',
                    MYSQL='mariadb ' + own, MYSQL_DUMP='mariadb-dump ' + own,
                    MYSQL_BINLOG='mariadb-binlog --no-defaults')

    def run(self, name):
        """How it ended: ok, skipped, failed or time.  It goes on after
        errors; what it prints is of no interest."""
        path = self.path_of(name)
        with open(self.folder + '/out', 'wb') as out, subprocess.Popen(
                self.client + [
                    '--no-defaults', '--silent', '--user=root',
                    '--socket=%s/sock' % self.source, '--database=test',
                    '--suite-dir=' + os.path.dirname(path),
                    '--tmpdir=%s/tmp' % self.folder,
                    '--logdir=%s/log' % self.folder,
                    '--prologue=%s/prologue' % self.folder,
                    '--test-file=' + path],
                cwd=self.top, env=self.environment(), stdout=out,
                stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                start_new_session=True) as p:
            try:
                status = p.wait(SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(p.pid, signal.SIGKILL)
                return 'time'
        return {0: 'ok', 62: 'skipped'}.get(status, 'failed')
