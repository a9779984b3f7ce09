-- Partial images of tables whose CHECKs and generated columns warn; a key that
-- history: own
-- changes there; rows of virtual columns that do not fit.
SET sql_mode='', binlog_row_image=NOBLOB;
CREATE TABLE t (a INT PRIMARY KEY, e TEXT NOT NULL, v INT, CHECK (e <> 12));
INSERT INTO t (a,v) VALUES (1,1),(2,2);
UPDATE t SET v=3, a=7 WHERE a=1;
CREATE TABLE u (a INT PRIMARY KEY, d SMALLINT UNSIGNED NOT NULL, g DECIMAL(5) AS (HEX(d)) VIRTUAL) WITH SYSTEM VERSIONING;
INSERT INTO u (a,d) VALUES (0,65535),(1,0),(2,65535);
UPDATE u SET a=a+1, d=d+0 ORDER BY a DESC LIMIT 5;
