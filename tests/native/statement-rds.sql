-- RDS logs statements for its own tables, which are left out.
-- errors: 1146 1146
-- tail: -t shop\..*
CREATE DATABASE shop; USE shop;
CREATE TABLE t(id INT PRIMARY KEY, v INT);
INSERT INTO t VALUES(1,1);
SET SESSION binlog_format=STATEMENT;
INSERT INTO mysql.rds_heartbeat2(id, value) values (1,1610000000000) ON DUPLICATE KEY UPDATE value = 1610000000000;
DELETE FROM mysql.rds_sysinfo where name = 'innodb_txn_key';
SET SESSION binlog_format=ROW;
INSERT INTO t VALUES(2,2);
