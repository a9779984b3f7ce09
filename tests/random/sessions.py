# Sessions at random: what of them a log holds, and what changes the log.
from programs import Programs
from structure import Structure

SQL_MODES = ["''", 'DEFAULT', "'ANSI_QUOTES'", "'NO_BACKSLASH_ESCAPES'",
             "'ORACLE'", "'TRADITIONAL'", "'NO_ZERO_DATE,NO_ZERO_IN_DATE'",
             "'STRICT_ALL_TABLES'", "'PAD_CHAR_TO_FULL_LENGTH'",
             "'NO_AUTO_VALUE_ON_ZERO'", "'ALLOW_INVALID_DATES'", "'ANSI'",
             "'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'", "'REAL_AS_FLOAT'",
             "'EMPTY_STRING_IS_NULL'", "'PIPES_AS_CONCAT,IGNORE_SPACE'",
             "'NO_UNSIGNED_SUBTRACTION'", "'TIME_ROUND_FRACTIONAL'",
             "'SIMULTANEOUS_ASSIGNMENT'", "'NO_ENGINE_SUBSTITUTION'"]
CLIENTS = ['utf8mb4', 'utf8mb4', 'latin1', 'koi8r', 'cp1251', 'sjis', 'gbk',
           'big5', 'latin2', 'cp932', 'utf8mb3', 'ascii', 'greek']
SETTINGS = {
    'time_zone': ["'+00:00'", "'-05:30'", "'+12:45'", "'SYSTEM'"],
    'timestamp': ['DEFAULT', '1', '1500000000.000001', '2147483647',
                  '1603591200', '1700000000.999999'],
    'foreign_key_checks': ['0', '1'], 'unique_checks': ['0', '1'],
    'check_constraint_checks': ['0', '1'], 'sql_auto_is_null': ['0', '1'],
    'explicit_defaults_for_timestamp': ['0', '1'],
    'auto_increment_increment': ['1', '3', '10'],
    'auto_increment_offset': ['1', '2', '3'],
    'lc_time_names': ["'de_DE'", "'en_US'", "'ja_JP'"],
    'collation_connection': ['utf8mb4_bin', 'latin1_german2_ci', 'ucs2_bin',
                             'utf8mb4_general_ci', 'utf16_bin'],
    'collation_server': ['utf8mb4_bin', 'koi8r_general_ci', 'latin1_bin'],
    'binlog_row_image': ['FULL', 'MINIMAL', 'NOBLOB', 'FULL_NODUP'],
    'autocommit': ['0', '1', '1'], 'sql_if_exists': ['0', '1'],
    'system_versioning_alter_history': ['KEEP', 'KEEP', 'ERROR'],
    'insert_id': ['5', '1000'], 'alter_algorithm': ['DEFAULT', 'COPY'],
    'innodb_strict_mode': ['0', '1'], 'default_week_format': ['3'],
    'div_precision_increment': ['10'], 'sql_quote_show_create': ['0', '1'],
    'old_mode': ["''", "'UTF8_IS_UTF8MB3'", "''"],
    'character_set_results': ['utf8mb4', 'NULL', 'latin1'],
}
SERVER = {
    'binlog_row_metadata': ['FULL'] * 6 + ['MINIMAL', 'MINIMAL', 'NO_LOG'],
    'log_bin_compress': ['0', '1'], 'log_bin_compress_min_len': ['10'],
    'binlog_checksum': ['CRC32', 'CRC32', 'NONE'],
    'binlog_row_event_max_size': ['256'],
}
# As every script finds them.
INITIALLY = ("SET GLOBAL binlog_row_metadata=FULL, GLOBAL log_bin_compress=0, "
             "GLOBAL binlog_checksum=CRC32")


class Session:
    """What the next statement of one depends on."""

    def __init__(self):
        self.mode, self.charset, self.db = '', 'utf8mb4', 'test'
        self.open, self.xa, self.xid = False, '', ''


class Sessions(Programs, Structure):
    def __init__(self, seed, vectors):
        Structure.__init__(self, seed)
        self.vectors, self.files, self.xids = vectors, 0, seed * 1000
        self.tables, self.db = [], 'test'
        self.every = [Session() for _ in range(self.one(1, 1, 2, 3))]
        self.session = self.every[0]
        self.begin()
        self.busy = self.one(0.5, 0.7, 0.85)    # statements on rows
        self.programs = self.one(0, 0.1, 0.3)

    def turn(self):
        """Which session is next?"""
        if self.some(0.3):
            self.session = self.r.choice(self.every)
        self.mode, self.db = self.session.mode, self.session.db
        return self.every.index(self.session) + 1

    def setting(self):
        s = self.session
        kind = self.r.randint(0, 9)
        if kind == 0:
            s.db = self.one('test', 'test', 'd2')
            return 'USE ' + s.db
        if kind < 3:
            s.mode = self.r.choice(SQL_MODES)
            return 'SET sql_mode=' + s.mode
        if kind < 5:
            s.charset = self.r.choice(CLIENTS)
            return 'SET NAMES ' + s.charset
        if kind == 5 and self.some(0.4):
            name = self.r.choice(list(SERVER))
            return 'SET GLOBAL %s=%s' % (name, self.r.choice(SERVER[name]))
        name = self.r.choice(list(SETTINGS))
        return 'SET %s=%s' % (name, self.r.choice(SETTINGS[name]))

    def first(self, n):
        """What a script begins with."""
        return (['SET binlog_row_image=%s' % self.r.choice(
            SETTINGS['binlog_row_image']), 'SET GLOBAL binlog_row_metadata=%s'
            % self.r.choice(SERVER['binlog_row_metadata']),
            'CREATE DATABASE d2', 'ALTER DATABASE test CHARACTER SET ' +
            self.one('utf8mb4', 'latin1')] + [None] * 3)[n]

    def next(self, n):
        """Statements: one, or some that belong together."""
        made = self.first(n) if n < 7 else None
        if not made and n < 7:
            made = self.known_create()
        if not made:
            kind = self.r.random()
            if kind < 0.08:
                made = self.setting()
            elif kind < 0.18 or (self.session.open and kind < 0.3):
                made = self.transaction()
            elif self.some(self.programs):
                made = self.program_statement()
            elif self.some(self.busy):
                made = self.rows_statement()
            else:
                made = self.structure_statement()
        if made is None:
            return []
        return list(made) if isinstance(made, tuple) else [made]
