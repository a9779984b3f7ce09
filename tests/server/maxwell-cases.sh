# Statements and Maxwell's messages of them, as its fixtures have them; where it
# loses data, as the log has it.  To be read by maxwell.t.

becomes "columns that come and go" \
    '{"table":"c","type":"insert","data":{"id":1,"textcol":"test_col_1"}}
{"table":"c","type":"insert","data":{"id":2,"datecol":"1979-10-01 00:00:00","textcol":"two"}}
{"table":"c","type":"update","data":{"id":1,"datecol":null,"textcol":"test_col_5"},"old":{"textcol":"test_col_1"}}
{"table":"c","type":"update","data":{"id":1,"datecol":"2026-01-01 00:00:00","textcol":"test_col_5"},"old":{"datecol":null}}
{"table":"c","type":"update","data":{"id":2,"dummycol":5,"datecol":"1979-10-01 00:00:00","textcol":"two"},"old":{"dummycol":10}}
{"table":"c","type":"update","data":{"id":2,"datecol":"1979-10-01 00:00:00","textcol":"three"},"old":{"textcol":"two"}}' <<'SQL'
CREATE TABLE c (id BIGINT AUTO_INCREMENT PRIMARY KEY, textcol MEDIUMTEXT);
INSERT INTO c (textcol) VALUES ('test_col_1');
ALTER TABLE c ADD datecol DATETIME AFTER id;
INSERT INTO c VALUES (2, '1979-10-01 00:00:00', 'two');
UPDATE c SET textcol = 'test_col_5' WHERE id = 1;
UPDATE c SET datecol = '2026-01-01 00:00:00' WHERE id = 1;
ALTER TABLE c ADD dummycol MEDIUMINT DEFAULT 10 AFTER id;
UPDATE c SET dummycol = 5 WHERE id = 2;
ALTER TABLE c DROP dummycol;
UPDATE c SET textcol = 'three' WHERE id = 2;
SQL

becomes "numbers and bits" \
    '{"table":"n","type":"insert","data":{"i":18446744073709551615,"t":246,"s":65526,"m":16777206,"l":4294967286,"d":3.1415900000,"x":9,"b8":3,"b16":13929,"b24":14913110,"b64":18446744073709551615}}
{"table":"n","type":"insert","data":{"i":0,"t":0,"s":0,"m":0,"l":0,"d":0E-10,"x":-1,"b8":0,"b16":0,"b24":0,"b64":409832983}}' <<'SQL'
CREATE TABLE n (i BIGINT UNSIGNED, t TINYINT UNSIGNED, s SMALLINT UNSIGNED,
    m MEDIUMINT UNSIGNED, l INT UNSIGNED, d NUMERIC(20,10), x TINYINT(1),
    b8 BIT(8), b16 BIT(16), b24 BIT(24), b64 BIT(64));
INSERT INTO n VALUES (18446744073709551615, 246, 65526, 16777206, 4294967286,
    3.14159, 9, b'00011', 13929, b'111000111000111001010110',
    18446744073709551615);
INSERT INTO n VALUES (0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 409832983);
SQL

becomes "bytes, labels, JSON, geometries" \
    '{"table":"v","type":"insert","data":{"a":"AAECAw==","b":"AAECAwAAAAAAAA==","c":"AAECAw==","e":"bar","s":["bar","baz"],"j":{"foo":"bar","baz":[1,2,3,{"hello":"inside an array"}],"bar":123.4321},"g":"POINT (3 2)"}}
{"table":"v","type":"insert","data":{"a":null,"b":null,"c":null,"e":"foo","s":["foo","baz"],"j":null,"g":"GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 1, 1 2, 2 3, 3 4))"}}
{"table":"v","type":"insert","data":{"a":"","b":null,"c":"","e":"baz","s":[],"j":[],"g":null}}
{"table":"v","type":"update","data":{"a":"","b":null,"c":"","e":"foo","s":["foo"],"j":[],"g":null},"old":{"e":"baz","s":[]}}' <<'SQL'
CREATE TABLE v (a BLOB, b BINARY(10), c VARBINARY(10),
    e ENUM('foo', 'bar', 'baz'), s SET('foo', 'bar', 'baz'), j JSON, g GEOMETRY);
INSERT INTO v VALUES (x'00010203', x'00010203', x'00010203', 'bar', 'bar,baz',
    '{"foo":"bar","baz":[1,2,3,{"hello":"inside an array"}],"bar":123.4321}',
    ST_GeomFromText('POINT(3 2)'));
INSERT INTO v VALUES (NULL, NULL, NULL, 'foo', 'baz,foo', NULL, ST_GeomFromText(
    'GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 1,1 2,2 3,3 4))'));
INSERT INTO v VALUES ('', NULL, '', 'baz', '', '[]', NULL);
UPDATE v SET e = 'foo', s = 'foo' WHERE e = 'baz';
SQL

becomes "time" \
    '{"table":"t","type":"insert","data":{"t6":"12:23:33.123456","t3":"12:23:33.345","d6":"2012-01-01 22:32:34.222222","d3":"2012-01-01 22:32:34.123","s4":"2012-01-01 22:32:34.1234","y":2007}}
{"table":"t","type":"insert","data":{"t6":"00:00:00.000000","t3":"00:00:00.000","d6":"0000-00-00 00:00:00.000000","d3":"0000-00-00 00:00:00.000","s4":"0000-00-00 00:00:00.0000","y":0}}
{"table":"t","type":"insert","data":{"t6":"-838:59:59.000000","t3":"100:00:00.500","d6":"1950-01-01 01:00:00.999999","d3":"0003-00-00 00:00:01.000","s4":null,"y":null}}' <<'SQL'
CREATE TABLE t (t6 TIME(6), t3 TIME(3), d6 DATETIME(6), d3 DATETIME(3),
    s4 TIMESTAMP(4) NULL, y YEAR);
INSERT INTO t VALUES ('12:23:33.123456', '12:23:33.345',
    '2012-01-01 22:32:34.222222', '2012-01-01 22:32:34.123',
    '2012-01-01 22:32:34.1234', 2007);
INSERT INTO t VALUES (0, 0, 0, 0, 0, 0);
INSERT INTO t VALUES ('-838:59:59', '100:00:00.5', '1950-01-01 01:00:00.999999',
    '0003-00-00 00:00:01', NULL, NULL);
SQL

becomes "character sets, and the case of names" \
    '{"table":"k","type":"insert","data":{"ID":1,"bar_FIELD":"áé","g":"乪","b":"圖形碼","u":"河","w":"á"}}' <<'SQL'
CREATE TABLE k (ID INT PRIMARY KEY, bar_FIELD VARCHAR(20) CHARACTER SET latin1,
    g VARCHAR(9) CHARACTER SET gbk, b VARCHAR(9) CHARACTER SET big5,
    u VARCHAR(9) CHARACTER SET ujis, w VARCHAR(9) CHARACTER SET ucs2);
SET NAMES utf8mb4;
INSERT INTO k (id, bar_field, g, b, u, w) VALUES
    (1, 'áé', '乪', '圖形碼', '河', 'á');
SQL

becomes "rows that are not whole" \
    '{"table":"i","type":"insert","data":{"id":1,"i1":555,"i2":777,"i3":null}}
{"table":"i","type":"update","data":{"id":1,"i3":444}}' <<'SQL'
CREATE TABLE i (id INT AUTO_INCREMENT PRIMARY KEY, i1 INT, i2 INT, i3 INT);
INSERT INTO i (i1, i2) VALUES (555, 777);
SET binlog_row_image = MINIMAL;
UPDATE i SET i3 = 444 WHERE i1 = 555;
SQL

settings=row_query,commit_info=false
becomes "queries" \
    '{"table":"i","query":"INSERT /* comment:insert */ INTO i (i1) VALUES (7)","type":"insert","data":{"id":2,"i1":7,"i2":null,"i3":null}}
{"table":"i","query":"DELETE /* \"gone\" */ FROM i WHERE id = 2","type":"delete","data":{"id":2,"i1":7,"i2":null,"i3":null}}' <<'SQL'
INSERT /* comment:insert */ INTO i (i1) VALUES (7);
DELETE /* "gone" */ FROM i WHERE id = 2;
SQL

settings=xoffset,primary_keys
becomes "transactions, keys that change" \
    '{"table":"i","type":"update","commit":true,"primary_key":[9],"data":{"id":9,"i1":555,"i2":777,"i3":444},"old":{"id":1}}
{"table":"i","type":"insert","xoffset":0,"primary_key":[10],"data":{"id":10,"i1":1,"i2":null,"i3":null}}
{"table":"i","type":"insert","xoffset":1,"primary_key":[11],"data":{"id":11,"i1":2,"i2":null,"i3":null}}
{"table":"i","type":"delete","commit":true,"primary_key":[10],"data":{"id":10,"i1":1,"i2":null,"i3":null}}' <<'SQL'
UPDATE i SET id = 9 WHERE id = 1;
BEGIN;
INSERT INTO i (i1) VALUES (1), (2);
SAVEPOINT s;
UPDATE i SET i2 = 5;
ROLLBACK TO s;
DELETE FROM i WHERE id = 10;
COMMIT;
SQL

settings=ddl
becomes "statements" \
    '{"type":"database-create","database":"ser","charset":"utf8mb4","sql":""}
{"type":"table-create","database":"ser","table":"d","def":{"database":"ser","charset":"utf8mb4","table":"d","columns":[{"type":"mediumint","name":"id","signed":true},{"type":"varchar","name":"a","charset":"latin1"},{"type":"mediumtext","name":"b","charset":"utf8mb4"},{"type":"enum","name":"c","enum-values":["a","b"]}],"primary-key":["id"]},"sql":""}
{"type":"table-alter","database":"ser","table":"d","old":{"database":"ser","charset":"utf8mb4","table":"d","columns":[{"type":"mediumint","name":"id","signed":true},{"type":"varchar","name":"a","charset":"latin1"},{"type":"mediumtext","name":"b","charset":"utf8mb4"},{"type":"enum","name":"c","enum-values":["a","b"]}],"primary-key":["id"]},"def":{"database":"ser","charset":"utf8mb4","table":"d","columns":[{"type":"mediumint","name":"id","signed":true},{"type":"varchar","name":"a","charset":"latin1"},{"type":"mediumtext","name":"b","charset":"utf8mb4"},{"type":"blob","name":"d","charset":"binary"},{"type":"enum","name":"c","enum-values":["a","b"]}],"primary-key":["id"]},"sql":""}
{"type":"table-drop","database":"ser","table":"d","sql":""}
{"type":"database-create","database":"ser","charset":"latin1","sql":""}
{"type":"database-alter","database":"ser","charset":"utf8mb3","sql":""}
{"type":"database-drop","database":"ser","sql":""}
{"type":"database-drop","database":"ser","sql":""}' <<'SQL'
CREATE DATABASE ser CHARACTER SET utf8mb4;
CREATE TABLE ser.d (id MEDIUMINT, a VARCHAR(9) CHARACTER SET latin1,
    b MEDIUMTEXT, c ENUM('a', 'b'), PRIMARY KEY (id));
ALTER TABLE ser.d ADD d BLOB AFTER b;
DROP TABLE ser.d;
CREATE DATABASE IF NOT EXISTS ser CHARACTER SET latin1;
ALTER DATABASE ser CHARACTER SET utf8mb3;
DROP DATABASE ser;
DROP DATABASE IF EXISTS ser;
SQL
settings=

cdc-snapshot -q -S "$server/sock" -u root --skip-ssl --time string \
    -t 'maxwell_test\.[ik]' 2>"$T/err" |
    cdc-format -q --to maxwell --maxwell primary_key_columns >"$T/out" 2>>"$T/err"
is "$(sed 's/"ts":[0-9]*,//; s/^{"database":"maxwell_test","table"/{"table"/' \
    "$T/out")" \
    '{"table":"i","type":"bootstrap-start","primary_key_columns":["id"],"data":{}}
{"table":"i","type":"bootstrap-insert","primary_key_columns":["id"],"data":{"id":9,"i1":555,"i2":777,"i3":444}}
{"table":"i","type":"bootstrap-insert","primary_key_columns":["id"],"data":{"id":11,"i1":2,"i2":null,"i3":null}}
{"table":"i","type":"bootstrap-complete","primary_key_columns":[],"data":{}}
{"table":"k","type":"bootstrap-start","primary_key_columns":["ID"],"data":{}}
{"table":"k","type":"bootstrap-insert","primary_key_columns":["ID"],"data":{"ID":1,"bar_FIELD":"áé","g":"乪","b":"圖形碼","u":"河","w":"á"}}
{"table":"k","type":"bootstrap-complete","primary_key_columns":[],"data":{}}' \
    "$version: a copy"
