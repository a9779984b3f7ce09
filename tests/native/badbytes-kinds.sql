-- Bytes that are no character of their set, codes that a server makes others of
-- on the way to Unicode and back, and characters that stand for bytes in
-- records: in sets of each kind, as values, keys and rows without a key.
-- modes: live copy
SET sql_mode='', NAMES utf8mb4;
CREATE TABLE codes (n INT PRIMARY KEY, b VARBINARY(4));
INSERT INTO codes SELECT seq, CHAR(seq USING binary) FROM seq_65_to_255_step_7;
INSERT INTO codes SELECT 1000 + seq, CHAR(seq * 256 + 64 + seq * 3 % 190
  USING binary) FROM seq_129_to_254_step_4;
INSERT INTO codes VALUES (1, '\\'), (2, X'815F'), (3, X'8790'), (4, X'FA4A'),
  (5, X'ED40'), (6, X'878A'), (7, X'FE50'), (8, X'A1C0'), (9, X'ADF0'),
  (10, X'A15A'), (11, X'8FA2B7'), (12, X'A4'), (13, X'A1'), (14, X'DB'),
  (15, X'EDA080'), (16, X'EEBC81'), (17, X'EEBFBF'), (18, X'D800'),
  (19, X'D83DDE00'), (20, X'EFC3'), (21, X'00D8'), (22, X'0000D800'),
  (23, X'0000EFC3'), (24, X'C3EF'), (25, X'3DD800DE'), (26, X'0001F600');
DELIMITER //
BEGIN NOT ATOMIC
FOR s IN (SELECT CHARACTER_SET_NAME AS name FROM
  information_schema.CHARACTER_SETS WHERE CHARACTER_SET_NAME IN ('armscii8',
  'ascii', 'big5', 'cp1257', 'cp932', 'eucjpms', 'euckr', 'gbk', 'sjis',
  'swe7', 'tis620', 'ucs2', 'ujis', 'utf16', 'utf16le', 'utf32', 'utf8mb3',
  'utf8mb4') ORDER BY 1) DO
  EXECUTE IMMEDIATE CONCAT('CREATE TABLE k_', s.name, ' (v VARCHAR(9)
    CHARACTER SET ', s.name, ' COLLATE ', s.name, '_bin PRIMARY KEY, n INT,
    c CHAR(4) CHARACTER SET ', s.name, ', t TEXT CHARACTER SET ', s.name, ')');
  EXECUTE IMMEDIATE CONCAT('CREATE TABLE n_', s.name, ' (v VARCHAR(9)
    CHARACTER SET ', s.name, ', n INT)');
  EXECUTE IMMEDIATE CONCAT('INSERT IGNORE INTO k_', s.name, ' SELECT c, n, c,
    CONCAT(c, c) FROM (SELECT n, CONVERT(b USING ', s.name, ') AS c FROM codes)
    AS all_of_them WHERE c IS NOT NULL');
  EXECUTE IMMEDIATE CONCAT('INSERT INTO n_', s.name, ' SELECT v, n FROM k_',
    s.name, ' WHERE n % 3 = 1');
  EXECUTE IMMEDIATE CONCAT('UPDATE k_', s.name, ' SET n = n + 1, t = v
    WHERE n % 3 = 1');
  EXECUTE IMMEDIATE CONCAT('UPDATE IGNORE k_', s.name, ' SET v = CONCAT(v, v)
    WHERE n % 5 = 2');
  EXECUTE IMMEDIATE CONCAT('DELETE FROM k_', s.name, ' WHERE n % 7 = 3');
  EXECUTE IMMEDIATE CONCAT('UPDATE n_', s.name, ' SET n = 0, v = CONCAT(v, v)
    WHERE n % 5 = 2');
  EXECUTE IMMEDIATE CONCAT('DELETE FROM n_', s.name, ' WHERE n % 7 = 3');
END FOR;
END
//
DELIMITER ;
-- a key whose collation is not its set's first
CREATE TABLE g (v VARCHAR(9) CHARACTER SET sjis COLLATE sjis_japanese_ci
  PRIMARY KEY, n INT);
INSERT INTO g VALUES (X'878A', 1), (X'878B', 2), (X'5C', 3);
UPDATE g SET n = 4 WHERE n = 1;
DELETE FROM g WHERE n > 1 AND n < 4;
CREATE TABLE u (v VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci
  PRIMARY KEY, n INT);
INSERT INTO u VALUES (_utf8mb4 X'EDA080', 1), (_utf8mb4 X'EEBC80', 2),
  (_utf8mb4 X'EDA081EEBC80', 3);
UPDATE u SET n = 4 WHERE n = 1;
DELETE FROM u WHERE n = 3;
-- labels, and what they are beside each other
CREATE TABLE l (id INT PRIMARY KEY, e ENUM('a\\b', 'c', 'd') CHARACTER SET sjis,
  s SET('a\\b', 'c', 'd') CHARACTER SET sjis,
  p ENUM('', '') CHARACTER SET utf8mb4,
  w SET('', 'ä') CHARACTER SET ucs2);
INSERT INTO l VALUES (1, 1, 3, 1, 3), (2, 2, 5, 2, 1), (3, 3, 7, NULL, NULL);
UPDATE l SET e = 1, s = 1 WHERE id = 3;
