-- With --no-reorder rows that come and go within one batch are made, so that
-- AUTO_INCREMENT goes on as on the source.
-- apply: --no-reorder
CREATE TABLE t (a INT AUTO_INCREMENT PRIMARY KEY, v INT);
CREATE TABLE u (a INT AUTO_INCREMENT PRIMARY KEY, v INT);
INSERT INTO t VALUES (NULL,1),(NULL,2),(NULL,3);
DELETE FROM t WHERE v > 1;
INSERT INTO u VALUES (NULL,1),(NULL,2);
UPDATE u SET a = 10 WHERE a = 1;
DELETE FROM u WHERE a = 10;
