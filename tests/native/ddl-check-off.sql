-- An ALTER whose session looks at no check.  10.5 and 11.4.5 do not log that
-- of a statement.
-- replica: 4025
CREATE TABLE t (id INT PRIMARY KEY, a INT);
INSERT INTO t VALUES (1, -1);
SET check_constraint_checks=0;
ALTER TABLE t ADD CHECK (a > 0);
ALTER TABLE t ADD b INT;
