-- JSON's null is not NULL.
-- tail: --json embed
CREATE TABLE t (id INT PRIMARY KEY, j JSON);
INSERT INTO t VALUES (1,'null'),(2,NULL);
