-- A session without unique and foreign key checks, as a restore has: InnoDB loads
-- an empty table in bulk then, and a later statement that fails in strict mode took
-- back rows of it that were done.
-- modes: live
CREATE DATABASE d2;
CREATE TABLE IF NOT EXISTS `d2`.`t4` (a BINARY(16), `k 2` BIT(17), UNIQUE (a), UNIQUE (`k 2`, a), d DOUBLE(12,4) AS (HEX(a)) VIRTUAL, c DOUBLE NULL INVISIBLE, b CHAR(20) DEFAULT '1');
CREATE TABLE `d2`.t1 (a DECIMAL(10,2) NOT NULL UNIQUE, d INT UNSIGNED NOT NULL, e MEDIUMTEXT AS (COALESCE(`a`,0)) STORED) ENGINE=InnoDB ROW_FORMAT=COMPACT DEFAULT CHARACTER SET ucs2;
SET unique_checks=0;
SET foreign_key_checks=0;
INSERT INTO `d2`.`t4` (a,`k 2`,c,`b`) VALUES (DEFAULT,b'1',303858221.46307707,'😀😀😀😀😀😀😀😀😀');
CREATE TABLE IF NOT EXISTS `T5` LIKE `d2`.`t4`;
INSERT INTO `d2`.`t1` (`a`,d) VALUES (0,4294967295);
DELETE FROM `d2`.`t4` ORDER BY d DESC LIMIT 1;
INSERT IGNORE INTO `T5` (a,`k 2`,c,`b`) VALUES (0x6100,b'0',3.4028234e38,"?");
SELECT * FROM `d2`.t1 INTO OUTFILE './../tmp/unchecked-bulk';
LOAD DATA INFILE './../tmp/unchecked-bulk' IGNORE INTO TABLE `d2`.`t4` (a,`k 2`,c,`b`);
