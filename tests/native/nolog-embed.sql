-- JSON that is embedded, in a log whose maps do not tell that it is JSON.
-- since: 10.7
-- globals: binlog_row_metadata=NO_LOG
-- tail: --json embed
CREATE TABLE t (id INT PRIMARY KEY, j JSON, l LONGTEXT COLLATE utf8mb4_bin, x LONGTEXT) CHARSET=utf8mb4;
INSERT INTO t VALUES (1,'{"a": 1, "a": 2}','{"a": 1}','{"a": 1}'),(2,'"x"','"x"','"x"'),(3,'null','null','null'),(4,'[1, 2]','[1, 2]','[1, 2]');
UPDATE t SET j=JSON_OBJECT('b',j) WHERE id<4;
CREATE TABLE c LIKE t;
INSERT INTO c SELECT * FROM t;
ALTER TABLE c MODIFY j LONGTEXT COLLATE utf8mb4_bin, MODIFY l JSON;
UPDATE c SET l=j WHERE id<>2;
