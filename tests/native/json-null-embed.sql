-- JSON's null is not NULL.
-- tail: --json embed
CREATE TABLE t (id INT PRIMARY KEY, j JSON);
INSERT INTO t VALUES (1,'null'),(2,NULL);
INSERT INTO t VALUES (3,'"null"'),(4,'"\\"null\\""'),(5,'"nul\\u006c"'),(6,'"x"'),(7,'""'),(8,'[null]'),(9,'"null "');
UPDATE t SET j='null' WHERE id=6;
