-- Every type, in every row image, under every metadata: beside a key, without
-- one, and as a key.
-- since: 10.7
-- globals: binlog_row_metadata=FULL
-- modes: live
SET sql_mode='', NAMES utf8mb4, time_zone='+00:00', timestamp=1800000000;
CREATE DATABASE d CHARACTER SET latin1;
USE d;
CREATE TABLE types (n INT PRIMARY KEY, t VARCHAR(90), a VARCHAR(99),
  b VARCHAR(99), c VARCHAR(99), k INT);
INSERT INTO types VALUES
  (1, 'TINYINT', '-128', '127', '0', 1),
  (2, 'SMALLINT UNSIGNED', '65535', '0', '7', 1),
  (3, 'MEDIUMINT', '-8388608', '8388607', '1', 1),
  (4, 'INT UNSIGNED ZEROFILL', '4294967295', '1', '0', 1),
  (5, 'BIGINT UNSIGNED', '18446744073709551615', '9223372036854775808', '0', 1),
  (6, 'BIGINT', '-9223372036854775808', '9223372036854775807', '-1', 1),
  (7, 'DECIMAL(65,30)', '-99999999999999999999999999999999999.9', '0.1', '-0.000000000000000000000000000001', 1),
  (8, 'DECIMAL(10,0) UNSIGNED', '9999999999', '1', '0', 1),
  (9, 'FLOAT', '-3.40282e38', '1.17549e-38', '0.1', 1),
  (10, 'FLOAT(7,3)', '9999.999', '-0.001', '0', 1),
  (11, 'DOUBLE', '1.7976931348623157e308', '-2.2250738585072014e-308', '0.1', 1),
  (12, 'DOUBLE(20,5) UNSIGNED', '999999999999999.9', '0.00001', '1', 1),
  (13, 'BIT(1)', 'b''1''', 'b''0''', 'b''1''', 0),
  (14, 'BIT(64)', 'X''FFFFFFFFFFFFFFFF''', '1', '2', 1),
  (15, 'YEAR', '1901', '2155', '0', 1),
  (16, 'YEAR(2)', '70', '69', '00', 1),
  (17, 'DATE', '''0000-00-00''', '''9999-12-31''', '''2026-02-28''', 1),
  (18, 'TIME', '''-838:59:59''', '''838:59:59''', '''00:00:00''', 1),
  (19, 'TIME(6)', '''-00:00:00.000001''', '''23:59:59.999999''', '''1:2:3.5''', 1),
  (20, 'DATETIME', '''0000-00-00''', '''9999-12-31 23:59:59''', '''2026-01-01''', 1),
  (21, 'DATETIME(3)', '''1000-01-01 00:00:00.001''', '''9999-12-31 23:59:59.999''', '''2026-01-01''', 1),
  (22, 'DATETIME(6)', '''0001-01-01 00:00:00.000001''', '''2026-02-31 01:02:03.4''', '''2026-01-01''', 1),
  (23, 'TIMESTAMP', '''1970-01-01 00:00:01''', '''2038-01-19 03:14:07''', '0', 1),
  (24, 'TIMESTAMP(6)', '''1970-01-01 00:00:01.000001''', '''2038-01-19 03:14:07.999999''', '''2026-01-01''', 1),
  (25, 'CHAR(5)', '''a b''', '''ä''', '''''', 1),
  (26, 'CHAR(5) CHARACTER SET utf8mb4', '''😀''', '''a ''', '''x''', 1),
  (27, 'CHAR(255) CHARACTER SET utf8mb3', 'REPEAT(''ä'',255)', '''b''', '''c''', 1),
  (28, 'VARCHAR(5) CHARACTER SET latin1', '''a  ''', '''é''', '''''', 1),
  (29, 'VARCHAR(300) CHARACTER SET ucs2', 'REPEAT(''ä'',300)', '''b''', '''''', 1),
  (30, 'VARCHAR(9) CHARACTER SET utf32', '''😀b''', '''b''', '''''', 1),
  (31, 'VARCHAR(9) CHARACTER SET cp932', '''漢字''', '''\\\\''', '''''', 1),
  (32, 'BINARY(3)', 'X''00''', 'X''010000''', 'X''02''', 1),
  (33, 'BINARY(16)', 'X''FF00''', 'REPEAT(X''00'',16)', '''abc''', 1),
  (34, 'VARBINARY(300)', 'X''0000''', 'REPEAT(X''FF'',300)', '''''', 1),
  (35, 'TINYTEXT', '''a''', '''é''', '''''', 0),
  (36, 'TEXT CHARACTER SET gbk', '''汉字''', 'REPEAT(''b'',400)', '''''', 0),
  (37, 'MEDIUMTEXT CHARACTER SET utf16', '''😀''', 'REPEAT(''b'',400)', '''''', 0),
  (38, 'LONGTEXT', 'REPEAT(''c'',70000)', '''b''', '''''', 0),
  (39, 'TINYBLOB', 'X''00FF''', '''b''', '''''', 0),
  (40, 'BLOB', 'REPEAT(X''80'',65535)', '''b''', '''''', 0),
  (41, 'MEDIUMBLOB', 'X''00''', '''b''', '''''', 0),
  (42, 'LONGBLOB', 'X''00''', '''b''', '''''', 0),
  (43, 'ENUM(''a'',''b'',''ä,'')', '''b''', '0', '3', 1),
  (44, 'ENUM(''a'',''b'') CHARACTER SET utf32', '''b''', '0', '1', 1),
  (45, 'SET(''a'',''b'',''c'')', '''a,c''', '0', '7', 1),
  (46, 'SET(''a'',''b'',''c'') CHARACTER SET ucs2', '''a,c''', '0', '7', 1),
  (47, 'JSON', '''{"a": [1, null]}''', '''null''', '''"x"''', 0),
  (48, 'UUID', 'UUID_TEXT', '''00000000-0000-0000-0000-000000000000''', '''ffffffff-ffff-1fff-bfff-ffffffffff00''', 1),
  (49, 'INET6', '''::1''', '''1.2.3.4''', '''ffff::''', 1),
  (50, 'INET4', '''1.2.3.4''', '''0.0.0.0''', '''255.255.255.255''', 1),
  (51, 'POINT', 'POINT(1,2)', 'POINT(-0.5,1e300)', 'POINT(0,0)', 0),
  (52, 'GEOMETRY', 'ST_GeomFromText(''LINESTRING(0 0,1 1)'',4326)', 'POINT(1,1)', 'ST_GeomFromText(''GEOMETRYCOLLECTION EMPTY'')', 0),
  (53, 'VARCHAR(99) COMPRESSED', 'REPEAT(''d'',99)', '''b''', '''''', 0),
  (54, 'BLOB COMPRESSED', 'REPEAT(X''80'',999)', '''b''', '''''', 0),
  (55, 'TEXT COMPRESSED CHARACTER SET utf8mb4', 'REPEAT(''ä'',999)', '''b''', '''''', 0),
  (56, 'BOOLEAN', 'TRUE', 'FALSE', '2', 1),
  (57, 'BIT(9)', 'b''100000001''', '1', '2', 1),
  (58, 'LONG VARCHAR', '''a''', '''b''', '''''', 0),
  (59, 'NCHAR(3)', '''ä''', '''b''', '''''', 1);
UPDATE types SET a = '''123e4567-e89b-12d3-a456-426655440000''' WHERE n = 48;
SET group_concat_max_len=1000000;
DELIMITER //
BEGIN NOT ATOMIC
DECLARE CONTINUE HANDLER FOR 1231 BEGIN END;
FOR m IN (SELECT 'FULL' AS meta UNION SELECT 'MINIMAL' UNION SELECT 'NO_LOG') DO
SET GLOBAL binlog_row_metadata=m.meta;
FOR i IN (SELECT 'FULL' AS image UNION SELECT 'MINIMAL' UNION SELECT 'NOBLOB'
  UNION SELECT 'FULL_NODUP') DO
SET SESSION binlog_row_image='FULL';
EXECUTE IMMEDIATE CONCAT('SET SESSION binlog_row_image=', i.image);
SET @all = CONCAT(m.meta, '_', i.image);
SELECT GROUP_CONCAT('c', n, ' ', t, ' NULL' ORDER BY n), GROUP_CONCAT(a ORDER BY n),
  GROUP_CONCAT(b ORDER BY n), GROUP_CONCAT(c ORDER BY n),
  GROUP_CONCAT('c', n, '=', b ORDER BY n)
  INTO @defs, @a, @b, @c, @set FROM types;
EXECUTE IMMEDIATE CONCAT('CREATE TABLE w_', @all, ' (id INT PRIMARY KEY, ', @defs, ')');
EXECUTE IMMEDIATE CONCAT('CREATE TABLE x_', @all, ' (id INT, ', @defs, ')');
FOR t IN (SELECT 'w_' AS t UNION SELECT 'x_') DO
SET @t = CONCAT(t.t, @all);
EXECUTE IMMEDIATE CONCAT('INSERT INTO ', @t, ' VALUES (1,', @a, '),(2,', @b, '),(3,', @c, ')');
EXECUTE IMMEDIATE CONCAT('INSERT INTO ', @t, ' (id) VALUES (4),(5)');
EXECUTE IMMEDIATE CONCAT('UPDATE ', @t, ' SET id = 9 WHERE id = 3');
EXECUTE IMMEDIATE CONCAT('UPDATE ', @t, ' SET ', @set, ' WHERE id = 5');
EXECUTE IMMEDIATE CONCAT('UPDATE ', @t, ' SET c1 = 5, c28 = NULL, c35 = NULL WHERE id = 1');
EXECUTE IMMEDIATE CONCAT('DELETE FROM ', @t, ' WHERE id = 2');
END FOR;
END FOR;
END FOR;
END
//
BEGIN NOT ATOMIC
FOR m IN (SELECT 'FULL' AS meta UNION SELECT 'NO_LOG') DO
SET GLOBAL binlog_row_metadata=m.meta;
FOR i IN (SELECT 'MINIMAL' AS image) DO
SET SESSION binlog_row_image=i.image;
FOR t IN (SELECT * FROM types WHERE k = 1) DO
SET @t = CONCAT('k', t.n, '_', m.meta);
EXECUTE IMMEDIATE CONCAT('CREATE TABLE ', @t, ' (c ', t.t, ' NOT NULL PRIMARY KEY, v INT)');
EXECUTE IMMEDIATE CONCAT('INSERT INTO ', @t, ' VALUES (', t.a, ',1),(', t.b, ',2)');
EXECUTE IMMEDIATE CONCAT('UPDATE ', @t, ' SET c = ', t.c, ' WHERE v = 2');
EXECUTE IMMEDIATE CONCAT('UPDATE ', @t, ' SET v = 3 WHERE v = 1');
EXECUTE IMMEDIATE CONCAT('DELETE FROM ', @t, ' WHERE v = 2');
END FOR;
END FOR;
END FOR;
END
//
DELIMITER ;
SET GLOBAL binlog_row_metadata=FULL;
