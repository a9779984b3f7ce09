-- A view that reads what the lists leave out is left out, and so is one that reads
-- that view, until it is one that reads what is there.
-- tail: --exclude-table test\.a --accept-lists
-- tables: ^test\.(b|v3|v4)$
CREATE TABLE a (id INT PRIMARY KEY, x INT);
CREATE TABLE b (id INT PRIMARY KEY, x INT);
CREATE VIEW v1 AS SELECT id, x FROM a;
CREATE VIEW v2 AS SELECT v1.id FROM v1 JOIN b USING (id);
CREATE VIEW v3 AS SELECT * FROM v2;
ALTER VIEW v2 AS SELECT id FROM v1 WHERE id > 1;
CREATE OR REPLACE VIEW v1 AS SELECT id, x FROM b;
CREATE OR REPLACE VIEW v3 AS SELECT x FROM v1;
CREATE OR REPLACE VIEW v2 AS SELECT id FROM a;
DROP VIEW v2;
CREATE VIEW v2 AS SELECT id FROM b;
CREATE VIEW v4 AS SELECT * FROM v2;
INSERT INTO b VALUES (1,2);
