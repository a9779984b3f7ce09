-- The same in latin1, with expressions and checks.
SET NAMES latin1;
CREATE TABLE `é` (id INT PRIMARY KEY, a VARCHAR(10) DEFAULT 'ä', b VARCHAR(10) COMMENT 'ö', g VARCHAR(20) AS (CONCAT(b,'ü')) STORED, CHECK (a <> 'ß')) DEFAULT CHARSET=latin1;
INSERT INTO `é`(id,b) VALUES (1,'x');
ALTER TABLE `é` ADD `ñ` SET('å','ø') NOT NULL DEFAULT 'ø', ADD INDEX `í` (a);
CREATE DATABASE `dé`;
CREATE TABLE `dé`.t (i INT DEFAULT 5);
INSERT INTO `dé`.t VALUES (1);
USE `dé`;
TRUNCATE t;
INSERT INTO t VALUES (7);
