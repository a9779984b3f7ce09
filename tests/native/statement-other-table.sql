-- pt-table-checksum logs statements, for tables that are left out.
-- tail: --exclude-db percona
-- tables: ^shop\.
CREATE DATABASE shop; USE shop;
CREATE TABLE t(id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES(1,1);
CREATE DATABASE percona;
CREATE TABLE percona.checksums(db CHAR(64) NOT NULL, tbl CHAR(64) NOT NULL, chunk INT NOT NULL, this_crc CHAR(40) NOT NULL, this_cnt INT NOT NULL, ts TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY(db,tbl,chunk));
USE percona;
SET SESSION binlog_format=STATEMENT;
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
REPLACE INTO `percona`.`checksums` (db,tbl,chunk,this_cnt,this_crc) SELECT 'shop','t','1',COUNT(*),COALESCE(LOWER(CONV(BIT_XOR(CAST(CRC32(CONCAT_WS('#',id,v)) AS UNSIGNED)),10,16)),0) FROM `shop`.`t`;
UPDATE `percona`.`checksums` SET this_cnt='1' WHERE db='shop';
SET SESSION binlog_format=ROW;
INSERT INTO shop.t VALUES(2,2);
