-- Rows alike of a table without a key, whose update is repeated, since strict
-- mode does not take what one of them computes: each is changed once.
CREATE TABLE t (a INT, c VARCHAR(5) AS (a + 1) PERSISTENT, v INT);
INSERT IGNORE INTO t (a) VALUES (1),(1),(1),(1203681593),(2);
CREATE TABLE other (id INT PRIMARY KEY);
UPDATE IGNORE t SET v=a WHERE a <> 1 OR RAND(1) < 0.7;
UPDATE IGNORE t SET a=a+1;
